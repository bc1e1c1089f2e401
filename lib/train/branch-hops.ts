import type { Forge } from '../forge/forge.ts';
import { fetchRootEntries, sameEntries } from '../forge/root-tree.ts';
import { shortSha } from '../sha.ts';
import { isWithin, startHop, type Hop } from './hop.ts';
import { measureLag } from './lag.ts';
import { findPullCause } from './pull-cause.ts';
import { runInRepo } from './run-in-repo.ts';
import type { Surveyor } from './surveyor.ts';
import { askWorkflows } from './workflow-cause.ts';

/** One way between two branches of the train: on with it (`branch`), or back (`back-sync`). */
export interface BranchWay {
  kind: 'branch' | 'back-sync';
  source: string;
  target: string;
}

/** `staging→main`, or back: what is on the one and not yet on the other. */
export async function surveyBranchHop(surveyor: Surveyor, way: BranchWay): Promise<Hop> {
  const { forge, config, now } = surveyor;
  const { kind, source, target } = way;
  const [head, delivered] = await Promise.all([surveyor.head(source), surveyor.head(target)]);
  const known: Hop = { ...startHop(kind, source, target), from: head, to: delivered };
  if (head === delivered || (await haveSameTree(forge, head, delivered)))
    return { ...known, state: 'current', commits: 0 };
  const lag = await measureLag(forge, {
    delivered,
    head,
    branch: source,
    ignore: config.ignorePaths,
    lateMs: config.slo.ageMs,
    now,
  });
  if (lag.commits === 0) return { ...known, state: 'current', commits: 0 };
  const late: Hop = { ...known, ...lag };
  const files = surveyor.workflowsOf(source, [target]);
  const news = await askWorkflows(forge, files, { sha: head, branch: source, now });
  if (!news.waits && (isWithin(late, config.slo) || news.isMoving)) return { ...late, state: 'moving' };
  const { cause, next } = news.cause === null ? await explain(surveyor, way, head) : news;
  return { ...late, state: 'stalled', cause, next };
}

/** Why it does not move, where its workflows do not say. */
async function explain(
  surveyor: Surveyor,
  { kind, source, target }: BranchWay,
  head: string,
): Promise<Pick<Hop, 'cause' | 'next'>> {
  const { hold } = surveyor;
  if (kind === 'back-sync')
    return {
      cause: `${target} lacks what is on ${source} at ${shortSha(head)}: no sync has brought it back`,
      next: runInRepo(surveyor, 'sync-branch', '--from', source, '--to', target),
    };
  if (hold !== null) return { cause: `held: ${hold}`, next: 'clear PROMOTE_HOLD, then run auto-promote' };
  return findPullCause(surveyor, { from: source, to: target, head });
}

/** Do two commits hold the same files? */
async function haveSameTree(forge: Forge, one: string, two: string): Promise<boolean> {
  const [left, right] = await Promise.all([fetchRootEntries(forge, one), fetchRootEntries(forge, two)]);
  return sameEntries(left, right);
}
