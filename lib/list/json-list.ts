import { UsageError } from '../errors.ts';
import { parseJson } from '../manifest.ts';
import { readListOfStrings, readListString } from './list-value.ts';
import type { SourceList } from './source-list.ts';

/** A string, number or word, a bracket or a sign. */
interface JsonToken {
  text: string;
  start: number;
  end: number;
}

/** The list that a path such as `cascade.templates` names in a JSON file. Throws UsageError. */
export function findJsonLists(source: string, path: string, file: string): SourceList[] {
  // JSON.parse keeps no places; what it takes is read again for them.
  parseJson(source, `"${file}"`);
  const tokens = readTokens(source);
  const keys = path
    .replace(/^\$?\./, '')
    .replace(/\[\]$/, '')
    .split('.')
    .filter(Boolean);
  let value = 0;
  let found: number | null = null;
  for (const key of keys) {
    found = findKey(tokens, value, key);
    if (found === null) return [];
    value = found + 2;
  }
  if (found === null) {
    if (tokens[value]?.text !== '[') return [];
    throw new UsageError(
      `Cannot use "${file}": the list has no name in it; name the key that holds it, as FILE#key`,
    );
  }
  return [readValue(source, tokens, found, file)];
}

function readTokens(source: string): JsonToken[] {
  return [...source.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g)].map(({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
}

/** Where a key of the object at `at` stands; of several the last, which JSON.parse takes. */
function findKey(tokens: readonly JsonToken[], at: number, key: string): number | null {
  if (tokens[at]?.text !== '{') return null;
  let found: number | null = null;
  for (let next = at + 1; tokens[next] !== undefined && tokens[next]?.text !== '}';) {
    if (JSON.parse(tokens[next]?.text ?? '') === key) found = next;
    next = skipValue(tokens, next + 2);
    if (tokens[next]?.text === ',') next++;
  }
  return found;
}

/** The token behind the value that begins here. */
function skipValue(tokens: readonly JsonToken[], at: number): number {
  let depth = 0;
  for (let next = at; ; next++) {
    const text = tokens[next]?.text;
    if (text === '[' || text === '{') depth++;
    else if (text === ']' || text === '}') depth--;
    if (depth === 0 || text === undefined) return next + 1;
  }
}

function readValue(source: string, tokens: readonly JsonToken[], key: number, file: string): SourceList {
  const [name, , value] = tokens.slice(key, key + 3) as [JsonToken, JsonToken, JsonToken];
  const refuse = (found: string): UsageError => new UsageError(`Cannot use "${file}": ${found}`);
  if (value.text === '{' || value.text === 'null')
    throw refuse(`"${JSON.parse(name.text)}" is neither a string nor a list; name one that is`);
  if (value.text !== '[') {
    const style = value.text.startsWith('"') ? 'double' : 'plain';
    return readListString(source, { ...value, style }, name.start);
  }
  const end = skipValue(tokens, key + 2);
  const items = tokens.slice(key + 3, end - 1).filter(({ text }) => text !== ',');
  if (items.some(({ text }) => /^[[{]/.test(text)))
    throw refuse(`an item of "${JSON.parse(name.text)}" is no string; give a list of names`);
  const names = items.map((item) => ({ ...item, text: String(JSON.parse(item.text) ?? '').trim() }));
  const span = { start: value.start, end: tokens[end - 1]?.end ?? value.end };
  return readListOfStrings(source, { ...span, names, flow: true, quote: '"' }, name.start);
}
