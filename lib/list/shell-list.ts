import { findSpan, mapPlain, type MappedText, type Span } from './mapped-text.ts';
import { rewriteNames } from './rewrite-names.ts';
import { findPlaces, type Place } from './shell-place.ts';
import { readCommands } from './shell-reader.ts';
import { isPattern, plainStart, type ShellWord } from './shell-word.ts';
import { splitNames, type Edit, type SourceList, type SourceName } from './source-list.ts';

/**
 * Every place where a shell text gives `name` a value: `NAME="a b"`, `NAME=(a b)`, `read -r -a NAME <<< "a b"`. The text
 * is a part of `source`, or the whole of it.
 */
export function findShellLists(source: string, name: string, mapped = mapPlain(source)): SourceList[] {
  if (!mapped.text.includes(name)) return [];
  const commands = readCommands(mapped.text);
  const setsSeparators = commands.some(
    ({ words }) =>
      words.some(({ text }) => text.startsWith('IFS=')) &&
      words.every(({ text }) => /^(?:\w+=|-|export$|local$|declare$|readonly$)/.test(text)),
  );
  return commands
    .flatMap((command) => findPlaces(command, name, setsSeparators))
    .map((place) => readPlace(source, mapped, place, name));
}

function readPlace(source: string, mapped: MappedText, place: Place, name: string): SourceList {
  const { word, from } = place;
  const at = findSpan(mapped, place.at, place.at + name.length).start;
  const end = Math.max(from, word?.end ?? from);
  const value = findSpan(mapped, from, end);
  const isComputed = place.isComputed || word === null || isUnknown(word);
  const elements = word?.elements ?? null;
  const found = isComputed ? [] : elements ? elements.map(asElement) : splitWord(word, place);
  const inFile = found.map(({ text, start, end: stop }) => ({ text, ...findSpan(mapped, start, stop) }));
  const { encode } = mapped;
  const between = place.separators?.slice(0, 1) || ' ';
  return {
    at,
    end: value.end,
    names: found.map(({ text }) => text),
    expression: isComputed,
    isOfItself: readsItself(place, mapped.text, name),
    rewrite(names) {
      const edits: (Edit | undefined)[] = [];
      if (elements) return rewriteElements(source, mapped, { elements, inFile, word, value }, names);
      if (isOneQuote(word, from) && !(place.firstLineOnly && /\n/.test(word?.text ?? ''))) {
        const style = { write: encode, separator: between, hasComments: false };
        edits.push(rewriteNames(source, inFile, names, style));
      }
      const words = names.join(between);
      for (const quoted of [`"${words}"`, quoteWord(words)]) edits.push({ ...value, text: encode(quoted) });
      return edits.filter((edit) => edit !== undefined);
    },
  };
}

function rewriteElements(
  source: string,
  mapped: MappedText,
  {
    elements,
    inFile,
    word,
    value,
  }: { elements: ShellWord[]; inFile: SourceName[]; word: ShellWord | null; value: Span },
  names: readonly string[],
): Edit[] {
  const first = elements[0];
  if (first === undefined) {
    const opening = word?.opening ?? 0;
    const { end } = findSpan(mapped, opening, opening + 1);
    return [{ start: end, end, text: mapped.encode(names.join(' ')) }];
  }
  const shown = /^["']/.exec(mapped.text.slice(first.start, first.end))?.[0] ?? '';
  const whole = { ...value, text: mapped.encode(`(${names.map(quoteWord).join(' ')})`) };
  const asShown = (name: string): string => shown + name + shown;
  const edits = [asShown, quoteWord].map((write) =>
    rewriteNames(source, inFile, names, {
      write: (name) => mapped.encode(write(name)),
      separator: ' ',
      hasComments: true,
    }),
  );
  return [...edits.filter((edit) => edit !== undefined), whole];
}

function quoteWord(name: string): string {
  return /^[\w@%+=:,./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

function isUnknown(word: ShellWord): boolean {
  if (word.computed) return true;
  return (word.elements ?? []).some(
    (element) => element.computed || isPattern(element) || /^\[[^\]]*\]=/.test(plainStart(element)),
  );
}

function asElement({ text, start, end }: ShellWord): SourceName {
  return { text, start, end };
}

function splitWord(word: ShellWord | null, { separators, firstLineOnly }: Place): SourceName[] {
  const text = word?.text ?? '';
  const line = firstLineOnly ? text.replace(/\n[^]*$/, '') : text;
  const names = separators === null ? splitNames(line) : splitFields(line, separators);
  return names.map(({ text: name, start, end }) => ({
    text: name,
    start: word?.starts[start] ?? 0,
    end: word?.ends[end - 1] ?? 0,
  }));
}

/** As bash splits a line: white space in a row parts once, and each other separator once more. */
function splitFields(text: string, separators: string): SourceName[] {
  const escape = (characters: string): string => characters.replace(/[\\\]^-]/g, '\\$&');
  const blanks = `[${escape(separators.replace(/[^ \t\n]/g, ''))}]`;
  const signs = `[${escape(separators.replace(/[ \t\n]/g, ''))}]`;
  const parting = new RegExp(`${blanks}*${signs}${blanks}*|${blanks}+`, 'g');
  const from = new RegExp(`^${blanks}*`).exec(text)?.[0].length ?? 0;
  const to = text.replace(new RegExp(`${blanks}+$`), '').length;
  const names: SourceName[] = [];
  let start = from;
  for (const { 0: found, index } of text.slice(0, to).matchAll(parting)) {
    if (index < from) continue;
    names.push({ text: text.slice(start, index), start, end: index });
    start = index + found.length;
  }
  if (start < to) names.push({ text: text.slice(start, to), start, end: to });
  return names;
}

/** Is the whole value one pair of quotes, or none? */
function isOneQuote(word: ShellWord | null, from: number): boolean {
  if (word === null || word.text === '') return false;
  const inside = (word.starts[0] ?? from) - from;
  const behind = word.end - (word.ends.at(-1) ?? word.end);
  return inside === behind && inside <= 1;
}

/** Is a value computed from what the variable held, and from nothing else? */
function readsItself({ word, from, isAdded }: Place, text: string, name: string): boolean {
  const literal = [word, ...(word?.elements ?? [])].map((part) => part?.text ?? '').join('');
  if (isAdded || literal.trim() !== '') return false;
  const written = text.slice(from, word?.end ?? from);
  const read = [...written.matchAll(/\$(?:\{\{\s*env\.|\{?#?)(\w+)|\$\{\{/g)];
  return read.length > 0 && read.every((match) => match[1] === name);
}
