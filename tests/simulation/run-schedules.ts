// Many schedules, shared between two processes.
import { runApart } from '../support/run-apart.ts';

const scheduleProcess = new URL('schedule-process.ts', import.meta.url);

export interface Span {
  /** The first seed. */
  from: number;
  count: number;
}

export interface Tally {
  decisions: Record<string, number>;
  /** How many schedules broke a promise. */
  broken: number;
  /** The first few of them, each with its trace. */
  accounts: string[];
}

/** Runs `count` schedules from a seed on, in two processes. Throws where one of them does not come to its end. */
export async function runSchedules({ from, count }: Span): Promise<Tally> {
  const half = Math.ceil(count / 2);
  const spans: Span[] = [
    { from, count: half },
    { from: from + half, count: count - half },
  ];
  const tallies = await Promise.all(spans.map((span) => runApart<Tally>(scheduleProcess, span)));
  return tallies.reduce(add);
}

function add(one: Tally, other: Tally): Tally {
  const decisions = { ...one.decisions };
  for (const [decision, times] of Object.entries(other.decisions))
    decisions[decision] = (decisions[decision] ?? 0) + times;
  return {
    decisions,
    broken: one.broken + other.broken,
    accounts: [...one.accounts, ...other.accounts],
  };
}
