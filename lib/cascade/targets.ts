import { UsageError } from '../errors.ts';
import { readGivenFile, readManifest } from '../manifest.ts';
import { asRepo } from '../options.ts';
import { isOpen } from './outcome.ts';
import { readReport } from './report.ts';

export interface TargetOptions {
  target: readonly string[];
  manifest: string | null;
  select: string | null;
  'targets-file': string | null;
  owner: string | null;
  shard: { index: number; of: number };
  'only-failed': string | null;
}

/** The list that the options name, in its own order; null where they name none. Throws UsageError. */
export function readTargets(options: TargetOptions): string[] | null {
  const listed = readListed(options);
  if (listed === null) return null;
  const targets = listed.targets.map((target) => withOwner(asRepo(target, listed.source), options.owner));
  const single = dropDuplicates(targets);
  if (single.length > 0) return single;
  throw new UsageError(
    `Cannot use ${listed.source}: it names no target; an empty list is taken for a mistake`,
  );
}

/** What this run works on: the shard of the list, and of that what `--only-failed` leaves. Throws UsageError. */
export function chooseTargets(options: TargetOptions, version: string): string[] {
  const report = options['only-failed'] === null ? null : readReport(options['only-failed']);
  if (report !== null && report.version !== version) {
    throw new UsageError(
      `Cannot use --only-failed "${options['only-failed']}": it tells of version ${report.version}, and this run pins ${version}, which none of its targets was given; give the report of this cascade, or leave --only-failed out`,
    );
  }
  const given = readTargets(options);
  const all =
    given ??
    (report === null
      ? null
      : dropDuplicates(report.targets.map(({ target }) => withOwner(target, options.owner))));
  if (all === null) {
    throw new UsageError(
      'Cannot run without a target: none is given; give --target owner/repo, --manifest FILE with --select PATH, or --targets-file FILE',
    );
  }
  const mine = takeShard(all, options.shard);
  if (report === null) return mine;
  const open = new Set(
    report.targets.filter(isOpen).map(({ target }) => withOwner(target, options.owner).toLowerCase()),
  );
  return mine.filter((target) => open.has(target.toLowerCase()));
}

function readListed(options: TargetOptions): { targets: string[]; source: string } | null {
  const { manifest, select } = options;
  const file = options['targets-file'];
  const given = [options.target.length > 0, manifest !== null, file !== null].filter(Boolean);
  if (given.length > 1) {
    throw new UsageError('Cannot use --target, --manifest and --targets-file together: give one of them');
  }
  if ((manifest === null) !== (select === null)) {
    const [one, other] =
      manifest === null ? ['--select PATH', '--manifest FILE'] : ['--manifest FILE', '--select PATH'];
    throw new UsageError(`Cannot use ${one} alone: it needs ${other}; give both`);
  }
  if (manifest !== null && select !== null) {
    return { targets: readManifest(manifest, select), source: `--manifest "${manifest}"` };
  }
  if (file !== null) return { targets: readLines(file), source: `--targets-file "${file}"` };
  return options.target.length > 0 ? { targets: [...options.target], source: '--target' } : null;
}

function readLines(file: string): string[] {
  return readGivenFile(file, `the targets file "${file}"`)
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean);
}

/** A target with its owner replaced, where one is given. */
export function withOwner(target: string, owner: string | null): string {
  return owner === null ? target : `${owner}/${target.slice(target.indexOf('/') + 1)}`;
}

function dropDuplicates(targets: readonly string[]): string[] {
  const byName = new Map<string, string>();
  for (const target of targets) {
    if (!byName.has(target.toLowerCase())) byName.set(target.toLowerCase(), target);
  }
  return [...byName.values()];
}

/** Every N-th of the sorted list from the I-th on, in the list's own order: the shards cover it exactly once. */
export function takeShard(
  targets: readonly string[],
  { index, of }: { index: number; of: number },
): string[] {
  const sorted = [...targets].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const mine = new Set(sorted.filter((_, position) => position % of === index - 1));
  return targets.filter((target) => mine.has(target));
}
