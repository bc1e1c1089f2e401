import { compilePatternWith } from './pattern-match.ts';

/**
 * Compiles a filter pattern (without its leading `!`) by GitHub's filter pattern cheat sheet
 * (docs.github.com, workflow syntax). Null: GitHub calls the whole workflow invalid.
 */
export function compilePattern(pattern: string): ((path: string) => boolean) | null {
  return compilePatternWith(readClass, pattern);
}

function readClass(body: string): ((char: string) => boolean) | null {
  const chars = Array.from(body);
  const ranges: [string, string][] = [];
  for (let at = 0; at < chars.length; at++) {
    const from = chars[at] ?? '';
    const to = chars[at + 1] === '-' ? chars[at + 2] : undefined;
    if (to === undefined) ranges.push([from, from]);
    else if (from > to) return null;
    else {
      ranges.push([from, to]);
      at += 2;
    }
  }
  return (char) => ranges.some(([from, to]) => char >= from && char <= to);
}
