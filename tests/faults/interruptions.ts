// Which interruptions there are, and what comes of them: run whole, or a seeded part, in two processes.
import { mapBounded } from '../../lib/concurrency.ts';
import { runApart } from '../support/run-apart.ts';
import { nameOf, runCase, runClean, type Case, type Clean, type Cut } from './interrupt.ts';
import type { Signal } from './judge-cut.ts';
import { cascadeByReport } from './paths/cascade.ts';
import { findPlayable } from './paths/playable.ts';
import type { WriterPath } from './paths/writer-world.ts';
import { WRITERS } from './paths/writers.ts';

const kinds = ['at requests', 'at writes to files', 'twice in a row'] as const;
type Kind = (typeof kinds)[number];
type Lists = Record<Kind, Case[]>;

export interface Share {
  /** One of so many cases is run, from a place that the seed says. */
  part: number;
  seed: number;
  /** The source of a regular expression on the names of paths. */
  only: string;
}

export interface Row {
  kind: Kind;
  writers: number;
  paths: number;
  cases: number;
  of: number;
  seconds: number;
  /** How many ended before their cut. */
  missed: number;
  problems: string[];
}

const signals = ['SIGTERM', 'SIGKILL'] as const;
const interruptProcess = new URL('interrupt-process.ts', import.meta.url);

/** A row for each kind. Throws where a process does not come to its end. */
export async function runInterruptionsApart({ part, seed, only }: Share): Promise<Row[]> {
  const starts = [seed % part, (seed % part) + part];
  const halves = await Promise.all(
    starts.map((start) => runApart<Row[]>(interruptProcess, { part: 2 * part, seed: start, only })),
  );
  const [one = [], other = []] = halves;
  return one.map((row, index) => add(row, other[index] as Row));
}

function add(one: Row, other: Row): Row {
  return {
    ...one,
    cases: one.cases + other.cases,
    seconds: Math.max(one.seconds, other.seconds),
    missed: one.missed + other.missed,
    problems: [...one.problems, ...other.problems],
  };
}

/** This process's share, `atOnce` calls at a time. */
export async function runInterruptions({ part, seed, only }: Share, atOnce: number): Promise<Row[]> {
  const wanted = [...WRITERS, cascadeByReport].filter(({ name }) => new RegExp(only).test(name));
  const paths = findPlayable(wanted);
  const writers = new Set(paths.map(({ script }) => script)).size;
  const lists = await mapBounded(paths, atOnce, async (path) => listCases(path, await runClean(path), seed));
  const rows: Row[] = [];
  for (const kind of kinds) {
    const all = lists.flatMap((list) => list[kind]);
    const cases = all.filter((_, index) => index % part === seed % part);
    const started = Date.now();
    const judged = await mapBounded(cases, atOnce, async (one) => {
      const { isReached, problems } = await runCase(one);
      return { isReached, problems: problems.map((problem) => `${nameOf(one)}: ${problem}`) };
    });
    rows.push({
      kind,
      writers,
      paths: paths.length,
      cases: cases.length,
      of: all.length,
      seconds: Math.round((Date.now() - started) / 1000),
      missed: judged.filter(({ isReached }) => !isReached).length,
      problems: judged.flatMap(({ problems }) => problems),
    });
  }
  return rows;
}

/** Every request × signal × carried out or not; every write to a file; and every request with another one after it. */
function listCases(path: WriterPath, clean: Clean, seed: number): Lists {
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
