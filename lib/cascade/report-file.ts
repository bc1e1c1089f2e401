import { lstatSync, renameSync, writeFileSync } from 'node:fs';
import type { Call } from '../script.ts';
import type { CascadeOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import { renderReport } from './report.ts';

/** How often a long run writes down how far it has come. */
const noteMs = 1000;

/** The file of --report: whole at any moment, so that a run that is killed leaves what --only-failed can use. */
export interface ReportFile {
  /** How far the run has come; what cannot be written yet is told at the end. */
  note(soFar: () => readonly Outcome[]): void;
  /** How it ended. What cannot be written is a warning. */
  close(targets: readonly Outcome[]): void;
}

/** Opens the report of this call, which may have none; nothing is written yet. */
export function openReportFile(
  { options, log, redactor, clock }: Call<CascadeOptions>,
  version: string,
): ReportFile {
  const file = options.report;
  let dueAt = 0;

  function write(path: string, targets: readonly Outcome[]): void {
    const text = redactor.redact(renderReport({ version, targets: [...targets] }));
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
      if (file === null) return;
      try {
        write(file, targets);
      } catch (error) {
        const found = (error as Error).message;
        log.warning(
          `Cannot write the report to "${file}": ${found}; the decision stands, --only-failed cannot use it`,
        );
      }
    },
  };
}

/** Is it a file, or nothing yet? Only that may be replaced by another. */
function isPlain(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found === undefined || found.isFile();
}
