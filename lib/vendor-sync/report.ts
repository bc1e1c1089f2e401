import { countOf } from '../count.ts';
import type { Verdict } from '../script.ts';
import { renderTable } from '../report.ts';
import { shortSha } from '../sha.ts';
import type { Lock } from './lock.ts';
import { vendorSync } from './mend.ts';
import { Refused } from './refused.ts';
import type { Taken } from './take.ts';

/** `owner/repo@v1 (1.0.0, commit 1234567)`. */
export function describeLock(lock: Lock): string {
  const from = lock.ref === null ? lock.source : `${lock.source}@${lock.ref}`;
  const facts = [lock.version, lock.commit === null ? null : `commit ${shortSha(lock.commit)}`];
  const known = facts.filter((fact) => fact !== null).join(', ');
  return known === '' ? from : `${from} (${known})`;
}

/** Outputs that every command has, of the lock that holds now or would. */
export function outputsOf(lock: Lock | null, changed: readonly string[]): Record<string, string> {
  return {
    commit: lock?.commit ?? '',
    version: lock?.version ?? '',
    changed: JSON.stringify(changed),
  };
}

/** What `add` and `update` did, or with `--dry-run` would do. */
export function reportTaken(
  taken: Taken,
  { done, folder, dryRun }: { done: 'added' | 'updated'; folder: string; dryRun: boolean },
): Verdict {
  const { lock } = taken;
  const changed = taken.changed.map(({ file }) => file);
  const decision = changed.length === 0 ? 'in-sync' : dryRun ? 'dry-run' : done;
  const what = `${countOf(lock.files.size, 'script')} of ${describeLock(lock)}`;
  const reason =
    decision === 'in-sync'
      ? `${folder} holds ${what} already`
      : decision === 'dry-run'
        ? `would write ${changed.join(', ')} to ${folder}: ${what}`
        : `${folder} holds ${what}; written: ${changed.join(', ')}`;
  return {
    decision,
    exit: 0,
    proceed: true,
    reason,
    changed: decision === done,
    subject: { source: lock.source },
    evidence: [...lock.files].map(([file, sum]) => ({ what: file, value: sum })),
    outputs: outputsOf(lock, changed),
    details: { ...lock, files: Object.fromEntries(lock.files), changed },
    summary: renderTable(
      ['File', 'SHA-256', 'State'],
      [...lock.files].map(([file, sum]) => [file, sum, changed.includes(file) ? decision : 'unchanged']),
    ),
    next: decision === done ? [`commit ${folder}, and let the job run: ${vendorSync(folder, 'check')}`] : [],
  };
}

/** Runs a command; what it refuses is its verdict. */
export async function refusing(work: () => Verdict | Promise<Verdict>): Promise<Verdict> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return {
      decision: 'refused',
      exit: 1,
      proceed: false,
      reason: error.message,
      next: error.next,
      changed: false,
      outputs: outputsOf(null, []),
    };
  }
}
