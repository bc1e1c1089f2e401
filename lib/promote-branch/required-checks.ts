import type { ForgeKind } from '../find-api.ts';
import type { CheckState } from './check-names.ts';
import { matchesGlob } from './glob.ts';
import type { OpenChecks } from './ports.ts';

/**
 * What has come of the checks that a branch demands. On GitHub a demand is a name; on Gitea it is a glob, as `CI / *`,
 * which every context that it matches must meet (services/pull/commit_status.go).
 */
export function findOpenChecks(
  required: readonly string[],
  present: ReadonlyMap<string, CheckState>,
  kind: ForgeKind,
): OpenChecks {
  const missing: string[] = [];
  const failed: string[] = [];
  const pending: string[] = [];
  for (const demand of required) {
    const isMeant = (name: string): boolean =>
      name === demand || (kind !== 'github' && matchesGlob(name, demand));
    const states = [...present].flatMap(([name, state]) => (isMeant(name) ? [state] : []));
    if (states.length === 0) missing.push(demand);
    else if (states.includes('failed')) failed.push(demand);
    else if (states.includes('pending')) pending.push(demand);
  }
  return { missing, pending, failed };
}
