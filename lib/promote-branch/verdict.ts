import { evidenceOf } from '../gate/state.ts';
import type { Evidence, Verdict } from '../script.ts';
import type { FollowUp } from './follow-up.ts';
import type { PromoteDecision, Promotion } from './promote.ts';

const exits: Record<PromoteDecision, 0 | 1 | 3> = {
  promoted: 0,
  'nothing-to-do': 0,
  disabled: 0,
  held: 0,
  defer: 0,
  refuse: 1,
  blocked: 1,
  'timed-out': 1,
  'dispatch-failed': 1,
  unknown: 3,
};

/** What a promotion says to people, to the exit code and to the next step. */
export function verdictOfPromotion(promotion: Promotion, subject: Record<string, string>): Verdict {
  const { decision, head, pull, merge, followUps, gate } = promotion;
  const dispatched = followUps.flatMap(readDispatched);
  return {
    decision,
    exit: exits[decision],
    proceed: decision === 'promoted' && promotion.changed,
    deferred: decision === 'defer' || decision === 'held',
    reason: promotion.reason,
    changed: promotion.changed,
    subject: { ...subject, ...(head === null ? {} : { sha: head }) },
    evidence: [...evidenceOf(gate?.states ?? []), ...followUps.map(evidenceOfFollowUp)],
    next: promotion.next,
    outputs: {
      pr: pull === null ? '' : String(pull),
      merge_sha: merge ?? '',
      dispatched: JSON.stringify(dispatched),
    },
    details: { head, pr: pull, merge_sha: merge, dispatched },
  };
}

function readDispatched(one: FollowUp): { file: string; run: string; by: string }[] {
  return one.kind === 'run' ? [{ file: one.file, run: one.run, by: one.by }] : [];
}

function evidenceOfFollowUp(one: FollowUp): Evidence {
  const what = `${one.file} after the merge`;
  if (one.kind === 'run')
    return {
      what,
      value: one.by === 'push' ? 'its push run is there' : 'runs by a dispatch',
      ...(/^https?:/.test(one.run) ? { url: one.run } : {}),
    };
  if (one.kind === 'planned') return { what, value: 'would be dispatched' };
  return { what, value: `${one.kind}: ${one.why}` };
}
