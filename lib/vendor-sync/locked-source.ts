import type { Lock } from './lock.ts';
import { Refused } from './refused.ts';
import { isRefName, type Source } from './source.ts';

/** Where a lock's files came from. Throws Refused for a lock whose source was tampered with. */
export function sourceOfLock(lock: Lock): Source {
  const { source, ref } = lock;
  if (ref === null) return { kind: 'folder', path: source };
  if (/^[\w.-]+\/[\w.-]+$/.test(source) && !/(^|\/)\.{1,2}(\/|$)/.test(source) && isRefName(ref)) {
    return { kind: 'forge', repo: source, ref };
  }
  throw new Refused(
    `Cannot use the lock's source: "${source}@${ref}" is no owner/repo@ref; give --from owner/repo@ref`,
  );
}
