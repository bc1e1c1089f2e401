import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Puts a text in the place of a file that is there, whole or not at all. Throws what the disk said. */
export function replaceFile(file: string, text: string): void {
  const place = realpathSync(file);
  const beside = join(dirname(place), `.${basename(place)}.switchyard-new`);
  try {
    // One that was killed half way left it.
    rmSync(beside, { force: true });
    writeFileSync(beside, text, { flag: 'wx' });
    chmodSync(beside, statSync(place).mode);
    renameSync(beside, place);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') rmSync(beside, { force: true });
    throw error;
  }
}
