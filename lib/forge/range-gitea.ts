import { CouldNotTell } from '../errors.ts';
import type { HttpAnswer } from '../http.ts';
import { shortSha } from '../sha.ts';
import { ShapeError, type Shape } from '../shape.ts';
import { isMissing, isUnknownObject } from './api.ts';
import { isKnownCommit, isWordless } from './commits.ts';
import { repoPath, type Forge } from './forge.ts';
import { readTotalHeader } from './pages.ts';
import { purposeOfRange, readRangeCommit, type CommitRange, type RangeCommit } from './range.ts';

/** Gitea's list, page by page. */
export async function listOnGitea(
  forge: Forge,
  base: string,
  head: string,
  { most, files, orOnePage }: { most: number; files: boolean; orOnePage: boolean },
): Promise<CommitRange> {
  const size = Math.min(50, most);
  const first = await fetchGiteaRange(forge, base, head, { size, page: 1, files });
  if (orOnePage && first.total > most) return first;
  const pages = Math.min(Math.ceil(first.total / size), Math.ceil(most / size));
  const rest = await Promise.all(
    Array.from({ length: Math.max(0, pages - 1) }, (_, index) =>
      fetchGiteaRange(forge, base, head, { size, page: index + 2, files }),
    ),
  );
  return { ...first, commits: [first, ...rest].flatMap((part) => part.commits).slice(0, most) };
}

/** One page, and the count of all. */
export async function fetchGiteaRange(
  forge: Forge,
  base: string,
  head: string,
  { size, page, files }: { size: number; page: number; files: boolean },
): Promise<CommitRange> {
  const purpose = purposeOfRange(forge, base, head);
  const paging: Record<string, number> = page === 1 ? {} : { page };
  const answer = await forge.api.call({
    purpose,
    path: `${repoPath(forge.repo)}/commits`,
    query: {
      sha: head,
      not: base,
      limit: size,
      ...paging,
      stat: 'false',
      verification: 'false',
      files: String(files),
    },
    isFinal: (status, text) => isBadObject(status, text) || isWordless({ status, text }),
  });
  if (await isUnknownCommit(forge, answer, base))
    throw new CouldNotTell(
      `Cannot ${purpose}: the server does not know ${shortSha(base)} or ${shortSha(head)}; check that both are commits of this repository`,
    );
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, (body) => {
    const total = readTotalHeader(answer);
    if (total === null) throw new ShapeError('no X-Total-Count');
    return { total, commits: readRows(body, { base, head, page, files }), meets: [], changed: null };
  });
}

function readRows(
  body: Shape,
  { base, head, page, files }: { base: string; head: string; page: number; files: boolean },
): RangeCommit[] {
  const rows = body.isNull() ? [] : body.list();
  const commits = rows.map((row) => ({
    ...readRangeCommit(row),
    files: files ? (row.optional('files')?.list() ?? []).map((file) => file.field('filename').text()) : null,
  }));
  const first = commits[0]?.sha;
  if (page === 1 && first !== undefined && first !== head)
    throw new ShapeError(`the first commit is ${first}`);
  if (commits.some(({ sha }) => sha === base)) throw new ShapeError('it holds the commit it should stop at');
  return commits;
}

/**
 * Does the answer mean that a commit is not there? Only administrators get its words, so it is asked for where they
 * lack.
 */
async function isUnknownCommit(forge: Forge, answer: HttpAnswer, base: string): Promise<boolean> {
  if (isMissing(answer) || isUnknownObject(answer.status, answer.text)) return true;
  if (isWordless(answer)) return !(await isKnownCommit(forge, base));
  return isBadObject(answer.status, answer.text);
}

/** What git says, through Gitea, of a commit after `not=` that is not there: 500 or 404 with `bad object`. */
function isBadObject(status: number, body: string): boolean {
  return status >= 400 && /bad object|bad revision/.test(body);
}
