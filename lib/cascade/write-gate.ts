import type { Clock } from '../clock.ts';
import { backoff } from '../http-retry.ts';

/** Lets writes through one after the other: spaced over all workers, and none while a rate limit holds. */
export interface WriteGate {
  /** Waits for a turn; false: no more writes in this run. */
  enter(): Promise<boolean>;
  /** A server said that we write too often. False: it is too long to wait, and the gate is shut. */
  limit(asked: number | null, message: string): boolean;
  shut(message: string): void;
  /** Is it short enough to wait for? */
  mayWait(ms: number): boolean;
  /** Why it is shut; null while it is open. */
  readonly shutBy: string | null;
}

export interface WriteGateSettings {
  clock: Clock;
  intervalMs: number;
  deadlineMs: number;
  retryMs: number;
  random: () => number;
}

/** Makes the gate of one run; it is open, and times are milliseconds. */
export function createWriteGate(settings: WriteGateSettings): WriteGate {
  const { clock, intervalMs, deadlineMs, retryMs, random } = settings;
  let nextAt = 0;
  let limits = 0;
  let shutBy: string | null = null;
  const mayWait = (ms: number): boolean => ms <= deadlineMs;
  return {
    get shutBy() {
      return shutBy;
    },
    async enter() {
      while (shutBy === null) {
        const now = clock.now();
        if (now >= nextAt) {
          nextAt = now + intervalMs;
          return true;
        }
        await clock.sleep(nextAt - now);
      }
      return false;
    },
    limit(asked, message) {
      limits++;
      const pause = asked ?? backoff(limits, retryMs, random());
      if (!mayWait(pause)) shutBy ??= message;
      else nextAt = Math.max(nextAt, clock.now() + pause);
      return shutBy === null;
    },
    shut(message) {
      shutBy ??= message;
    },
    mayWait,
  };
}
