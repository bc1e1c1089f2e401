import { realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { CouldNotTell, UsageError } from '../errors.ts';
import { fetchFileBytes, missingFile } from '../forge/contents.ts';
import { fetchFolderBlobs } from '../forge/folder-tree.ts';
import type { Forge } from '../forge/forge.ts';
import { resolveRef, type ResolvedRef } from '../forge/refs.ts';
import { createHash } from '../crypto.ts';
import { readBytes } from '../read-file.ts';
import { Refused } from './refused.ts';
import { nameSource, writeSource, type Source } from './source.ts';
import { parseSums, type Sums } from './sums.ts';

/** One state of the source: everything is read at the same commit. */
export interface Snapshot {
  readonly source: Source;
  /** Null for a folder. */
  readonly resolved: ResolvedRef | null;
  /** For messages: `owner/repo@ref`, or the folder. */
  readonly where: string;
  readonly sums: Sums;
  read(file: string): Promise<Buffer>;
}

const folderOfScripts = 'vendor';

/** Opens a repository at the commit that its ref stands for now, or at the one that is given. Throws CouldNotTell. */
export async function openForgeSnapshot(
  source: Source & { kind: 'forge' },
  forge: Forge,
  resolved: ResolvedRef,
): Promise<Snapshot> {
  const { commit } = resolved;
  const path = `${folderOfScripts}/SHA256SUMS`;
  const [blobs, list] = await Promise.all([
    fetchFolderBlobs(forge, commit, folderOfScripts),
    fetchFileBytes(forge, path, commit),
  ]);
  const checked = (file: string, bytes: Buffer | null): Buffer => {
    const whole = `${folderOfScripts}/${file}`;
    const blob = blobs.get(file);
    if (blob === undefined || bytes === null) throw missingFile(forge, whole, commit);
    if (blobName(bytes, blob.length) === blob) return bytes;
    throw new CouldNotTell(
      `Cannot read ${whole} of ${forge.repo} at ${commit}: the content that came is not the one of this commit; check what stands between here and the server`,
    );
  };
  const where = writeSource(source);
  return {
    source,
    resolved,
    where,
    sums: parseSums(checked('SHA256SUMS', list).toString('utf8'), `${path} of ${where}`),
    read: async (file) => checked(file, await fetchFileBytes(forge, `${folderOfScripts}/${file}`, commit)),
  };
}

/** Resolves a ref; one name for a tag and a branch on two commits is refused. Throws UsageError, CouldNotTell. */
export async function resolveSource(source: Source & { kind: 'forge' }, forge: Forge): Promise<ResolvedRef> {
  const resolved = await resolveRef(forge, source.ref);
  if (resolved.kind !== 'ambiguous') return resolved;
  throw new UsageError(
    `Cannot use --from ${writeSource(source)}: ${source.ref} is a tag and a branch, on two commits; give refs/tags/${source.ref} or refs/heads/${source.ref}`,
  );
}

/** Opens a folder that holds `vendor/`. Throws CouldNotTell. */
export function openFolderSnapshot(source: Source & { kind: 'folder' }): Snapshot {
  const folder = join(source.path, folderOfScripts);
  const read = (file: string): Buffer => readInside(source.path, join(folder, file));
  const sums = parseSums(read('SHA256SUMS').toString('utf8'), join(folder, 'SHA256SUMS'));
  const where = nameSource(source);
  return { source, resolved: null, where, sums, read: (file) => Promise.resolve().then(() => read(file)) };
}

function readInside(root: string, path: string): Buffer {
  try {
    const way = relative(realpathSync(resolve(root)), realpathSync(path));
    if (way.split(sep)[0] === '..' || resolve(way) === way) {
      throw new Refused(
        `Cannot accept ${path}: it is a link out of "${root}"; give the folder that holds the files`,
      );
    }
    return readBytes(path);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new CouldNotTell(
      `Cannot read ${path}: ${(error as Error).message}; give the folder that holds vendor/ as --from DIR, or a repository as --from owner/repo@ref`,
      { cause: error },
    );
  }
}

/** Git's name of a content, in the object format of the repository. */
function blobName(bytes: Buffer, length: number): string {
  const hash = createHash(length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
