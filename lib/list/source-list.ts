/** A list of names as it stands in a file, with the ways in which it can be written anew in place. */
export interface SourceList {
  /** Offset of its name: the key, or the variable that is assigned. */
  at: number;
  /** Where its value ends, a closing bracket or quote included. */
  end: number;
  names: string[];
  /** The list is known only when it runs (`${{ … }}`, `$X`, `+=`), so that it cannot be compared. */
  expression: boolean;
  /** It is computed from what the same name held before, which is then what counts. */
  isOfItself: boolean;
  /** The edits that would make it hold these names, the one that changes least first. */
  rewrite(names: readonly string[]): Edit[];
}

/** What takes the place of a part of a file. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A name and its span in a text, with its own quotes. */
export interface SourceName {
  text: string;
  start: number;
  end: number;
}

/** The words of a text, separated by white space or commas. */
export function splitNames(text: string): SourceName[] {
  return [...text.matchAll(/[^ \t\r\n,]+/g)].map(({ 0: name, index }) => ({
    text: name,
    start: index,
    end: index + name.length,
  }));
}

/** Line and column of an offset, both from 1. */
export function findPlace(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
