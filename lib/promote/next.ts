import { describeReference } from '../registry/reference.ts';
import { shellCommand } from '../shell-command.ts';
import type { Track } from './ports.ts';
import type { Promotion } from './request.ts';
import type { Restored } from './roll-back.ts';
import type { Decision } from './verdict.ts';

/** What a person does next, with the commands to paste; empty where nothing is left to do. */
export function findNext(
  promotion: Promotion,
  decision: Decision,
  { tracks, restored }: { tracks: readonly Track[]; restored: readonly Restored[] },
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
  restored: readonly Restored[],
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
