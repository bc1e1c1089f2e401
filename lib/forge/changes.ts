import { CouldNotTell } from '../errors.ts';
import { isFullSha, shortSha } from '../sha.ts';
import { ShapeError } from '../shape.ts';
import { fetchDefaultBranch } from './branch.ts';
import { fetchHistoryPage, type Commit } from './commits.ts';
import { repoPath, type Changes, type Forge, type Push } from './forge.ts';
import { assertHead } from './relation.ts';
import { diffTrees, fetchTree } from './trees.ts';

const githubCut = 300;
/** GitHub starts every workflow for a push of more commits, whatever their filters for paths. */
const mostGitHubCommits = 1000;

/**
 * The files that a push changed, as the forge's own path filters see them; never fewer.
 * A new branch: GitHub compares with the default branch, Gitea with the tip's parent only, and the first push of
 * the default branch changed every file. A force push whose old tip is no ancestor: the two trees.
 */
export async function fetchChanges(forge: Forge, push: Push): Promise<Changes> {
  if (push.before === push.after)
    return { files: [], complete: false, why: 'the push is said to start at the commit where it ends' };
  if (push.before !== null) {
    return forge.kind === 'github'
      ? compareOnGitHub(forge, push.before, push.after)
      : compareOnGitea(forge, push.before, push.after);
  }
  const branch = push.ref.replace(/^refs\/heads\//, '');
  const main = await fetchDefaultBranch(forge);
  if (branch === main) return wholeTree(forge, push.after);
  return forge.kind === 'github' ? compareOnGitHub(forge, main, push.after) : changesOfTip(forge, push.after);
}

async function wholeTree(forge: Forge, sha: string): Promise<Changes> {
  return { files: [...(await fetchTree(forge, sha)).keys()], complete: true };
}

async function compareOnGitHub(forge: Forge, before: string, after: string): Promise<Changes> {
  const purpose = `read the files changed from ${before} to ${after} in ${forge.repo}`;
  const compared = await forge.api.read(
    {
      purpose,
      path: `${repoPath(forge.repo)}/compare/${encodeURIComponent(before)}...${after}`,
      query: { per_page: 1, page: 1 },
    },
    (body) => {
      const base = body.optional('base_commit')?.field('sha').sha();
      if (base !== undefined && isFullSha(before) && base !== before)
        throw new ShapeError(`it compares with ${base}`);
      const ahead = body.optional('ahead_by')?.count() ?? null;
      assertHead(body, ahead ?? 0, after);
      return {
        ahead,
        behind: body.field('behind_by').count(),
        files: body
          .field('files')
          .list()
          .flatMap((file) => [
            file.field('filename').text(),
            ...(file.optional('previous_filename') === null ? [] : [file.field('previous_filename').text()]),
          ]),
        rows: body.field('files').list().length,
      };
    },
  );
  if (!isFullSha(before) && compared.ahead === 0) {
    const why = `the default branch "${before}" holds ${shortSha(after)} by now, so what the new branch brought is not known`;
    return { files: [], complete: false, why };
  }
  if (isFullSha(before) && compared.behind > 0) return diffOfTrees(forge, before, after);
  if ((compared.ahead ?? 0) > mostGitHubCommits) {
    const why = `GitHub filters no push of more than ${mostGitHubCommits} commits by its paths`;
    return { files: compared.files, complete: false, why };
  }
  if (compared.rows >= githubCut) {
    return {
      files: compared.files,
      complete: false,
      why: `GitHub cuts the list of changed files at ${githubCut}`,
    };
  }
  return { files: compared.files, complete: true };
}

async function diffOfTrees(forge: Forge, before: string, after: string): Promise<Changes> {
  const [old, now] = await Promise.all([fetchTree(forge, before), fetchTree(forge, after)]);
  return { files: diffTrees(old, now), complete: true };
}

async function changesOfTip(forge: Forge, sha: string): Promise<Changes> {
  const page = await fetchHistoryPage(forge, sha, 1, { files: true });
  const tip = page?.[0];
  if (!tip) throw unknownCommit(forge, sha);
  // Gitea asks git for the tip's own diff, which is empty for a merge.
  return { files: tip.parents.length > 1 ? [] : (tip.files ?? []), complete: true };
}

/**
 * On Gitea, as long as one page of the history holds the range, the union of what every commit of it changed: a
 * change that a later commit took back still counts, so this can only be too large. A longer range, a force push,
 * which has no start in the history, and a merge that took the branch up from its side: the two trees, which are what
 * Gitea itself compares.
 */
async function compareOnGitea(forge: Forge, before: string, after: string): Promise<Changes> {
  const commits = await fetchHistoryPage(forge, after, 1, { files: true });
  if (commits === null) throw unknownCommit(forge, after);
  const range = commitsOfRange(new Map(commits.map((commit) => [commit.sha, commit])), before, after);
  if (range === null || !isAlongFirstParents(range, before, after)) return diffOfTrees(forge, before, after);
  return { files: [...new Set(range.flatMap((commit) => commit.files ?? []))], complete: true };
}

/**
 * Does the range go from `before` to `after` by first parents? Where a merge has `before` on its other side, it may have
 * thrown that away (`git merge -s ours`), and no commit of the range tells which files that changed.
 */
function isAlongFirstParents(range: readonly Commit[], before: string, after: string): boolean {
  const known = new Map(range.map((commit) => [commit.sha, commit]));
  let sha: string | undefined = after;
  for (let steps = 0; sha !== undefined && sha !== before && steps <= range.length; steps++)
    sha = known.get(sha)?.parents[0];
  return sha === before;
}

/** The commits reachable from `after` and not from `before`; null while a part of the graph is not known. */
export function commitsOfRange(
  known: ReadonlyMap<string, Commit>,
  before: string,
  after: string,
): Commit[] | null {
  if (!known.has(before)) return null;
  const excluded = reach(known, before, () => false).found;
  const range = reach(known, after, (sha) => excluded.has(sha));
  return range.complete ? [...range.found].map((sha) => known.get(sha) as Commit) : null;
}

function reach(
  known: ReadonlyMap<string, Commit>,
  start: string,
  stop: (sha: string) => boolean,
): { found: Set<string>; complete: boolean } {
  const found = new Set<string>();
  const open = [start];
  let complete = true;
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (stop(sha) || found.has(sha)) continue;
    const commit = known.get(sha);
    if (!commit) {
      complete = false;
      continue;
    }
    found.add(sha);
    open.push(...commit.parents);
  }
  return { found, complete };
}

function unknownCommit(forge: Forge, sha: string): CouldNotTell {
  return new CouldNotTell(
    `Cannot read the history of ${sha} in ${forge.repo}: the server does not know this commit; check the SHA, and that it is of this repository`,
  );
}
