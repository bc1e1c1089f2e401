import type { Verdict } from '../script.ts';
import { decideTrain, formatCount, formatHopAge, type HopState } from './hop.ts';
import { renderMarkdown } from './markdown.ts';
import { describeTrain, recordHops, type TrainReport } from './report.ts';

const exits: Record<HopState, 0 | 1 | 3> = { current: 0, moving: 0, stalled: 1, unknown: 3 };

/** What the train says to people, to the exit code and to the next step. */
export function verdictOfTrain(
  report: TrainReport,
  { issue, result }: { issue: number | null; result: string | null },
): Verdict {
  const { hops, repo } = report;
  const { decision, hop } = decideTrain(hops);
  return {
    decision,
    exit: exits[decision],
    proceed: decision === 'current' || decision === 'moving',
    reason: describeTrain(report),
    subject: { repo },
    evidence: hops.map((one) => ({
      what: one.name,
      value: [one.state, formatCount(one), formatHopAge(one)].filter(Boolean).join(', '),
    })),
    next: hop?.next ? [hop.next] : [],
    outputs: {
      hop: hop?.name ?? '',
      cause: hop?.cause ?? '',
      next: hop?.next ?? '',
      issue: issue === null ? '' : String(issue),
    },
    details: { hops: recordHops(hops) },
    summary: renderMarkdown(report),
    ...(result === null ? {} : { result }),
  };
}
