// Many schedules, shared among processes that measure no coverage: it would make each of them three times as slow.
import { fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

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
  const parts = await Promise.all([
    runApart({ from, count: half }),
    runApart({ from: from + half, count: count - half }),
  ]);
  return parts.reduce(add);
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

function runApart({ from, count }: Span): Promise<Tally> {
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  const child = fork(join(here, 'schedule-process.ts'), [String(from), String(count)], {
    cwd: join(here, '..', '..'),
    env,
    execArgv: ['--import', 'tsx'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (tally: Tally) => resolve(tally));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`the process of seeds ${from} and up ended with ${signal ?? code}, without a tally`)),
    );
  });
}
