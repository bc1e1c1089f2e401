import type { Forge } from '../forge/forge.ts';
import { fetchTagNames, type ResolvedRef } from '../forge/refs.ts';
import { shortSha } from '../sha.ts';
import { compareVersions } from '../version-order.ts';
import type { Lock } from './lock.ts';
import { openFolderSnapshot } from './snapshot.ts';
import { nameSource, writeSource, type Source } from './source.ts';

interface Question {
  lock: Lock;
  source: Source;
  forge: Forge | null;
  resolved: ResolvedRef | null;
  /** Was `--from` given: then only that one is compared. */
  isGiven: boolean;
}

/** A newer ref: a branch that went on, a tag of a higher version, or a folder that holds other files. */
export interface Newer {
  /** What stands behind `--from` to get it. */
  from: string;
  reason: string;
}

/** What is newer than the lock; null where nothing is. Throws CouldNotTell. */
export async function findNewer({ lock, source, forge, resolved, isGiven }: Question): Promise<Newer | null> {
  if (source.kind === 'folder') {
    const { sums } = openFolderSnapshot(source);
    const other = [...lock.files].filter(([file, sum]) => sums.get(file) !== sum).map(([file]) => file);
    const from = nameSource(source);
    return other.length === 0 ? null : { from, reason: `${from} holds other content of ${other.join(', ')}` };
  }
  const isLocked = lock.source === source.repo && lock.commit === resolved?.commit;
  if (resolved !== null && !isLocked && (isGiven || resolved.kind === 'branch')) {
    const commits = `locked is commit ${shortSha(lock.commit ?? 'none')}, it is on ${shortSha(resolved.commit)}`;
    return {
      from: writeSource(source),
      reason: `${writeSource(source)} is another one than the lock's: ${commits}`,
    };
  }
  if (isGiven || forge === null || resolved?.kind === 'branch') return null;
  const here = resolved?.kind === 'tag' ? source.ref.replace(/^refs\/tags\//, '') : lock.version;
  const tag = newestTag(await fetchTagNames(forge), [here, lock.version]);
  if (tag === null) return null;
  return {
    from: `${source.repo}@${tag}`,
    reason: `${source.repo} has ${tag}, newer than ${here ?? lock.ref}`,
  };
}

/** The tag of the highest version above ours; pre-releases count only for who is on one. */
function newestTag(tags: readonly string[], ours: readonly (string | null)[]): string | null {
  const mine = ours.find((text) => text !== null && compareVersions(text, text) !== null) ?? null;
  if (mine === null) return null;
  const isPreRelease = (text: string): boolean => /\d-?(alpha|beta|rc|pre|dev|a|b|c)|\d-/i.test(text);
  let best: string | null = null;
  for (const tag of tags) {
    if (isPreRelease(tag) && !isPreRelease(mine)) continue;
    if ((compareVersions(tag, best ?? mine) ?? 0) > 0) best = tag;
  }
  return best;
}
