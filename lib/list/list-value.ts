import { findQuote, splitNames, type SourceList, type SourceName } from './source-list.ts';

/** A string that holds a list, with its quotes. */
export interface ListString {
  readonly start: number;
  readonly end: number;
  readonly style: 'plain' | 'single' | 'double' | 'block';
}

/** Several strings in brackets, or below each other behind dashes. */
export interface ListOfStrings {
  readonly start: number;
  readonly end: number;
  readonly names: SourceName[];
  /** In brackets. */
  readonly flow: boolean;
  /** The quote of each name where the file shows none. */
  readonly quote?: string;
}

/** The list in a string: words, or JSON. `at` is where its name stands. */
export function readListString(
  source: string,
  { start: from, end: to, style }: ListString,
  at: number,
): SourceList {
  const isQuoted = style === 'single' || style === 'double';
  const start = isQuoted ? from + 1 : style === 'block' ? source.indexOf('\n', from) + 1 : from;
  const end = isQuoted ? to - 1 : to;
  const inner = source.slice(start, end);
  const expression = inner.includes('${{');
  if (/^\s*\[[\s\S]*\]\s*$/.test(inner)) {
    const [open, close] = [start + inner.indexOf('[') + 1, start + inner.lastIndexOf(']')];
    const names = splitNames(source, open, close);
    const quote = findQuote(source, names[0]) || (style === 'double' ? '\\"' : '"');
    return { ...emptyList, at, end: close + 1, names, separator: ', ', quote, emptyAt: open, expression };
  }
  const names = splitNames(source, start, end);
  return {
    ...emptyList,
    at,
    end: style === 'block' ? (names.at(-1)?.end ?? start) : to,
    names,
    emptyAt: start,
    expression,
  };
}

/** The list of several strings. `at` is where its name stands. */
export function readListOfStrings(
  source: string,
  { start, end, names, flow, quote }: ListOfStrings,
  at: number,
): SourceList {
  const indent = /[ \t]*$/.exec(source.slice(0, start))?.[0] ?? '';
  return {
    at,
    end: flow ? end : (names.at(-1)?.end ?? end),
    names,
    separator: flow ? ', ' : `\n${indent}- `,
    quote: quote ?? findQuote(source, names[0]),
    emptyAt: start + 1,
    around: ['', ''],
    expression: names.some(({ text }) => text.includes('${{')),
  };
}

/** A key whose value is nothing, or a word that means that, from `start` to `end`. */
export function readNothing({ start, end }: { start: number; end: number }, at: number): SourceList {
  const isBare = start === end;
  return { ...emptyList, at, end, emptyAt: start, emptyEnd: end, around: [isBare ? ' ' : '', ''] };
}

const emptyList: SourceList = {
  at: 0,
  end: 0,
  names: [],
  separator: ' ',
  quote: '',
  emptyAt: 0,
  around: ['', ''],
  expression: false,
};
