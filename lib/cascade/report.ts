import { UsageError } from '../errors.ts';
import { parseJson, readGivenFile } from '../manifest.ts';
import { isRepo } from '../options.ts';
import { Shape, ShapeError } from '../shape.ts';
import type { Outcome, State } from './outcome.ts';

/** What a run wrote down: the same text is read again by `--only-failed` and `--merge-report`. */
export interface CascadeReport {
  version: string;
  targets: Outcome[];
}

const states: readonly string[] = [
  'updated',
  'unchanged',
  'skipped',
  'failed',
  'not-attempted',
  'lags',
  'would-update',
] satisfies State[];

/** The text of a report, as `readReport` takes it: one JSON object. */
export function renderReport({ version, targets }: CascadeReport): string {
  const rows = targets.map(({ target, state, class: failure, sha, message }) => ({
    target,
    state,
    ...(failure === undefined ? {} : { class: failure }),
    ...(sha === undefined ? {} : { sha }),
    message,
  }));
  return `${JSON.stringify({ schema: 1, version, targets: rows }, null, 1)}\n`;
}

/** Throws UsageError for a file that is no report. */
export function readReport(file: string): CascadeReport {
  const what = `the report "${file}"`;
  const body = new Shape(parseJson(readGivenFile(file, what), what), 'it');
  try {
    if (body.field('schema').count() !== 1) throw new ShapeError('its "schema" is not 1');
    return { version: body.field('version').text(), targets: body.field('targets').list().map(readRow) };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new UsageError(
      `Cannot use ${what}: ${error.message}; give a file that --report of this script wrote`,
    );
  }
}

function readRow(row: Shape): Outcome {
  const state = row.field('state').text();
  const target = row.field('target').text();
  if (!states.includes(state)) throw new ShapeError(`"${state}" of ${target} is no state`);
  if (!isRepo(target)) throw new ShapeError(`"${target}" is no owner/repo`);
  const failure = row.optional('class')?.text();
  const sha = row.optional('sha')?.text();
  return {
    target,
    state: state as State,
    ...(failure === undefined ? {} : { class: failure as NonNullable<Outcome['class']> }),
    ...(sha === undefined ? {} : { sha }),
    message: row.optional('message')?.text() ?? '',
  };
}

/**
 * Several reports as one, of a version that is given or theirs. Of a target that stands in more than one the last report
 * counts, and what a list lacks stands behind it: nothing that a report tells is left out. Throws UsageError.
 */
export function mergeReports(
  files: readonly string[],
  { order, version }: { order: readonly string[] | null; version: string | null },
): CascadeReport {
  const reports = files.map((file) => ({ file, ...readReport(file) }));
  const [first] = reports;
  const other = reports.find((report) => report.version !== first?.version);
  if (first === undefined || other !== undefined) {
    throw new UsageError(
      `Cannot merge the reports: "${first?.file}" is of version ${first?.version}, "${other?.file}" of ${other?.version}; give reports of one cascade`,
    );
  }
  if (version !== null && version !== first.version) {
    throw new UsageError(
      `Cannot merge the reports: they are of version ${first.version}, and this call names ${version}; give the reports of that cascade, or leave the version out`,
    );
  }
  const byName = new Map<string, Outcome>();
  for (const outcome of reports.flatMap(({ targets }) => targets)) {
    const name = outcome.target.toLowerCase();
    byName.set(name, later(byName.get(name), outcome));
  }
  const listed = (order ?? []).map((target) => byName.get(target.toLowerCase()) ?? lost(target));
  const known = new Set(listed.map(({ target }) => target.toLowerCase()));
  const targets = [...listed, ...[...byName.values()].filter((row) => !known.has(row.target.toLowerCase()))];
  if (targets.length === 0) {
    throw new UsageError(
      'Cannot merge the reports: they name no target; give the reports of all shards, or the list as well',
    );
  }
  return { version: first.version, targets: leaveForeseen(targets) };
}

/** What one run wrote and the next found in place was written by this cascade. */
function later(before: Outcome | undefined, now: Outcome): Outcome {
  return before?.state === 'updated' && now.state === 'unchanged' ? before : now;
}

/** Beside runs that wrote, what a check or a dry run only foresaw is still to be done. */
function leaveForeseen(targets: readonly Outcome[]): Outcome[] {
  const isWritten = targets.some(({ state }) => state === 'updated');
  return targets.map((row) =>
    isWritten && (row.state === 'lags' || row.state === 'would-update')
      ? { ...row, state: 'not-attempted', message: `only looked at: ${row.message}` }
      : row,
  );
}

/** A target that no report names: its shard never ended. */
function lost(target: string): Outcome {
  return { target, state: 'not-attempted', message: 'no report names it' };
}
