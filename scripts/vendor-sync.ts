import type { Script } from '../lib/script.ts';
import { add } from '../lib/vendor-sync/add.ts';
import { check } from '../lib/vendor-sync/check.ts';
import { update } from '../lib/vendor-sync/update.ts';

export const script: Script = {
  name: 'vendor-sync',
  summary:
    'Gets, updates and checks these scripts in a project: every file by its sum, all of one commit, all or nothing.',
  commands: [add, update, check],
  outputs: {
    decision:
      'add: added, in-sync, dry-run; update: updated, in-sync, dry-run, with --check in-sync or newer; check: in-sync, drifted; refused',
    proceed: 'true where nothing is wrong',
    commit: 'the locked commit; empty for a folder',
    version: 'the version of the locked scripts',
    changed: 'JSON list of the files that were written, or with --dry-run would be',
    newer: 'update --check: what to give as --from',
    modified: 'check: JSON list of files that differ from the lock',
    missing: 'check: JSON list of locked files that are not there',
    extra: 'check: JSON list of our scripts that are not locked',
    reason: 'one sentence',
  },
  exits: {
    0: 'written, or nothing to do; every locked file is unchanged; nothing newer',
    1: 'refused: a sum, tag, lock or path is not to be trusted; drifted; no lock; something newer',
  },
};
