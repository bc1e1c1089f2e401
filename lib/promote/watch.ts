import { CouldNotTell } from '../errors.ts';
import type { Judgement } from './judge.ts';
import { moveTag, type Workshop } from './move.ts';
import type { Status, Track } from './ports.ts';

const firstPauseMs = 150;
const longestPauseMs = 2000;
/** An old digest that still shows after this was put back by an older run, or is a slow read: both want a PUT. */
const putAgainMs = 1500;
const mostPutBacks = 8;

export type Sight = 'ours' | 'look again' | 'put again' | 'judge';

/** Step 6, pure: the tag was read back after our PUT. */
export function decideReadBack(facts: {
  seen: string | null;
  ours: string;
  before: string | null;
  sincePutMs: number;
  putAgainAfterMs: number;
}): Sight {
  if (facts.seen === facts.ours) return 'ours';
  if (facts.seen !== facts.before) return 'judge';
  return facts.sincePutMs >= facts.putAgainAfterMs ? 'put again' : 'look again';
}

/** Step 7, pure: another build has a tag that was ours. */
export function decideSettle(judgement: Pick<Judgement, 'kind' | 'why'>): 'put back' | Status {
  const why = `another run moved it to ${judgement.why}`;
  if (judgement.kind === 'older') return 'put back';
  if (judgement.kind === 'unjudged') return { kind: 'reported', why };
  return { kind: judgement.kind === 'neither' ? 'refused' : 'superseded', why };
}

/** Step 6 for one image: reads the tag back until it shows our build, for `confirmMs` at most. */
export async function readBack(track: Track, shop: Workshop): Promise<void> {
  const { ports, rules } = shop;
  const end = ports.clock.now() + rules.confirmMs;
  let putAt = ports.clock.now();
  let putAgainAfterMs = putAgainMs;
  let putBacks = 0;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs / 2)) {
    const seen = await tryRead(track, shop);
    const late = ports.clock.now() >= end;
    if (seen.unread !== null) {
      if (late) return void (track.status = { kind: 'failed', why: seen.unread });
    } else {
      const facts = { ours: track.ours.digest, before: track.before?.digest ?? null, putAgainAfterMs };
      const sight = decideReadBack({ seen: track.seen, ...facts, sincePutMs: ports.clock.now() - putAt });
      if (sight === 'ours') return void (track.status = { kind: 'ours' });
      if (sight === 'judge') {
        const judgement = await shop.judge(track.image, track.seen);
        const then = decideSettle(judgement);
        if (then !== 'put back') return void (track.status = then);
        if (++putBacks > mostPutBacks) return void (track.status = neverRests());
        track.before = judgement.build;
      }
      if (late) return void (track.status = neverShown(rules.confirmMs));
      if (sight !== 'look again') {
        await moveTag(track, shop);
        if (track.status.kind !== 'ours') return;
        // Twice as long each time: a registry that shows a PUT late must get the time to.
        if (sight === 'put again') putAgainAfterMs *= 2;
        putAt = ports.clock.now();
        pause = firstPauseMs;
      }
    }
    await ports.clock.sleep(Math.min(pause, Math.max(0, end - ports.clock.now())));
  }
}

/**
 * Step 7 for one image: watches the tag for `settleMs` after it last became ours. The last look is made when that
 * time is over, so that whoever looked before our PUT and wrote after it is seen. Also a tag that a newer build has
 * is watched: where that build goes back, ours is put back.
 */
export async function settle(track: Track, shop: Workshop): Promise<void> {
  const { ports, rules } = shop;
  const pause = Math.min(Math.max(rules.settleMs / 6, 50), longestPauseMs);
  let end = ports.clock.now() + rules.settleMs;
  for (let putBacks = 0; ;) {
    await ports.clock.sleep(Math.min(pause, Math.max(0, end - ports.clock.now())));
    const isLast = ports.clock.now() >= end;
    const { unread } = await tryRead(track, shop);
    if (unread !== null) {
      track.status = {
        kind: 'refused',
        why: `it could not be read while others may have moved it: ${unread}`,
      };
    } else if (track.seen === track.ours.digest) {
      track.status = { kind: 'ours' };
    } else {
      const judgement = await shop.judge(track.image, track.seen);
      const then = decideSettle(judgement);
      if (then === 'put back') {
        if (++putBacks > mostPutBacks) return void (track.status = neverRests());
        ports.log(`${track.image}: another run moved the tag to ${judgement.why}; putting ours back`);
        track.before = judgement.build ?? track.before;
        await moveTag(track, shop);
        if (track.status.kind === 'ours') await readBack(track, shop);
        if (track.status.kind === 'failed') return;
        end = ports.clock.now() + rules.settleMs;
        continue;
      }
      track.status = then;
    }
    if (isLast) return;
  }
}

function neverRests(): Status {
  return { kind: 'refused', why: `another run keeps moving it; ${mostPutBacks} times it was put back` };
}

function neverShown(ms: number): Status {
  return { kind: 'failed', why: `the registry took our build, but did not show it for ${ms / 1000} s` };
}

async function tryRead(track: Track, { ports }: Workshop): Promise<{ unread: string | null }> {
  try {
    track.seen = await ports.readDigest(track.image);
    return { unread: null };
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return { unread: error.message };
  }
}
