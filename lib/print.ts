import { writeSync } from 'node:fs';

/** Writes at once to stdout (1) or stderr (2), also to a pipe whose reader is slow or gone: nothing is lost at exit. */
export function print(descriptor: 1 | 2, text: string, ending = '\n'): void {
  const bytes = Buffer.from(text + ending);
  let at = 0;
  for (let waits = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code !== 'EAGAIN' || waits++ > 2000) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
