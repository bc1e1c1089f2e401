/** Time as the scripts see it, so that a simulation can pass its own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The longest time that a timer of Node's takes (24.8 days); a longer one ends at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** Sleeps as long as it takes, by timers that Node can hold. */
export async function sleepInParts(ms: number, pause: (ms: number) => Promise<void>): Promise<void> {
  for (let left = ms; left > 0; left -= longestTimerMs) await pause(Math.min(left, longestTimerMs));
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => sleepInParts(ms, (part) => new Promise((resolve) => void setTimeout(resolve, part))),
};
