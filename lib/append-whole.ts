import { appendFileSync, statSync, truncateSync } from 'node:fs';

/** Appends all of a text or, where it cannot, nothing of it: half an output would be another one. Throws. */
export function appendWhole(file: string, text: string): void {
  const size = sizeOf(file);
  try {
    appendFileSync(file, text);
  } catch (error) {
    takeBack(file, size);
    throw error;
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function takeBack(file: string, size: number): void {
  try {
    if (sizeOf(file) > size) truncateSync(file, size);
  } catch {
    // What cannot be cut was not to be written either; the first error says so.
  }
}
