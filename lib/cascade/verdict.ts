import { renderTable } from '../report.ts';
import type { Verdict } from '../script.ts';
import type { Outcome, State } from './outcome.ts';

const mostNamed = 10;

export interface Closing {
  version: string;
  mode: 'write' | 'check' | 'dry-run';
  outcomes: readonly Outcome[];
  /** The command that takes up what is open. */
  resume: string | null;
}

/** The one closing verdict over all targets. */
export function closeCascade(closing: Closing): Verdict {
  const { version, outcomes, resume } = closing;
  const of = (state: State): Outcome[] => outcomes.filter((outcome) => outcome.state === state);
  const { decision, exit, reason } = closing.mode === 'check' ? closeCheck(of) : closeRun(of, closing.mode);
  const list = (state: State): string => JSON.stringify(of(state).map(({ target }) => target));
  const changed = of('updated').length > 0;
  return {
    decision,
    exit,
    proceed: exit === 0,
    reason,
    changed,
    subject: { version },
    evidence: outcomes.map((outcome) => ({ what: outcome.target, value: describeOutcome(outcome, false) })),
    next: resume === null ? [] : [resume],
    details: {
      version,
      targets: outcomes,
      ...Object.fromEntries(lists.map(([name, state]) => [name, of(state).map(({ target }) => target)])),
    },
    outputs: {
      ...Object.fromEntries(lists.map(([name, state]) => [name, list(state)])),
      changed: String(changed),
    },
    summary: renderTable(
      ['Target', 'State', 'What'],
      outcomes.map((outcome) => [outcome.target, label(outcome), outcome.sha ?? outcome.message]),
    ),
  };
}

const lists = [
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['skipped', 'skipped'],
  ['failed', 'failed'],
  ['not_attempted', 'not-attempted'],
  ['lagging', 'lags'],
] as const;

type Pick = (state: State) => Outcome[];

function closeRun(of: Pick, mode: 'write' | 'dry-run'): { decision: string; exit: 0 | 1; reason: string } {
  const open = of('would-update').length;
  const done =
    mode === 'dry-run'
      ? `${open} would be updated, ${of('unchanged').length} unchanged, nothing was written (dry run)`
      : `${of('updated').length} updated, ${of('unchanged').length} unchanged`;
  const [skipped, failures, left] = [of('skipped'), of('failed'), of('not-attempted')];
  if (failures.length + left.length > 0) {
    const parts = [
      failures.length > 0 ? `failed ${nameAll(failures)}` : '',
      left.length > 0 ? `not attempted ${nameAll(left)}` : '',
      skipped.length > 0 ? `skipped ${nameAll(skipped)}` : '',
      done,
    ];
    return { decision: 'incomplete', exit: 1, reason: `incomplete: ${parts.filter(Boolean).join('; ')}` };
  }
  if (skipped.length > 0) {
    const reason = `complete with skips: ${done}; skipped ${nameAll(skipped)}`;
    return { decision: 'complete-with-skips', exit: 0, reason };
  }
  return { decision: 'complete', exit: 0, reason: `complete: ${done}` };
}

function closeCheck(of: Pick): { decision: string; exit: 0 | 1 | 3; reason: string } {
  const [lagging, unread] = [of('lags'), [...of('failed'), ...of('not-attempted')]];
  const skipped = of('skipped').length;
  const rest = [
    `${of('unchanged').length + of('updated').length} in sync`,
    skipped > 0 ? `${skipped} skipped` : '',
    unread.length > 0 ? `could not be read: ${nameAll(unread)}` : '',
  ]
    .filter(Boolean)
    .join('; ');
  if (lagging.length > 0) return { decision: 'lags', exit: 1, reason: `lags: ${nameAll(lagging)}; ${rest}` };
  if (unread.length > 0) return { decision: 'unknown', exit: 3, reason: `unknown: ${rest}` };
  return { decision: 'in-sync', exit: 0, reason: `in sync: ${rest}` };
}

/** One line about a target: the same while it runs and at the end. */
export function describeOutcome(outcome: Outcome, named = true): string {
  const { target, sha, message } = outcome;
  const what = [label(outcome), sha ?? '', `(${message})`].filter(Boolean).join(' ');
  return named ? `${target}: ${what}` : what;
}

function label({ state, class: failure }: Outcome): string {
  return failure === undefined ? state : `${state} ${failure}`;
}

function nameAll(outcomes: readonly Outcome[]): string {
  const named = outcomes
    .slice(0, mostNamed)
    .map(({ target, class: failure }) => (failure === undefined ? target : `${target} (${failure})`));
  const more = outcomes.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}
