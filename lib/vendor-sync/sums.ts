import { CouldNotTell, UsageError } from '../errors.ts';
import { createHash } from '../crypto.ts';
import { Refused } from './refused.ts';
import { isScriptFile } from './script-name.ts';

/** Script file → its SHA-256. */
export type Sums = ReadonlyMap<string, string>;

/**
 * Reads `SHA256SUMS` as `sha256sum` writes it. Lines that name no script are left out.
 * Throws CouldNotTell for what is no such list, Refused for a name that leaves the folder.
 */
export function parseSums(text: string, from: string): Sums {
  const sums = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const match = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line);
    if (match === null) {
      throw new CouldNotTell(
        `Cannot read ${from}: line ${index + 1} is no "<sha256>  <file>"; check that the source is a copy of switchyard`,
      );
    }
    const [sum, file] = [(match[1] as string).toLowerCase(), match[2] as string];
    if (/[/\\]|^\.|[\u0000-\u001f\u007f]/.test(file)) {
      throw new Refused(
        `Cannot accept ${from}: it lists "${file}", a name that leaves the folder; look at who changed the source`,
      );
    }
    if (!isScriptFile(file)) continue;
    if (sums.has(file) && sums.get(file) !== sum) {
      throw new Refused(
        `Cannot accept ${from}: it lists ${file} twice, with two sums; look at who changed it`,
      );
    }
    sums.set(file, sum);
  }
  if (sums.size > 0) return sums;
  throw new CouldNotTell(
    `Cannot read ${from}: it lists no script; check that the source is a copy of switchyard`,
  );
}

/** SHA-256 in lower-case hex digits, as `sha256sum` prints it. */
export function sumOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Throws UsageError for a name that the source does not have. */
export function assertKnown(files: readonly string[], sums: Sums, where: string): void {
  const unknown = files.find((file) => !sums.has(file));
  if (unknown === undefined) return;
  const known = [...sums.keys()].map((file) => file.replace(/\.mjs$/, '')).join(', ');
  throw new UsageError(
    `Cannot find the script "${unknown.replace(/\.mjs$/, '')}" in ${where}: it is not listed there; give one of ${known}`,
  );
}

/** Throws Refused where the content is not what the sum says. */
export function assertSum(file: string, bytes: Buffer, sums: Sums, where: string): void {
  const found = sumOf(bytes);
  if (found === sums.get(file)) return;
  throw new Refused(
    `Cannot accept ${file} of ${where}: its SHA-256 is ${found}, SHA256SUMS says ${sums.get(file)}; nothing was written, look at who changed the source`,
  );
}
