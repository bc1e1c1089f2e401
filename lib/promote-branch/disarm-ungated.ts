import { CouldNotTell } from '../errors.ts';
import type { Disarmed, PromotePorts, Pull } from './ports.ts';
import type { Promotion } from './promote.ts';

type Refused = Pick<Promotion, 'decision' | 'reason' | 'next'>;

/**
 * Disarms the open pull request that must not be merged: of a head that its gates did not pass, or under a hold. An
 * earlier run that was killed, or a person, may have armed it, and servers keep the arming when a head moves. Where that
 * cannot be told, nothing that would end with 0 is answered.
 */
export async function disarmUngated(
  ports: PromotePorts,
  refused: Refused,
): Promise<Refused & { pull?: number; changed?: boolean }> {
  try {
    const { pull, words } = await disarmOpenPull(ports);
    if (pull === null) return refused;
    if (words === null) return { ...refused, pull };
    return { ...refused, reason: `${refused.reason}; ${words}`, pull, changed: true };
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return {
      decision: refused.decision === 'refuse' ? 'refuse' : 'unknown',
      reason: `${refused.reason}; and its pull request may be armed, so that it would be merged all the same: ${error.message}`,
      next: [...refused.next, ...error.next],
    };
  }
}

/**
 * Keeps the server from merging the open pull request by itself, and says in words what it took back. Neither Gitea nor
 * a merge queue shows in the list of pull requests, so the server is always asked.
 */
export async function disarmOpenPull(
  ports: PromotePorts,
): Promise<{ pull: number | null; words: string | null }> {
  const pull = await ports.findPull();
  if (pull === null) return { pull: null, words: null };
  const was = await ports.disarm(pull);
  const isChanged = was !== undefined || pull.armed;
  return { pull: pull.number, words: isChanged ? describeDisarmed(pull, was ?? 'armed') : null };
}

/** What was taken back, for people. */
export function describeDisarmed({ number }: Pull, was: Disarmed): string {
  const what =
    was === 'queued' ? 'stood in the merge queue, and no longer does' : 'was armed, and no longer is';
  return `#${number} ${what}, so that nothing is merged by itself`;
}
