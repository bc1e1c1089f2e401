import { renameSync, writeFileSync } from 'node:fs';
import { CouldNotTell } from '../errors.ts';
import { isNoFile, readText } from '../read-file.ts';
import type { Verdict } from '../script.ts';
import { formatAge } from './hop.ts';
import { formatTime } from './report.ts';
import { skewMs } from './since.ts';

/** Writes when the watch last ran, whole or not at all. */
export function writeHeartbeat(file: string, now: number, decision: string): void {
  const text = JSON.stringify({ schema: 1, at: new Date(now).toISOString(), decision });
  writeFileSync(`${file}.new`, `${text}\n`);
  renameSync(`${file}.new`, file);
}

/**
 * Watches the watch: did it run within `maxAgeMs`? A file that is not there is a watch that never ran. Throws
 * CouldNotTell where the file cannot be read.
 */
export function checkHeartbeat(file: string, now: number, maxAgeMs: number): Verdict {
  const subject = { file };
  const next = [
    'see why the job that runs train-status --heartbeat does not run (a schedule may be switched off)',
  ];
  const stale = (reason: string): Verdict => ({
    decision: 'stale',
    exit: 1,
    proceed: false,
    reason,
    subject,
    next,
  });
  const text = readFile(file);
  if (text === null) return stale(`the watch has never run: "${file}" is not there`);
  const at = readTime(file, text);
  if (at > now + skewMs)
    throw new CouldNotTell(
      `Cannot use --check-heartbeat "${file}": it says ${formatTime(at)}, which is to come; check the clocks`,
    );
  const age = Math.max(0, Math.round((now - at) / 1000));
  const allowed = formatAge(Math.round(maxAgeMs / 1000));
  if (now - at > maxAgeMs)
    return stale(`the watch last ran ${formatAge(age)} ago, at ${formatTime(at)}; ${allowed} are allowed`);
  const reason = `the watch last ran ${formatAge(age)} ago; ${allowed} are allowed`;
  return { decision: 'fresh', exit: 0, proceed: true, reason, subject };
}

function readFile(file: string): string | null {
  try {
    return readText(file);
  } catch (error) {
    if (isNoFile(error)) return null;
    throw new CouldNotTell(
      `Cannot read --check-heartbeat "${file}": ${(error as Error).message}; check the path`,
      {
        cause: error,
      },
    );
  }
}

function readTime(file: string, text: string): number {
  try {
    const { at } = JSON.parse(text) as { at?: unknown };
    const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
    if (!Number.isNaN(time)) return time;
  } catch {
    // What is not JSON has no time either.
  }
  throw new CouldNotTell(
    `Cannot use --check-heartbeat "${file}": it holds no time of a run; give the file that --heartbeat wrote`,
  );
}
