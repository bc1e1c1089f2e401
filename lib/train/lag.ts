import { CouldNotTell } from '../errors.ts';
import { fetchCommitFiles } from '../forge/commit-files.ts';
import type { Forge } from '../forge/forge.ts';
import { listBetween, type CommitRange, type RangeCommit } from '../forge/range.ts';
import { diffTrees, fetchTree } from '../forge/trees.ts';
import { findAge, findAgeOfLongRange, type Age, type AgeQuestion } from './age.ts';
import { matchesAny } from './ignore.ts';

/** How far `delivered` lies behind `head`. */
export interface Lag extends Age {
  commits: number;
  atMost: boolean;
}

export interface LagQuestion extends AgeQuestion {
  ignore: readonly string[];
}

/** With these a hop of any length stays within 20 calls. */
const mostListed = 250;
const mostOneByOne = 6;

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
  const counted = await countRelevant(forge, question, range);
  if (counted.relevant !== null && counted.relevant.length === 0) return none;
  const age = isWhole
    ? await findAge(forge, question, range.commits, counted.relevant ?? range.commits)
    : await findAgeOfLongRange(forge, question, range);
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
  { total, commits, changed: shown }: CommitRange,
): Promise<Counted> {
  if (ignore.length === 0) return { relevant: null, atMost: false };
  const isWhole = commits.length >= total;
  const isIgnored = (file: string): boolean => matchesAny(file, ignore);
  const touches = (files: readonly string[]): boolean => !files.every(isIgnored);
  if (isWhole && forge.kind !== 'github')
    return { relevant: commits.filter(({ files }) => touches(files ?? [])), atMost: false };
  const changed = forge.kind === 'github' ? shown : await fetchNetChanges(forge, delivered, head);
  if (changed !== null && !touches(changed)) return { relevant: [], atMost: false };
  // Where nothing that changed is ignored, every commit counts.
  if (changed !== null && !changed.some(isIgnored)) return { relevant: null, atMost: false };
  if (!isWhole || total > mostOneByOne) return { relevant: null, atMost: true };
  const files = await Promise.all(commits.map(({ sha }) => fetchCommitFiles(forge, sha)));
  return { relevant: commits.filter((_, index) => touches(files[index] ?? [])), atMost: false };
}

/** The files that differ over a range on Gitea; null where there are too many to tell in two calls. */
async function fetchNetChanges(forge: Forge, delivered: string, head: string): Promise<string[] | null> {
  try {
    const [before, after] = await Promise.all([fetchTree(forge, delivered, 1), fetchTree(forge, head, 1)]);
    return diffTrees(before, after);
  } catch (error) {
    if (error instanceof CouldNotTell) return null;
    throw error;
  }
}
