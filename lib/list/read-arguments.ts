import type { ShellWord } from './shell-word.ts';

interface Argument {
  text: string;
  start: number;
}

interface ReadArguments {
  /** What `-a` names. */
  array: Argument | undefined;
  variables: Argument[];
  /** What ends the text instead of a line break. */
  delimiter: string | undefined;
  /** A backslash is a backslash (`-r`). */
  isRaw: boolean;
  /** It takes a part of the text, or another. */
  isCut: boolean;
}

/** The arguments of bash's `read`, whose options may stand together. */
export function readArguments(words: readonly ShellWord[]): ReadArguments {
  const found: ReadArguments = {
    array: undefined,
    variables: [],
    delimiter: undefined,
    isRaw: false,
    isCut: false,
  };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as ShellWord;
    const [, switches = '', letter, value = ''] = /^-([erEs]*)([adinNptu]?)([^]*)$/.exec(word.text) ?? [];
    if (!word.text.startsWith('-')) found.variables.push(word);
    if (switches.includes('r')) found.isRaw = true;
    if (letter === undefined || letter === '') continue;
    const behind = { text: value, start: word.start + switches.length + 2 };
    const given = value === '' ? words[++index] : behind;
    if (letter === 'a') found.array = given;
    if (letter === 'd') found.delimiter = given?.text ?? '';
    if (/[nNu]/.test(letter)) found.isCut = true;
  }
  return found;
}
