import { fetchCommitFiles, fetchRangeFiles } from '../forge/commit-files.ts';
import type { Forge, Push } from '../forge/forge.ts';
import { fetchPushes } from '../forge/pushes.ts';
import { countBetween, fetchOldest, listBetween, type RangeCommit } from '../forge/range.ts';
import { matchesAny } from './ignore.ts';

/** How far `delivered` lies behind `head`. */
export interface Lag {
  commits: number;
  atMost: boolean;
  ageSeconds: number | null;
  atLeast: boolean;
}

export interface LagQuestion {
  delivered: string;
  head: string;
  /** The branch whose record of pushes tells when a commit arrived. */
  branch: string;
  ignore: readonly string[];
  now: number;
}

/** With these a hop of any length stays below 20 calls. */
const mostListed = 250;
const mostOneByOne = 6;
const mostPushPages = 5;
const mostHalvings = 9;

const none: Lag = { commits: 0, atMost: false, ageSeconds: null, atLeast: false };

/**
 * Commits on their way that touch something not ignored, and how long the oldest of them has been on the branch:
 * counted from the push or merge that brought it, not from its author's date.
 */
export async function measureLag(forge: Forge, question: LagQuestion): Promise<Lag> {
  const { delivered, head, ignore } = question;
  if (delivered === head) return none;
  const range = await listBetween(forge, delivered, head, {
    most: mostListed,
    files: ignore.length > 0,
    orOnePage: true,
  });
  if (range.total === 0) return none;
  const isWhole = range.commits.length >= range.total;
  const counted = await countRelevant(forge, question, range.total, range.commits);
  if (counted.relevant !== null && counted.relevant.length === 0) return none;
  const age = isWhole
    ? await findAge(forge, question, range.commits, counted.relevant ?? range.commits)
    : await findAgeOfLongRange(forge, question, range.total);
  return { commits: counted.relevant?.length ?? range.total, atMost: counted.atMost, ...age };
}

interface Counted {
  /** Null: all of them, as far as can be told. */
  relevant: RangeCommit[] | null;
  atMost: boolean;
}

async function countRelevant(
  forge: Forge,
  { delivered, head, ignore }: LagQuestion,
  total: number,
  commits: readonly RangeCommit[],
): Promise<Counted> {
  if (ignore.length === 0) return { relevant: null, atMost: false };
  const isWhole = commits.length >= total;
  const touches = (files: readonly string[]): boolean => files.some((file) => !matchesAny(file, ignore));
  if (forge.kind === 'github') {
    const all = await fetchRangeFiles(forge, delivered, head);
    if (all.complete && !touches(all.files)) return { relevant: [], atMost: false };
    // Where nothing that changed is ignored, every commit counts.
    if (all.complete && !all.files.some((file) => matchesAny(file, ignore)))
      return { relevant: null, atMost: false };
    if (!isWhole || total > mostOneByOne) return { relevant: null, atMost: true };
    const files = await Promise.all(commits.map(({ sha }) => fetchCommitFiles(forge, sha)));
    return { relevant: commits.filter((_, index) => touches(files[index] ?? [])), atMost: false };
  }
  if (!isWhole) return { relevant: null, atMost: true };
  return { relevant: commits.filter(({ files }) => touches(files ?? [])), atMost: false };
}

type Age = Pick<Lag, 'ageSeconds' | 'atLeast'>;

async function findAge(
  forge: Forge,
  question: LagQuestion,
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
  if (times.length === 0) return { ageSeconds: null, atLeast: false };
  return { ageSeconds: secondsSince(Math.min(...times), question.now), atLeast: false };
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

/** Too many commits to list: the oldest push that is not delivered is found by halving the record. */
async function findAgeOfLongRange(forge: Forge, question: LagQuestion, total: number): Promise<Age> {
  const { delivered, head, now } = question;
  const { pushes } = await readPushes(forge, question, (push) => push.after === delivered);
  const isDelivered = async (push: Push): Promise<boolean> =>
    push.after === delivered || (await countBetween(forge, delivered, push.after)) === 0;
  const last = pushes.at(-1);
  if (last !== undefined && (await isDelivered(last))) {
    let [newest, oldest] = [0, pushes.length - 1];
    for (let step = 0; step < mostHalvings && oldest - newest > 1; step++) {
      const middle = Math.floor((newest + oldest) / 2);
      if (await isDelivered(pushes[middle] as Push)) oldest = middle;
      else newest = middle;
    }
    const at = pushes[newest]?.at;
    return { ageSeconds: at === undefined ? null : secondsSince(at, now), atLeast: oldest - newest > 1 };
  }
  const oldest = await fetchOldest(forge, delivered, head, total);
  const times = [oldest?.committedAt, last?.at].filter(
    (time) => typeof time === 'number' && !Number.isNaN(time),
  );
  if (times.length === 0) return { ageSeconds: null, atLeast: false };
  return { ageSeconds: secondsSince(Math.min(...(times as number[])), now), atLeast: true };
}

/** The record of pushes, newest first, until one is delivered, or far enough back. */
async function readPushes(
  forge: Forge,
  { branch }: LagQuestion,
  isDelivered: (push: Push) => boolean,
): Promise<{ pushes: Push[]; reached: boolean }> {
  let pages = 0;
  let reached = false;
  const { pushes, complete } = await fetchPushes(forge, branch, (found) => {
    reached = found.some(isDelivered);
    return reached || ++pages >= mostPushPages;
  });
  return { pushes, reached: reached || complete };
}

function secondsSince(time: number, now: number): number {
  return Math.max(0, Math.round((now - time) / 1000));
}
