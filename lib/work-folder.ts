import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CouldNotTell } from './errors.ts';

export interface WorkFolder {
  readonly path: string;
  remove(): void;
}

/** A temporary folder that is gone at the end, also when the process is told to stop. Throws CouldNotTell. */
export function makeWorkFolder(prefix: string, onStop: (cleanUp: () => void) => void): WorkFolder {
  let path: string;
  try {
    path = mkdtempSync(join(tmpdir(), `${prefix}-`));
  } catch (error) {
    throw new CouldNotTell(
      `Cannot make a temporary folder in "${tmpdir()}": ${(error as Error).message}; set TMPDIR to a folder that can be written`,
      { cause: error },
    );
  }
  const remove = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  onStop(remove);
  return { path, remove };
}
