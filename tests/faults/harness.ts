// Runs every path once as it is, then once for each request it made and each fault that fits, and for what may be wrong
// around it, and judges what it said and what it left behind.
import type { ScriptResult } from '../support/run-script.mjs';
import { chooseCases, faultCount, listCases, type Case } from './case-list.ts';
import { openCrew } from './crew.ts';
import { judge, VIOLATIONS, type Violation } from './judge.ts';
import type { Path } from './paths/world.ts';
import { findClosedUrl, playCase, playClean, type Patience, type Stage } from './play.ts';
import { createStock, type Stock } from './stock.ts';

const quick: Patience = { timeoutMs: 300, deadlineMs: 1000 };
/** On a busy machine a healthy answer may come too late: a finding that time explains must show again with more. */
const patient: Patience = { timeoutMs: 3000, deadlineMs: 10_000 };

export interface Finding {
  violation: Violation;
  what: string;
  result: Pick<ScriptResult, 'code' | 'stdout' | 'stderr' | 'ms'>;
  /** What it left behind, where the world tells. */
  written: string[] | null;
}

export interface FaultReport {
  scripts: number;
  paths: number;
  requests: number;
  faults: number;
  runs: number;
  of: number;
  seconds: number;
  findings: Finding[];
}

export interface FaultSettings {
  paths: readonly Path[];
  /** One of so many cases is run. */
  part: number;
  seed: number;
  /** Calls at a time. */
  processes: number;
  /** Each call in a process of its own, also where one that lives on would do. */
  alone?: boolean;
  /** Each call without a fault in a process of its own: what the others are compared with is then the script itself. */
  cleanAlone?: boolean;
  only?: RegExp;
  onCase?: (name: string, result: ScriptResult) => void;
}

/** The whole table, or a seeded part of it. */
export async function runFaults(settings: FaultSettings): Promise<FaultReport> {
  const started = Date.now();
  const stock = createStock();
  const crew = settings.alone ? null : openCrew();
  const stage = { crew, closedUrl: await findClosedUrl() };
  try {
    const clean = await inTurns(settings.paths, settings.processes, (path) =>
      stock.lend(path, (world) => playClean(path, world, patient, settings.cleanAlone ? null : crew)),
    );
    const all = clean.flatMap(listCases);
    const cases = chooseCases(all, settings);
    const findings = await inTurns(cases, settings.processes, (one) => tryCase(one, stock, stage, settings));
    return {
      scripts: new Set(settings.paths.map(({ script }) => script)).size,
      paths: settings.paths.length,
      requests: clean.reduce((sum, { requests }) => sum + requests.length, 0),
      faults: faultCount,
      runs: cases.length,
      of: all.length,
      seconds: Math.round((Date.now() - started) / 1000),
      findings: findings.flat(),
    };
  } finally {
    crew?.close();
    await stock.close();
  }
}

/** One line of figures, and one count for each kind of violation. */
export function describeReport(report: FaultReport): string {
  const counts = VIOLATIONS.map(
    (violation) => `${violation} ${report.findings.filter((one) => one.violation === violation).length}`,
  );
  return `faults: ${report.scripts} scripts × ${report.paths} paths × ${report.requests} requests × ${report.faults} faults: ${report.runs} of ${report.of} cases in ${report.seconds} s; ${counts.join(', ')}`;
}

async function tryCase(one: Case, stock: Stock, stage: Stage, { onCase }: FaultSettings): Promise<Finding[]> {
  const attempt = (patience: Patience): Promise<Finding[]> =>
    stock.lend(one.clean.path, async (world) => {
      const played = await playCase(one, world, patience, stage).catch((cause: unknown) => {
        throw new Error(`Cannot play "${one.name}"`, { cause });
      });
      if (played === null) return [];
      onCase?.(one.name, played.result);
      const { result, written } = played;
      const violations = judge(one, world, played, patience);
      return violations.map((violation) => ({ violation, what: one.name, result, written }));
    });
  const found = await attempt(quick);
  const timeExplainsIt = found.some(({ violation }) => /^another answer|deadline/.test(violation));
  return timeExplainsIt ? attempt(patient) : found;
}

async function inTurns<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
