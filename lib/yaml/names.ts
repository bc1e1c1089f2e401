import { isBlankOrEnd, isBreakOrEnd, YamlSyntaxError, type Cursor } from './cursor.ts';

/** The name of an anchor or alias whose sign is at the cursor, which is moved behind it. Throws YamlSyntaxError. */
export function scanAnchorName(cursor: Cursor, type: 'alias' | 'anchor'): string {
  const start = cursor.at;
  const name = /[0-9A-Za-z_-]*/y;
  name.lastIndex = start + 1;
  const value = name.exec(cursor.text)?.[0] ?? '';
  cursor.at = start + 1 + value.length;
  const code = cursor.code();
  if (value === '' || !(isBlankOrEnd(code) || '?:,]}%@`'.includes(String.fromCharCode(code)))) {
    throw new YamlSyntaxError(
      `"${cursor.text[start]}" begins an ${type}, whose name has letters, digits, "_" and "-" only; put other texts in quotes`,
      start,
    );
  }
  return value;
}

/** The tag at the cursor, which is moved behind it. Throws YamlSyntaxError. */
export function scanTagName(cursor: Cursor): string {
  const start = cursor.at;
  const tag = /!<[^\s>]+>|![0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]*/y;
  tag.lastIndex = start;
  const value = tag.exec(cursor.text)?.[0] ?? '!';
  cursor.at = start + value.length;
  const isOpen = /^![0-9A-Za-z_-]*!$/.test(value);
  if (isOpen || !isBlankOrEnd(cursor.code())) throw new YamlSyntaxError('a tag is not understood', start);
  return value;
}

/** The directive at the cursor, which is moved to the end of its line. Throws YamlSyntaxError. */
export function scanDirectiveWords(cursor: Cursor): string {
  const start = cursor.at;
  const directive = /%(YAML[ \t]+\d{1,2}\.\d{1,2}|TAG[ \t]+![0-9A-Za-z_-]*!?[ \t]+\S+)(?=\s|$)/y;
  directive.lastIndex = start;
  const value = directive.exec(cursor.text)?.[1];
  if (value === undefined) {
    throw new YamlSyntaxError('a line that begins with "%" is a YAML directive, and this one is none', start);
  }
  cursor.at = start + 1 + value.length;
  cursor.passBlanks();
  if (cursor.code() === 0x23) cursor.passToLineEnd();
  if (!isBreakOrEnd(cursor.code())) throw new YamlSyntaxError('text stands behind a directive', cursor.at);
  return value;
}
