// Writers that are stopped or killed at any request, and then called again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapBounded } from '../lib/concurrency.ts';
import {
  stopReader,
  nameOf,
  runCase,
  runClean,
  type Case,
  type Clean,
  type Cut,
} from './faults/interrupt.ts';
import type { Signal } from './faults/judge-cut.ts';
import { cascadeByReport } from './faults/paths/cascade.ts';
import type { WriterPath } from './faults/paths/writer-world.ts';
import { PATHS } from './faults/paths/index.ts';
import { WRITERS } from './faults/paths/writers.ts';

/** One of so many cases is run, from a place that the seed says; `npm run interrupted` runs all. */
const part = Number(process.env['SWITCHYARD_INTERRUPTED'] ?? '30');
const seed = Number(process.env['SWITCHYARD_INTERRUPTED_SEED'] ?? '5');
const only = new RegExp(process.env['SWITCHYARD_INTERRUPTED_ONLY'] ?? '');
const processes = 3;
const signals = ['SIGTERM', 'SIGKILL'] as const;

type Lists = Record<'at requests' | 'at writes to files' | 'twice in a row', Case[]>;

/** Every request × signal × carried out or not; every write to a file; and every request with another one after it. */
function listCases(path: WriterPath, clean: Clean): Lists {
  const lists: Lists = { 'at requests': [], 'at writes to files': [], 'twice in a row': [] };
  const atRequest = (index: number, signal: Signal, acted: boolean): Cut => ({
    kind: 'request',
    index,
    signal,
    acted,
  });
  for (let index = 0; index < clean.requests; index++) {
    for (const signal of signals)
      for (const acted of [false, true])
        lists['at requests'].push({ path, clean, cuts: [atRequest(index, signal, acted)] });
    const next = (index * 7 + seed) % clean.requests;
    const cuts = [atRequest(index, 'SIGKILL', index % 2 === 0), atRequest(next, 'SIGKILL', next % 2 === 0)];
    lists['twice in a row'].push({ path, clean, cuts });
  }
  for (let index = 0; index < clean.fileWrites; index++) {
    for (const [signal, half] of [
      ['SIGTERM', false],
      ['SIGKILL', false],
      ['SIGKILL', true],
    ] as const)
      lists['at writes to files'].push({ path, clean, cuts: [{ kind: 'file', index, signal, half }] });
  }
  return lists;
}

test('a writer that is stopped or killed at any request, and called again, ends as if nothing had been', async () => {
  const paths = [...WRITERS, cascadeByReport].filter(({ name }) => only.test(name));
  const writers = new Set(paths.map(({ script }) => script)).size;
  const clean = await mapBounded(paths, processes, async (path) => ({ path, clean: await runClean(path) }));
  const lists = clean.map(({ path, clean }) => listCases(path, clean));
  const problems: string[] = [];
  const counts = { cases: 0, missed: 0 };
  for (const kind of ['at requests', 'at writes to files', 'twice in a row'] as const) {
    const all = lists.flatMap((list) => list[kind]);
    const cases = all.filter((_, index) => index % part === seed % part);
    const started = Date.now();
    const found: string[] = [];
    let missed = 0;
    await mapBounded(cases, processes, async (one) => {
      const judged = await runCase(one);
      if (!judged.isReached) missed++;
      found.push(...judged.problems.map((problem) => `${nameOf(one)}: ${problem}`));
    });
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(
      `interrupted ${kind}: ${writers} writers × ${paths.length} paths: ${cases.length} of ${all.length} cases in ${seconds} s, ${missed} ended before their cut, ${found.length} problems`,
    );
    problems.push(...found);
    counts.cases += cases.length;
    counts.missed += missed;
  }
  // How often a writer looks while it waits differs from run to run, and so does its last request.
  assert.ok(counts.missed * 10 <= counts.cases, `${counts.missed} of ${counts.cases} cases were not cut`);
  assert.deepEqual(problems, []);
});

test('a script that only reads, told to stop at its first request, says so and is no go', async () => {
  const readers = PATHS.filter((path) => !path.fresh && only.test(path.name));
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
