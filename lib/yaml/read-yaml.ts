import { YamlSyntaxError } from './cursor.ts';
import type { YamlNode } from './node.ts';
import { parseNodes } from './parser.ts';

export { YamlSyntaxError };

/** Lines and columns from 1; the end is the first place behind. */
export interface Position {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export interface YamlDocument {
  text: string;
  /** The first document's root; null where the text has none. Further documents are never read. */
  root: YamlNode | null;
  /** Where a further document begins that is not empty; null where there is none. */
  further: number | null;
  /** Start and end of each comment, in order. */
  comments: readonly [start: number, end: number][];
}

/**
 * Reads a text as the servers' parser (go-yaml v3) reads it. Takes time in proportion to its length:
 * aliases are not followed. Throws YamlSyntaxError with the offset of the fault.
 */
export function readYaml(text: string): YamlDocument {
  const control = /[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new YamlSyntaxError(`the control character U+${code} is not allowed; take it out`, control.index);
  }
  return { text, ...parseNodes(text) };
}

/** Finds lines and columns for offsets of one text. */
export class LineTable {
  private readonly starts: number[] = [0];
  private readonly length: number;
  private readonly startsWithMark: boolean;

  constructor(text: string) {
    this.length = text.length;
    this.startsWithMark = text.startsWith('\ufeff');
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** The place of a range of offsets. */
  locate(start: number, end: number = start): Position {
    const [line, column] = this.find(start);
    const [endLine, endColumn] = this.find(Math.max(start, end));
    return { line, column, endLine, endColumn };
  }

  /** The offset at which a line (from 1) begins. */
  startOf(line: number): number {
    return this.starts[line - 1] ?? this.length;
  }

  private find(offset: number): [line: number, column: number] {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    // No editor counts the byte order mark.
    const first = low === 0 && this.startsWithMark ? 1 : (this.starts[low] ?? 0);
    return [low + 1, Math.max(0, offset - first) + 1];
  }
}
