import { CouldNotTell } from '../errors.ts';
import type { PromotePorts } from './ports.ts';
import type { Promotion } from './promote.ts';

type Refused = Pick<Promotion, 'decision' | 'reason' | 'next'>;

/**
 * Disarms the open pull request of a head that its gates did not pass. An earlier run that was killed, or a person, may
 * have armed it for another head, and servers keep the arming when a head moves. Where that cannot be told, nothing
 * that would end with 0 is answered.
 */
export async function disarmUngated(
  ports: PromotePorts,
  refused: Refused,
): Promise<Refused & { pull?: number; changed?: boolean }> {
  try {
    const pull = await ports.findPull();
    if (pull === null) return refused;
    // Gitea does not show whether it is armed, so it is always asked to take that back.
    if (pull.armed || !ports.canArm) await ports.disarm(pull);
    if (!pull.armed) return { ...refused, pull: pull.number };
    const reason = `${refused.reason}; #${pull.number} was armed, and no longer is, so that this head does not ride along`;
    return { ...refused, reason, pull: pull.number, changed: true };
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return {
      decision: refused.decision === 'refuse' ? 'refuse' : 'unknown',
      reason: `${refused.reason}; and its pull request may be armed, so that this head would ride along: ${error.message}`,
      next: [...refused.next, ...error.next],
    };
  }
}
