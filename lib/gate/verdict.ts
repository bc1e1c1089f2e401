import type { Verdict } from '../script.ts';
import { shortSha } from '../sha.ts';
import type { GateDecision } from './decide.ts';
import { evidenceOf, type State, type WorkflowState } from './state.ts';

const exits = { go: 0, defer: 0, refuse: 1, unknown: 3 } as const;
const mends: Partial<Record<State, string>> = {
  failure: 'mend the cause and push, or run it again',
  missing: 'start it: the command stands below',
};
const worstFirst: readonly State[] = ['failure', 'missing', 'unknown', 'running', 'filtered', 'success'];

/** What a gate says to people, to the exit code and to the next step. */
export function verdictOfGate(
  decision: GateDecision,
  states: readonly WorkflowState[],
  sha: string,
  reason: string,
): Verdict {
  const byFile = statesByFile(states);
  const worst = worstFirst.find((state) => Object.values(byFile).includes(state)) ?? '';
  const mend = mends[worst as State];
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
    next: [...new Set(states.flatMap((state) => state.next ?? []))],
    outputs: { state: worst, states: JSON.stringify(byFile), sha, short: shortSha(sha) },
    details: { states: byFile },
  };
}

/** File → state; where a file is asked for several jobs, its worst. */
function statesByFile(states: readonly WorkflowState[]): Record<string, State> {
  const found: Record<string, State> = {};
  for (const { wanted, state } of states) {
    const name = wanted.file.split('/').at(-1) as string;
    const known = found[name];
    if (known === undefined || worstFirst.indexOf(state) < worstFirst.indexOf(known)) found[name] = state;
  }
  return found;
}
