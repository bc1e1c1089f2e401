import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CouldNotTell } from './errors.ts';
import type { Call, Processes } from './script.ts';

export interface WorkFolder {
  readonly path: string;
  remove(): void;
}

/**
 * A temporary folder that is gone at the end, also when the process is told to stop. One that is killed can remove
 * nothing, so the next that makes such a folder removes those whose process is no more. Throws CouldNotTell.
 */
export function makeWorkFolder(
  name: string,
  { onStop, processes }: Pick<Call<unknown>, 'onStop' | 'processes'>,
): WorkFolder {
  const place = tmpdir();
  const prefix = `${name}-${nameMachine()}-`;
  let path: string;
  try {
    path = mkdtempSync(join(place, `${prefix}${processes.own}-`));
  } catch (error) {
    throw new CouldNotTell(
      `Cannot make a temporary folder in "${place}": ${(error as Error).message}; set TMPDIR to a folder that can be written`,
      { cause: error },
    );
  }
  const remove = (): void => removeFolder(path);
  onStop(remove);
  removeOrphans(place, { prefix, path, processes });
  return { path, remove };
}

/**
 * Removes what is in the way or done with. A helper of git may still be writing there: the next run removes the rest.
 */
export function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // What is in its place is no error of the work that is done.
  }
}

/** Ids of processes tell something only on one machine, and there in one container. */
function nameMachine(): string {
  let container = '';
  try {
    container = readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    // Only Linux has such containers.
  }
  return `${hostname().replace(/[^\w.-]/g, '_')}-${container}`;
}

/** Only folders of our own user: others' are not ours to judge. */
function removeOrphans(
  place: string,
  { prefix, path, processes }: { prefix: string; path: string; processes: Processes },
): void {
  try {
    const { uid } = lstatSync(path);
    for (const name of readdirSync(place)) {
      const id = name.startsWith(prefix) ? /^(\d+)-\w+$/.exec(name.slice(prefix.length))?.[1] : undefined;
      if (id === undefined || processes.isAlive(Number(id))) continue;
      const found = lstatSync(join(place, name));
      if (found.isDirectory() && found.uid === uid)
        rmSync(join(place, name), { recursive: true, force: true });
    }
  } catch {
    // What cannot be removed now is left to a later run.
  }
}
