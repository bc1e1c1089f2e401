import { CouldNotTell } from '../errors.ts';
import type { Judgement } from './judge.ts';
import type { Ports, PutAnswer, Rules, Status, Track } from './ports.ts';

const mostPuts = 4;

/** What one image's steps work with. */
export interface Workshop {
  readonly ports: Ports;
  readonly rules: Rules;
  readonly judge: (image: string, digest: string | null) => Promise<Judgement>;
}

export type Look = { readonly do: 'put' | 'nothing' | 'judge' } | { readonly end: Status };

/** Step 4, pure: the tag was looked at just before our PUT. */
export function decideLook(facts: {
  seen: string | null;
  expected: string | null;
  ours: string;
  decidedAgain: boolean;
}): Look {
  if (facts.seen === facts.ours) return { do: 'nothing' };
  if (facts.seen === facts.expected) return { do: 'put' };
  if (!facts.decidedAgain) return { do: 'judge' };
  return { end: { kind: 'refused', why: 'the tag moved again while its last move was judged' } };
}

/** What a competitor's build means for our PUT, pure; null: ours may go over it. */
export function decideOver(judgement: Pick<Judgement, 'kind' | 'why'>): Status | null {
  if (judgement.kind === 'newer')
    return { kind: 'superseded', why: `another run moved it to ${judgement.why}` };
  if (judgement.kind === 'neither')
    return { kind: 'refused', why: `another run moved it to ${judgement.why}` };
  return null;
}

/** Steps 4 and 5 for one image: looks at the tag again, and moves it to our build unless somebody newer has it. */
export async function moveTag(track: Track, shop: Workshop): Promise<void> {
  track.status = await guard(track, async () => {
    for (let decidedAgain = false; ; decidedAgain = true) {
      track.seen = await shop.ports.readDigest(track.image);
      const expected = track.before?.digest ?? null;
      const look = decideLook({ seen: track.seen, expected, ours: track.ours.digest, decidedAgain });
      if ('end' in look) return look.end;
      if (look.do === 'nothing') return { kind: 'ours' };
      if (look.do === 'put') return putOurs(track, shop);
      const judgement = await shop.judge(track.image, track.seen);
      const end = decideOver(judgement);
      if (end !== null) return end;
      track.before = judgement.build;
    }
  });
}

/** A read that cannot be had ends this image as failed; what is a fault of our own goes on up. */
export async function guard(track: Track, work: () => Promise<Status>): Promise<Status> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return { kind: 'failed', why: error.message };
  }
}

/** Sends our build until the registry's answer, or the tag itself, says what became of it. */
async function putOurs(track: Track, shop: Workshop): Promise<Status> {
  const { ports, rules } = shop;
  for (let sent = 1; ; sent++) {
    const answer = await ports.put(track.image, track.ours);
    if (answer.kind === 'accepted') {
      track.written = true;
      track.seen = track.ours.digest;
      return checkDigest(track, answer.digest);
    }
    if (answer.kind !== 'unclear') return { kind: 'failed', why: answer.why };
    track.written = true;
    await ports.clock.sleep(pauseAfter(answer, sent, rules.retryMs));
    track.seen = await ports.readDigest(track.image);
    if (track.seen === track.ours.digest) return { kind: 'ours' };
    if (track.seen !== (track.before?.digest ?? null)) {
      const judgement = await shop.judge(track.image, track.seen);
      const end = decideOver(judgement) ?? refuseUnjudged(judgement);
      if (end !== null) return end;
      track.before = judgement.build;
    }
    if (sent >= mostPuts) return { kind: 'failed', why: `${answer.why} (after ${sent} attempts)` };
  }
}

/** Without ancestry nobody knows whether the other build is newer, and over a newer one nothing is sent. */
function refuseUnjudged(judgement: Judgement): Status | null {
  return judgement.kind === 'unjudged'
    ? { kind: 'refused', why: `another run moved it to ${judgement.why}` }
    : null;
}

function checkDigest(track: Track, answered: string | null): Status {
  if (answered === null || answered === track.ours.digest) return { kind: 'ours' };
  track.strange = answered;
  return { kind: 'failed', why: `the registry answered the digest ${answered} to our ${track.ours.digest}` };
}

export function pauseAfter(answer: PutAnswer, sent: number, retryMs: number): number {
  const asked = answer.kind === 'unclear' ? (answer.afterMs ?? 0) : 0;
  return Math.max(asked, retryMs * 2 ** (sent - 1));
}
