import { join } from 'node:path';
import { countOf } from '../count.ts';
import { UsageError } from '../errors.ts';
import type { OptionValues } from '../options.ts';
import { renderTable } from '../report.ts';
import { defineCommand, type Call, type Verdict } from '../script.ts';
import { shellCommand } from '../shell-command.ts';
import { lockFile, type Lock } from './lock.ts';
import { folderOption } from './options.ts';
import { vendorSync } from './mend.ts';
import { Refused } from './refused.ts';
import { describeLock, outputsOf, refusing } from './report.ts';
import { parseNames } from './script-name.ts';
import { sumOf } from './sums.ts';
import { openVendorFolder, type VendorFolder } from './vendor-folder.ts';

export interface Drift {
  modified: string[];
  missing: string[];
  /** Scripts of ours that the lock does not know. */
  extra: string[];
}

/** `check`: the gate, without network: is what stands here what was locked? */
export const check = defineCommand({
  name: 'check',
  summary: 'is every locked script here and unchanged, and none of ours that is not locked? No network',
  positionals: '[NAME …]',
  options: folderOption,
  main: (call) => refusing(() => run(call)),
});

function run(call: Call<OptionValues<typeof folderOption>>): Verdict {
  const named = parseNames(call.positionals);
  const folder = openVendorFolder(call.options.dir);
  const lock = folder.readLock();
  if (lock === null) {
    throw new Refused(
      `Cannot check ${folder.name}: there is no ${lockFile}, so nothing says what belongs there; add the scripts`,
      [vendorSync(folder.name, 'add', 'NAME', '--from', 'owner/repo@ref')],
    );
  }
  const stranger = named.find((file) => !lock.files.has(file));
  if (stranger !== undefined) {
    throw new UsageError(
      `Cannot check "${stranger.replace(/\.mjs$/, '')}": it is not locked; give one of ${[...lock.files.keys()].join(', ')}, or add it`,
    );
  }
  const { drift, notes } = findDrift(folder, lock, named);
  const rows = Object.entries(drift).flatMap(([state, files]) =>
    (files as string[]).map((file) => [state, file] as const),
  );
  for (const [state, file] of rows) {
    const path = join(folder.name, file);
    call.log.error(`${state}: ${path}`, state === 'missing' ? undefined : { file: path });
  }
  return report(lock, folder.name, { drift, notes, rows, count: named.length || lock.files.size });
}

/** Why a file is modified, where the usual mend would not do. */
type Note = 'link' | 'line ends';

/** What differs from the lock. A link in a locked file's place counts as modified. */
function findDrift(
  folder: VendorFolder,
  lock: Lock,
  named: readonly string[],
): { drift: Drift; notes: ReadonlyMap<string, Note> } {
  const drift: Drift = { modified: [], missing: [], extra: [] };
  const notes = new Map<string, Note>();
  for (const [file, sum] of lock.files) {
    if (named.length > 0 && !named.includes(file)) continue;
    const bytes = readOrRefuse(folder, file);
    if (bytes === null) drift.missing.push(file);
    else if (bytes === 'refused' || sumOf(bytes) !== sum) drift.modified.push(file);
    if (bytes === 'refused') notes.set(file, 'link');
    else if (bytes !== null && sumOf(bytes) !== sum && sumOf(withoutReturns(bytes)) === sum)
      notes.set(file, 'line ends');
  }
  if (named.length === 0) drift.extra.push(...folder.listOurs().filter((file) => !lock.files.has(file)));
  return { drift, notes };
}

/** As git found it before it made CR LF of each line's end. */
function withoutReturns(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

function readOrRefuse(folder: VendorFolder, file: string): Buffer | null | 'refused' {
  try {
    return folder.read(file);
  } catch (error) {
    if (error instanceof Refused) return 'refused';
    throw error;
  }
}

function report(
  lock: Lock,
  folder: string,
  {
    drift,
    notes,
    rows,
    count,
  }: {
    drift: Drift;
    notes: ReadonlyMap<string, Note>;
    rows: readonly (readonly [string, string])[];
    count: number;
  },
): Verdict {
  const isClean = rows.length === 0;
  const found = rows.map(([state, file]) => `${state}: ${file}${tell(notes.get(file))}`).join(', ');
  const mend = suggestMend(drift, folder, notes);
  return {
    decision: isClean ? 'in-sync' : 'drifted',
    exit: isClean ? 0 : 1,
    proceed: isClean,
    reason: isClean
      ? `${folder} holds the ${countOf(count, 'locked script')} of ${describeLock(lock)}, unchanged`
      : `Cannot accept ${folder}: ${found}; ${mend[0]?.startsWith('delete ') ? mend.slice(0, 2).join(', then ') : `run "${mend[0]}"`}`,
    changed: false,
    subject: { source: lock.source },
    evidence: rows.map(([state, file]) => ({ what: file, value: state })),
    outputs: {
      ...outputsOf(lock, []),
      modified: JSON.stringify(drift.modified),
      missing: JSON.stringify(drift.missing),
      extra: JSON.stringify(drift.extra),
    },
    details: { ...drift },
    summary: renderTable(
      ['State', 'File'],
      rows.map((row) => [...row]),
    ),
    next: mend,
  };
}

function tell(note: Note | undefined): string {
  if (note === undefined) return '';
  return note === 'link' ? ' (it is no plain file)' : ' (in its line ends alone)';
}

function suggestMend(
  { modified, missing, extra }: Drift,
  folder: string,
  notes: ReadonlyMap<string, Note>,
): string[] {
  const pathOf = (file: string): string => join(folder, file);
  const changed = [...modified, ...missing].filter((file) => notes.get(file) !== 'line ends').map(pathOf);
  const update = vendorSync(folder, 'update');
  return [
    // Nothing is written over what is no plain file.
    ...modified.filter((file) => notes.get(file) === 'link').map((file) => `delete ${pathOf(file)}`),
    ...(modified.length + missing.length === 0 ? [] : [update]),
    ...(changed.length === 0
      ? []
      : [`or, as they were committed: ${shellCommand('git', 'checkout', '--', ...changed)}`]),
    ...([...notes.values()].includes('line ends')
      ? [
          `so that git leaves their line ends alone, commit ${pathOf('.gitattributes')} with the line "*.mjs -text"`,
        ]
      : []),
    ...extra.flatMap((file) => [
      vendorSync(folder, 'add', file.replace(/\.mjs$/, '')),
      `or delete ${pathOf(file)}`,
    ]),
  ];
}
