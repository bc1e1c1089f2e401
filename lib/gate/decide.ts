import { nameOf, type State, type WorkflowState } from './state.ts';

export type GateDecision = 'go' | 'defer' | 'refuse' | 'unknown';
export type AbsentPolicy = 'auto' | 'go' | 'defer' | 'refuse';

export interface GateAnswer {
  decision: GateDecision;
  /** The workflow that decided. */
  worst: WorkflowState;
  /** A later answer may still mend it: all that decided is a due run, or a record of it, that has not appeared yet. */
  late: boolean;
  reason: string;
}

const answers: Record<Exclude<State, 'missing'>, GateDecision> = {
  success: 'go',
  filtered: 'go',
  running: 'defer',
  failure: 'refuse',
  unknown: 'unknown',
};
const order: readonly GateDecision[] = ['refuse', 'unknown', 'defer', 'go'];

/** What one workflow's state answers under a policy for runs that are missing. */
export function answerState(state: WorkflowState, absent: AbsentPolicy): GateDecision {
  if (state.state !== 'missing') return answers[state.state];
  if (state.refused === true || absent === 'auto') return 'refuse';
  return absent;
}

/** All workflows together: any refusal refuses, then any that could not be told, then any that is not done. */
export function decideGate(
  states: readonly [WorkflowState, ...WorkflowState[]],
  absent: AbsentPolicy,
): GateAnswer {
  const answered = states.map((state) => ({ state, answer: answerState(state, absent) }));
  const decision = order.find((choice) => answered.some(({ answer }) => answer === choice)) as GateDecision;
  const deciding = answered.filter(({ answer }) => answer === decision).map(({ state }) => state);
  const worst = deciding[0] as WorkflowState;
  const late = deciding.every((state) => isLate(state, decision, absent));
  const all = decision === 'go' ? states : deciding;
  const reason = all.map((state) => `${nameOf(state.wanted)}: ${state.state}: ${state.why}`).join('; ');
  return { decision, worst, late, reason };
}

/** May a later answer mend what this state answers now? */
function isLate(state: WorkflowState, decision: GateDecision, absent: AbsentPolicy): boolean {
  if (decision === 'unknown') return state.late === true;
  return (
    decision === 'refuse' &&
    absent === 'auto' &&
    state.state === 'missing' &&
    !state.certain &&
    !state.refused
  );
}
