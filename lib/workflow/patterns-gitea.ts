import { compilePatternWith } from './pattern-match.ts';

/**
 * Compiles a filter pattern (without its leading `!`) as Gitea does: package workflowpattern of
 * act 0.259 to 0.261, which is the same in Gitea 1.22 to 1.25. Null: it does not compile, and the
 * filter then never matches, without a word.
 */
export function compilePattern(pattern: string): ((path: string) => boolean) | null {
  return compilePatternWith(readClass, pattern);
}

/**
 * A class holds digits and the characters from `A` to `z`, which takes in `[ \ ^ _` and the back
 * quote; a range stays within one of the two, and may not end in a backslash.
 */
function readClass(body: string): ((char: string) => boolean) | null {
  const chars = Array.from(body);
  const ranges: [string, string][] = [];
  let rangeEnd = -1;
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? '';
    if (char === '-') {
      const from = chars[at - 1];
      const to = chars[at + 1];
      if (from === undefined || to === undefined || to === '\\' || from > to) return null;
      const isRange = (isLetterLike(from) && isLetterLike(to)) || (isDigit(from) && isDigit(to));
      if (!isRange) return null;
      // The end of one range does not begin another: `[a-c-e]` is `a-c`, `-` and `e`.
      if (rangeEnd === at - 1) ranges.push(['-', '-'], [to, to]);
      else ranges.push([from, to]);
      rangeEnd = ++at;
    } else if (isLetterLike(char) || isDigit(char)) ranges.push([char, char]);
    else return null;
  }
  return (char) => ranges.some(([from, to]) => char >= from && char <= to);
}

function isLetterLike(char: string): boolean {
  return char >= 'A' && char <= 'z';
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}
