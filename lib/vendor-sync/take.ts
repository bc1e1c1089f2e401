import { join } from 'node:path';
import { mapBounded } from '../concurrency.ts';
import type { Log } from '../script.ts';
import { optionWords } from '../shell-command.ts';
import { lockFile, renderLock, type Lock } from './lock.ts';
import { vendorSync } from './mend.ts';
import { Refused } from './refused.ts';
import { replaceFiles, type NewFile } from './replace-files.ts';
import { findVersion } from './script-name.ts';
import type { Snapshot } from './snapshot.ts';
import { nameSource } from './source.ts';
import { assertSum } from './sums.ts';
import type { VendorFolder } from './vendor-folder.ts';

/** What would be, or was, written. */
export interface Taken {
  readonly lock: Lock;
  /** Files that differ from what is there, the lock last. */
  readonly changed: readonly NewFile[];
}

/**
 * Reads the files, and says what must be written so that folder and lock hold them. Nothing is written here.
 * Files that are locked already and not named must be the same in this snapshot: a lock names one commit.
 */
export async function prepare(
  snapshot: Snapshot,
  folder: VendorFolder,
  old: Lock | null,
  files: readonly string[],
): Promise<Taken> {
  const kept = [...(old?.files ?? [])].filter(([file]) => !files.includes(file));
  assertKeepable(kept, snapshot, folder.name);
  const contents = await mapBounded([...files].sort(), 4, async (file) => {
    const bytes = await snapshot.read(file);
    assertSum(file, bytes, snapshot.sums, snapshot.where);
    return { file, bytes };
  });
  const sums = contents.map(({ file }): [string, string] => [file, snapshot.sums.get(file) as string]);
  const { source, resolved } = snapshot;
  const lock: Lock = {
    source: nameSource(source),
    ref: source.kind === 'forge' ? source.ref : null,
    commit: resolved?.commit ?? null,
    version: contents.map(({ bytes }) => findVersion(bytes)).find((version) => version !== null) ?? null,
    files: new Map([...kept, ...sums]),
  };
  const wanted = [...contents, { file: lockFile, bytes: Buffer.from(renderLock(lock)) }];
  const changed = wanted
    .map(({ file, bytes }) => ({ file, bytes, old: folder.read(file) }))
    .filter(({ bytes, old: there }) => there === null || !there.equals(bytes));
  return { lock, changed };
}

/** Writes what was prepared, all or nothing. Throws CouldNotTell. */
export function write(folder: VendorFolder, { changed }: Taken, log: Log): void {
  if (changed.length > 0) replaceFiles(folder.name, changed);
  for (const { file, old } of changed)
    log.line(`${old === null ? 'new' : 'changed'}: ${join(folder.name, file)}`);
}

function assertKeepable(kept: readonly [string, string][], { sums, where }: Snapshot, folder: string): void {
  const other = kept.filter(([file, sum]) => sums.get(file) !== sum).map(([file]) => file);
  if (other.length === 0) return;
  throw new Refused(
    `Cannot take these files alone from ${where}: ${other.join(', ')} would be of another commit, and the lock names one for all; update all of them first`,
    [vendorSync(folder, 'update', ...optionWords('--from', where))],
  );
}
