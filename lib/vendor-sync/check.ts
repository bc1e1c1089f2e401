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
  const drift = findDrift(folder, lock, named);
  const rows = Object.entries(drift).flatMap(([state, files]) =>
    (files as string[]).map((file) => [state, file] as const),
  );
  for (const [state, file] of rows) {
    const path = join(folder.name, file);
    call.log.error(`${state}: ${path}`, state === 'missing' ? undefined : { file: path });
  }
  return report(lock, folder.name, { drift, rows, count: named.length || lock.files.size });
}

/** What differs from the lock. A link in a locked file's place counts as modified. */
function findDrift(folder: VendorFolder, lock: Lock, named: readonly string[]): Drift {
  const drift: Drift = { modified: [], missing: [], extra: [] };
  for (const [file, sum] of lock.files) {
    if (named.length > 0 && !named.includes(file)) continue;
    const bytes = readOrRefuse(folder, file);
    if (bytes === null) drift.missing.push(file);
    else if (bytes === 'refused' || sumOf(bytes) !== sum) drift.modified.push(file);
  }
  if (named.length === 0) drift.extra.push(...folder.listOurs().filter((file) => !lock.files.has(file)));
  return drift;
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
  { drift, rows, count }: { drift: Drift; rows: readonly (readonly [string, string])[]; count: number },
): Verdict {
  const isClean = rows.length === 0;
  const found = rows.map(([state, file]) => `${state}: ${file}`).join(', ');
  const mend = suggestMend(drift, folder);
  return {
    decision: isClean ? 'in-sync' : 'drifted',
    exit: isClean ? 0 : 1,
    proceed: isClean,
    reason: isClean
      ? `${folder} holds the ${countOf(count, 'locked script')} of ${describeLock(lock)}, unchanged`
      : `Cannot accept ${folder}: ${found}; run "${mend[0]}"`,
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

function suggestMend({ modified, missing, extra }: Drift, folder: string): string[] {
  const pathOf = (file: string): string => join(folder, file);
  const changed = [...modified, ...missing].map(pathOf);
  return [
    ...(changed.length === 0
      ? []
      : [
          vendorSync(folder, 'update'),
          `or, as they were committed: ${shellCommand('git', 'checkout', '--', ...changed)}`,
        ]),
    ...extra.flatMap((file) => [
      vendorSync(folder, 'add', file.replace(/\.mjs$/, '')),
      `or delete ${pathOf(file)}`,
    ]),
  ];
}
