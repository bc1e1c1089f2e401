import { mapBounded } from '../concurrency.ts';
import { CouldNotTell, UsageError } from '../errors.ts';
import { fetchFileText } from '../forge/contents.ts';
import { filePath } from '../forge/api.ts';
import { openForge, repoPath, type Forge } from '../forge/forge.ts';
import { parseJson } from '../manifest.ts';
import { selectStrings } from '../select.ts';
import { ShapeError } from '../shape.ts';
import { optionWords, shellCommand } from '../shell-command.ts';
import { compareVersions } from '../version-order.ts';
import { configForms, type TrainCascade } from './config.ts';
import { isWithin, startHop, type Hop } from './hop.ts';
import { runInRepo } from './run-in-repo.ts';
import type { Surveyor } from './surveyor.ts';

const atOnce = 8;

interface VersionTag {
  version: string;
  /** Of the commit, or of the tag's own object where it is annotated. */
  sha: string;
  isAnnotated: boolean;
}

/**
 * `version→repository`, each: which repositories still pin an older version than the newest tag. Throws UsageError for
 * a manifest that names no repositories.
 */
export async function surveyVersions(
  surveyor: Surveyor,
  cascade: TrainCascade,
  manifestText: string | null,
): Promise<Hop[]> {
  const { forge, context } = surveyor;
  const [tags, text] = await Promise.all([
    fetchVersionTags(forge, cascade.tagPrefix),
    manifestText ?? readManifestOfRepo(surveyor, cascade.manifest),
  ]);
  const source = `the manifest "${cascade.manifest}"`;
  const repos = [...new Set(selectStrings(parseJson(text, source), cascade.select, source))];
  if (repos.length === 0)
    throw new UsageError(
      `Cannot use ${source}: cascade.select "${cascade.select}" selects nothing from it; mend the path`,
    );
  const strange = repos.find((repo) => !configForms.repo.test(repo));
  if (strange !== undefined)
    throw new UsageError(
      `Cannot use ${source}: cascade.select "${cascade.select}" gives "${strange}", no owner/name; mend the path or the manifest`,
    );
  const versions = orderVersions(tags.map(({ version }) => version));
  const newest = versions.at(-1);
  const name = newest === undefined ? `${cascade.tagPrefix}*` : `${cascade.tagPrefix}${newest}`;
  const tag = tags.find(({ version }) => version === newest);
  const released = memoize(async () => (tag === undefined ? null : fetchReleaseTime(forge, tag)));
  return mapBounded(repos, atOnce, (repo) => {
    const hop: Hop = { ...startHop('version', name, repo), from: newest ?? null };
    return surveyor.guard(hop, async () => {
      if (newest === undefined)
        return {
          ...hop,
          state: 'stalled' as const,
          cause: `no tag of ${forge.repo} begins with ${cascade.tagPrefix}`,
          next: pushTag(`${cascade.tagPrefix}VERSION`),
        };
      const pinned = await fetchPin(openForge(context, repo), cascade.file);
      const next = runInRepo(
        surveyor,
        'cascade',
        ...['--target', repo],
        ...optionWords('--version', newest),
        ...optionWords('--file', cascade.file),
      );
      if (pinned === null)
        return { ...hop, state: 'stalled' as const, cause: `${repo} has no ${cascade.file}`, next };
      const behind = countNewer(versions, pinned);
      if (behind === 0) return { ...hop, to: pinned, state: 'current' as const, commits: 0 };
      const at = await released();
      const late: Hop = {
        ...hop,
        to: pinned,
        commits: behind,
        ageSeconds: at === null ? null : Math.max(0, Math.round((surveyor.now - at) / 1000)),
      };
      if (isWithin(late, surveyor.config.slo)) return { ...late, state: 'moving' as const };
      return { ...late, state: 'stalled' as const, cause: `${repo} still pins ${pinned}`, next };
    });
  });
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

/** Tags that begin with the prefix. GitHub: matching-refs; Gitea lists all tags under git/refs/tags. */
async function fetchVersionTags(forge: Forge, prefix: string): Promise<VersionTag[]> {
  const isGitHub = forge.kind === 'github';
  const path = isGitHub
    ? `${repoPath(forge.repo)}/git/matching-refs/tags/${filePath(prefix)}`
    : `${repoPath(forge.repo)}/git/refs/tags`;
  const start = `refs/tags/${prefix}`;
  const found = await forge.api.find({ purpose: `read the tags of ${forge.repo}`, path }, (body) => {
    const rows = Array.isArray(body.raw()) ? body.list() : [body];
    return rows
      .map((row) => ({ ref: row.field('ref').text(), object: row.field('object') }))
      .filter(({ ref }) => ref.startsWith(start))
      .map(({ ref, object }) => ({
        version: ref.slice(start.length),
        sha: object.field('sha').sha(),
        isAnnotated: object.field('type').text() === 'tag',
      }));
  });
  return (found ?? []).filter(({ version }) => version !== '');
}

/** When a release was made: its annotated tag, or else its commit. */
async function fetchReleaseTime(forge: Forge, { sha, isAnnotated }: VersionTag): Promise<number | null> {
  const what = isAnnotated ? 'tag' : 'commit';
  const call = {
    purpose: `read the ${what} ${sha} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/${what}s/${sha}`,
  };
  const at = await forge.api.read(call, (body) => {
    const whole = isAnnotated ? body.optional('tagger') : body.optional('committer');
    // Gitea names a user there, and the date beside the commit's own committer.
    const date = whole?.optional('date') ?? body.optional('commit')?.optional('committer')?.optional('date');
    return Date.parse(date?.text() ?? '');
  });
  return Number.isNaN(at) ? null : at;
}

/** The version a repository pins on its default branch; null where the file is not there. */
function fetchPin(forge: Forge, file: string): Promise<string | null> {
  const path = `${repoPath(forge.repo)}/contents/${filePath(file)}`;
  return findRepository(forge).then(() =>
    forge.api.find({ purpose: `read ${file} of ${forge.repo}`, path }, (body) => {
      if (Array.isArray(body.raw())) {
        if (body.list().length === 0) return null;
        throw new ShapeError('it is a folder');
      }
      const text = Buffer.from(body.field('content').text(), 'base64').toString('utf8');
      return (text.split(/\r?\n/)[0] ?? '').replace(/\s+/g, '') || null;
    }),
  );
}

/** A file that is not there and a repository that is not there both answer 404: which of them is asked first. */
async function findRepository(forge: Forge): Promise<void> {
  await forge.api.read({ purpose: `read the repository ${forge.repo}`, path: repoPath(forge.repo) }, (body) =>
    body.field('default_branch').text(),
  );
}

async function readManifestOfRepo(surveyor: Surveyor, file: string): Promise<string> {
  const { forge, config } = surveyor;
  const branch = config.branches.at(-1) as string;
  const text = await fetchFileText(forge, file, branch);
  if (text !== null) return text;
  throw new CouldNotTell(
    `Cannot read cascade.manifest "${file}": it is neither beside the train's file nor on ${branch} of ${forge.repo}; check the path`,
  );
}

function memoize<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= work());
}
