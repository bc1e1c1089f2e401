import { countOf } from '../count.ts';
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

/**
 * Steps 4 and 5 for one image: every PUT has a look at the tag right before it, also one that is sent again because
 * the registry's answer was lost. Judging takes several calls, so after it the tag is looked at again.
 */
export async function moveTag(track: Track, shop: Workshop): Promise<void> {
  const { ports, rules } = shop;
  track.status = await guard(async () => {
    let decidedAgain = false;
    let doubt = '';
    for (let sent = 0; ;) {
      track.seen = await ports.readDigest(track.image);
      const expected = track.before?.digest ?? null;
      const look = decideLook({ seen: track.seen, expected, ours: track.ours.digest, decidedAgain });
      if ('end' in look) return look.end;
      if (look.do === 'nothing') return { kind: 'ours' };
      if (look.do === 'judge') {
        const judgement = await shop.judge(track.image, track.seen);
        const end = decideOver(judgement) ?? (sent > 0 ? refuseUnjudged(judgement) : null);
        if (end !== null) return end;
        track.before = judgement.build;
        decidedAgain = true;
        continue;
      }
      if (sent >= mostPuts) return { kind: 'failed', why: `${doubt} (after ${countOf(sent, 'attempt')})` };
      const wasWritten = track.written;
      // On its way it may have been carried out already, should the process be stopped now.
      track.written = true;
      const answer = await ports.put(track.image, track.ours);
      sent++;
      if (answer.kind === 'denied' || answer.kind === 'refused') {
        // Whatever stands between here and the registry may say no to what the registry has done.
        track.seen = await readOr(track.seen, () => ports.readDigest(track.image));
        if (track.seen === track.ours.digest) return { kind: 'ours' };
        track.written = wasWritten;
        return { kind: 'failed', why: answer.why };
      }
      if (answer.kind === 'accepted') return acceptDigest(track, answer.digest);
      doubt = answer.why;
      const pause = pauseAfter(answer, sent, rules.retryMs);
      if (pause > rules.confirmMs) return { kind: 'failed', why: doubt };
      await ports.clock.sleep(pause);
    }
  });
}

/** A read that cannot be had ends this image as failed; what is a fault of our own goes on up. */
async function guard(work: () => Promise<Status>): Promise<Status> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return { kind: 'failed', why: error.message };
  }
}

async function readOr<T>(otherwise: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CouldNotTell) return otherwise;
    throw error;
  }
}

/** Without ancestry nobody knows whether the other build is newer, and over a newer one nothing is sent. */
function refuseUnjudged(judgement: Judgement): Status | null {
  return judgement.kind === 'unjudged'
    ? { kind: 'refused', why: `another run moved it to ${judgement.why}` }
    : null;
}

function acceptDigest(track: Track, answered: string | null): Status {
  track.seen = track.ours.digest;
  track.accepted = true;
  if (answered === null || answered === track.ours.digest) return { kind: 'ours' };
  track.strange = answered;
  return { kind: 'failed', why: `the registry answered the digest ${answered} to our ${track.ours.digest}` };
}

/** Milliseconds before the PUT is sent again after `sent` of them: as long as was asked, and at least doubling. */
export function pauseAfter(answer: PutAnswer, sent: number, retryMs: number): number {
  const asked = answer.kind === 'unclear' ? (answer.afterMs ?? 0) : 0;
  return Math.max(asked, retryMs * 2 ** (sent - 1));
}
