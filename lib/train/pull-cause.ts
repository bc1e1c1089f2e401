import type { Forge } from '../forge/forge.ts';
import { fetchStanding } from '../promote-branch/github-arm.ts';
import { github } from '../promote-branch/github-pulls.ts';
import { gitea } from '../promote-branch/gitea-pulls.ts';
import { fetchCheckNames } from '../promote-branch/check-names.ts';
import { fetchRequiredChecks } from '../promote-branch/heads.ts';
import type { Pull } from '../promote-branch/ports.ts';
import { findOpenChecks } from '../promote-branch/required-checks.ts';
import { runInRepo } from './run-in-repo.ts';
import type { Surveyor } from './surveyor.ts';

interface PullCause {
  cause: string;
  next: string;
}

/** Why a promotion between two branches does not move, as its pull request shows it. */
export async function findPullCause(
  surveyor: Pick<Surveyor, 'forge' | 'reach' | 'workflowsOf'>,
  { from, to, head }: { from: string; to: string; head: string },
): Promise<PullCause> {
  const { forge } = surveyor;
  const pull = await (forge.kind === 'github' ? github : gitea).find(forge, { from, to });
  const way = ['--from', from, '--to', to];
  const gates = surveyor.workflowsOf(from, [to]).flatMap((file) => ['--workflow', file]);
  const promote = runInRepo(surveyor, 'auto-promote', ...way, ...gates, '--force');
  if (pull === null) return { cause: `no pull request is open from ${from} to ${to}`, next: promote };
  const armed = pull.armed || (forge.kind === 'github' && (await isArmed(forge, pull)));
  const name = `PR #${pull.number}${armed ? ' is armed, but' : ''}`;
  const view = pull.url === '' ? `look at #${pull.number}` : `open ${pull.url}`;
  if (pull.draft) return { cause: `${name} is a draft`, next: `${view} and mark it ready` };
  if (pull.mergeable === 'no' || pull.mergeable === 'doubt')
    return {
      cause: `${name} blocked by a conflict with ${to}`,
      next: runInRepo(surveyor, 'sync-branch', '--from', to, '--to', from),
    };
  const blocked = await describeChecks(forge, to, head);
  if (blocked !== null)
    return { cause: `${name} blocked by ${blocked}`, next: `${view} and see why it has not come` };
  if (armed)
    return { cause: `${name} blocked by review, conversation or queue`, next: `${view} and review it` };
  return { cause: `${name} is open, and nobody has merged it (a review may be missing)`, next: promote };
}

async function isArmed(forge: Forge, pull: Pull): Promise<boolean> {
  const { armed, queued } = await fetchStanding(forge, pull.number);
  return armed || queued;
}

async function describeChecks(forge: Forge, to: string, head: string): Promise<string | null> {
  const [required, present] = await Promise.all([
    fetchRequiredChecks(forge, to),
    fetchCheckNames(forge, head),
  ]);
  const { missing, failed, pending } = findOpenChecks(required, present, forge.kind);
  if (missing[0] !== undefined) return `missing check "${missing[0]}"`;
  if (failed[0] !== undefined) return `check "${failed[0]}", which is failed`;
  return pending[0] === undefined ? null : `check "${pending[0]}", which is pending`;
}
