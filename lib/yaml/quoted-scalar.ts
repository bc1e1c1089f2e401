import { isBlankOrEnd, isBreak, YamlSyntaxError, type Cursor } from './cursor.ts';
import { passFold } from './fold.ts';

const escapes = new Map<string, string>([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

/** A scalar in single or double quotes; the cursor stands on the first quote. Throws YamlSyntaxError. */
export function scanQuoted(cursor: Cursor): string {
  const start = cursor.at;
  const quote = cursor.code();
  const isDouble = quote === 0x22;
  let value = '';
  cursor.at++;
  for (;;) {
    if (cursor.isAtDocumentMark()) {
      throw new YamlSyntaxError('a document marker stands inside a quoted text', cursor.at);
    }
    let escapedBreak = false;
    let from = cursor.at;
    for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
      if (code === quote && !isDouble && cursor.code(1) === quote) {
        value += `${cursor.text.slice(from, cursor.at)}'`;
        cursor.at += 2;
        from = cursor.at;
      } else if (code === quote) break;
      else if (isDouble && code === 0x5c) {
        value += cursor.text.slice(from, cursor.at);
        cursor.at++;
        if (isBreak(cursor.code())) {
          cursor.passBreak();
          escapedBreak = true;
          from = cursor.at;
          break;
        }
        value += readEscape(cursor);
        from = cursor.at;
      } else cursor.at++;
    }
    value += cursor.text.slice(from, cursor.at);
    if (cursor.code() === quote) break;
    if (cursor.code() === 0) throw new YamlSyntaxError('a quoted text is not closed', start);
    const gap = passFold(cursor, { alreadyEnded: escapedBreak, indent: 0 });
    if (gap.ended) value += escapedBreak ? keepAfterEscape(gap.breaks) : gap.breaks;
    else if (!escapedBreak) value += gap.blanks;
  }
  cursor.at++;
  return value;
}

/** Behind an escaped line break each further break stands for itself. */
function keepAfterEscape(breaks: string): string {
  return breaks === ' ' ? '\n' : `\n${breaks}`;
}

function readEscape(cursor: Cursor): string {
  const letter = cursor.text[cursor.at] ?? '';
  const plain = escapes.get(letter);
  cursor.at++;
  if (plain !== undefined) return plain;
  const length = letter === 'x' ? 2 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  const digits = cursor.text.slice(cursor.at, cursor.at + length);
  const code = Number.parseInt(digits, 16);
  const isValid = length > 0 && digits.length === length && /^[0-9a-fA-F]+$/.test(digits) && code <= 0x10ffff;
  if (!isValid || (code >= 0xd800 && code <= 0xdfff)) {
    throw new YamlSyntaxError(`"\\${letter}" is no escape sequence of a quoted text`, cursor.at - 2);
  }
  cursor.at += length;
  return String.fromCodePoint(code);
}
