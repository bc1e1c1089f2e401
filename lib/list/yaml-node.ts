import {
  isAlias,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type Pair,
  type Scalar,
  type YAMLSeq,
} from 'yaml';
import { UsageError } from '../errors.ts';
import { findSpan, type MappedText } from './mapped-text.ts';
import { rewriteNames } from './rewrite-names.ts';
import { splitNames, type Edit, type SourceList, type SourceName } from './source-list.ts';
import { mapScalar } from './yaml-scalar.ts';

/** A key as it is written, its quotes taken off; undefined where it is no text. */
export function keyText({ key }: Pair<unknown, unknown>): string | undefined {
  return isScalar(key) ? (key.source ?? String(key.value)) : undefined;
}

/** The node that an alias stands for. */
export function resolve(node: Node | null, document: Document): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

interface Reading {
  source: string;
  document: Document;
  /** The file, for messages. */
  what: string;
  name: string;
  isJson: boolean;
  /** Where the list's name begins. */
  at: number;
}

/** The list that a key holds: a string of words, a list, or a list as JSON in a string. Throws UsageError. */
export function readNode(
  source: string,
  pair: Pair,
  document: Document,
  { what, isJson }: { what: string; isJson: boolean },
): SourceList {
  const [at = 0, end = 0] = (pair.key as Node).range ?? [];
  const name = keyText(pair) ?? '';
  return readValue(pair.value as Node | null, { source, document, what, isJson, name, at }, end);
}

/** As `readNode`, of a value; `keyEnd` is where its key ends. */
export function readValue(written: Node | null, reading: Reading, keyEnd: number): SourceList {
  const value = resolve(written, reading.document);
  if (value === null || (isScalar(value) && value.value === null && !reading.isJson)) {
    return readNull(written, reading, keyEnd);
  }
  if (isScalar(value) && value.value !== null) return readScalar(value, reading);
  if (isSeq(value)) return readSeq(value, reading);
  throw new UsageError(
    `Cannot use ${reading.what}: "${reading.name}" is neither a string nor a list; name one that is`,
  );
}

function listOf(
  reading: Reading,
  list: Partial<SourceList> & Pick<SourceList, 'end' | 'rewrite'>,
): SourceList {
  return { at: reading.at, names: [], expression: false, isOfItself: false, ...list };
}

function readNull(written: Node | null, reading: Reading, keyEnd: number): SourceList {
  const gap = /\s*:/y;
  gap.lastIndex = keyEnd;
  const colon = gap.test(reading.source) ? gap.lastIndex : keyEnd;
  const end = Math.max(colon, written?.range?.[1] ?? colon);
  return listOf(reading, {
    end,
    rewrite(names) {
      const words = names.join(' ');
      const sign = colon === keyEnd ? ':' : '';
      return [words, JSON.stringify(words)].map((text) => ({ start: colon, end, text: `${sign} ${text}` }));
    },
  });
}

function readScalar(scalar: Scalar, reading: Reading): SourceList {
  const { source } = reading;
  const mapped = mapScalar(source, scalar);
  const [from = 0, to = 0] = scalar.range ?? [];
  const end = from + source.slice(from, to).trimEnd().length;
  const text = mapped?.text ?? String(scalar.value);
  const items = readJsonWords(text, reading);
  const names = items ?? splitNames(text);
  const quoteWhole = (list: readonly string[]): Edit => {
    const words = items ? JSON.stringify(list) : list.join(' ');
    return { start: from, end, text: scalar.type === 'QUOTE_SINGLE' ? `'${words}'` : JSON.stringify(words) };
  };
  return listOf(reading, {
    end,
    names: names.map((item) => item.text),
    expression: text.includes('${{'),
    isOfItself: /^\s*\$\{\{\s*env\.(\w+)\s*\}\}\s*$/.exec(text)?.[1] === reading.name,
    rewrite(list) {
      const edits = mapped ? [rewriteText(source, mapped, { names, isJson: items !== null }, list)] : [];
      return [...edits.filter((edit) => edit !== undefined), quoteWhole(list)];
    },
  });
}

function rewriteText(
  source: string,
  mapped: MappedText,
  { names, isJson }: { names: readonly SourceName[]; isJson: boolean },
  list: readonly string[],
): Edit | undefined {
  const inFile = names.map(({ text, start, end }) => ({ text, ...findSpan(mapped, start, end) }));
  const style = {
    write: (name: string): string => mapped.encode(isJson ? JSON.stringify(name) : name),
    separator: isJson ? ', ' : ' ',
    hasComments: false,
  };
  return rewriteNames(source, inFile, list, style);
}

/** The items of a list that is written as JSON in a string, with their places in it; null where it is none. */
function readJsonWords(text: string, { what, name }: Reading): SourceName[] | null {
  let list: unknown;
  try {
    list = /^\s*\[/.test(text) ? JSON.parse(text) : null;
  } catch {
    return null;
  }
  if (!Array.isArray(list)) return null;
  if (list.some((item) => typeof item !== 'string')) throw refuseItem(what, name);
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)].map((match) => ({
    text: JSON.parse(match[0]) as string,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function refuseItem(what: string, name: string): UsageError {
  return new UsageError(`Cannot use ${what}: an item of "${name}" is no string; give a list of names`);
}

function readSeq(seq: YAMLSeq, reading: Reading): SourceList {
  const { source, isJson } = reading;
  const [from = 0, to = 0] = seq.range ?? [];
  const items = seq.items.map((item) => readItem(item as Node | null, reading));
  const isEmpty = items.length === 1 && items[0]?.isNull === true;
  const names: SourceName[] = isEmpty ? [] : items;
  const shown = isJson ? '"' : (/^["']/.exec(source.slice(items[0]?.start))?.[0] ?? '');
  const indent = /[ \t]*$/.exec(source.slice(0, from))?.[0] ?? '';
  const end = seq.flow ? to : (items.at(-1)?.end ?? to);
  const quotes = isJson ? ['"'] : [...new Set([shown, '"'])];
  return listOf(reading, {
    end,
    names: names.map(({ text }) => text),
    expression: names.some(({ text }) => text.includes('${{')),
    rewrite: (list) =>
      quotes.map((quote) => {
        const style = {
          write: (name: string): string => writeItem(name, quote),
          separator: seq.flow ? ', ' : `\n${indent}- `,
          hasComments: !isJson,
        };
        if (names.length > 0) return rewriteNames(source, names, list, style) as Edit;
        const words = list.map(style.write).join(style.separator);
        const start = seq.flow ? from + 1 : from;
        return { start, end: isEmpty ? end : start, text: seq.flow ? words : `- ${words}` };
      }),
  });
}

function writeItem(name: string, quote: string): string {
  if (quote === '"') return JSON.stringify(name);
  return quote === "'" ? `'${name.replaceAll("'", "''")}'` : name;
}

function readItem(written: Node | null, reading: Reading): SourceName & { isNull: boolean } {
  const item = resolve(written, reading.document);
  if (!isScalar(item) || !written?.range) throw refuseItem(reading.what, reading.name);
  const isNull = item.value === null;
  if (reading.isJson && isNull) throw refuseItem(reading.what, reading.name);
  const [start, end] = written.range;
  return { text: isNull ? (item.source ?? '') : (item.source ?? String(item.value)), start, end, isNull };
}
