import type { Clock } from '../clock.ts';
import { Refusal } from '../forge/refusal.ts';
import { backoff } from '../http-retry.ts';
import { HttpFault } from '../http.ts';

const mostAttempts = 4;

/** How git's network is tried again: as that of the API is. */
export interface GitRetries {
  clock: Clock;
  random: () => number;
  /** The first pause, and all attempts together, in milliseconds. */
  retryMs: number;
  deadlineMs: number;
}

/** Reads by git, at most four times where the fault may pass. Throws what the last attempt threw. */
export async function readWithRetries<T>(
  read: () => Promise<T>,
  { clock, random, retryMs, deadlineMs }: GitRetries,
): Promise<T> {
  const end = clock.now() + deadlineMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      const pause = backoff(attempt, retryMs, random());
      const mayPass = error instanceof Refusal && error.kind === 'error' && error.mayPass;
      if (!mayPass || attempt >= mostAttempts || clock.now() + pause >= end) throw nameLimit(error);
      await clock.sleep(pause);
    }
  }
}

/** An answer of 429, which git prints and nothing more of it, is a rate limit; anything else stays what it is. */
export function nameLimit(error: unknown): unknown {
  if (!(error instanceof Refusal) || !/returned error: 429\b/.test(error.message)) return error;
  const message = `${error.message}: the rate limit is used up, come back in some minutes`;
  return new HttpFault(message, { kind: 'rate-limited', maybeSent: false, cause: error });
}
