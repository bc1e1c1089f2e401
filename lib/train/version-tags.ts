import { filePath } from '../forge/api.ts';
import { repoPath, type Forge } from '../forge/forge.ts';

/** A release, by its tag. */
export interface VersionTag {
  version: string;
  /** Of the commit, or of the tag's own object where it is annotated. */
  sha: string;
  isAnnotated: boolean;
}

/** Tags that begin with the prefix. GitHub: matching-refs; Gitea lists all tags under git/refs/tags. */
export async function fetchVersionTags(forge: Forge, prefix: string): Promise<VersionTag[]> {
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
export async function fetchReleaseTime(
  forge: Forge,
  { sha, isAnnotated }: VersionTag,
): Promise<number | null> {
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
