import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { decodeUtf8 } from './utf8.ts';

/** As much as is read of an answer: more is not what was meant. */
const largestFile = 16 * 1024 * 1024;

/**
 * The bytes of a file, at most `most` and one more of them. Throws an Error whose message says what is wrong with it,
 * also where reading would never end: a FIFO that nobody writes into, a device. A shell's `<(command)` is read.
 */
export function readBytes(file: string, most = largestFile): Buffer {
  assertEnds(file);
  const descriptor = openSync(file, 'r');
  try {
    if (fstatSync(descriptor).isDirectory()) throw new Error('it is a folder');
    return readUpTo(descriptor, most + 1);
  } finally {
    closeSync(descriptor);
  }
}

/** The text of a file without a byte order mark. Throws as `readBytes`, and where it is no UTF-8 or too large. */
export function readText(file: string): string {
  const bytes = readBytes(file);
  if (bytes.length > largestFile) throw new Error('it is larger than 16 MiB');
  const text = decodeUtf8(bytes);
  if (text === null) throw new Error('it is not UTF-8: save it as that');
  return text;
}

/** Is this what a read fails with where no such file is? */
export function isNoFile(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as { code?: string }).code ?? '');
}

function assertEnds(file: string): void {
  const found = statSync(file);
  if (found.isFile() || found.isDirectory() || /^\/(dev|proc)\//.test(file)) return;
  throw new Error(found.isFIFO() ? 'it is a FIFO, and no file' : 'it is a device or socket, and no file');
}

function readUpTo(descriptor: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  for (let size = 0; size < most;) {
    const chunk = Buffer.allocUnsafe(Math.min(64 * 1024, most - size));
    const count = readSync(descriptor, chunk, 0, chunk.length, null);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    size += count;
  }
  return Buffer.concat(chunks);
}
