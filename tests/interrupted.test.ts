// Writers that are stopped or killed at any request, and then called again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapBounded } from '../lib/concurrency.ts';
import { nameOf, runCase, runClean, type Case, type Clean } from './faults/interrupt.ts';
import type { WriterPath } from './faults/paths/writer-world.ts';
import { WRITERS } from './faults/paths/writers.ts';

/** One of so many cases is run, from a place that the seed says; SWITCHYARD_INTERRUPTED=1 runs all. */
const part = Number(process.env['SWITCHYARD_INTERRUPTED'] ?? '12');
const seed = Number(process.env['SWITCHYARD_INTERRUPTED_SEED'] ?? '5');
const only = new RegExp(process.env['SWITCHYARD_INTERRUPTED_ONLY'] ?? '');
const processes = 3;

/** Every request × signal × carried out or not. */
function listCases(path: WriterPath, clean: Clean): Case[] {
  const cases: Case[] = [];
  for (let index = 0; index < clean.requests; index++) {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      for (const acted of [false, true]) cases.push({ path, clean, cuts: [{ index, signal, acted }] });
    }
  }
  return cases;
}

test('a writer that is stopped or killed at any request, and called again, ends as if nothing had been', async () => {
  const paths = WRITERS.filter(({ name }) => only.test(name));
  const clean = await mapBounded(paths, processes, async (path) => ({ path, clean: await runClean(path) }));
  const all = clean.flatMap(({ path, clean }) => listCases(path, clean));
  const cases = all.filter((_, index) => index % part === seed % part);
  const started = Date.now();
  const problems: string[] = [];
  let missed = 0;
  await mapBounded(cases, processes, async (one) => {
    const judged = await runCase(one);
    if (!judged.isReached) missed++;
    problems.push(...judged.problems.map((problem) => `${nameOf(one)}: ${problem}`));
  });
  const indices = clean.reduce((sum, { clean }) => sum + clean.requests, 0);
  const writers = new Set(paths.map(({ script }) => script)).size;
  console.log(
    `interrupted: ${writers} writers × ${paths.length} paths × ${indices} requests × 2 signals × done or not: ${cases.length} of ${all.length} cases in ${Math.round((Date.now() - started) / 1000)} s, ${missed} ended before their cut, ${problems.length} problems`,
  );
  assert.deepEqual(problems, []);
});
