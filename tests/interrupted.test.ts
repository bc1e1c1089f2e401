// Writers that are stopped or killed at any request, and then called again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapBounded } from '../lib/concurrency.ts';
import { stopReader } from './faults/interrupt.ts';
import { runInterruptionsApart } from './faults/interruptions.ts';
import { PATHS } from './faults/paths/index.ts';
import { findPlayable } from './faults/paths/playable.ts';

/** One of so many cases is run, from a place that the seed says; `npm run interrupted` runs all. */
const part = Number(process.env['SWITCHYARD_INTERRUPTED'] ?? '60');
const seed = Number(process.env['SWITCHYARD_INTERRUPTED_SEED'] ?? '5');
const only = process.env['SWITCHYARD_INTERRUPTED_ONLY'] ?? '';
const processes = 3;

test('a writer that is stopped or killed at any request, and called again, ends as if nothing had been', async () => {
  const rows = await runInterruptionsApart({ part, seed, only });
  for (const { kind, writers, paths, cases, of, seconds, missed, problems } of rows) {
    console.log(
      `interrupted ${kind}: ${writers} writers × ${paths} paths: ${cases} of ${of} cases in ${seconds} s, ${missed} ended before their cut, ${problems.length} problems`,
    );
  }
  const [cases, missed] = [sum(rows.map((row) => row.cases)), sum(rows.map((row) => row.missed))];
  assert.ok(cases > 0, 'no case was run');
  // How often a writer looks while it waits differs from run to run, and so does its last request.
  assert.ok(missed * 5 <= cases, `${missed} of ${cases} cases were not cut`);
  assert.deepEqual(
    rows.flatMap(({ problems }) => problems),
    [],
  );
});

test('a script that only reads, told to stop at its first request, says so and is no go', async () => {
  const wanted = PATHS.filter((path) => !path.fresh && new RegExp(only).test(path.name));
  const readers = findPlayable(wanted);
  const problems: string[] = [];
  let stopped = 0;
  await mapBounded(readers, processes, async (path) => {
    const found = await stopReader(path);
    if (found !== null) stopped++;
    problems.push(...(found ?? []).map((problem) => `${path.name}: ${problem}`));
  });
  assert.deepEqual(problems, []);
  assert.ok(stopped > 15, `only ${stopped} calls were stopped`);
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
