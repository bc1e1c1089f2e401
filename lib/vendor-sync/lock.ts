import { shellCommand } from '../shell-command.ts';
import { Refused } from './refused.ts';
import { isScriptFile } from './script-name.ts';

/** Beside the scripts that it locks. */
export const lockFile = 'switchyard.lock.json';

/** What was taken from where: the content of `switchyard.lock.json`. */
export interface Lock {
  /** `owner/repo`, or the folder. */
  readonly source: string;
  /** As it was given; null for a folder. */
  readonly ref: string | null;
  /** What the ref was then; null for a folder. */
  readonly commit: string | null;
  readonly version: string | null;
  /** Script file → SHA-256, sorted by name. */
  readonly files: ReadonlyMap<string, string>;
}

/** The file's text, the same for equal locks: files sorted by name. */
export function renderLock(lock: Lock): string {
  const { source, ref, commit, version } = lock;
  const files = Object.fromEntries([...lock.files].sort(([one], [two]) => (one < two ? -1 : 1)));
  return `${JSON.stringify({ schema: 1, source, ref, commit, version, files }, null, 2)}\n`;
}

/** Reads a lock strictly. Throws Refused for half of one, another schema, or a name that leaves the folder. */
export function parseLock(text: string, path: string): Lock {
  const refuse = (found: string): Refused =>
    new Refused(`Cannot accept ${path}: ${found}; restore it, or delete it and add the scripts again`, [
      shellCommand('git', 'checkout', '--', path),
    ]);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw refuse('it is not whole JSON (half-written, or a merge conflict is in it)');
  }
  const lock = asObject(body);
  if (lock === null) throw refuse('it is no JSON object');
  if (lock['schema'] !== 1)
    throw refuse(`its schema is ${JSON.stringify(lock['schema']) ?? 'missing'}, not 1`);
  const { source, ref, commit, version } = lock;
  if (typeof source !== 'string' || source === '') throw refuse('it names no source');
  if (!isTextOrNull(ref) || !isTextOrNull(version)) throw refuse('its "ref" or "version" is no text');
  if (!isTextOrNull(commit) || (commit !== null && !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit))) {
    throw refuse('its "commit" is no commit SHA');
  }
  if ((ref === null) !== (commit === null)) throw refuse('it has only one of "ref" and "commit"');
  const files = Object.entries(asObject(lock['files']) ?? {});
  if (files.length === 0) throw refuse('it locks no file');
  for (const [file, sum] of files) {
    if (!isScriptFile(file)) throw refuse(`it locks "${file}", which is no script's file in this folder`);
    if (typeof sum !== 'string' || !/^[0-9a-f]{64}$/.test(sum))
      throw refuse(`the sum of ${file} is no SHA-256`);
  }
  return { source, ref, commit, version, files: new Map(files as [string, string][]) };
}

function asObject(value: unknown): Record<string, unknown> | null {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
