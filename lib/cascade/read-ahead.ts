import type { Clock } from '../clock.ts';
import type { Opener } from './open.ts';
import type { Content, Remote, Wanted } from './remote.ts';

/** What is older says nothing of now. */
const freshMs = 5000;

/**
 * Begins to read the first targets at once, while the forge is asked whose token it is: two round trips become one.
 * Reading writes nothing, and what was read is judged only once that answer is in, if that is soon.
 */
export function readAhead(
  opener: Opener,
  { targets, wanted, clock }: { targets: readonly string[]; wanted: Wanted; clock: Clock },
): Opener {
  const begun = new Map(targets.map((target) => [target, begin(opener.open(target, wanted), clock)]));
  return {
    open: (repo, its) => begun.get(repo) ?? opener.open(repo, its),
    close: opener.close,
  };
}

/** A remote whose first read is under way already; where that ended long before it is asked for, it is made again. */
function begin(remote: Remote, clock: Clock): Remote {
  let first: Promise<Content> | null = remote.read();
  let endedAt = Infinity;
  const note = (): void => void (endedAt = clock.now());
  // A run that ends before anybody asks for it has nothing to say of its failure.
  first.then(note, note);
  return {
    ...remote,
    read() {
      const isFresh = clock.now() - endedAt <= freshMs;
      const content = first !== null && isFresh ? first : remote.read();
      first = null;
      return content;
    },
  };
}
