import { readArguments } from './read-arguments.ts';
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
  /** The characters at which `read` parts a line; null where the users of the value part it, who are not known. */
  separators: string | null;
  /** `read` takes the first line alone. */
  firstLineOnly: boolean;
}

const declaring = new Set(['export', 'declare', 'local', 'readonly', 'typeset', 'env']);

/** Where a command gives the variable a value; `setsSeparators`: the text sets IFS in a line of its own. */
export function findPlaces(command: ShellCommand, name: string, setsSeparators: boolean): Place[] {
  const words = [...command.words];
  const places: Place[] = [];
  let separators: string | null = setsSeparators ? null : ' \t\n';
  const take = (word: ShellWord): boolean => {
    const [whole, variable, sign] = /^(\w+)((?:\[[^\]]*\])?\+?=)/.exec(plainStart(word)) ?? [];
    // Quotes in a name would make a command of it.
    if (whole === undefined || word.ends[whole.length - 1] !== word.start + whole.length) return false;
    if (variable === 'IFS') separators = word.computed ? null : word.text.slice(whole.length);
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
    places.push(...findRead(words, command.hereStrings.at(-1), { name, separators }));
  } else if (/^(?:mapfile|readarray|printf)$/.test(called)) {
    const word = words.find(({ text }) => text === name);
    const isNamed = called === 'printf' ? words[0]?.text === '-v' && words[1] === word : true;
    if (word !== undefined && isNamed) places.push(computedAt(word.start, command.hereStrings.at(-1)));
  }
  return places;
}

const plain = { separators: null, firstLineOnly: false, isComputed: false, isAdded: false };

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

/** `read -r -a NAME <<< "…"`; what its separators or other options make of a text is known only when it runs. */
function findRead(
  words: readonly ShellWord[],
  word: ShellWord | undefined,
  { name, separators }: { name: string; separators: string | null },
): Place[] {
  const { array, variables, delimiter, isRaw, isCut } = readArguments(words);
  const target = array ?? variables.find(({ text }) => text === name);
  if (target?.text !== name) return [];
  const isWhole = array !== undefined || variables.length === 1;
  const isKnown = separators !== null && isWhole && !isCut && (isRaw || !word?.text.includes('\\'));
  // Behind the text of a here-string stands a line break, which would be in the last name.
  const isEnded = delimiter === undefined || (delimiter === '' && separators?.includes('\n') === true);
  if (word === undefined || !isKnown || !isEnded) return [computedAt(target.start, word)];
  const firstLineOnly = delimiter === undefined;
  return [{ ...plain, separators, firstLineOnly, at: target.start, from: word.start, word }];
}
