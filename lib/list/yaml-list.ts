import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
  type Scalar,
} from 'yaml';
import { UsageError } from '../errors.ts';
import { findShellLists } from './shell-list.ts';
import { findQuote, splitNames, type SourceList, type SourceName } from './source-list.ts';

/**
 * Every place where a workflow gives `name` a list: as a key of an `env:`, or assigned in a `run:` block. Throws
 * UsageError.
 */
export function findYamlLists(source: string, name: string, file: string): SourceList[] {
  const document = parse(source, file);
  const lists: SourceList[] = [];
  visit(document, {
    Pair(_, pair) {
      if (!isScalar(pair.key)) return;
      if (pair.key.value === 'env' && isMap(pair.value)) {
        for (const entry of pair.value.items) {
          if (isScalar(entry.key) && String(entry.key.value) === name) {
            lists.push(readNode(source, entry, document, { what: `"${file}"`, isJson: false }));
          }
        }
      } else if (pair.key.value === 'run' && isScalar(pair.value) && typeof pair.value.value === 'string') {
        lists.push(...readRun(source, pair.value, name));
      }
    },
  });
  return lists;
}

/** Parses YAML, or JSON, which is YAML too but for two keys of one name, and keeps its spans so. Throws UsageError. */
export function parse(source: string, file: string, { uniqueKeys = true } = {}): Document.Parsed {
  const document = parseDocument(source, { prettyErrors: false, logLevel: 'silent', uniqueKeys });
  const [error] = document.errors;
  if (error === undefined) return document;
  const words = error.message.replace(/\s+/g, ' ');
  throw new UsageError(`Cannot use "${file}": it is not YAML (${words}); mend the file`);
}

/** The list that a key holds: a string of words, a list, or a list as JSON in a string. Throws UsageError. */
export function readNode(
  source: string,
  pair: Pair,
  document: Document,
  { what, isJson }: { what: string; isJson: boolean },
): SourceList {
  const key = pair.key as Scalar;
  const [start = 0, end = 0] = key.range ?? [];
  const written = pair.value as Node | null;
  const value = isAlias(written) ? (written.resolve(document) ?? null) : written;
  if (value === null || (isScalar(value) && value.value === null && !isJson)) {
    const colon = source.indexOf(':', end) + 1;
    const last = Math.max(colon, written?.range?.[1] ?? colon);
    return { ...emptyList, at: start, end: last, emptyAt: colon, emptyEnd: last, around: [' ', ''] };
  }
  if (isScalar(value) && value.value !== null) return readScalar(source, value, start);
  if (!isSeq(value)) {
    throw new UsageError(
      `Cannot use ${what}: "${String(key.value)}" is neither a string nor a list; name one that is`,
    );
  }
  const [from = 0, to = 0] = value.range ?? [];
  const names = value.items.map((item) => readItem(item, { what, name: String(key.value) }));
  const indent = /[ \t]*$/.exec(source.slice(0, from))?.[0] ?? '';
  return {
    at: start,
    end: value.flow ? to : (names.at(-1)?.end ?? to),
    names,
    separator: value.flow ? ', ' : `\n${indent}- `,
    quote: isJson ? '"' : findQuote(source, names[0]),
    emptyAt: from + 1,
    around: ['', ''],
    expression: names.some(({ text }) => text.includes('${{')),
  };
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

function readScalar(source: string, scalar: Scalar, at: number): SourceList {
  const [from = 0, to = 0] = scalar.range ?? [];
  const isQuoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
  const isBlock = scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED';
  const start = isQuoted ? from + 1 : isBlock ? source.indexOf('\n', from) + 1 : from;
  const end = isQuoted ? to - 1 : to;
  const inner = source.slice(start, end);
  const expression = inner.includes('${{');
  if (/^\s*\[[\s\S]*\]\s*$/.test(inner)) {
    const [open, close] = [start + inner.indexOf('[') + 1, start + inner.lastIndexOf(']')];
    const names = splitNames(source, open, close);
    const quote = findQuote(source, names[0]) || (scalar.type === 'QUOTE_DOUBLE' ? '\\"' : '"');
    return { ...emptyList, at, end: close + 1, names, separator: ', ', quote, emptyAt: open, expression };
  }
  const names = splitNames(source, start, end);
  return {
    ...emptyList,
    at,
    end: isBlock ? (names.at(-1)?.end ?? start) : to,
    names,
    emptyAt: start,
    expression,
  };
}

function readItem(item: unknown, { what, name }: { what: string; name: string }): SourceName {
  if (!isScalar(item) || !item.range) {
    throw new UsageError(`Cannot use ${what}: an item of "${name}" is no string; give a list of names`);
  }
  const [start, end] = item.range;
  return { text: String(item.value ?? '').trim(), start, end };
}

function readRun(source: string, scalar: Scalar, name: string): SourceList[] {
  const [start = 0, end = 0] = scalar.range ?? [];
  return findShellLists(source, name, { start, end });
}
