import { isBlank, isBlankOrEnd, isBreak, YamlSyntaxError, type Cursor } from './cursor.ts';
import { passFold } from './fold.ts';

/** Throws YamlSyntaxError where what stands at the cursor begins no scalar without quotes. */
export function assertPlainStart(cursor: Cursor, { inFlow }: { inFlow: boolean }): void {
  const code = cursor.code();
  if (code === 0x2d && !isBlank(cursor.code(1))) return;
  if ((code === 0x3f || code === 0x3a) && !inFlow) return;
  if (!isSign(code) && !isBlankOrEnd(code)) return;
  const [shown, mend] =
    code === 0x09
      ? ['a tab', 'indent with spaces']
      : [`"${cursor.text[cursor.at]}"`, 'put the text in quotes'];
  throw new YamlSyntaxError(`${shown} cannot begin a value; ${mend}`, cursor.at);
}

function isSign(code: number): boolean {
  return '#&*!|>\'"%@`-?:,[]{}'.includes(String.fromCharCode(code));
}

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
    const gap = passFold(cursor, { alreadyEnded: false, indent });
    between = gap.ended ? gap.breaks : gap.blanks;
    endedLine = gap.ended;
    if (!inFlow && cursor.column < indent) break;
  }
  return { value, end, endedLine };
}

function isFlowIndicator(code: number): boolean {
  return code === 0x2c || code === 0x3f || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d;
}
