import { findPlace, type SourceList } from './source-list.ts';

export interface Correction {
  /** From 1; the lines to replace. */
  firstLine: number;
  lastLine: number;
  /** The lines that take their place, whole, as they stand in the file. */
  text: string;
}

/**
 * The file's lines with the list written anew. Of the ways to write it the first is taken that `reread`, given the file
 * as it would be, finds those very names in; null where none does.
 */
export function correctList(
  source: string,
  list: SourceList,
  names: readonly string[],
  reread: (corrected: string) => readonly string[] | null,
): Correction | null {
  for (const edit of list.rewrite(names)) {
    const corrected = source.slice(0, edit.start) + edit.text + source.slice(edit.end);
    const found = reread(corrected);
    if (found === null || found.length !== names.length || found.some((name, at) => name !== names[at])) {
      continue;
    }
    const start = source.lastIndexOf('\n', Math.min(edit.start, list.at) - 1) + 1;
    const last = Math.max(edit.end, list.end);
    const lineBreak = source.indexOf('\n', last);
    const end = lineBreak < 0 ? source.length : lineBreak;
    return {
      firstLine: findPlace(source, start).line,
      lastLine: findPlace(source, last).line,
      text: corrected.slice(start, corrected.length - (source.length - end)).replace(/\r/g, ''),
    };
  }
  return null;
}
