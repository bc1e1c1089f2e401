/** One position of a compiled filter pattern. */
interface Atom {
  accepts: (char: string) => boolean;
  /** It may accept again before the next atom. */
  repeats: boolean;
  /** How many atoms, this one included, may be passed over without a character; 0 = none. */
  skips: number;
}

/**
 * Compiles a filter pattern, without its leading `!`: what both forges share is `*` within a path segment, `**` across
 * them, `?` and `+` on the character before, a backslash before a character that is meant as it stands. `readClass` has
 * the forge's own view of `[...]`. Null: the forge does not compile the pattern.
 */
export function compilePatternWith(
  readClass: ReadClass,
  pattern: string,
): ((path: string) => boolean) | null {
  const atoms = compileAtoms(pattern, readClass);
  return atoms && ((path) => matchAtoms(atoms, path));
}

/**
 * Whether a pattern's atoms cover a whole text. All positions that are still possible are carried
 * along together, so no pattern can make it slow: a backtracking RegExp could.
 */
function matchAtoms(atoms: readonly Atom[], text: string): boolean {
  let active = new Set<number>();
  enter(atoms, 0, active);
  for (const char of text) {
    const next = new Set<number>();
    for (const at of active) {
      const atom = atoms[at];
      if (!atom?.accepts(char)) continue;
      if (atom.repeats) enter(atoms, at, next);
      enter(atoms, at + 1, next);
    }
    active = next;
    if (active.size === 0) return false;
  }
  return active.has(atoms.length);
}

function enter(atoms: readonly Atom[], at: number, active: Set<number>): void {
  for (let position = at; !active.has(position);) {
    active.add(position);
    const skips = atoms[position]?.skips ?? 0;
    if (skips === 0) return;
    // A skip over several atoms leaves the path through the first of them open as well.
    position += skips;
  }
}

const anyButSlash = (char: string): boolean => char !== '/';
const anyOnLine = (char: string): boolean => char !== '\n';

/** Reads one bracket class: the characters after `[`, or null where the forge refuses the class. */
type ReadClass = (body: string) => ((char: string) => boolean) | null;

function compileAtoms(pattern: string, readClass: ReadClass): Atom[] | null {
  const chars = Array.from(pattern);
  const atoms: Atom[] = [];
  let repetition: 'none' | 'once' | 'lazy' = 'none';
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? '';
    const last = atoms.at(-1);
    if ((char === '?' || char === '+') && last) {
      // A second quantifier is only accepted as the `?` that makes the first one lazy.
      if (repetition === 'none') {
        if (char === '?') last.skips = 1;
        else last.repeats = true;
        repetition = 'once';
      } else if (repetition === 'once' && char === '?') repetition = 'lazy';
      else return null;
      continue;
    }
    repetition = 'none';
    if (char === '*') {
      repetition = 'once';
      if (chars[at + 1] !== '*') atoms.push(starOf(anyButSlash));
      else if (chars[at + 2] === '/') {
        // `**/` is "nothing, or at least one character and a slash".
        atoms.push({ accepts: anyOnLine, repeats: false, skips: 3 }, starOf(anyOnLine));
        atoms.push(exactly('/'));
        at += 2;
      } else {
        atoms.push(starOf(anyOnLine));
        at += 1;
      }
    } else if (char === '[') {
      const end = chars.indexOf(']', at + 1);
      const accepts = end > at + 1 ? readClass(chars.slice(at + 1, end).join('')) : null;
      if (!accepts) return null;
      atoms.push({ accepts, repeats: false, skips: 0 });
      at = end;
    } else if (char === '\\') {
      const next = chars[++at];
      if (next === undefined) return null;
      atoms.push(exactly(next));
    } else atoms.push(exactly(char));
  }
  return atoms;
}

function starOf(accepts: (char: string) => boolean): Atom {
  return { accepts, repeats: true, skips: 1 };
}

function exactly(wanted: string): Atom {
  return { accepts: (char) => char === wanted, repeats: false, skips: 0 };
}
