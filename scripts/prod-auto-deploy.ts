import { checkSuperseded } from '../lib/deploy/check-superseded.ts';
import { plan } from '../lib/deploy/plan.ts';
import { rollout } from '../lib/deploy/rollout.ts';
import { verify } from '../lib/deploy/verify.ts';
import type { Script } from '../lib/script.ts';

export const script: Script = {
  name: 'prod-auto-deploy',
  summary: 'Rolls the fleet forward to a commit, and knows that it rolled.',
  commands: [plan, rollout, verify, checkSuperseded],
  outputs: {
    decision:
      'plan: ready, disabled, incomplete; rollout: rolled, dry-run, superseded, failed, unknown; verify: go, stale, superseded, refuse, unknown; check-superseded: superseded, latest',
    proceed: 'true where the next step may go on',
    newer: 'check-superseded: the newer commit',
    enabled: 'plan: true or false',
    target_tag: 'plan: the image tag',
    canary: 'plan: the tenant that goes first',
    batch_size: 'plan: tenants at a time',
    tenants: 'plan: how many are listed',
    superseded: 'plan: true, false or unknown',
    reason: 'one sentence',
  },
  exits: {
    0: 'ready; rolled; every tenant current or ahead; superseded',
    1: 'disabled; failed; a tenant is stale, unreachable or unparseable',
    10: 'check-superseded: still the latest, or it could not be told: run the strict verify',
  },
};
