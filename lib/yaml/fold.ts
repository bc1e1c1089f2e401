import { isBlank, isBreak, YamlSyntaxError, type Cursor } from './cursor.ts';

/**
 * Passes over blanks and line breaks inside a text; `breaks` is what the breaks fold into. `alreadyEnded`: the line has
 * ended before. Throws YamlSyntaxError for a tab left of `indent`.
 */
export function passFold(
  cursor: Cursor,
  { alreadyEnded, indent }: { alreadyEnded: boolean; indent: number },
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
