import { lstatSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Call } from '../script.ts';
import type { CascadeOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import { readReport, renderReport } from './report.ts';
import { withOwner } from './targets.ts';

/** How often a long run writes down how far it has come. */
const noteMs = 1000;

/** The file of --report: whole at any moment, so that a run that is killed leaves what --only-failed can use. */
export interface ReportFile {
  /** How far the run has come; what cannot be written yet is told at the end. */
  note(soFar: () => readonly Outcome[]): void;
  /** How it ended. Answers whether --only-failed can read it; what cannot be written is a warning. */
  close(targets: readonly Outcome[]): boolean;
}

/** Opens the report of this call, which may have none; nothing is written yet. */
export function openReportFile(
  { options, log, redactor, clock }: Call<CascadeOptions>,
  version: string,
): ReportFile {
  const file = options.report;
  const earlier = readEarlier(options);
  let dueAt = 0;

  function write(path: string, targets: readonly Outcome[]): void {
    const text = redactor.redact(renderReport({ version, targets: takeUp(earlier, targets) }));
    // A pipe, a device or a link stays what it is.
    if (!isPlain(path)) return writeFileSync(path, text);
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  }

  return {
    note(soFar) {
      if (file === null || !isPlain(file) || clock.now() < dueAt) return;
      dueAt = clock.now() + noteMs;
      try {
        write(file, soFar());
      } catch {
        // The end says what is in the way.
      }
    },
    close(targets) {
      if (file === null) return false;
      try {
        write(file, targets);
        return statSync(file).isFile();
      } catch (error) {
        const found = (error as Error).message;
        log.warning(
          `Cannot write the report to "${file}": ${found}; the decision stands, --only-failed cannot use it`,
        );
        return false;
      }
    },
  };
}

/**
 * What the report tells that this run takes up and writes anew: of what it does not try again, the rows stay, or what was
 * done before would be lost to --merge-report.
 */
function readEarlier({
  report,
  'only-failed': before,
  'merge-report': merged,
  owner,
}: CascadeOptions): Outcome[] {
  if (report === null || before === null || merged.length > 0 || resolve(report) !== resolve(before))
    return [];
  return readReport(before).targets.map((row) => ({ ...row, target: withOwner(row.target, owner) }));
}

/** The earlier rows in their order, each as it stands now, and behind them what is new. */
function takeUp(earlier: readonly Outcome[], now: readonly Outcome[]): Outcome[] {
  const open = new Map(now.map((row) => [row.target.toLowerCase(), row]));
  const kept = earlier.map((row) => {
    const name = row.target.toLowerCase();
    const found = open.get(name);
    open.delete(name);
    return found ?? row;
  });
  return [...kept, ...open.values()];
}

/** Is it a file, or nothing yet? Only that may be replaced by another. */
function isPlain(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found === undefined || found.isFile();
}
