import { repoPath, type Forge } from '../forge/forge.ts';

/**
 * The head that a merge commit brought in, its second parent. A pull request's own `head` does not tell: on Gitea
 * 1.22.6 it goes on following the branch after the merge (seen).
 */
export function fetchMergedHead(forge: Forge, merge: string): Promise<string | null> {
  const call = {
    purpose: `read the commit ${merge} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/commits/${merge}`,
  };
  return forge.api.read(call, (body) => {
    const parents = body
      .field('parents')
      .list()
      .map((parent) => parent.field('sha').sha());
    return parents[1] ?? null;
  });
}
