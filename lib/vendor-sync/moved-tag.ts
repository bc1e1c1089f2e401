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
  const isSame = lock !== null && lock.source === source.repo && lock.ref === source.ref;
  if (!isSame || resolved.kind !== 'tag' || lock.commit === resolved.commit) return;
  throw new Refused(
    `Cannot accept ${writeSource(source)}: the tag was moved, from commit ${lock.commit} to ${resolved.commit}; nothing was written, ask who moved it`,
    [
      `if it was moved on purpose: ${vendorSync(folder, 'update', '--from', `${source.repo}@${resolved.commit}`)}`,
    ],
  );
}
