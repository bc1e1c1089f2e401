import type { Clock } from '../clock.ts';
import { formatDuration } from '../duration.ts';
import type { Forge } from '../forge/forge.ts';
import type { Log } from '../script.ts';
import { decideGate, type AbsentPolicy, type GateAnswer } from './decide.ts';
import { createGate, type GateQuestion } from './gate.ts';
import { nameOf, type WorkflowState } from './state.ts';

export interface GatePatience {
  absent: AbsentPolicy;
  /** How long a due run may be late. */
  graceMs: number;
  /** How long an answer of *defer* is asked again. */
  waitMs: number;
  pollMs: number;
  clock: Clock;
  log: Log;
}

/** Asks until the answer stands or the time is over; a *go* after a wait is read once more before it counts. */
export async function askGate(
  forge: Forge,
  question: GateQuestion,
  patience: GatePatience,
): Promise<GateAnswer & { sha: string; states: WorkflowState[] }> {
  const { clock, log } = patience;
  const gate = createGate(forge, question);
  const start = clock.now();
  let waited = false;
  for (;;) {
    const { sha, states } = await gate.readStates();
    const answer = decideGate(states as [WorkflowState, ...WorkflowState[]], patience.absent);
    for (const state of states) log.line(`${nameOf(state.wanted)}: ${state.state}: ${state.why}`);
    if (answer.decision === 'go' && waited) {
      waited = false;
      log.line('green after a wait: reading once more');
      continue;
    }
    const left = patienceFor(answer, patience) - (clock.now() - start);
    if (left <= 0) return { ...answer, sha, states };
    const pause = Math.min(patience.pollMs, left);
    log.line(`${answer.decision}, asking again in ${formatDuration(pause)}`);
    await clock.sleep(pause);
    waited = true;
  }
}

function patienceFor(answer: GateAnswer, { waitMs, graceMs }: GatePatience): number {
  if (answer.decision === 'defer') return waitMs;
  return answer.late ? graceMs : 0;
}
