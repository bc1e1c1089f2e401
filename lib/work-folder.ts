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
  onStop(() => removeFolder(path));
  const { uid } = lstatSync(path);
  // Again at the end: a helper of git that outlived its killed run wrote there still when this one began.
  const sweep = (): void => removeOrphans(place, { prefix, uid, processes });
  sweep();
  return {
    path,
    remove() {
      removeFolder(path);
      sweep();
    },
  };
}

/**
 * Removes what is in the way or done with. A helper of git may still be writing there, so that it is listed anew a few
 * times; the next run removes the rest.
 */
export function removeFolder(path: string): void {
  for (let times = 0; times < 3; times++) {
    try {
      return rmSync(path, { recursive: true, force: true, maxRetries: 2 });
    } catch {
      // What is in its place is no error of the work that is done.
    }
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
  { prefix, uid, processes }: { prefix: string; uid: number; processes: Processes },
): void {
  try {
    for (const name of readdirSync(place)) {
      const id = name.startsWith(prefix) ? /^(\d+)-\w+$/.exec(name.slice(prefix.length))?.[1] : undefined;
      if (id === undefined || processes.isAlive(Number(id))) continue;
      const found = lstatSync(join(place, name));
      if (found.isDirectory() && found.uid === uid) removeFolder(join(place, name));
    }
  } catch {
    // What cannot be removed now is left to a later run.
  }
}
