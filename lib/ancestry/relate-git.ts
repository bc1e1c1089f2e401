import { requireGitServer, type Context } from '../context.ts';
import { CouldNotTell, UsageError } from '../errors.ts';
import type { Forge, Relation } from '../forge/forge.ts';
import { relationOfCounts } from '../forge/relation.ts';
import type { Git } from '../git.ts';
import { openGit } from '../open-git.ts';
import type { Call } from '../script.ts';
import { shortSha } from '../sha.ts';
import { makeWorkFolder } from '../work-folder.ts';

/** Two commits, of which the one is to take the other's place. */
export interface CommitPair {
  current: string;
  candidate: string;
}

/** A git of this machine with a temporary folder of its own, which is gone when the process ends. */
export interface TemporaryGit {
  git: Git;
  remove(): void;
}

/**
 * git with the context's token, in an empty repository; null where this machine has no git 2.31 or later, or may
 * not send the token to that server. Throws CouldNotTell where there is no place for a temporary folder.
 */
export async function openTemporaryGit(call: Call<object>, context: Context): Promise<TemporaryGit | null> {
  const { path, remove } = makeWorkFolder('ancestry', call);
  try {
    const git = await openGit(call, context, { server: requireGitServer(context), cwd: path });
    return { git, remove };
  } catch (error) {
    remove();
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/**
 * The relation from a fetch of commits alone (`--filter=tree:0`, where the server can). The whole history is seen, so
 * no common ancestor is `diverged` here. A commit that the server does not give is `unknown`. Throws CouldNotTell where
 * git cannot be asked.
 */
export async function relateByGit(
  { git }: TemporaryGit,
  { context, repo }: Forge,
  { current, candidate }: CommitPair,
): Promise<Relation> {
  const purpose = `fetch the commits of ${repo}`;
  // The two kinds of repository cannot be fetched into each other; a SHA-1 has 40 digits, a SHA-256 has 64.
  const format = candidate.length === 64 ? 'sha256' : 'sha1';
  await git.read(['init', '--quiet', `--object-format=${format}`, '.'], { purpose });
  const url = `${context.serverUrl}/${repo}.git`;
  const fetch = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--filter=tree:0', url];
  const direct = await git.run([...fetch, current, candidate]);
  if (direct.code !== 0) {
    // A server may give branches only; what they hold is the whole history that counts.
    const all = await git.run([...fetch, '+refs/heads/*:refs/switchyard/*']);
    if (all.code !== 0) {
      throw new CouldNotTell(
        `Cannot ${purpose}: ${git.describe(fetch, all)}; check the URL, and that the token may read it`,
      );
    }
  }
  for (const sha of [current, candidate]) {
    const known = await git.run(['cat-file', '-e', `${sha}^{commit}`], {
      variables: { GIT_NO_LAZY_FETCH: '1' },
    });
    if (known.code !== 0) {
      return {
        kind: 'unknown',
        aheadBy: null,
        behindBy: null,
        why: `the server does not give the commit ${shortSha(sha)}`,
      };
    }
  }
  const counts = await git.read(['rev-list', '--count', '--left-right', `${current}...${candidate}`], {
    purpose: `compare commits of ${repo}`,
  });
  const match = /^(\d+)\s+(\d+)\s*$/.exec(counts);
  if (!match)
    throw new CouldNotTell(
      `Cannot compare commits of ${repo}: git printed no two counts; run again with --via api`,
    );
  const [behind, ahead] = [Number(match[1]), Number(match[2])];
  return relationOfCounts(ahead, behind, `git counts ${ahead} ahead and ${behind} behind`);
}
