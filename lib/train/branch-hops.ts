import { fetchRootEntries, sameEntries } from '../forge/root-tree.ts';
import { shortSha } from '../sha.ts';
import { isWithin, startHop, type Hop } from './hop.ts';
import { measureLag } from './lag.ts';
import { findPullCause } from './pull-cause.ts';
import type { Surveyor } from './surveyor.ts';
import { askWorkflows } from './workflow-cause.ts';

/** `staging→main`: what is on the one and not yet on the other. */
export async function surveyBranchHop(surveyor: Surveyor, source: string, target: string): Promise<Hop> {
  const hop = startHop('branch', source, target);
  const { forge, config, now } = surveyor;
  const [head, delivered] = await Promise.all([surveyor.head(source), surveyor.head(target)]);
  const known: Hop = { ...hop, from: head, to: delivered };
  if (head === delivered || (await surveyor.hasSameTree(head, delivered)))
    return { ...known, state: 'current', commits: 0 };
  const lag = await measureLag(forge, { delivered, head, branch: source, ignore: config.ignorePaths, now });
  if (lag.commits === 0) return { ...known, state: 'current', commits: 0 };
  const late: Hop = { ...known, ...lag };
  const news = await askWorkflows(forge, surveyor.workflowsOf(source, [target]), {
    sha: head,
    branch: source,
    now,
  });
  const within = isWithin(late, config.slo);
  if (!news.waits && (within || news.isMoving)) return { ...late, state: 'moving' };
  const stalled: Hop = { ...late, state: 'stalled', cause: news.cause, next: news.next };
  if (news.cause !== null) return stalled;
  if (surveyor.hold !== null)
    return { ...stalled, cause: `held: ${surveyor.hold}`, next: 'clear PROMOTE_HOLD, then run auto-promote' };
  return { ...stalled, ...(await findPullCause(forge, { from: source, to: target, head })) };
}

/** Back-sync, `main→staging`: what the later branch has that the earlier one lacks. */
export async function surveyBackSync(surveyor: Surveyor, source: string, target: string): Promise<Hop> {
  const hop = startHop('back-sync', source, target);
  const { forge, config, now } = surveyor;
  const [head, delivered] = await Promise.all([surveyor.head(source), surveyor.head(target)]);
  const known: Hop = { ...hop, from: head, to: delivered };
  if (head === delivered || (await surveyor.hasSameTree(head, delivered)))
    return { ...known, state: 'current', commits: 0 };
  const lag = await measureLag(forge, { delivered, head, branch: source, ignore: config.ignorePaths, now });
  if (lag.commits === 0) return { ...known, state: 'current', commits: 0 };
  const late: Hop = { ...known, ...lag };
  if (isWithin(late, config.slo)) return { ...late, state: 'moving' };
  const news = await askWorkflows(forge, surveyor.workflowsOf(source, [target]), {
    sha: head,
    branch: source,
    now,
  });
  if (news.isMoving) return { ...late, state: 'moving' };
  return {
    ...late,
    state: 'stalled',
    cause:
      news.cause ?? `${target} lacks what is on ${source} at ${shortSha(head)}: no sync has brought it back`,
    next: `node vendor/sync-branch.mjs --from ${source} --to ${target}`,
  };
}

/** Do two commits hold the same files? */
export async function haveSameTree(
  surveyor: Pick<Surveyor, 'forge'>,
  one: string,
  two: string,
): Promise<boolean> {
  const [left, right] = await Promise.all([
    fetchRootEntries(surveyor.forge, one),
    fetchRootEntries(surveyor.forge, two),
  ]);
  return sameEntries(left, right);
}
