import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CouldNotTell, UsageError } from '../errors.ts';
import { readBytes } from '../read-file.ts';
import { lockFile, parseLock, type Lock } from './lock.ts';
import { Refused } from './refused.ts';
import { isOurs } from './script-name.ts';

/** The folder that scripts are kept in, read only. */
export interface VendorFolder {
  /** As it was given. */
  readonly name: string;
  /** A file's content; null where it is not there. Throws Refused for a link or a folder of that name. */
  read(file: string): Buffer | null;
  /** Null where there is none. Throws Refused for half of one. */
  readLock(): Lock | null;
  /** Files that switchyard's build made, whatever they are called. */
  listOurs(): string[];
}

/** Opens the folder; it need not be there. Throws Refused where a link leads out of the place it was named in. */
export function openVendorFolder(name: string): VendorFolder {
  assertInside(name);
  const read = (file: string): Buffer | null => readPlainFile(join(name, file));
  return {
    name,
    read,
    readLock() {
      const bytes = read(lockFile);
      return bytes === null ? null : parseLock(bytes.toString('utf8'), join(name, lockFile));
    },
    listOurs: () => listModules(name).filter((file) => isOurs(readAny(join(name, file)))),
  };
}

/** A folder named without `..` lies below here; a link in it must not lead elsewhere. */
function assertInside(name: string): void {
  if (existsSync(name) && !statSync(name).isDirectory()) {
    throw new UsageError(
      `Cannot use --dir: "${name}" is no folder; give the folder of the scripts, as vendor`,
    );
  }
  if (isAbsolute(name) || name.split(/[/\\]/).includes('..')) return;
  let there = resolve(name);
  while (!existsSync(there)) there = dirname(there);
  const way = relative(realpathSync('.'), realpathSync(there));
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new Refused(
      `Cannot use the folder ${name}: it is a link to "${realpathSync(there)}", outside of this one; make it a folder, or give that one as --dir`,
    );
  }
}

function readPlainFile(path: string): Buffer | null {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (found.isSymbolicLink() || !found.isFile()) {
    const kind = found.isSymbolicLink() ? 'a link' : 'no file';
    throw new Refused(
      `Cannot accept ${path}: it is ${kind}, and may lead out of the folder; remove it, then run again`,
    );
  }
  return readAny(path);
}

function readAny(path: string): Buffer {
  try {
    return readBytes(path);
  } catch (error) {
    throw new CouldNotTell(`Cannot read ${path}: ${(error as Error).message}; check who may read it`, {
      cause: error,
    });
  }
}

function listModules(name: string): string[] {
  try {
    return readdirSync(name)
      .filter(
        (file) =>
          file.endsWith('.mjs') && (statSync(join(name, file), { throwIfNoEntry: false })?.isFile() ?? false),
      )
      .sort();
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw new CouldNotTell(
      `Cannot read the folder ${name}: ${(error as Error).message}; check who may read it`,
      {
        cause: error,
      },
    );
  }
}
