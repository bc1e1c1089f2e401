import { mapBounded } from '../concurrency.ts';
import { openForge } from '../forge/forge.ts';
import { optionWords, shellCommand } from '../shell-command.ts';
import { compareVersions } from '../version-order.ts';
import type { TrainCascade } from './config.ts';
import { fetchManifestText, parseDependents } from './dependents.ts';
import { fetchPin } from './fetch-pin.ts';
import { isWithin, startHop, type Hop } from './hop.ts';
import { runInRepo } from './run-in-repo.ts';
import { secondsSince } from './since.ts';
import type { Surveyor } from './surveyor.ts';
import { fetchReleaseTime, fetchVersionTags } from './version-tags.ts';

const atOnce = 8;

/**
 * `version→repository`, each: which repositories still pin an older version than the newest tag. Throws UsageError for
 * a manifest that names no repositories.
 */
export async function surveyVersions(
  surveyor: Surveyor,
  cascade: TrainCascade,
  manifestText: string | null,
): Promise<Hop[]> {
  const { forge } = surveyor;
  const { tagPrefix } = cascade;
  const [tags, text] = await Promise.all([
    fetchVersionTags(forge, tagPrefix),
    manifestText ?? fetchManifestText(surveyor, cascade.manifest),
  ]);
  const repos = parseDependents(text, cascade);
  const versions = orderVersions(tags.map(({ version }) => version));
  const newest = versions.at(-1) ?? null;
  const tag = tags.find(({ version }) => version === newest);
  const released = memoize(async () => (tag === undefined ? null : fetchReleaseTime(forge, tag)));
  return mapBounded(repos, atOnce, (repo) => {
    const hop: Hop = { ...startHop('version', `${tagPrefix}${newest ?? '*'}`, repo), from: newest };
    return surveyor.guard(hop, async () =>
      newest === null
        ? endUntagged(hop, forge.repo, tagPrefix)
        : surveyPin(surveyor, hop, { file: cascade.file, newest, versions, released }),
    );
  });
}

function endUntagged(hop: Hop, repo: string, prefix: string): Hop {
  const cause = `no tag of ${repo} begins with ${prefix}`;
  return { ...hop, state: 'stalled', cause, next: pushTag(`${prefix}VERSION`) };
}

/** What the releases say that a repository's pin is held against. */
interface Releases {
  /** Where the version is pinned. */
  file: string;
  newest: string;
  versions: readonly string[];
  /** When the newest was made; null where that is not known. */
  released: () => Promise<number | null>;
}

async function surveyPin(
  surveyor: Surveyor,
  hop: Hop,
  { file, newest, versions, released }: Releases,
): Promise<Hop> {
  const repo = hop.target;
  const pinned = await fetchPin(openForge(surveyor.context, repo), file);
  const next = runInRepo(
    surveyor,
    'cascade',
    ...['--target', repo],
    ...optionWords('--version', newest),
    ...optionWords('--file', file),
  );
  if (pinned === null) return { ...hop, state: 'stalled', cause: `${repo} has no ${file}`, next };
  const behind = countNewer(versions, pinned);
  if (behind === 0) return { ...hop, to: pinned, state: 'current', commits: 0 };
  const at = await released();
  const ageSeconds = at === null ? null : secondsSince(at, surveyor.now);
  const late: Hop = { ...hop, to: pinned, commits: behind, ageSeconds };
  if (isWithin(late, surveyor.config.slo)) return { ...late, state: 'moving' };
  return { ...late, state: 'stalled', cause: `${repo} still pins ${pinned}`, next };
}

/** Makes the tag and pushes it alone: others of the clone may be nobody else's business. */
function pushTag(name: string): string {
  const push = shellCommand('git', 'push', 'origin', `refs/tags/${name}`);
  return `${shellCommand('git', 'tag', name)} && ${push}`;
}

/** Versions in their own order, oldest first; those that cannot be ordered come first, as texts. */
export function orderVersions(versions: readonly string[]): string[] {
  const isOrdered = (version: string): number => (compareVersions(version, version) === null ? 0 : 1);
  return [...versions].sort(
    (a, b) => isOrdered(a) - isOrdered(b) || (compareVersions(a, b) ?? (a < b ? -1 : 1)),
  );
}

/** How many releases are newer than what is pinned; a pin newer than every release is none behind. */
export function countNewer(versions: readonly string[], pinned: string): number {
  return versions.filter((version) => {
    if (version === pinned) return false;
    const order = compareVersions(version, pinned);
    return order === null ? version === versions.at(-1) : order > 0;
  }).length;
}

function memoize<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= work());
}
