import type { Verdict } from '../script.ts';
import { shellCommand } from '../shell-command.ts';
import { listFiles, listInMarkdown } from './file-names.ts';
import { ensurePull, type PullRoom } from './pull-request.ts';
import type { Conflicts, Due, SyncPlace } from './transport.ts';
import { endInSync, endSync } from './verdict.ts';

/**
 * The branch takes no pushes: one pull request brings the other over, or would in a dry run. An empty one, as after a
 * promotion by a merge commit, is never opened.
 */
export async function endProtected(
  room: PullRoom,
  standing: Due,
  { why, isDry }: { why: string; isDry: boolean },
): Promise<Verdict> {
  const { place } = room;
  const { to } = standing;
  if (standing.kind === 'fast-forward' && standing.hasSameFiles) {
    const same = `${place.from} and ${place.to} hold the same files, and ${place.to} is protected (${why})`;
    return endInSync(place, { kind: 'in-sync', to, why: same }, null);
  }
  const shut = `\`${place.to}\` is protected against direct pushes.`;
  const outcome = await ensurePull(room, { why: shut, isDry });
  const found = `${place.to} is protected`;
  const { words } = outcome;
  if (outcome.kind === 'due') {
    const reason = `${found}, so a pull request would bring ${place.from} over (${why}); nothing was written (dry run)`;
    return endSync(place, { decision: 'pr', reason, sha: to });
  }
  const { pull, isNew } = outcome;
  return endSync(place, {
    decision: 'pr',
    reason: `${found}, so a pull request brings ${place.from} over: ${words} (${why})`,
    pull,
    next: [`merge pull request ${pull.number}: ${pull.url}`],
    changed: isNew,
  });
}

/** The branches conflict; with `opens`, one pull request is there to resolve it in, or would be in a dry run. */
export async function endConflict(
  room: PullRoom,
  { files, isPart = false, opens, isDry }: Conflicts & { opens: boolean; isDry: boolean },
): Promise<Verdict> {
  const { place } = room;
  const rest = isPart ? ', and maybe in others: the server shows a part of the changes alone' : '';
  const where = files.length > 0 ? `in ${listFiles(files)}${rest}` : 'in files that the server does not name';
  const found = `${place.from} and ${place.to} conflict ${where}`;
  const ending = { decision: 'conflict', exit: 1, files } as const;
  const byHand = mergeByHand(place);
  if (!opens) return endSync(place, { ...ending, reason: found, next: [byHand] });
  const list = listInMarkdown(files) + (isPart ? '\n- and maybe others' : '');
  const why = files.length > 0 ? `The branches conflict in:\n\n${list}` : `The branches conflict ${where}.`;
  const outcome = await ensurePull(room, { why, isDry });
  const reason = `${found}; ${outcome.words}`;
  if (outcome.kind === 'due') return endSync(place, { ...ending, reason, next: [byHand] });
  const { pull, isNew } = outcome;
  const next = [`resolve the conflict in pull request ${pull.number}: ${pull.url}`, byHand];
  return endSync(place, { ...ending, reason, pull, next, changed: isNew });
}

/** For a person's clone, whose own branch may be behind. */
function mergeByHand({ from, to }: SyncPlace): string {
  return [
    ['git', 'fetch', 'origin'],
    ['git', 'switch', to],
    ['git', 'merge', '--ff-only', `origin/${to}`],
    ['git', 'merge', `origin/${from}`],
  ]
    .map((words) => shellCommand(...words))
    .join(' && ');
}
