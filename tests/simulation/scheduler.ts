import { nextTick } from 'node:process';
import type { Clock } from '../../lib/clock.ts';

/** Seeded chance: the same seed gives the same schedule, on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 to `most`, both included. */
  upTo(most: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

export interface CallSettings {
  /** Milliseconds on the way there and on the way back; by default the world's own latency. */
  latency?: (random: Random) => number;
  /** Asked once a call: does it fail before the server acts, or is only its answer lost? */
  fault?: (random: Random) => { stage: 'before' | 'after'; error: unknown } | null;
}

/** A world with its own time, in which tasks run interleaved as the seed says. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  /** Starts a task at `afterMs` of the world's time. */
  start(name: string, work: () => Promise<void>, afterMs?: number): void;
  /** A call to a server: travels, acts all at once, travels back; other tasks act meanwhile. */
  call<T>(act: () => T, settings?: CallSettings): Promise<T>;
  /** Does something at a later time that no task waits for, such as a replica catching up. */
  later(ms: number, act: () => void): void;
  /** Adds a line to the trace; cheap where nobody traces. */
  note(text: () => string): void;
}

export interface Outcome {
  /** What tasks ended with an error, by name; a model's own faults are caught by the tasks themselves. */
  readonly failures: { name: string; error: unknown }[];
  /** The world's time at the end. */
  readonly endedAt: number;
  /** What `note` was told, where tracing was on. */
  readonly trace: string[];
}

export interface ScheduleSettings {
  /** By default 1 to 40 ms. */
  latency?: (random: Random) => number;
  trace?: boolean;
  /** More events than this is taken for a schedule that never ends. */
  mostEvents?: number;
}

interface Waiting {
  at: number;
  /** Breaks ties, by chance, so that things due at one moment come in any order. */
  rank: number;
  resume: () => void;
}

/**
 * Builds a world from a seed, runs its tasks until all have ended and answers how they ended.
 * One event happens at a time: the next is taken only when every task waits again, so that nothing but the
 * seed decides the order.
 */
export function runSchedule(
  seed: number,
  build: (world: World) => void,
  settings: ScheduleSettings = {},
): Promise<Outcome> {
  const random = createRandom(seed);
  const latency = settings.latency ?? ((chance: Random) => 1 + chance.upTo(39));
  const mostEvents = settings.mostEvents ?? 50_000;
  const waiting: Waiting[] = [];
  const failures: Outcome['failures'] = [];
  const trace: string[] = [];
  let time = 0;
  let running = 0;

  function wait(ms: number, resume: () => void): void {
    waiting.push({ at: time + Math.max(0, ms), rank: random.next(), resume });
  }

  const pause = (ms: number): Promise<void> => new Promise((resolve) => wait(ms, resolve));

  const world: World = {
    clock: { now: () => time, sleep: pause },
    random,
    start(name, work, afterMs = 0) {
      running++;
      wait(afterMs, () => {
        work()
          .catch((error: unknown) => failures.push({ name, error }))
          .finally(() => running--);
      });
    },
    async call(act, call = {}) {
      const travel = call.latency ?? latency;
      const fault = call.fault?.(random) ?? null;
      await pause(travel(random));
      if (fault?.stage === 'before') throw fault.error;
      const result = act();
      await pause(travel(random));
      if (fault !== null) throw fault.error;
      return result;
    },
    later: wait,
    note(text) {
      if (settings.trace === true) trace.push(`${String(time).padStart(6)} ${text()}`);
    },
  };

  return new Promise((resolve, reject) => {
    let events = 0;
    const step = (): void => {
      if (running === 0) return resolve({ failures, endedAt: time, trace });
      const next = takeEarliest(waiting);
      if (next === null) return reject(new Error(`seed ${seed}: every task waits for something else`));
      if (++events > mostEvents) return reject(new Error(`seed ${seed}: no end after ${mostEvents} events`));
      time = next.at;
      next.resume();
      // nextTick asked for inside a microtask runs when the microtasks are used up: all tasks wait by then.
      queueMicrotask(() => nextTick(step));
    };
    build(world);
    queueMicrotask(() => nextTick(step));
  });
}

function takeEarliest(waiting: Waiting[]): Waiting | null {
  let best = 0;
  for (let index = 1; index < waiting.length; index++) {
    const [one, two] = [waiting[index] as Waiting, waiting[best] as Waiting];
    if (one.at < two.at || (one.at === two.at && one.rank < two.rank)) best = index;
  }
  const found = waiting[best];
  if (found === undefined) return null;
  waiting[best] = waiting[waiting.length - 1] as Waiting;
  waiting.pop();
  return found;
}

/** Mulberry32, a small generator that is good enough to vary schedules. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const upTo = (most: number): number => Math.floor(next() * (most + 1));
  return {
    next,
    upTo,
    chance: (probability) => next() < probability,
    pick: (items) => items[upTo(items.length - 1)] as (typeof items)[number],
  };
}
