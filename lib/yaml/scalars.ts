import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, YamlSyntaxError, type Cursor } from './cursor.ts';

/** A scalar without quotes. `indent` is the least column of its further lines. */
export function scanPlain(
  cursor: Cursor,
  { indent, inFlow }: { indent: number; inFlow: boolean },
): { value: string; end: number; endedLine: boolean } {
  const { text } = cursor;
  let value = '';
  let end = cursor.at;
  let between = '';
  let endedLine = false;
  while (!cursor.isAtDocumentMark() && cursor.code() !== 0x23) {
    const start = cursor.at;
    for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
      if (code === 0x3a && isBlankOrEnd(cursor.code(1))) break;
      if (inFlow && isFlowIndicator(code)) break;
      cursor.at++;
    }
    if (cursor.at > start) {
      value += between + text.slice(start, cursor.at);
      end = cursor.at;
      between = '';
      endedLine = false;
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break;
    const gap = passGap(cursor, false, indent);
    between = gap.ended ? gap.breaks : gap.blanks;
    endedLine = gap.ended;
    if (!inFlow && cursor.column < indent) break;
  }
  return { value, end, endedLine };
}

function isFlowIndicator(code: number): boolean {
  return code === 0x2c || code === 0x3f || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d;
}

/** Passes over blanks and line breaks; `breaks` is what the breaks fold into. */
function passGap(
  cursor: Cursor,
  alreadyEnded: boolean,
  indent: number,
): { ended: boolean; blanks: string; breaks: string } {
  const start = cursor.at;
  let ended = alreadyEnded;
  let first = '';
  let more = '';
  let blanksEnd = -1;
  for (;;) {
    const code = cursor.code();
    if (isBlank(code)) {
      if (ended && code === 0x09 && cursor.column < indent) {
        throw new YamlSyntaxError('a tab stands where only spaces can indent', cursor.at);
      }
      cursor.at++;
    } else if (isBreak(code)) {
      if (blanksEnd < 0) blanksEnd = cursor.at;
      if (first === '') first = cursor.passBreak();
      else more += cursor.passBreak();
      ended = true;
    } else break;
  }
  const blanks = cursor.text.slice(start, blanksEnd < 0 ? cursor.at : blanksEnd);
  return { ended: first !== '', blanks, breaks: foldBreaks(first, more) };
}

/** One line feed becomes a space; of several, the first is left out. */
function foldBreaks(first: string, more: string): string {
  if (first !== '\n') return first + more;
  return more === '' ? ' ' : more;
}

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
    const gap = passGap(cursor, escapedBreak, 0);
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

/** A block scalar; the cursor stands on `|` or `>`. `parentIndent` is -1 at the top. Throws YamlSyntaxError. */
export function scanBlock(cursor: Cursor, parentIndent: number): { value: string; end: number } {
  const isLiteral = cursor.code() === 0x7c;
  cursor.at++;
  const header = /([+-]?)([0-9]?)([+-]?)/y;
  header.lastIndex = cursor.at;
  const [whole = '', before = '', digit = '', after = ''] = header.exec(cursor.text) ?? [];
  if (digit === '0' || (before !== '' && after !== '')) {
    throw new YamlSyntaxError('the header of a block text is not understood', cursor.at);
  }
  cursor.at += whole.length;
  const chomp = before || after;
  cursor.passBlanks();
  if (cursor.code() === 0x23) cursor.passToLineEnd();
  if (!isBreakOrEnd(cursor.code())) {
    throw new YamlSyntaxError('text stands behind the header of a block text', cursor.at);
  }
  if (cursor.code() !== 0) cursor.passBreak();
  let end = cursor.at;

  const given = digit === '' ? 0 : Math.max(parentIndent, 0) + Number(digit);
  const opening = passIndent(cursor, given, parentIndent);
  const { indent } = opening;
  let pending = opening.breaks;
  if (pending !== '') end = opening.end;
  let value = '';
  let lastBreak = '';
  let lastWasIndented = false;
  while (cursor.column === indent && cursor.code() !== 0) {
    const isIndented = isBlank(cursor.code());
    if (!isLiteral && lastBreak === '\n' && !lastWasIndented && !isIndented) {
      if (pending === '') value += ' ';
    } else value += lastBreak;
    value += pending;
    lastWasIndented = isIndented;
    const from = cursor.at;
    cursor.passToLineEnd();
    value += cursor.text.slice(from, cursor.at);
    lastBreak = cursor.code() === 0 ? '' : cursor.passBreak();
    const rest = passIndent(cursor, indent, parentIndent);
    pending = rest.breaks;
    end = rest.end;
  }
  if (chomp !== '-') value += lastBreak;
  if (chomp === '+') value += pending;
  return { value, end };
}

/** Passes over indentation and empty lines; without a known `indent` it finds the text's own. */
function passIndent(
  cursor: Cursor,
  indent: number,
  parentIndent: number,
): { indent: number; breaks: string; end: number } {
  let breaks = '';
  let widest = 0;
  let end = cursor.at;
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.code() === 0x20) cursor.at++;
    widest = Math.max(widest, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.code() === 0x09) {
      throw new YamlSyntaxError('a tab stands where only spaces can indent', cursor.at);
    }
    if (!isBreak(cursor.code())) break;
    breaks += cursor.passBreak();
    end = cursor.at;
  }
  return { indent: indent || Math.max(widest, parentIndent + 1, 1), breaks, end };
}
