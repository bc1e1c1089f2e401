/** A piece of a text: as it stands, or the inside of a `${{ }}`. */
export interface Piece {
  kind: 'text' | 'expression';
  text: string;
}

/** Whether the server takes a text for one with expressions: it looks for both signs, anywhere. */
export function hasExpression(text: string): boolean {
  return text.includes('${{') && text.includes('}}');
}

/**
 * Splits a text at its expressions as act's `rewriteSubExpression` does. Null: a `${{` or a quote in
 * it is not closed, on which the server panics.
 */
export function splitExpressions(text: string): Piece[] | null {
  if (!hasExpression(text)) return [{ kind: 'text', text }];
  const pieces: Piece[] = [];
  let at = 0;
  let start = -1;
  while (at < text.length) {
    if (start < 0) {
      const open = text.indexOf('${{', at);
      if (open !== at) pieces.push({ kind: 'text', text: text.slice(at, open < 0 ? text.length : open) });
      start = open < 0 ? -1 : open + 3;
      at = open < 0 ? text.length : start;
      continue;
    }
    const close = text.indexOf('}}', at);
    const quote = text.indexOf("'", at);
    if (close >= 0 && (quote < 0 || close < quote)) {
      pieces.push({ kind: 'expression', text: text.slice(start, close).trim() });
      at = close + 2;
      start = -1;
    } else if (quote >= 0) {
      const end = endOfQuote(text, quote + 1);
      if (end < 0) return null;
      at = end;
    } else return null;
  }
  return pieces;
}

/** The place behind a quoted text, in which two quotes stand for one; -1 where it is not closed. */
function endOfQuote(text: string, from: number): number {
  let last = -1;
  for (let at = text.indexOf("'", from); at >= 0; at = text.indexOf("'", at + 2)) {
    last = at + 1;
    if (text[at + 1] !== "'") return last;
  }
  return last;
}
