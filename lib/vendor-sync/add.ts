import { UsageError } from '../errors.ts';
import type { ResolvedRef } from '../forge/refs.ts';
import { defineCommand, type Call, type Verdict } from '../script.ts';
import type { Lock } from './lock.ts';
import { assertNotMoved } from './moved-tag.ts';
import { openSourceForge, sourceOptions, type SourceOptions } from './options.ts';
import { refusing, reportTaken } from './report.ts';
import { parseNames } from './script-name.ts';
import { openFolderSnapshot, openForgeSnapshot, resolveSource, type Snapshot } from './snapshot.ts';
import { sourceOfLock } from './locked-source.ts';
import { assertKnown } from './sums.ts';
import { prepare, write } from './take.ts';
import { openVendorFolder } from './vendor-folder.ts';

/** `add`: takes scripts that are not kept here yet; all of the source where none is named. */
export const add = defineCommand({
  name: 'add',
  summary: 'take the named scripts (none named: all) and lock them',
  positionals: '[NAME …]',
  options: sourceOptions,
  main: (call) => refusing(() => run(call)),
});

async function run(call: Call<SourceOptions>): Promise<Verdict> {
  const { options } = call;
  // Files are written in one go at the end, which no signal comes between.
  call.onStop(() => 'nothing was written');
  const named = parseNames(call.positionals);
  const folder = openVendorFolder(options.dir);
  const lock = folder.readLock();
  const snapshot = await open(call, lock);
  assertKnown(named, snapshot.sums, snapshot.where);
  const files = named.length > 0 ? named : [...snapshot.sums.keys()];
  const taken = await prepare(snapshot, folder, lock, files);
  if (!options['dry-run']) write(folder, taken, call.log);
  return reportTaken(taken, { done: 'added', folder: folder.name, dryRun: options['dry-run'] });
}

/** Without `--from`, more of what is locked: the same commit, whatever its ref stands for now. */
async function open(call: Call<SourceOptions>, lock: Lock | null): Promise<Snapshot> {
  const source = call.options.from ?? (lock === null ? null : sourceOfLock(lock));
  if (source === null) {
    throw new UsageError(
      'Cannot add without --from: there is no lock yet that names a source; give --from owner/repo@ref, or --from DIR',
    );
  }
  if (source.kind === 'folder') return openFolderSnapshot(source);
  const forge = openSourceForge(call, source.repo);
  const locked = call.options.from === null ? (lock?.commit ?? null) : null;
  const resolved: ResolvedRef =
    locked === null ? await resolveSource(source, forge) : { kind: 'commit', commit: locked };
  assertNotMoved(lock, source, resolved, call.options.dir);
  return openForgeSnapshot(source, forge, resolved);
}
