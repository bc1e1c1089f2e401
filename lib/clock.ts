import { setTimeout as pause } from 'node:timers/promises';

/** Time as the scripts see it, so that a simulation can pass its own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => pause(ms),
};
