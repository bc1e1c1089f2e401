import { CouldNotTell } from '../errors.ts';
import type { Judgement } from './judge.ts';
import { moveTag, type Workshop } from './move.ts';
import type { Status, Track } from './ports.ts';

const firstPauseMs = 150;
const longestPauseMs = 1000;
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
  const { clock } = shop.ports;
  const end = clock.now() + shop.rules.confirmMs;
  let putAt = clock.now();
  let putAgainAfterMs = putAgainMs;
  let pause = firstPauseMs;
  for (let putBacks = 0; ;) {
    const sight = await look();
    if (sight === 'ours') return void (track.status = { kind: 'ours' });
    if (typeof sight === 'object' && 'kind' in sight) return void (track.status = sight);
    if (clock.now() >= end) {
      const why =
        typeof sight === 'object' ? sight.unread : `it did not show within ${shop.rules.confirmMs / 1000} s`;
      return void (track.status = { kind: 'failed', why });
    }
    if (sight === 'put again' || sight === 'put back') {
      if (sight === 'put back' && ++putBacks > mostPutBacks) return void (track.status = neverRests());
      await moveTag(track, shop);
      if (track.status.kind !== 'ours') return;
      // Twice as long each time: a registry that shows a PUT late must get the time to.
      if (sight === 'put again') putAgainAfterMs *= 2;
      [putAt, pause] = [clock.now(), firstPauseMs];
    }
    await clock.sleep(Math.min(pause, Math.max(0, end - clock.now())));
    pause = Math.min(pause * 2, longestPauseMs);
  }

  function look(): Promise<Exclude<Sight, 'judge'> | 'put back' | Status | Unread> {
    return readOr(async () => {
      track.seen = await shop.ports.readDigest(track.image);
      const before = track.before?.digest ?? null;
      const sincePutMs = clock.now() - putAt;
      const facts = { seen: track.seen, ours: track.ours.digest, before, sincePutMs, putAgainAfterMs };
      const sight = decideReadBack(facts);
      return sight === 'judge' ? judgeOther(track, shop) : sight;
    });
  }
}

/**
 * Step 7: watches all tags for `settleMs` after the last of them became ours. The last look at each is made when that
 * time is over, so that whoever looked before our PUT and wrote after it is seen. Also a tag that a newer build has
 * is watched: where that build goes back, ours is put back.
 */
export async function settle(tracks: readonly Track[], shop: Workshop): Promise<void> {
  const { clock } = shop.ports;
  const { settleMs, confirmMs } = shop.rules;
  const usual = Math.min(Math.max(settleMs / 6, 50), 2000);
  let pause = usual;
  const putBacks = new Map<Track, number>();
  let end = clock.now() + settleMs;
  for (;;) {
    const left = end - clock.now();
    await clock.sleep(left > 0 ? Math.min(pause, left) : pause);
    const isLast = clock.now() >= end;
    const sights = await Promise.all(tracks.map((track) => watchOnce(track, shop, putBacks)));
    // One image that cannot be mended ends the watch: putting back the others would not make them one again.
    if (sights.includes('lost')) return;
    pause = sights.includes('unread') ? Math.max(usual, Math.min(pause * 2, longestPauseMs)) : usual;
    if (sights.includes('put back')) end = clock.now() + settleMs;
    else if (isLast && (!sights.includes('unread') || clock.now() >= end + confirmMs)) return;
  }
}

/** One look at one tag, and what follows from it. */
async function watchOnce(
  track: Track,
  shop: Workshop,
  putBacks: Map<Track, number>,
): Promise<'seen' | 'unread' | 'put back' | 'lost'> {
  const sight = await readOr(async () => {
    track.seen = await shop.ports.watchDigest(track.image);
    if (track.seen !== track.ours.digest) return judgeOther(track, shop);
    return { kind: 'ours' } as Status;
  });
  if (sight === 'put back') {
    const times = (putBacks.get(track) ?? 0) + 1;
    putBacks.set(track, times);
    if (times > mostPutBacks) {
      track.status = neverRests();
      return 'lost';
    }
    shop.ports.log(`${track.image}: another run moved the tag to an older build; putting ours back`);
    await moveTag(track, shop);
    if (track.status.kind === 'ours') await readBack(track, shop);
    return track.status.kind === 'failed' ? 'lost' : 'put back';
  }
  if ('unread' in sight) {
    track.status = { kind: 'refused', why: `it cannot be told who has it now: ${sight.unread}` };
    return 'unread';
  }
  track.status = sight;
  return 'seen';
}

interface Unread {
  readonly unread: string;
}

/** Who has the tag now; `put back` has made the older build the one that ours goes over. */
async function judgeOther(track: Track, shop: Workshop): Promise<'put back' | Status> {
  const judgement = await shop.judge(track.image, track.seen);
  const then = decideSettle(judgement);
  if (then === 'put back') track.before = judgement.build;
  return then;
}

async function readOr<T>(work: () => Promise<T>): Promise<T | Unread> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return { unread: error.message };
  }
}

function neverRests(): Status {
  return { kind: 'refused', why: `another run keeps moving it; ${mostPutBacks} times it was put back` };
}
