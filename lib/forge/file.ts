import { createHash } from '../crypto.ts';
import type { HttpAnswer } from '../http.ts';
import { ShapeError, type Shape } from '../shape.ts';
import { filePath, isMissing, type Api } from './api.ts';
import { repoPath } from './forge.ts';
import { refuseAnswer } from './refusal.ts';

/** A file on a branch; `branch` null: the default branch. */
export interface FilePlace {
  repo: string;
  path: string;
  branch: string | null;
}

/**
 * What stands at a place. `bytes` is null where the server does not send them (too large). `isOfTag`: a tag has the
 * branch's name, and Gitea 1.22 takes the tag (modules/git: `cat-file`, and GetRefType asks for tags first).
 */
export type FileState =
  | { kind: 'file'; blob: string; bytes: Buffer | null; commit: string | null; isOfTag: boolean }
  | { kind: 'folder' }
  | { kind: 'link' | 'submodule' }
  /** The repository has no commit at all (Gitea answers `[]` for any path of it). */
  | { kind: 'empty-repository' }
  /** JSON 404: the file, the branch, or the repository is not there, or is hidden. */
  | { kind: 'not-found'; answer: HttpAnswer };

export interface FileWrite {
  content: Buffer;
  message: string;
  /** The blob that it replaces; null makes a new file. */
  base: string | null;
  author: { name: string; email: string } | null;
}

/** What stands at a place now. Throws Refusal, HttpFault or CouldNotTell. */
export async function fetchFile(api: Api, place: FilePlace): Promise<FileState> {
  const purpose = `read ${place.path} of ${place.repo}`;
  const query = place.branch === null ? {} : { ref: place.branch };
  const answer = await api.call({ purpose, path: contentsPath(place), query });
  if (isMissing(answer)) return { kind: 'not-found', answer };
  if (answer.status !== 200) throw refuseAnswer(api, answer, purpose);
  return api.decode(answer, purpose, (body) => readState(body, api, place));
}

function readState(body: Shape, api: Api, place: FilePlace): FileState {
  if (Array.isArray(body.raw())) {
    if (body.list().length > 0) return { kind: 'folder' };
    if (api.kind === 'github') throw new ShapeError('the body is an empty list');
    return { kind: 'empty-repository' };
  }
  const type = body.optional('type')?.text() ?? 'file';
  if (type === 'symlink' || type === 'submodule') return { kind: type === 'symlink' ? 'link' : type };
  if (type !== 'file') throw new ShapeError(`it is a ${type}, not a file`);
  const named = body.optional('path')?.text() ?? place.path;
  if (named !== place.path) throw new ShapeError(`it is about the file "${named}"`);
  const inBase64 = body.optional('encoding')?.text() === 'base64';
  const content = inBase64 ? (body.optional('content')?.text() ?? '') : null;
  const size = body.optional('size')?.count() ?? null;
  const bytes = content === null ? null : Buffer.from(content, 'base64');
  return {
    kind: 'file',
    blob: body.field('sha').sha(),
    // Gitea sends an empty text for a file over its limit.
    bytes: bytes !== null && size !== null && bytes.length !== size ? null : bytes,
    commit: body.optional('last_commit_sha')?.sha() ?? null,
    isOfTag: api.kind !== 'github' && isTagPage(body.optional('html_url')?.text() ?? ''),
  };
}

/** Gitea's page of a file: `…/owner/repo/src/branch/main/…`, `…/owner/repo/src/tag/v1/…`. */
function isTagPage(url: string): boolean {
  return /\/src\/(branch|tag|commit)\//.exec(url)?.[1] === 'tag';
}

/** Does the file hold just these bytes? By its blob's name where the server does not send them. */
export function holds(file: { blob: string; bytes: Buffer | null }, content: Buffer): boolean {
  if (file.bytes !== null) return file.bytes.equals(content);
  const algorithm = file.blob.length === 64 ? 'sha256' : 'sha1';
  const head = Buffer.from(`blob ${content.length}\0`);
  return createHash(algorithm).update(head).update(content).digest('hex') === file.blob;
}

/**
 * Writes a file as one commit and answers the commit. Sent once: the caller reads again before it asks again.
 * A new file is POST on Gitea (its PUT wants a blob) and PUT on GitHub; an update is PUT with the old blob on both.
 */
export async function writeFile(api: Api, place: FilePlace, write: FileWrite): Promise<string> {
  const purpose = `write ${place.path} of ${place.repo}`;
  const isNew = write.base === null;
  const answer = await api.call({
    purpose,
    method: isNew && api.kind !== 'github' ? 'POST' : 'PUT',
    path: contentsPath(place),
    attempts: 1,
    body: {
      content: write.content.toString('base64'),
      message: write.message,
      ...(place.branch === null ? {} : { branch: place.branch }),
      ...(isNew ? {} : { sha: write.base }),
      ...(write.author === null ? {} : { author: write.author, committer: write.author }),
    },
  });
  if (answer.status !== 200 && answer.status !== 201) throw refuseAnswer(api, answer, purpose);
  return api.decode(answer, purpose, (body) => body.field('commit').field('sha').sha());
}

/** The newest commits that changed the file, newest first. Throws CouldNotTell. */
export async function fetchFileCommits(api: Api, place: FilePlace, count: number): Promise<string[]> {
  const ref = place.branch === null ? {} : { sha: place.branch };
  const size = api.kind === 'github' ? { per_page: count } : { limit: count };
  return api.read(
    {
      purpose: `read the last commits of ${place.path} of ${place.repo}`,
      path: `${repoPath(place.repo)}/commits`,
      query: { ...ref, path: place.path, ...size },
    },
    (body) => body.list().map((row) => row.field('sha').sha()),
  );
}

/**
 * The repository's default branch. Throws Refusal where the repository is not there: a hidden one answers for each of
 * its files as if the file alone were missing.
 */
export async function fetchDefaultBranchOf(api: Api, repo: string): Promise<string> {
  const purpose = `read the repository ${repo}`;
  const answer = await api.call({ purpose, path: repoPath(repo) });
  if (answer.status !== 200) throw refuseAnswer(api, answer, purpose);
  return api.decode(answer, purpose, (body) => body.field('default_branch').text());
}

/**
 * Has the repository no commit at all, as its `[]` for a file says? Answers the branch that it is to begin with; null
 * where the server names none. Throws Refusal or CouldNotTell.
 */
export async function assertEmpty(api: Api, repo: string): Promise<string | null> {
  const purpose = `read the repository ${repo}`;
  const answer = await api.call({ purpose, path: repoPath(repo) });
  if (answer.status !== 200) throw refuseAnswer(api, answer, purpose);
  return api.decode(answer, purpose, (body) => {
    if (body.optional('empty')?.flag() ?? true) return body.optional('default_branch')?.text() || null;
    throw new ShapeError('"empty" is false, but its files are answered with an empty list');
  });
}

function contentsPath({ repo, path }: FilePlace): string {
  return `${repoPath(repo)}/contents/${filePath(path)}`;
}
