import type { ResolvedRef } from '../forge/refs.ts';
import type { Lock } from './lock.ts';
import { vendorSync } from './mend.ts';
import { Refused } from './refused.ts';
import { writeSource, type Source } from './source.ts';

/** A tag stands for one commit for ever. Throws Refused where it is on another one than when it was locked. */
export function assertNotMoved(
  lock: Lock | null,
  source: Source & { kind: 'forge' },
  resolved: ResolvedRef,
  folder: string,
): void {
  if (lock === null || nameTag(lock.source, lock.ref) !== nameTag(source.repo, source.ref)) return;
  if (resolved.kind !== 'tag' || lock.commit === resolved.commit) return;
  throw new Refused(
    `Cannot accept ${writeSource(source)}: the tag was moved, from commit ${lock.commit} to ${resolved.commit}; nothing was written, ask who moved it`,
    [
      `if it was moved on purpose: ${vendorSync(folder, 'update', '--from', `${source.repo}@${resolved.commit}`)}`,
    ],
  );
}

/** One tag has several spellings: a server takes a repository's name in any case, and a ref whole or short. */
function nameTag(repo: string, ref: string | null): string {
  return `${repo.toLowerCase()}@${(ref ?? '').replace(/^refs\/tags\//, '')}`;
}
