/** A change of lines: base lines from `start` up to, not including, `end` become `lines`. */
interface Hunk {
  start: number;
  end: number;
  lines: readonly string[];
}

const mostCells = 4_000_000;

/**
 * Would git merge two changed texts without a conflict? As git's xdiff does: changes of both sides that overlap
 * or touch conflict unless they are the same. Texts too large to compare here count as a conflict.
 */
export function mergesCleanly(base: string, ours: string, theirs: string): boolean {
  if (ours === theirs || ours === base || theirs === base) return true;
  const [one, two] = [
    diffLines(splitLines(base), splitLines(ours)),
    diffLines(splitLines(base), splitLines(theirs)),
  ];
  if (one === null || two === null) return false;
  return one.every((left) => two.every((right) => isApart(left, right) || isSame(left, right)));
}

function splitLines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function isApart(left: Hunk, right: Hunk): boolean {
  return left.end < right.start || right.end < left.start;
}

function isSame(left: Hunk, right: Hunk): boolean {
  return left.start === right.start && left.end === right.end && left.lines.join('') === right.lines.join('');
}

/** What turns `base` into `next`, by their longest common subsequence; null where that is too large to find. */
function diffLines(base: readonly string[], next: readonly string[]): Hunk[] | null {
  const width = next.length + 1;
  if ((base.length + 1) * width > mostCells) return null;
  const lengths = new Uint32Array((base.length + 1) * width);
  for (let row = base.length - 1; row >= 0; row--) {
    for (let column = next.length - 1; column >= 0; column--) {
      const at = row * width + column;
      lengths[at] =
        base[row] === next[column]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  const hunks: Hunk[] = [];
  let [row, column] = [0, 0];
  while (row < base.length || column < next.length) {
    if (row < base.length && base[row] === next[column]) {
      row++;
      column++;
      continue;
    }
    const [start, from] = [row, column];
    while (
      (row < base.length || column < next.length) &&
      !(row < base.length && base[row] === next[column])
    ) {
      const at = row * width + column;
      const skipsBase = row < base.length && (lengths[at + width] ?? 0) >= (lengths[at + 1] ?? 0);
      if (skipsBase || column >= next.length) row++;
      else column++;
    }
    hunks.push({ start, end: row, lines: next.slice(from, column) });
  }
  return hunks;
}
