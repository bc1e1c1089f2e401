// The cases, shared among processes: the servers of one alone keep a core busy, and coverage would slow them.
import { runApart } from '../support/run-apart.ts';
import type { FaultReport, FaultSettings } from './harness.ts';

const faultProcess = new URL('fault-process.ts', import.meta.url);

/** What is run: all paths or the main ones; `only` is the source of a regular expression on the names of cases. */
export type Share = Omit<FaultSettings, 'paths' | 'only' | 'onCase'> & {
  paths: 'all' | 'main';
  only?: string;
};

/** As `runFaults`, in two processes. Throws where one of them does not come to its end. */
export async function runFaultsApart({ part, seed, ...settings }: Share): Promise<FaultReport> {
  // Every second one of the same cases each.
  const halves = [seed % part, (seed % part) + part].map((start, index): Share => {
    return { ...settings, part: 2 * part, seed: start, cleanAlone: index === 0 };
  });
  const reports = await Promise.all(halves.map((half) => runApart<FaultReport>(faultProcess, half)));
  return reports.reduce((one, other) => ({
    ...one,
    runs: one.runs + other.runs,
    seconds: Math.max(one.seconds, other.seconds),
    findings: [...one.findings, ...other.findings],
  }));
}
