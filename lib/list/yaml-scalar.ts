import type { Scalar } from 'yaml';
import type { MappedText } from './mapped-text.ts';

interface Piece {
  text: string;
  starts: number[];
  ends: number[];
}

/**
 * The value of a scalar with the place of each character: its lines are found in the value, folded and unescaped as it
 * is. Null where they are not all found.
 */
export function mapScalar(source: string, scalar: Scalar): MappedText | null {
  const text = scalar.source ?? String(scalar.value ?? '');
  const [from = 0, to = 0] = scalar.range ?? [];
  const isBlock = scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED';
  const isQuoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
  const header = source.indexOf('\n', from);
  const start = isBlock ? (header < 0 || header >= to ? to : header + 1) : isQuoted ? from + 1 : from;
  const pieces = readPieces(source, { start, end: isQuoted ? to - 1 : to, type: scalar.type ?? 'PLAIN' });
  const starts: number[] = [];
  const ends: number[] = [];
  let last = start;
  for (const piece of pieces) {
    while (!text.startsWith(piece.text, starts.length)) {
      if (!/\s/.test(text[starts.length] ?? 'x')) return null;
      starts.push(last);
      ends.push(last);
    }
    for (const at of piece.starts) starts.push(at);
    for (const at of piece.ends) ends.push(at);
    last = piece.ends.at(-1) ?? last;
  }
  while (starts.length < text.length) {
    starts.push(last);
    ends.push(last);
  }
  if (scalar.type === 'BLOCK_LITERAL') {
    const lineStart = source.lastIndexOf('\n', (starts[0] ?? to) - 1) + 1;
    const indent = /^ */.exec(source.slice(lineStart))?.[0] ?? '';
    return { text, starts, ends, encode: (plain) => plain.replaceAll('\n', `\n${indent}`) };
  }
  return { text, starts, ends, encode: encoders[scalar.type ?? 'PLAIN'] ?? ((plain) => plain) };
}

const encoders: Record<string, (text: string) => string> = {
  QUOTE_DOUBLE: (text) => text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n'),
  QUOTE_SINGLE: (text) => text.replaceAll("'", "''"),
};

/** The lines without what folding takes from them, unescaped. */
function readPieces(
  source: string,
  { start, end, type }: { start: number; end: number; type: string },
): Piece[] {
  const pieces: Piece[] = [];
  const isBlock = type.startsWith('BLOCK');
  for (let at = start, isFirst = true; at < end; isFirst = false) {
    const lineBreak = source.indexOf('\n', at);
    const isLast = lineBreak < 0 || lineBreak >= end;
    const line = source.slice(at, isLast ? end : lineBreak).replace(/\r$/, '');
    const indent = isFirst && !isBlock ? 0 : (/^[ \t]*/.exec(line)?.[0].length ?? 0);
    const shown = isBlock || isLast ? line.slice(indent) : line.slice(indent).replace(/[ \t]+$/, '');
    if (shown !== '') pieces.push(readPiece(shown, at + indent, type));
    at = isLast ? end : lineBreak + 1;
  }
  return pieces;
}

const escapes: Record<string, string> = {
  QUOTE_DOUBLE: String.raw`\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[^]|$)`,
  QUOTE_SINGLE: "''",
};

function readPiece(line: string, offset: number, type: string): Piece {
  const piece: Piece = { text: '', starts: [], ends: [] };
  const escape = escapes[type];
  const pattern = new RegExp(escape === undefined ? '[^]' : `${escape}|[^]`, 'g');
  for (const { 0: written, index } of line.matchAll(pattern)) {
    const meant = type === 'QUOTE_DOUBLE' ? unescape(written) : written.slice(0, 1);
    for (const unit of meant.split('')) {
      piece.text += unit;
      piece.starts.push(offset + index);
      piece.ends.push(offset + index + written.length);
    }
  }
  return piece;
}

const controls: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

function unescape(written: string): string {
  if (!written.startsWith('\\')) return written;
  // At a line's end it only joins the next.
  const sign = written[1] ?? '';
  if (written.length > 2) return String.fromCodePoint(parseInt(written.slice(2), 16));
  return controls[sign] ?? sign;
}
