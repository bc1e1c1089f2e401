import { createAnnotations, disarmLine, type AnnotationKind } from './annotations.ts';
import { print } from './print.ts';
import type { Redactor } from './redact.ts';
import type { Log, Place } from './script.ts';

export interface LogSettings {
  readonly redactor: Redactor;
  /** Problems become workflow commands. */
  readonly inRunner: boolean;
  /** Where lines go: 2 where stdout carries a result alone. */
  readonly stream: 1 | 2;
  /** How wide the terminal is that shows a live line; null where there is none. */
  readonly columns: number | null;
}

/** The log of one call, redacted; `close` says at its end how many annotations were too many. */
export function createLog({ redactor, inRunner, stream, columns }: LogSettings): Log & { close(): void } {
  const annotations = createAnnotations({ inRunner });
  let live = false;

  const log = {
    line(text: string): void {
      clearLive();
      const lines = redactor.redact(text).split(/\r\n|\r|\n/);
      print(stream, lines.map(disarmLine).join('\n'));
    },
    notice: (text: string, place?: Place) => annotate('notice', text, place),
    warning: (text: string, place?: Place) => annotate('warning', text, place),
    error: (text: string, place?: Place) => annotate('error', text, place),
    progress(text: string): void {
      if (columns === null) return;
      print(2, `\r\u001b[2K${redactor.redact(text).slice(0, columns - 1)}`, '');
      live = true;
    },
    close(): void {
      for (const line of annotations.overflow()) log.line(line);
    },
  };

  function annotate(kind: AnnotationKind, text: string, place?: Place): void {
    clearLive();
    const line = annotations.render(kind, redactor.redact(text), place);
    print(inRunner ? stream : 2, line);
  }

  function clearLive(): void {
    if (live) print(2, '\r\u001b[2K', '');
    live = false;
  }

  return log;
}
