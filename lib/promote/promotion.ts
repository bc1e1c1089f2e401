import { mapBounded } from '../concurrency.ts';
import { decideEnd, type End } from './end.ts';
import { createJudge } from './judge.ts';
import { moveTag, type Workshop } from './move.ts';
import type { Ports, Rules, Track } from './ports.ts';
import { isInPlace } from './prepare.ts';
import { rollBack, type RolledBack } from './roll-back.ts';
import { readBack, settle } from './watch.ts';

const writesAtOnce = 8;

export interface Ending extends End {
  readonly tracks: readonly Track[];
  /** Where tags went back; null where none had to. */
  readonly rolledBack: RolledBack | null;
}

/** Steps 4 to 8: moves every tag that is not in place yet, watches them, and goes back where it cannot be done. */
export async function promote(tracks: readonly Track[], ports: Ports, rules: Rules): Promise<Ending> {
  const moving = tracks.filter((track) => !isInPlace(track));
  const shop: Workshop = { ports, rules, judge: createJudge(ports, rules) };
  if (moving.length > 0) await moveAll(moving, shop);
  let broken = moving.some(({ status }) => status.kind === 'failed' || status.kind === 'refused');
  // Where some were never tried there is nothing to watch: putting one back would split the set.
  const started = moving.every(({ status }) => status.kind !== 'waiting');
  if (!broken && started) {
    await Promise.all(moving.filter(isOurs).map((track) => readBack(track, shop)));
    broken = moving.some(({ status }) => status.kind === 'failed');
  }
  if (broken && moving.some(({ written }) => written)) {
    const rolledBack = await rollBack(moving, shop);
    return { ...decideEnd(tracks, rolledBack), tracks, rolledBack };
  }
  if (!broken && started && moving.length > 0 && rules.settleMs > 0) {
    // Also those that were in place: they go together, so another run may not part them.
    await settle(tracks, shop);
  }
  return { ...decideEnd(tracks, null), tracks, rolledBack: null };
}

function isOurs(track: Track): boolean {
  return track.status.kind === 'ours';
}

/** The first alone: where the login may not write, nothing else is tried. Then the others side by side. */
async function moveAll(moving: readonly Track[], shop: Workshop): Promise<void> {
  const [first, ...others] = moving as readonly [Track, ...Track[]];
  await moveTag(first, shop);
  if (!isOurs(first)) return;
  await mapBounded(others, writesAtOnce, (track) => moveTag(track, shop));
}
