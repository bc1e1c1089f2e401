import { findSpan, mapPlain, type MappedText, type Span } from './mapped-text.ts';
import { rewriteNames } from './rewrite-names.ts';
import { readCommands, type ShellCommand } from './shell-reader.ts';
import { isPattern, plainStart, type ShellWord } from './shell-word.ts';
import { splitNames, type Edit, type SourceList, type SourceName } from './source-list.ts';

/** A place where a command gives the variable a value. */
interface Place {
  /** Where the variable's name begins, and where its value does. */
  at: number;
  from: number;
  word: ShellWord | null;
  /** The value is known only when it runs, or is added to another. */
  isComputed: boolean;
  isAdded: boolean;
  /** What parts two names, and what can be put between them. */
  separator: RegExp;
  between: string;
  /** `read` takes the first line alone. */
  firstLineOnly: boolean;
}

const declaring = new Set(['export', 'declare', 'local', 'readonly', 'typeset', 'env']);

/**
 * Every place where a shell text gives `name` a value: `NAME="a b"`, `NAME=(a b)`, `read -r -a NAME <<< "a b"`. The text
 * is a part of `source`, or the whole of it.
 */
export function findShellLists(source: string, name: string, mapped = mapPlain(source)): SourceList[] {
  if (!mapped.text.includes(name)) return [];
  const commands = readCommands(mapped.text);
  const setsSeparator = commands.some(
    ({ words }) => words.length > 0 && words.every(({ text }) => /^IFS=/.test(text)),
  );
  return commands
    .flatMap((command) => findPlaces(command, name, setsSeparator))
    .map((place) => readPlace(source, mapped, place, name));
}

function findPlaces(command: ShellCommand, name: string, setsSeparator: boolean): Place[] {
  const words = [...command.words];
  const places: Place[] = [];
  let separator: string | null | undefined;
  const take = (word: ShellWord): boolean => {
    const [whole, variable, sign] = /^(\w+)((?:\[[^\]]*\])?\+?=)/.exec(plainStart(word)) ?? [];
    if (whole === undefined) return false;
    if (variable === 'IFS') separator = word.computed ? null : word.text.slice(whole.length);
    if (variable === name) places.push(placeOf(word, whole.length, sign ?? ''));
    return true;
  };
  while (words[0] !== undefined && take(words[0])) words.shift();
  while (/^(?:command|builtin)$/.test(words[0]?.text ?? '')) words.shift();
  const called = words.shift()?.text ?? '';
  if (declaring.has(called)) {
    const isMap = words.some(({ text }) => /^-\w*A/.test(text));
    for (const word of words) {
      const isValue = take(word);
      if (called === 'env' && !isValue && !word.text.startsWith('-')) break;
    }
    if (isMap) return places.map((place) => ({ ...place, isComputed: true }));
  } else if (called === 'read') {
    places.push(...findRead(words, command.hereStrings, { name, separator, setsSeparator }));
  } else if (/^(?:mapfile|readarray|printf)$/.test(called)) {
    const word = words.find(({ text }) => text === name);
    const isNamed = called === 'printf' ? words[0]?.text === '-v' && words[1] === word : true;
    if (word !== undefined && isNamed) places.push(computedAt(word.start, command.hereStrings.at(-1)));
  }
  return places;
}

const plain = { separator: /[\s,]/, between: ' ', firstLineOnly: false, isComputed: false, isAdded: false };

function computedAt(at: number, word: ShellWord | null = null): Place {
  return { ...plain, at, from: word?.start ?? at, word, isComputed: true };
}

function placeOf(word: ShellWord, length: number, sign: string): Place {
  const from = word.ends[length - 1] ?? word.end;
  const kind = { isComputed: sign !== '=', isAdded: sign.endsWith('+=') };
  return { ...plain, ...kind, at: word.start, from, word: dropStart(word, length) };
}

function dropStart(word: ShellWord, length: number): ShellWord {
  return {
    ...word,
    text: word.text.slice(length),
    starts: word.starts.slice(length),
    ends: word.ends.slice(length),
    quoted: word.quoted.slice(length),
  };
}

function findRead(
  words: readonly ShellWord[],
  hereStrings: readonly ShellWord[],
  {
    name,
    separator,
    setsSeparator,
  }: { name: string; separator: string | null | undefined; setsSeparator: boolean },
): Place[] {
  let array: { text: string; start: number } | undefined;
  let hasDelimiter = false;
  const variables: { text: string; start: number }[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as ShellWord;
    const [, letters = '', letter, value = ''] = /^-([rse]*)([adinNptu])?(.*)$/s.exec(word.text) ?? [];
    if (!word.text.startsWith('-')) variables.push(word);
    else if (letter !== undefined) {
      const given = value === '' ? words[++index] : { text: value, start: word.start + 2 + letters.length };
      if (letter === 'a') array = given;
      if (letter === 'd') hasDelimiter = true;
    }
  }
  const target = array ?? variables.find(({ text }) => text === name);
  if (target?.text !== name) return [];
  const word = hereStrings.at(-1);
  const isWhole = array !== undefined || variables.length === 1;
  if (word === undefined || !isWhole) return [computedAt(target.start, word)];
  const given = separator ?? (separator === undefined && !setsSeparator ? ' \t\n' : null);
  const apart =
    given === null || array === undefined
      ? plain
      : { separator: matchAny(given), between: given.slice(0, 1) || ' ' };
  return [{ ...plain, ...apart, at: target.start, from: word.start, word, firstLineOnly: !hasDelimiter }];
}

function matchAny(characters: string): RegExp {
  return new RegExp(`[${characters.replace(/[\\\]^-]/g, '\\$&')}\\n]`);
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
        const style = { write: encode, separator: place.between, hasComments: false };
        edits.push(rewriteNames(source, inFile, names, style));
      }
      const words = names.join(place.between);
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

function splitWord(word: ShellWord | null, { separator, firstLineOnly }: Place): SourceName[] {
  const text = word?.text ?? '';
  const names = splitNames(firstLineOnly ? text.replace(/\n[^]*$/, '') : text, separator);
  return names.map(({ text: name, start, end }) => ({
    text: name,
    start: word?.starts[start] ?? 0,
    end: word?.ends[end - 1] ?? 0,
  }));
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
