import { renderTable } from '../report.ts';
import type { Verdict } from '../script.ts';
import { shellCommand } from '../shell-command.ts';
import { describeReference, type ImageName } from '../registry/reference.ts';
import type { End } from './end.ts';
import type { Track } from './ports.ts';
import type { Restored } from './roll-back.ts';

export interface Promotion {
  readonly repo: string | undefined;
  readonly sha: string;
  readonly images: readonly ImageName[];
  readonly from: string;
  readonly to: string;
  /** What every command that is printed needs to reach the same servers. */
  readonly reach: readonly string[];
  /** What a command that promotes again needs to be under the same rules. */
  readonly rules: readonly string[];
}

type Decision = End['decision'] | 'missing' | 'held' | 'dry-run';

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
    next: findNext(promotion, decision, tracks, restored),
  };
}

function findNext(
  promotion: Promotion,
  decision: Decision,
  tracks: readonly Track[],
  restored: readonly Restored[],
): string[] {
  if (decision === 'partial') return listRepairs(promotion, tracks, restored);
  if (decision === 'rolled-back') return [`mend the cause above, then run again: ${commandFor(promotion)}`];
  if (decision === 'missing') return ['let the build finish and push every image, then run again'];
  if (decision === 'refused')
    return [
      'revert forward and promote that commit; or, where this build must win, dispatch the workflow by hand with its SHA',
    ];
  return decision === 'unknown' ? ['mend the cause above, then run again'] : [];
}

/** For each tag that is not where it was, the command that takes it there; or all forward, the command for that. */
function listRepairs(
  promotion: Promotion,
  tracks: readonly Track[],
  restored: readonly Restored[] = [],
): string[] {
  const fine = new Set(
    restored
      .filter(({ kind }) => kind === 'restored' || kind === 'untouched')
      .map(({ track }) => track.image),
  );
  const back = tracks
    .filter((track) => track.before !== null && track.written && !fine.has(track.image))
    .map(
      ({ image, before }) =>
        `${image}: back by: ${commandFor({ ...promotion, from: before?.digest ?? '', rules: ['--no-ancestry', '--no-label-check'] }, [image])}`,
    );
  const stays = tracks
    .filter((track) => track.before === null && track.seen !== null)
    .map(
      ({ image, ours }) => `${describe(promotion, image)} did not exist before and stays at ${ours.digest}`,
    );
  return [...back, ...stays, `or all forward, the cause mended, by: ${commandFor(promotion)}`];
}

function describe({ images, to }: Promotion, name: string): string {
  const image = images.find(({ shown }) => shown === name);
  return image === undefined ? name : describeReference(image, to);
}

function commandFor(promotion: Promotion, names = promotion.images.map(({ shown }) => shown)): string {
  const { from, to, sha, rules, reach } = promotion;
  const list = names.flatMap((name) => ['--image', name]);
  const what = [...list, '--from', from, '--to', to, '--sha', sha];
  return shellCommand('node', 'vendor/promote-image.mjs', ...what, ...rules, ...reach);
}
