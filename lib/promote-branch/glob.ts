/** One character of a glob, or any number of any characters. */
type Piece = 'any' | ((char: string) => boolean);

const mostVariants = 64;

/**
 * Does a text match a glob as github.com/gobwas/glob reads it without separators: `*`, `?`, `[a-c]`, `[!x]`, `{one,two}`,
 * and a backslash before what is meant as it stands? All ways are followed at once, so that no glob makes it slow.
 */
export function matchesGlob(text: string, glob: string): boolean {
  return expandBraces(glob).some((variant) => matchesFlat(text, readPieces(variant)));
}

/** A glob without `{…}` for each of its alternatives; beyond `mostVariants` it is none. */
function expandBraces(glob: string): string[] {
  let done: string[] = [];
  let open = [glob];
  while (open.length > 0) {
    if (open.length + done.length > mostVariants) return [];
    const parts = open.map((one) => ({ one, braces: findBraces(one) }));
    done = [...done, ...parts.flatMap(({ one, braces }) => (braces === null ? [one] : []))];
    open = parts.flatMap(({ one, braces }) =>
      braces === null
        ? []
        : braces.items.map((item) => one.slice(0, braces.start) + item + one.slice(braces.end)),
    );
  }
  return done;
}

/** The first `{…}` with its items; braces inside an item stay in it. */
function findBraces(glob: string): { start: number; end: number; items: string[] } | null {
  let depth = 0;
  let start = -1;
  let itemStart = 0;
  const items: string[] = [];
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at];
    if (char === '\\') at++;
    else if (char === '{' && depth++ === 0) [start, itemStart] = [at, at + 1];
    else if (char === ',' && depth === 1) {
      items.push(glob.slice(itemStart, at));
      itemStart = at + 1;
    } else if (char === '}' && depth > 0 && --depth === 0)
      return { start, end: at + 1, items: [...items, glob.slice(itemStart, at)] };
  }
  return null;
}

function readPieces(glob: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [, escaped, star, one, not, set, plain] of glob.matchAll(
    /\\(.)|(\*+)|(\?)|\[(!?)([^\]]+)\]|(.)/gsu,
  )) {
    if (star !== undefined) pieces.push('any');
    else if (one !== undefined) pieces.push(() => true);
    else if (set !== undefined) {
      const isIn = readSet(set);
      pieces.push((char) => isIn(char) === (not === ''));
    } else {
      const wanted = escaped ?? plain;
      pieces.push((char) => char === wanted);
    }
  }
  return pieces;
}

function readSet(set: string): (char: string) => boolean {
  const range = /^(.)-(.)$/su.exec(set);
  if (range === null) return (char) => set.includes(char);
  const [, from = '', to = ''] = range;
  return (char) => char >= from && char <= to;
}

function matchesFlat(text: string, pieces: readonly Piece[]): boolean {
  let active = reach(pieces, new Set([0]));
  for (const char of text) {
    const next = new Set<number>();
    for (const at of active) {
      const piece = pieces[at];
      if (piece === 'any') next.add(at);
      else if (piece?.(char) === true) next.add(at + 1);
    }
    active = reach(pieces, next);
  }
  return active.has(pieces.length);
}

/** A star may stand for nothing, so that what is behind it is reached as well. */
function reach(pieces: readonly Piece[], positions: Set<number>): Set<number> {
  for (const at of positions) if (pieces[at] === 'any') positions.add(at + 1);
  return positions;
}
