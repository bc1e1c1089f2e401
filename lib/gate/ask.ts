import type { Clock } from '../clock.ts';
import { formatDuration } from '../duration.ts';
import { CouldNotTell } from '../errors.ts';
import type { Forge } from '../forge/forge.ts';
import type { Log } from '../script.ts';
import { decideGate, type AbsentPolicy, type GateAnswer } from './decide.ts';
import { createGate, type Gate, type GateReading } from './gate.ts';
import type { GateQuestion } from './question.ts';
import { nameOf, type WorkflowState } from './state.ts';

/** How late a server may write its record of a push. */
const longestRecordDelayMs = 5000;

export interface GatePatience {
  absent: AbsentPolicy;
  /** How long a due run may be late. */
  graceMs: number;
  /** How long an answer of *defer* is asked again. */
  waitMs: number;
  pollMs: number;
  clock: Clock;
  log: Log;
  /** Done once, before the first pause: the answer is no go yet. */
  beforeWait?: (() => Promise<void>) | undefined;
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
  let toldWait = false;
  for (;;) {
    const { sha, states, fault } = await readOrFail(gate, question);
    const answer = fault ?? decideGate(states as [WorkflowState, ...WorkflowState[]], patience.absent);
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
    if (!toldWait) await patience.beforeWait?.();
    toldWait = true;
    await clock.sleep(pause);
    waited = true;
  }
}

/** The states; where none could be read, every workflow is unknown, for the reason that the error names. */
async function readOrFail(
  gate: Gate,
  { sha, wanted }: GateQuestion,
): Promise<GateReading & { fault?: GateAnswer }> {
  try {
    return await gate.readStates();
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    const states = wanted.map((one) => ({
      wanted: one,
      state: 'unknown' as const,
      why: error.message,
      next: error.next,
    }));
    const worst = states[0] as WorkflowState;
    return { sha, states, fault: { decision: 'unknown', worst, late: false, reason: error.message } };
  }
}

function patienceFor(answer: GateAnswer, { waitMs, graceMs }: GatePatience): number {
  if (answer.decision === 'defer') return waitMs;
  if (!answer.late) return 0;
  return answer.decision === 'unknown' ? Math.min(graceMs, longestRecordDelayMs) : graceMs;
}
