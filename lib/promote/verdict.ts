import { renderTable } from '../report.ts';
import type { Verdict } from '../script.ts';
import type { End } from './end.ts';
import { findNext } from './next.ts';
import type { Track } from './ports.ts';
import type { Promotion } from './request.ts';
import type { Restored } from './roll-back.ts';

/** Every way a call can end. */
export type Decision = End['decision'] | 'missing' | 'held' | 'dry-run';

const exits: Readonly<Record<Decision, 0 | 1 | 3>> = {
  promoted: 0,
  unchanged: 0,
  superseded: 0,
  held: 0,
  'dry-run': 0,
  missing: 1,
  refused: 1,
  'rolled-back': 1,
  partial: 1,
  unknown: 3,
};

/** The verdict of a promotion that came so far, with what each tag held before and holds now. */
export function toVerdict(
  promotion: Promotion,
  { decision, reason }: { decision: Decision; reason: string },
  tracks: readonly Track[] = [],
  restored: readonly Restored[] = [],
): Verdict {
  const digests = Object.fromEntries(tracks.map(({ image, ours }) => [image, ours.digest]));
  const previous = Object.fromEntries(tracks.map(({ image, before }) => [image, before?.digest ?? null]));
  const changed = tracks.some(({ seen, atStart }) => seen !== atStart);
  const rows = tracks.map((track) => [
    track.image,
    track.before?.digest ?? 'nothing',
    track.seen ?? 'nothing',
  ]);
  return {
    decision,
    exit: exits[decision],
    proceed: decision === 'promoted' || decision === 'unchanged' || decision === 'dry-run',
    reason,
    changed,
    ...(decision === 'held' ? { deferred: true } : {}),
    subject: { ...(promotion.repo === undefined ? {} : { repo: promotion.repo }), sha: promotion.sha },
    evidence: tracks.flatMap((track) => [
      { what: `${track.image}:${promotion.from}`, value: track.ours.digest },
      { what: `${track.image}:${promotion.to} before`, value: track.before?.digest ?? 'not there' },
    ]),
    outputs: {
      changed: String(changed),
      digests: JSON.stringify(digests),
      previous: JSON.stringify(previous),
    },
    details: {
      from: promotion.from,
      to: promotion.to,
      images: tracks.map(({ image, ours, before, seen, status }) => {
        const after = restored.find(({ track }) => track.image === image)?.kind ?? null;
        return {
          image,
          digest: ours.digest,
          previous: before?.digest ?? null,
          seen,
          status: status.kind,
          after,
        };
      }),
    },
    ...(tracks.length === 0 ? {} : { summary: renderTable(['Image', 'Before', 'Now'], rows) }),
    next: findNext(promotion, decision, { tracks, restored }),
  };
}
