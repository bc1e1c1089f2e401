import { CouldNotTell } from '../errors.ts';
import type { HttpAnswer } from '../http.ts';
import { ShapeError } from '../shape.ts';

/** What `read` makes of an answer; where that is not what a registry sends, CouldNotTell says what came. */
export function decodeAnswer<T>(answer: HttpAnswer, purpose: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const what = /^\s*</.test(answer.text) ? 'an HTML page' : error.message;
    throw new CouldNotTell(
      `Cannot ${purpose}: ${answer.method} ${answer.path} answered ${answer.status}, but ${what}; check that this is a registry`,
    );
  }
}
