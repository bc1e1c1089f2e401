import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { randomId } from '../crypto.ts';
import { CouldNotTell } from '../errors.ts';

export interface NewFile {
  readonly file: string;
  readonly bytes: Buffer;
  /** What stands there now; null: nothing. */
  readonly old: Buffer | null;
}

const leftover = /^\.switchyard-[0-9a-f-]{36}\.tmp$/;

/**
 * Replaces files of a folder in this order, all or none: each is whole on the disk under another name before
 * the first takes its place. What fails then is put back. A process that is killed between two of the renames
 * leaves only whole files, and the last (the lock) still the old one, so that running again mends it.
 * Throws CouldNotTell, also where a file is no longer what it was when it was read.
 */
export function replaceFiles(folder: string, files: readonly NewFile[]): void {
  const made: string[] = [];
  const placed: NewFile[] = [];
  let doing = folder;
  try {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (leftover.test(name)) rmSync(join(folder, name));
    const temporary = files.map((file) => {
      doing = join(folder, file.file);
      const path = join(folder, `.switchyard-${randomId()}.tmp`);
      made.push(path);
      writeWhole(path, file.bytes);
      return { file, path };
    });
    assertUntouched(folder, files);
    for (const { file, path } of temporary) {
      doing = join(folder, file.file);
      renameSync(path, doing);
      placed.push(file);
    }
  } catch (error) {
    if (error instanceof Overtaken) {
      made.forEach(remove);
      throw error;
    }
    const left = putBack(folder, placed);
    for (const path of made) remove(path);
    const state = left.length === 0 ? 'nothing was changed' : `${left.join(', ')} could not be put back`;
    throw new CouldNotTell(
      `Cannot write ${doing}: ${(error as Error).message} (${state}); mend the disk or its rights, then run again`,
      { cause: error },
    );
  }
}

/** Another run wrote meanwhile, and what this one would write is made for what was there before. */
class Overtaken extends CouldNotTell {
  override readonly name = 'CouldNotTell';
}

function assertUntouched(folder: string, files: readonly NewFile[]): void {
  for (const { file, old } of files) {
    const path = join(folder, file);
    const there = existsSync(path) && statSync(path).isFile() ? readFileSync(path) : null;
    if (old === null ? there === null : there?.equals(old)) continue;
    throw new Overtaken(
      `Cannot write ${path}: it was changed since it was read, maybe by another run of this script (nothing was changed); run it again`,
    );
  }
}

function writeWhole(path: string, bytes: Buffer): void {
  const descriptor = openSync(path, 'wx', 0o644);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function putBack(folder: string, placed: readonly NewFile[]): string[] {
  return placed.flatMap(({ file, old }) => {
    try {
      const path = join(folder, file);
      if (old === null) rmSync(path);
      else {
        const temporary = join(folder, `.switchyard-${randomId()}.tmp`);
        writeWhole(temporary, old);
        renameSync(temporary, path);
      }
      return [];
    } catch {
      return [file];
    }
  });
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next run removes it.
  }
}
