import { fetchHistoryPage } from '../forge/commits.ts';
import type { Forge, Push } from '../forge/forge.ts';
import { fetchPushes } from '../forge/pushes.ts';
import { countBetween, fetchOldest, type CommitRange, type RangeCommit } from '../forge/range.ts';
import { secondsSince } from './since.ts';

/** Since when the oldest commit waits; null where nothing tells. */
export interface Age {
  ageSeconds: number | null;
  /** It may be older: what was read goes back no further. */
  atLeast: boolean;
}

export interface AgeQuestion {
  delivered: string;
  head: string;
  /** The branch whose record of pushes tells when a commit arrived. */
  branch: string;
  now: number;
  /** What is older is late: a bound beyond it is all that must be known. */
  lateMs: number;
}

/** With these a hop of any length stays within 20 calls; where pushes come thick, more pages tell what is late. */
const fewPushPages = 3;
const mostPushPages = 10;
const mostProbes = 3;

const unknown: Age = { ageSeconds: null, atLeast: false };

/** The age of a range that is known whole: by the first push that brought a relevant commit of it. */
export async function findAge(
  forge: Forge,
  question: AgeQuestion,
  range: readonly RangeCommit[],
  relevant: readonly RangeCommit[],
): Promise<Age> {
  const inRange = new Map(range.map((commit) => [commit.sha, commit]));
  const wanted = new Set(relevant.map(({ sha }) => sha));
  const { pushes, reached } = await readPushes(forge, question, (push) => !inRange.has(push.after));
  const ordered = pushes.filter((push) => inRange.has(push.after)).reverse();
  const first = ordered.find((push) => reachesAny(inRange, push.after, wanted));
  if (first?.at !== undefined)
    return { ageSeconds: secondsSince(first.at, question.now), atLeast: !reached && first === ordered[0] };
  const times = relevant.map(({ committedAt }) => committedAt).filter((time) => !Number.isNaN(time));
  return times.length === 0
    ? unknown
    : { ageSeconds: secondsSince(Math.min(...times), question.now), atLeast: false };
}

function reachesAny(
  range: ReadonlyMap<string, RangeCommit>,
  start: string,
  wanted: ReadonlySet<string>,
): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (wanted.has(sha)) return true;
    if (seen.has(sha)) continue;
    seen.add(sha);
    open.push(...(range.get(sha)?.parents ?? []).filter((parent) => range.has(parent)));
  }
  return false;
}

/**
 * The age of a range with too many commits to list: by the oldest push that is not delivered. It stands next to the
 * newest one that surely is: `delivered` itself or a commit below it. Where none of those was ever a branch's head,
 * the record is halved.
 */
export async function findAgeOfLongRange(
  forge: Forge,
  question: AgeQuestion,
  range: CommitRange,
): Promise<Age> {
  const { delivered, head, now } = question;
  const known = new Set([delivered, ...range.meets]);
  const { pushes, reached } = await readPushes(forge, question, (push) => known.has(push.after));
  if (forge.kind !== 'github' && !pushes.some((push) => known.has(push.after)))
    for (const { sha } of (await fetchHistoryPage(forge, delivered, 1)) ?? []) known.add(sha);
  const isDelivered = async ({ after }: Push): Promise<boolean> =>
    known.has(after) || (await countBetween(forge, delivered, after)) === 0;

  const found = pushes.findIndex((push) => known.has(push.after));
  // From `oldest` on all is delivered; up to `newest` nothing is.
  let oldest = found < 0 ? pushes.length : found;
  let newest = pushes[0]?.after === head ? 0 : -1;
  for (let probe = 0; probe < mostProbes && oldest - newest > 1; probe++) {
    const at = probe === 0 ? oldest - 1 : Math.floor((newest + oldest) / 2);
    if (await isDelivered(pushes[at] as Push)) oldest = at;
    else newest = at;
  }
  const at = pushes[newest]?.at;
  if (at !== undefined) {
    const isLast = oldest - newest === 1 && (reached || oldest < pushes.length);
    return { ageSeconds: secondsSince(at, now), atLeast: !isLast };
  }
  const time = (await fetchOldest(forge, delivered, head, range.total))?.committedAt ?? Number.NaN;
  return Number.isNaN(time) ? unknown : { ageSeconds: secondsSince(time, now), atLeast: false };
}

/** The record of pushes, newest first, until one is delivered, or so far back that what is not delivered is late. */
async function readPushes(
  forge: Forge,
  { branch, now, lateMs }: AgeQuestion,
  isDelivered: (push: Push) => boolean,
): Promise<{ pushes: Push[]; reached: boolean }> {
  const isEnough = (found: readonly Push[]): boolean => found.some(isDelivered);
  const read = async (pages: number): Promise<{ pushes: Push[]; reached: boolean }> => {
    const { pushes, complete } = await fetchPushes(forge, `refs/heads/${branch}`, isEnough, pages);
    return { pushes, reached: complete || isEnough(pushes) };
  };
  const few = await read(fewPushPages);
  const isLate = now - (few.pushes.at(-1)?.at ?? now) > lateMs;
  return few.reached || isLate ? few : read(mostPushPages);
}
