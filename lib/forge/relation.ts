import { shortSha } from '../sha.ts';
import { ShapeError, type Shape } from '../shape.ts';
import { isAbsentApi, isMissing } from './api.ts';
import { repoPath, type Forge, type Relation } from './forge.ts';
import { walkRelation } from './relation-walk.ts';

/**
 * How `candidate` lies to `current`, by the forge's compare.
 * GitHub: one call, its body kept small by `per_page=1`. Gitea 1.23 and later, Forgejo: both directions.
 * Gitea 1.22.6 compares names only and answers 404 to a SHA: there the histories are walked.
 */
export async function fetchRelation(forge: Forge, current: string, candidate: string): Promise<Relation> {
  if (current === candidate)
    return { kind: 'identical', aheadBy: 0, behindBy: 0, why: 'both are the same commit' };
  if (forge.kind === 'github') return compareOnGitHub(forge, current, candidate);
  if (forge.can.compareBySha === false) return walkRelation(forge, current, candidate);
  const [ahead, behind] = await Promise.all([
    countCommits(forge, current, candidate),
    countCommits(forge, candidate, current),
  ]);
  if (ahead === null || behind === null) {
    const walked = await walkRelation(forge, current, candidate);
    // Both commits are known, so the 404 was for comparing SHAs at all.
    if (walked.kind !== 'unknown') forge.can.compareBySha = false;
    return walked;
  }
  forge.can.compareBySha = true;
  const why = `compare shows ${ahead.total} ahead and ${behind.total} behind`;
  const relation = relationOfCounts(ahead.total, behind.total, why);
  // Gitea counts from one merge base: where there are several, also commits that both sides have (seen on 1.25.4).
  const mayCross = ahead.hasMerge && behind.hasMerge;
  return mayCross ? { ...relation, aheadBy: null, behindBy: null } : relation;
}

/** What two counts say; nothing on either side of two different commits is no common history, not sameness. */
export function relationOfCounts(ahead: number, behind: number, why: string): Relation {
  if (ahead === 0 && behind === 0) {
    return unknown(
      'compare shows no commit on either side of two different commits, as it does without a common ancestor; check both SHAs, or ask with --via git',
    );
  }
  const kind = behind === 0 ? 'ahead' : ahead === 0 ? 'behind' : 'diverged';
  return { kind, aheadBy: ahead, behindBy: behind, why };
}

function unknown(why: string): Relation {
  return { kind: 'unknown', aheadBy: null, behindBy: null, why };
}

async function compareOnGitHub(forge: Forge, current: string, candidate: string): Promise<Relation> {
  const purpose = `compare ${shortSha(current)} with ${shortSha(candidate)} in ${forge.repo}`;
  const answer = await forge.api.call({
    purpose,
    path: `${repoPath(forge.repo)}/compare/${current}...${candidate}`,
    query: { per_page: 1 },
  });
  if (isMissing(answer))
    return unknown(
      `${forge.context.http.describe(answer)}: ${explainMissing(answer.text, current, candidate)}`,
    );
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, (body) => {
    const base = body.optional('base_commit')?.field('sha').sha();
    if (base !== undefined && base !== current) throw new ShapeError(`it compares with ${base}`);
    const ahead = body.field('ahead_by').count();
    assertHead(body, ahead, candidate);
    const behind = body.field('behind_by').count();
    const status = body.field('status').text();
    const relation = relationOfCounts(
      ahead,
      behind,
      `compare says "${status}", ${ahead} ahead and ${behind} behind`,
    );
    if (relation.kind === 'unknown' || relation.kind === status) return relation;
    throw new ShapeError(`"status" is "${status}" with ${ahead} ahead and ${behind} behind`);
  });
}

/** With one commit in the range, that commit is the head: an answer for another one is no answer. */
export function assertHead(body: Shape, ahead: number, head: string): void {
  const only = ahead === 1 ? body.optional('commits')?.list()[0]?.optional('sha')?.sha() : undefined;
  if (only !== undefined && only !== head) throw new ShapeError(`its head is ${only}`);
}

function explainMissing(text: string, current: string, candidate: string): string {
  if (/no common ancestor/i.test(text)) {
    return `${shortSha(current)} and ${shortSha(candidate)} have no common ancestor: history was rewritten, or one is of another repository; check both SHAs`;
  }
  return `${shortSha(current)} or ${shortSha(candidate)} is not known to the server (rewritten and collected, or of another repository), or the token may not read this repository; check both SHAs and the token, or ask with --via git`;
}

interface Range {
  total: number;
  /** Two histories have several merge bases only where each of them holds a merge that the other lacks. */
  hasMerge: boolean;
}

/** The commits that `head` has and `base` lacks; null where this server does not compare SHAs, or knows one not. */
async function countCommits(forge: Forge, base: string, head: string): Promise<Range | null> {
  const purpose = `compare ${shortSha(base)} with ${shortSha(head)} in ${forge.repo}`;
  const answer = await forge.api.call({
    purpose,
    path: `${repoPath(forge.repo)}/compare/${base}...${head}`,
    query: { files: 'false', verification: 'false', stat: 'false' },
  });
  if (isMissing(answer) || isAbsentApi(answer)) return null;
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, (body) => {
    const total = body.field('total_commits').count();
    const commits = body.optional('commits')?.list() ?? [];
    const tip = commits[0]?.field('sha').sha();
    if (total > 0 && tip !== undefined && tip !== head)
      throw new ShapeError(`its newest commit is ${tip}, not ${head}`);
    const hasMerge = commits.some((commit) => (commit.optional('parents')?.list().length ?? 0) > 1);
    return { total, hasMerge };
  });
}
