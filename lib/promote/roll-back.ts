import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import { pauseAfter, type Workshop } from './move.ts';
import type { Build, Track } from './ports.ts';

const tagsAtOnce = 8;
const mostPuts = 4;
const mostLooks = 3;
const unread = 'it cannot be read, but nothing was sent to it';
/** How late a registry may show a write before a tag that seems untouched is taken for untouched. */
const mostLagMs = 1000;

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

export interface RolledBack {
  readonly tags: readonly Restored[];
  /** Do the tags no longer go together, because another run was at work meanwhile? */
  readonly split: boolean;
}

/**
 * Step 8: every tag that still holds ours goes back to what it held before; then all are looked at once more after
 * the settling time, because a read may have been stale, a lost PUT may land late, and others may be at work.
 */
export async function rollBack(tracks: readonly Track[], shop: Workshop): Promise<RolledBack> {
  const first = await mapBounded(tracks, tagsAtOnce, (track) => restore(track, shop));
  await shop.ports.clock.sleep(shop.rules.settleMs);
  const tags = await mapBounded(first, tagsAtOnce, async (result) => {
    if (result.kind === 'stays' || result.kind === 'stuck') return result;
    for (let tries = 1; ; tries++) {
      const again = await restore(result.track, shop);
      if (again.kind !== 'untouched') return again;
      if (again.why !== unread || tries > mostLooks) return result;
      await shop.ports.clock.sleep(shop.rules.retryMs);
    }
  });
  return { tags, split: await isSplit(tracks, shop) };
}

/** Tags that all hold what they held at the start are as they were found; others must be of one commit. */
async function isSplit(tracks: readonly Track[], { judge }: Workshop): Promise<boolean> {
  if (tracks.every(({ seen, atStart }) => seen === atStart)) return false;
  try {
    const judged = await mapBounded(tracks, tagsAtOnce, (track) => judge(track.image, track.seen));
    return (
      tracks.length > 1 && judged.some(({ commits }) => commits === null || commits !== judged[0]?.commits)
    );
  } catch (error) {
    if (error instanceof CouldNotTell) return true;
    throw error;
  }
}

async function restore(track: Track, shop: Workshop): Promise<Restored> {
  const { ports, rules } = shop;
  const { before } = track;
  let why = '';
  try {
    if (track.written) await waitUntilShown(track, shop);
    for (let sent = 0; ; sent++) {
      track.seen = await ports.readDigest(track.image);
      const holds = decideHeld(track);
      if (holds === 'before') return describeBefore(track, sent);
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
    if (!track.written) return { track, kind: 'untouched', why: unread };
    return { track, kind: 'stuck', why: error.message };
  }
}

/** A tag that shows what it held before: what the registry took of ours has been written, whoever undid it. */
function describeBefore(track: Track, sent: number): Restored {
  if (track.before === null && track.accepted) {
    // It will show by and by, and then there is nothing to put in its place.
    track.seen = track.strange ?? track.ours.digest;
    return {
      track,
      kind: 'stays',
      why: 'it did not exist before; the registry took it, and may show it late',
    };
  }
  if (sent > 0 || track.accepted)
    return { track, kind: 'restored', why: 'it holds again what it held before' };
  return { track, kind: 'untouched', why: 'it holds what it held before' };
}

/** A registry may show our PUT late, and a tag that seems untouched would be left moved. */
async function waitUntilShown(track: Track, { ports, rules }: Workshop): Promise<void> {
  track.seen = await ports.readDigest(track.image);
  if (decideHeld(track) === 'before') await ports.clock.sleep(Math.min(mostLagMs, rules.settleMs));
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
