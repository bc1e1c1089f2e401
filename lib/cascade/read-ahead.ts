import type { Opener } from './open.ts';
import type { Content, Remote, Wanted } from './remote.ts';

/**
 * Begins to read the first targets at once, while the forge is asked whose token it is: two round trips become one.
 * Reading writes nothing, and what was read is judged only once that answer is in.
 */
export function readAhead(opener: Opener, targets: readonly string[], wanted: Wanted): Opener {
  const begun = new Map(targets.map((target) => [target, begin(opener.open(target, wanted))]));
  return {
    open: (repo, its) => begun.get(repo) ?? opener.open(repo, its),
    close: opener.close,
  };
}

/** A remote whose first read is under way already. */
function begin(remote: Remote): Remote {
  let first: Promise<Content> | null = remote.read();
  // A run that ends before anybody asks for it has nothing to say of its failure.
  first.catch(() => undefined);
  return {
    ...remote,
    read() {
      const content = first ?? remote.read();
      first = null;
      return content;
    },
  };
}
