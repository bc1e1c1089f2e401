/** A text read out of a file, with the span in the file of each of its characters. */
export interface MappedText {
  text: string;
  starts: readonly number[];
  ends: readonly number[];
  /** A text as it must be written in the place that this one was read from. */
  encode(text: string): string;
}

export interface Span {
  start: number;
  end: number;
}

/** A part of a file as it stands there. */
export function mapPlain(source: string): MappedText {
  const starts = Array.from({ length: source.length }, (_, at) => at);
  return { text: source, starts, ends: starts.map((at) => at + 1), encode: (text) => text };
}

/** The span in the file of a span of the text; an empty one lies behind the character before it. */
export function findSpan({ starts, ends }: MappedText, start: number, end: number): Span {
  if (start === end) {
    const at = start > 0 ? (ends[start - 1] ?? 0) : (starts[0] ?? 0);
    return { start: at, end: at };
  }
  return { start: starts[start] ?? 0, end: ends[end - 1] ?? 0 };
}
