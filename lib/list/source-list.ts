/** A list of names as it stands in a file, with the span of each name, so that it can be written anew in place. */
export interface SourceList {
  /** Offset of its name: the key, or the variable that is assigned. */
  at: number;
  /** Where its value ends, a closing bracket or quote included. */
  end: number;
  names: SourceName[];
  /** What stands between two names where the file shows no example of it. */
  separator: string;
  /** The quote that every name of its own stands in; empty where all stand in one string. */
  quote: string;
  /** Where the first name goes if there is none yet. */
  emptyAt: number;
  /** The end of the word that says there that there is none, as `~`. */
  emptyEnd?: number;
  /** What must be put around all names, as the quotes of a shell word that had none. */
  around: readonly [before: string, after: string];
  /** The list is computed when it runs (`${{ … }}`, `$X`), so that it cannot be compared. */
  expression: boolean;
}

/** A name and its span, with its own quotes. */
export interface SourceName {
  text: string;
  start: number;
  end: number;
}

export interface Correction {
  /** From 1; the lines to replace. */
  firstLine: number;
  lastLine: number;
  /** The lines that take their place, whole, as they stand in the file. */
  text: string;
}

/** The words of a part of the source, separated by white space, commas or a line's continuation. */
export function splitNames(source: string, start: number, end: number): SourceName[] {
  const part = source.slice(start, end);
  return [...part.matchAll(/(\\?["'])([^"'\\]*)\1|[^\s,"'\\]+/g)].map((match) => ({
    text: match[2] ?? match[0],
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}

/** The quote that a name stands in, as its file shows it. */
export function findQuote(source: string, name: SourceName | undefined): string {
  return name === undefined ? '' : (/^\\?["']/.exec(source.slice(name.start, name.end))?.[0] ?? '');
}

/** The file's lines with the list written anew: the way its first two names are set apart is kept. */
export function correctList(source: string, list: SourceList, names: readonly string[]): Correction {
  const [first, second] = list.names;
  const start = first?.start ?? list.emptyAt;
  const end = list.names.at(-1)?.end ?? list.emptyEnd ?? list.emptyAt;
  const between = first && second ? dropComments(source.slice(first.end, second.start)) : list.separator;
  const text = names.map((name) => list.quote + name + list.quote).join(between);
  const lineStart = source.lastIndexOf('\n', Math.min(start, list.at) - 1) + 1;
  const last = Math.max(end, list.end);
  const lineBreak = source.indexOf('\n', last);
  const lineEnd = lineBreak < 0 ? source.length : lineBreak;
  const [before, after] = list.around;
  return {
    firstLine: findPlace(source, lineStart).line,
    lastLine: findPlace(source, last).line,
    text: (source.slice(lineStart, start) + before + text + after + source.slice(end, lineEnd)).replace(
      /\r/g,
      '',
    ),
  };
}

function dropComments(separator: string): string {
  return separator.replace(/[ \t]*#[^\n]*/g, '').replace(/\n(?:[ \t]*\n)+/g, '\n');
}

/** Line and column of an offset, both from 1. */
export function findPlace(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
