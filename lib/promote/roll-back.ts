import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import { pauseAfter, type Workshop } from './move.ts';
import type { Build, Track } from './ports.ts';

const tagsAtOnce = 8;
const mostPuts = 4;

/** How one tag stands after going back. */
export interface Restored {
  readonly track: Track;
  readonly kind:
    /** It holds what it held before. */
    | 'restored'
    /** It never left. */
    | 'untouched'
    /** Another run has it: left alone. */
    | 'left'
    /** It did not exist before; a DELETE would take the source tag's manifest with it. */
    | 'stays'
    /** It could not be put back, or not be read. */
    | 'stuck';
  readonly why: string;
}

/**
 * Step 8: every tag that still holds ours goes back to what it held before; then all are looked at once more after
 * the settling time, because a competitor may have moved some of them meanwhile.
 */
export async function rollBack(tracks: readonly Track[], shop: Workshop): Promise<Restored[]> {
  const { ports, rules } = shop;
  const first = await mapBounded(tracks, tagsAtOnce, (track) => restore(track, shop));
  if (!first.some(({ kind }) => kind === 'restored')) return first;
  await ports.clock.sleep(rules.settleMs);
  return mapBounded(first, tagsAtOnce, async (result) => {
    if (result.kind !== 'restored' && result.kind !== 'untouched') return result;
    const again = await restore(result.track, shop);
    return again.kind === 'untouched' ? result : again;
  });
}

async function restore(track: Track, shop: Workshop): Promise<Restored> {
  const { ports, rules } = shop;
  const { before } = track;
  let why = '';
  try {
    for (let sent = 0; ; sent++) {
      track.seen = await ports.readDigest(track.image);
      const holds = decideHeld(track);
      if (holds === 'before') {
        if (sent > 0) return { track, kind: 'restored', why: 'it holds again what it held before' };
        return { track, kind: 'untouched', why: 'it holds what it held before' };
      }
      if (holds === 'other') return { track, kind: 'left', why: `another run moved it to ${track.seen}` };
      if (before === null) return { track, kind: 'stays', why: 'it did not exist before' };
      if (sent >= mostPuts) return { track, kind: 'stuck', why };
      const answer = await ports.put(track.image, before);
      if (answer.kind === 'accepted') return await confirmRestored(track, before, shop);
      why = answer.why;
      if (answer.kind !== 'unclear') return { track, kind: 'stuck', why };
      await ports.clock.sleep(pauseAfter(answer, sent + 1, rules.retryMs));
    }
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    // A tag that no PUT of ours went to holds nothing of ours, whatever it holds.
    if (!track.written) return { track, kind: 'untouched', why: 'nothing was sent to it' };
    return { track, kind: 'stuck', why: error.message };
  }
}

/** Whose build a tag holds, pure. What the registry answered to our PUT is ours too, under another digest. */
export function decideHeld(
  track: Pick<Track, 'seen' | 'strange' | 'written'> & {
    ours: Pick<Build, 'digest'>;
    before: Pick<Build, 'digest'> | null;
  },
): 'ours' | 'before' | 'other' {
  if (track.seen === (track.before?.digest ?? null)) return 'before';
  if (track.written && (track.seen === track.ours.digest || track.seen === track.strange)) return 'ours';
  return 'other';
}

async function confirmRestored(track: Track, before: Build, { ports, rules }: Workshop): Promise<Restored> {
  const end = ports.clock.now() + rules.confirmMs;
  for (let pause = 150; ; pause = Math.min(pause * 2, 1000)) {
    track.seen = await ports.readDigest(track.image);
    if (track.seen === before.digest)
      return { track, kind: 'restored', why: 'it holds again what it held before' };
    if (decideHeld(track) === 'other')
      return { track, kind: 'left', why: `another run moved it to ${track.seen}` };
    if (ports.clock.now() >= end)
      return { track, kind: 'stuck', why: 'the registry took it, but does not show it' };
    await ports.clock.sleep(pause);
  }
}
