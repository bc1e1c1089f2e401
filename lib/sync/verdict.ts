import { createApi } from '../forge/api.ts';
import type { Context } from '../context.ts';
import type { Verdict } from '../script.ts';
import { shellCommand } from '../shell-command.ts';
import { ensurePull } from './pull-request.ts';
import type { Due, Standing, SyncPlace } from './transport.ts';

interface Ending {
  decision: 'in-sync' | 'fast-forwarded' | 'merged' | 'pr' | 'conflict' | 'refused';
  reason: string;
  exit?: 0 | 1;
  sha?: string;
  pull?: { number: number; url: string };
  files?: readonly string[];
  next?: readonly string[];
  changed?: boolean;
}

/** How bringing one branch into another ended. */
export function endSync(place: SyncPlace, ending: Ending): Verdict {
  const { decision, reason, exit = 0, sha = '', pull, files = [], next = [], changed = false } = ending;
  const number = pull === undefined ? '' : String(pull.number);
  return {
    decision,
    exit,
    proceed: exit === 0,
    reason,
    changed,
    subject: { repo: place.repo, from: place.from, to: place.to, ...(sha === '' ? {} : { sha }) },
    evidence: pull === undefined ? [] : [{ what: 'pull request', url: pull.url, value: number }],
    next,
    details: { sha, pr: pull?.number ?? null, url: pull?.url ?? null, files },
    outputs: { sha, pr: number },
  };
}

/** The branch holds the other now. */
export function endDone(place: SyncPlace, { kind, from }: Due, sha: string): Verdict {
  const words = kind === 'merge' ? 'merged into' : 'now the head of';
  return endSync(place, {
    decision: kind === 'merge' ? 'merged' : 'fast-forwarded',
    reason: `${place.from} (${from.slice(0, 12)}) is ${words} ${place.to}: ${sha}`,
    sha,
    changed: true,
  });
}

/** The branch is found to hold the other. `done`: by a write of ours, which was not said to be carried out. */
export function endInSync(
  place: SyncPlace,
  { to, why }: Extract<Standing, { kind: 'in-sync' }>,
  done: Due | null,
): Verdict {
  if (done !== null) return endDone(place, done, to);
  return endSync(place, { decision: 'in-sync', reason: `in sync: ${why}`, sha: to });
}

/** What a call that may not write would do. */
export function foresee(place: SyncPlace, { kind, to }: Due): Verdict {
  const words = kind === 'merge' ? 'would be merged into' : 'would become the head of';
  return endSync(place, {
    decision: kind === 'merge' ? 'merged' : 'fast-forwarded',
    reason: `${place.from} ${words} ${place.to}; nothing was written (dry run)`,
    sha: to,
  });
}

/** What a call that may not write would do where the branch takes no pushes. */
export function foreseePull(place: SyncPlace, { to }: Due, why: string): Verdict {
  return endSync(place, {
    decision: 'pr',
    reason: `${place.to} is protected, so a pull request would bring ${place.from} over (${why}); nothing was written (dry run)`,
    sha: to,
  });
}

/** The branch takes no pushes: one pull request brings the other over. */
export async function proposePull(context: Context, place: SyncPlace, why: string): Promise<Verdict> {
  const shut = `\`${place.to}\` is protected against direct pushes.`;
  const { pull, isNew, words } = await ensurePull(createApi(context), place, shut);
  return endSync(place, {
    decision: 'pr',
    reason: `${place.to} is protected, so a pull request brings ${place.from} over: ${words} (${why})`,
    pull,
    next: [`merge pull request ${pull.number}: ${pull.url}`],
    changed: isNew,
  });
}

/** The branches conflict; with `opens`, one pull request is there to resolve it in. */
export async function endConflict(
  context: Context,
  place: SyncPlace,
  { files, opens }: { files: readonly string[]; opens: boolean },
): Promise<Verdict> {
  const where = files.length > 0 ? `in ${files.join(', ')}` : 'in files that the server does not name';
  const found = `${place.from} and ${place.to} conflict ${where}`;
  const byHand = [
    ['git', 'fetch', 'origin'],
    ['git', 'switch', place.to],
    ['git', 'merge', `origin/${place.from}`],
  ]
    .map((words) => shellCommand(...words))
    .join(' && ');
  const ending = { decision: 'conflict', exit: 1, files } as const;
  if (!opens) return endSync(place, { ...ending, reason: found, next: [byHand] });
  const list = files.map((file) => `- \`${file}\``).join('\n');
  const why = files.length > 0 ? `The branches conflict in:\n\n${list}` : `The branches conflict ${where}.`;
  const { pull, isNew, words } = await ensurePull(createApi(context), place, why);
  const next = [`resolve the conflict in pull request ${pull.number}: ${pull.url}`, byHand];
  return endSync(place, { ...ending, reason: `${found}; ${words}`, pull, next, changed: isNew });
}
