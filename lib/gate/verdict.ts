import type { Verdict } from '../script.ts';
import { shortSha } from '../sha.ts';
import type { GateDecision } from './decide.ts';
import { evidenceOf, worstState, type State, type WorkflowState } from './state.ts';

const exits = { go: 0, defer: 0, refuse: 1, unknown: 3 } as const;
const mends: Partial<Record<State, string>> = {
  failure: 'mend the cause and push, or run it again',
  missing: 'what to do stands below',
};

/** What a gate says to people, to the exit code and to the next step. */
export function verdictOfGate({
  decision,
  states,
  sha,
  reason,
  worst: deciding = null,
}: {
  decision: GateDecision;
  states: readonly WorkflowState[];
  sha: string;
  reason: string;
  /** The state that decided; by default the worst. */
  worst?: WorkflowState | null;
}): Verdict {
  const byFile = statesByFile(states);
  const [first, ...others] = states;
  const worst =
    decision === 'go' || deciding === null
      ? first
        ? worstState([first, ...others]).state
        : ''
      : deciding.state;
  const next = [...new Set(states.flatMap((state) => state.next ?? []))];
  const mend = worst === 'missing' && next.length === 0 ? undefined : mends[worst as State];
  const withMend = mend === undefined ? reason : `${reason}; ${mend}`;
  const texts: Record<GateDecision, string> = {
    go: reason,
    defer: `not yet: ${reason}`,
    refuse: /^Cannot /.test(reason) ? reason : `Cannot let ${shortSha(sha)} go on: ${withMend}`,
    unknown: /^Cannot /.test(reason) ? reason : `Cannot tell whether ${shortSha(sha)} may go on: ${reason}`,
  };
  return {
    decision,
    exit: exits[decision],
    proceed: decision === 'go',
    deferred: decision === 'defer',
    reason: texts[decision],
    evidence: evidenceOf(states),
    next,
    outputs: { state: worst, states: JSON.stringify(byFile), sha, short: shortSha(sha) },
    details: { states: byFile },
  };
}

/** File → state; where a file is asked for several jobs, its worst. */
function statesByFile(states: readonly WorkflowState[]): Record<string, State> {
  const found = new Map<string, WorkflowState>();
  for (const state of states) {
    const name = state.wanted.file.split('/').at(-1) as string;
    const known = found.get(name);
    found.set(name, known === undefined ? state : worstState([known, state]));
  }
  return Object.fromEntries([...found].map(([name, { state }]) => [name, state]));
}
