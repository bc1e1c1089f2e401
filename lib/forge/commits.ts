import type { HttpAnswer } from '../http.ts';
import { ShapeError, type Shape } from '../shape.ts';
import { isMissing, isUnknownObject } from './api.ts';
import { repoPath, type Forge } from './forge.ts';

export interface Commit {
  sha: string;
  parents: string[];
  message: string;
  /** Files it changed; null where they were not asked for. */
  files: string[] | null;
}

const pageSize = 50;

/**
 * A page (from 1) of a commit's or branch's history, newest first, as `git log` orders it; null where the server
 * does not know the start: Gitea 1.22.6 answers 500 `object does not exist`, 1.25 404 with `null`, GitHub 404 or 422.
 * The first row must be the start itself when that is a SHA: a server may ignore what was asked.
 */
export async function fetchHistoryPage(
  forge: Forge,
  start: string,
  page: number,
  { files = false }: { files?: boolean } = {},
): Promise<Commit[] | null> {
  const isGitHub = forge.kind === 'github';
  const purpose = `read the history of ${start} in ${forge.repo}`;
  const answer = await forge.api.call({
    purpose,
    path: `${repoPath(forge.repo)}/commits`,
    query: isGitHub
      ? { sha: start, per_page: pageSize, page }
      : { sha: start, limit: pageSize, page, stat: 'false', verification: 'false', files: String(files) },
    isFinal: (status, text) => isWordless({ status, text }),
  });
  if (isUnknownCommit(answer)) return null;
  if (isWordless(answer) && !(await isKnownCommit(forge, start))) return null;
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, (body) => {
    const commits = body.list().map((row) => readCommit(row, files));
    const first = commits[0];
    if (page === 1 && /^[0-9a-f]{40,64}$/.test(start) && first?.sha !== start) {
      throw new ShapeError(first ? `the history starts at ${first.sha}` : 'the history is empty');
    }
    return commits;
  });
}

/** Gitea keeps the words of a 500 from all but administrators. */
export function isWordless({ status, text }: Pick<HttpAnswer, 'status' | 'text'>): boolean {
  return status === 500 && /"message"\s*:\s*""/.test(text);
}

/** Does the server have the commit? Gitea: GET git/commits/{sha}, 404 where it has not. */
export async function isKnownCommit(forge: Forge, sha: string): Promise<boolean> {
  const call = {
    purpose: `read the commit ${sha} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/commits/${sha}`,
    query: { stat: 'false', verification: 'false', files: 'false' },
  };
  return (await forge.api.find(call, (body) => body.field('sha').sha())) !== null;
}

function isUnknownCommit(answer: HttpAnswer): boolean {
  if (isUnknownObject(answer.status, answer.text) || isMissing(answer)) return true;
  return answer.status === 422 && /no commit found/i.test(answer.text);
}

/** The parents of a commit in a list, as both forges write them. Throws ShapeError. */
export function readParents(row: Shape): string[] {
  const parents = row.field('parents').list();
  return parents.map((parent) => parent.field('sha').sha());
}

function readCommit(row: Shape, files: boolean): Commit {
  return {
    sha: row.field('sha').sha(),
    parents: readParents(row),
    message: row.optional('commit')?.optional('message')?.text() ?? '',
    files: files
      ? row
          .field('files')
          .list()
          .map((file) => file.field('filename').text())
      : null,
  };
}

/**
 * Pages of a history until `visit` is satisfied or the history ends.
 * Answers how it ended: `found`, `end` of the whole history, `limit` reached (or the pages ended while parents were
 * still to come), or `unknown` start.
 */
export async function walkHistory(
  forge: Forge,
  start: string,
  settings: { most: number; files?: boolean },
  visit: (commit: Commit) => boolean,
): Promise<'found' | 'end' | 'limit' | 'unknown'> {
  const seen = new Set<string>();
  const open = new Set<string>();
  for (let page = 1; (page - 1) * pageSize < settings.most; page++) {
    const commits = await fetchHistoryPage(forge, start, page, { files: settings.files ?? false });
    if (commits === null) return 'unknown';
    const fresh = commits.filter((commit) => !seen.has(commit.sha));
    if (fresh.length === 0) return [...open].every((sha) => seen.has(sha)) ? 'end' : 'limit';
    for (const commit of fresh) {
      seen.add(commit.sha);
      for (const parent of commit.parents) open.add(parent);
      if (visit(commit)) return 'found';
    }
  }
  return 'limit';
}
