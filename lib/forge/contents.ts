import { CouldNotTell } from '../errors.ts';
import { ShapeError, type Shape } from '../shape.ts';
import { isFullSha } from '../sha.ts';
import { filePath } from './api.ts';
import { repoPath, type Forge } from './forge.ts';

export interface FolderEntry {
  name: string;
  path: string;
  isFolder: boolean;
  /** What a link points at; null for anything else. */
  target: string | null;
}

/** A file's text at a ref; null where the server says in JSON that it is not there. */
export async function fetchFileText(forge: Forge, path: string, ref: string): Promise<string | null> {
  return (await fetchFileBytes(forge, path, ref))?.toString('utf8') ?? null;
}

/** A file's bytes at a ref; null where the server says in JSON that it is not there. */
export function fetchFileBytes(forge: Forge, path: string, ref: string): Promise<Buffer | null> {
  const call = contentsCall(forge, path, ref);
  return forge.api.find(call, (body) => {
    if (Array.isArray(body.raw())) {
      if (body.list().length > 0) throw new ShapeError('it is a folder');
      // Gitea answers `[]` for any path of an empty repository, and of one whose first push it is still taking in.
      if (isFullSha(ref)) throw new ShapeError('an empty list, as of a repository without commits');
      return null;
    }
    const named = body.optional('path')?.text();
    if (named !== undefined && named !== path) throw new ShapeError(`it is the file "${named}"`);
    const name = body.optional('name')?.text();
    if (name !== undefined && name !== path.split('/').at(-1))
      throw new ShapeError(`it is the file "${name}"`);
    if (body.field('encoding').text() !== 'base64')
      throw new ShapeError('"encoding" is not base64 (the file is too large)');
    return decodeContent(body);
  });
}

/** The file's bytes, held against the size that the server names: Gitea gives no content for a file over 10 MiB. */
function decodeContent(body: Shape): Buffer {
  const packed = body.field('content').text().replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) throw new ShapeError('"content" is not base64');
  const bytes = Buffer.from(packed, 'base64');
  const size = body.optional('size')?.count();
  if (size !== undefined && size !== bytes.length) {
    throw new ShapeError(`"content" has ${bytes.length} bytes of ${size}`);
  }
  return bytes;
}

/**
 * What a folder holds at a ref; null where the server says in JSON that it is not there, or that a file, a link or
 * another repository has its name.
 */
export function fetchFolder(forge: Forge, path: string, ref: string): Promise<FolderEntry[] | null> {
  return forge.api.find(contentsCall(forge, path, ref), (body) => {
    if (Array.isArray(body.raw())) return body.list().map(readEntry);
    const isOther = ['file', 'symlink', 'submodule'].includes(body.optional('type')?.text() ?? '');
    if (isOther && body.field('path').text() === path) return null;
    return body.list().map(readEntry);
  });
}

function readEntry(row: Shape): FolderEntry {
  return {
    name: row.field('name').text(),
    path: row.field('path').text(),
    isFolder: row.field('type').text() === 'dir',
    target: row.field('type').text() === 'symlink' ? row.field('target').text() : null,
  };
}

function contentsCall(
  forge: Forge,
  path: string,
  ref: string,
): { purpose: string; path: string; query: { ref: string } } {
  return {
    purpose: `read ${path} of ${forge.repo} at ${ref}`,
    path: `${repoPath(forge.repo)}/contents/${filePath(path)}`,
    query: { ref },
  };
}

/** The error for a file that must be there. */
export function missingFile(forge: Forge, path: string, ref: string): CouldNotTell {
  return new CouldNotTell(
    `Cannot read ${path} of ${forge.repo}: the commit ${ref} has no such file; check the file's name, and that the commit is of this repository`,
  );
}
