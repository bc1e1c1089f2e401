import { mapBounded } from '../concurrency.ts';
import type { Ending, Outcome } from './outcome.ts';
import type { WriteGate } from './write-gate.ts';

export interface RunSettings {
  targets: readonly string[];
  concurrency: number;
  gate: WriteGate;
  /** Brings one target where it should be. */
  work: (target: string) => Promise<Ending>;
  onDone: (outcome: Outcome, done: number) => void;
}

/**
 * Works on all targets, several at a time, each by one worker; answers in the order of the list. One target's
 * failure stops no other; a fault of our own is thrown once all have ended, so that the report is whole.
 */
export async function runAll(settings: RunSettings): Promise<{ outcomes: Outcome[]; fault: unknown }> {
  const { targets, concurrency, gate, work, onDone } = settings;
  let done = 0;
  let fault: unknown = null;
  const outcomes = await mapBounded(targets, concurrency, async (target) => {
    let ending: Ending;
    try {
      ending = gate.shutBy === null ? await work(target) : { state: 'not-attempted', message: gate.shutBy };
    } catch (error) {
      fault ??= error;
      const words = error instanceof Error ? error.message : String(error);
      gate.shut(`the run was stopped: ${words}`);
      ending = { state: 'failed', class: 'error', message: words };
    }
    const outcome = { target, ...ending };
    onDone(outcome, ++done);
    return outcome;
  });
  return { outcomes, fault };
}
