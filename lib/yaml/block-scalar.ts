import { isBlank, isBreak, isBreakOrEnd, YamlSyntaxError, type Cursor } from './cursor.ts';

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
