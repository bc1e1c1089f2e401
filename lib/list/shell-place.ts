import type { ShellCommand } from './shell-reader.ts';
import { plainStart, type ShellWord } from './shell-word.ts';

/** A place where a command gives the variable a value. */
export interface Place {
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

/** Where a command gives the variable a value; `setsSeparator`: the text sets IFS for itself. */
export function findPlaces(command: ShellCommand, name: string, setsSeparator: boolean): Place[] {
  const words = [...command.words];
  const places: Place[] = [];
  let separator: string | null | undefined;
  const take = (word: ShellWord): boolean => {
    const [whole, variable, sign] = /^(\w+)((?:\[[^\]]*\])?\+?=)/.exec(plainStart(word)) ?? [];
    // Quotes in a name would make a command of it.
    if (whole === undefined || word.ends[whole.length - 1] !== word.start + whole.length) return false;
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

const plain = {
  separator: /[ \t\r\n,]/,
  between: ' ',
  firstLineOnly: false,
  isComputed: false,
  isAdded: false,
};

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
