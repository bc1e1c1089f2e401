import type { Verdict } from '../script.ts';
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
