import { appendFileSync, closeSync, openSync, readSync, statSync, truncateSync } from 'node:fs';

/**
 * Appends lines to a file, all of them or, where it cannot, none: half an output would be another one. A last line that
 * an earlier command of the step left open is ended first. Throws.
 */
export function appendWhole(file: string, lines: string): void {
  const size = sizeOf(file);
  try {
    appendFileSync(file, isOpenLine(file, size) ? `\n${lines}` : lines);
  } catch (error) {
    takeBack(file, size);
    throw error;
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function isOpenLine(file: string, size: number): boolean {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    // What may be written but not read is left as it is.
    return false;
  }
  try {
    return readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
  } finally {
    closeSync(descriptor);
  }
}

function takeBack(file: string, size: number): void {
  try {
    if (sizeOf(file) > size) truncateSync(file, size);
  } catch {
    // What cannot be cut was not to be written either; the first error says so.
  }
}
