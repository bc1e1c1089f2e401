import { CouldNotTell } from '../errors.ts';
import { shortSha } from '../sha.ts';
import { walkHistory } from './commits.ts';
import type { Forge, Relation } from './forge.ts';
import { countBetween } from './range.ts';

const mostCommits = 500;
/** What one page shows is looked at before anything is counted. */
const nearCommits = 50;

interface Walk {
  end: 'found' | 'end' | 'limit' | 'unknown';
  seen: Set<string>;
  /** Commits above the one looked for; null once a merge, or a row that is not there, made counting impossible. */
  steps: number | null;
}

/**
 * The relation from the two histories, page by page, for a server that compares no SHAs (Gitea 1.22.6). What is
 * further apart than a page is counted first. `unknown` where a walk stopped at 500 commits, where a commit is not
 * known, and where the histories never meet.
 */
export async function walkRelation(forge: Forge, current: string, candidate: string): Promise<Relation> {
  const near = await walkTo(forge, candidate, current, nearCommits);
  if (near.end === 'limit') {
    const counted = await countRelation(forge, current, candidate);
    if (counted !== null) return counted;
  }
  const down = near.end === 'limit' ? await walkTo(forge, candidate, current) : near;
  if (down.end === 'found')
    return holds(candidate, current, { kind: 'ahead', aheadBy: down.steps, behindBy: 0 });
  if (down.end === 'unknown') return unknownCommit(candidate);
  const up = await walkTo(forge, current, candidate);
  if (up.end === 'found')
    return holds(current, candidate, { kind: 'behind', aheadBy: 0, behindBy: up.steps });
  if (up.end === 'unknown') return unknownCommit(current);
  if (down.end === 'limit' || up.end === 'limit') {
    return { ...unknown(`neither commit shows within ${mostCommits} commits of the other`), tooFar: true };
  }
  if (![...down.seen].some((sha) => up.seen.has(sha))) {
    return unknown(
      `${shortSha(current)} and ${shortSha(candidate)} have no common ancestor in their whole histories; check both SHAs, or ask with --via git`,
    );
  }
  return { kind: 'diverged', aheadBy: null, behindBy: null, why: 'neither history holds the other commit' };
}

/**
 * The relation where one side has nothing that the other lacks; null where counting does not prove it. git counts
 * too many where a clock was wrong, and a server that overlooks `not` counts all: nothing is the only sure count.
 */
async function countRelation(forge: Forge, current: string, candidate: string): Promise<Relation | null> {
  const [ahead, behind] = await Promise.all([
    countOrNull(forge, current, candidate),
    countOrNull(forge, candidate, current),
  ]);
  if (ahead === null || behind === null || (ahead === 0) === (behind === 0)) return null;
  return behind === 0
    ? holds(candidate, current, { kind: 'ahead', aheadBy: ahead, behindBy: 0 })
    : holds(current, candidate, { kind: 'behind', aheadBy: 0, behindBy: behind });
}

/** Null where it cannot be read: the walk tells why. */
async function countOrNull(forge: Forge, base: string, head: string): Promise<number | null> {
  try {
    return await countBetween(forge, base, head);
  } catch (error) {
    if (error instanceof CouldNotTell) return null;
    throw error;
  }
}

async function walkTo(forge: Forge, start: string, wanted: string, most = mostCommits): Promise<Walk> {
  const seen = new Set<string>();
  let isLine = true;
  let next: string | undefined = start;
  const end = await walkHistory(forge, start, { most }, (commit) => {
    isLine &&= commit.sha === next;
    if (commit.sha === wanted) return true;
    seen.add(commit.sha);
    isLine &&= commit.parents.length < 2;
    next = commit.parents[0];
    return false;
  });
  return { end, seen, steps: isLine ? seen.size : null };
}

function holds(newer: string, older: string, relation: Omit<Relation, 'why'>): Relation {
  return { ...relation, why: `the history of ${shortSha(newer)} holds ${shortSha(older)}` };
}

function unknownCommit(sha: string): Relation {
  return unknown(
    `the server does not know the commit ${shortSha(sha)} (rewritten and collected, or of another repository); check both SHAs`,
  );
}

function unknown(why: string): Relation {
  return { kind: 'unknown', aheadBy: null, behindBy: null, why };
}
