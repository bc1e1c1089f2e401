import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSchedule, type World } from './scheduler.ts';

/** Two tasks that read a counter, wait, and write it one higher: the classic lost update. */
function raceTwice(ends: number[]): (world: World) => void {
  return (world) => {
    let counter = 0;
    let left = 2;
    for (const name of ['one', 'two']) {
      world.start(
        name,
        async () => {
          const seen = await world.call(() => counter);
          await Promise.all([world.clock.sleep(5), world.call(() => undefined)]);
          await world.call(() => void (counter = seen + 1));
          if (--left === 0) ends.push(counter);
        },
        world.random.upTo(200),
      );
    }
  };
}

test('the same seed gives the same schedule, other seeds other ones', async () => {
  const traces: string[] = [];
  for (const seed of [7, 7, 8]) {
    const outcome = await runSchedule(
      seed,
      (world) => {
        for (const name of ['a', 'b', 'c']) {
          world.start(name, async () => world.note(() => `${name} starts`), world.random.upTo(9));
          world.start(name, async () => world.call(() => world.note(() => name)));
        }
      },
      { trace: true },
    );
    traces.push(outcome.trace.join('\n'));
  }
  assert.equal(traces[0], traces[1]);
  assert.notEqual(traces[0], traces[2]);
});

test('some seeds lose an update and some do not', async () => {
  const ends: number[] = [];
  for (let seed = 0; seed < 200; seed++) await runSchedule(seed, raceTwice(ends));
  assert.deepEqual(new Set(ends), new Set([1, 2]));
});

test('time is virtual: an hour of sleep takes none', async () => {
  const outcome = await runSchedule(1, (world) => world.start('s', () => world.clock.sleep(3_600_000)));
  assert.equal(outcome.endedAt, 3_600_000);
});

test('a lost answer acts, a lost question does not', async () => {
  for (const [stage, wanted] of [
    ['before', 0],
    ['after', 1],
  ] as const) {
    let acted = 0;
    const outcome = await runSchedule(1, (world) =>
      world.start('t', () =>
        world.call(() => void acted++, { fault: () => ({ stage, error: new Error('lost') }) }),
      ),
    );
    assert.equal(acted, wanted);
    assert.deepEqual(
      outcome.failures.map(({ name, error }) => `${name} ${(error as Error).message}`),
      ['t lost'],
    );
  }
});

test('a task that waits for nothing that comes is named', async () => {
  await assert.rejects(
    runSchedule(3, (world) => world.start('t', () => new Promise(() => {}))),
    /seed 3: every task waits/,
  );
});
