import { segment } from './api.ts';
import { repoPath, type Forge } from './forge.ts';
import { ShapeError } from '../shape.ts';

/**
 * The head SHA of a branch; null where the server says the branch is not there.
 * GitHub names it `commit.sha`, Gitea `commit.id`. An answer for another branch throws CouldNotTell.
 */
export async function fetchBranchHead(forge: Forge, branch: string): Promise<string | null> {
  const call = {
    purpose: `read the head of branch "${branch}" of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/branches/${segment(branch)}`,
  };
  return forge.api.find(call, (body) => {
    const name = body.optional('name')?.text();
    if (name !== undefined && name !== branch) throw new ShapeError(`it is about the branch "${name}"`);
    const commit = body.field('commit');
    return (commit.optional('sha') ?? commit.field('id')).sha();
  });
}

/** The repository's default branch. */
export function fetchDefaultBranch(forge: Forge): Promise<string> {
  const call = { purpose: `read the repository ${forge.repo}`, path: repoPath(forge.repo) };
  return forge.api.read(call, (body) => body.field('default_branch').text());
}
