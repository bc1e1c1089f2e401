import { ShapeError } from '../shape.ts';
import { repoPath, type Forge } from './forge.ts';
import { readTreeEntries } from './trees.ts';

/**
 * The entries at the top of a commit's tree, name → mode and SHA. Two commits hold the same files exactly where these
 * are equal, and all of them are shown: Gitea 1.22.6 to 1.25 gives the commit's SHA as the tree's, but the entries' own
 * SHAs are true (seen).
 */
export function fetchRootEntries(forge: Forge, sha: string): Promise<Map<string, string>> {
  const call = {
    purpose: `read the tree of ${sha} in ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/trees/${sha}`,
  };
  return forge.api.read(call, (body) => {
    const entries = readTreeEntries(body);
    // Half of a tree may be equal to half of another.
    const total = body.optional('total_count')?.count() ?? entries.length;
    if (total !== entries.length || (body.optional('truncated')?.flag() ?? false))
      throw new ShapeError(`it holds ${entries.length} of ${total} entries`);
    return new Map(entries.map(({ path, mode, sha }) => [path, `${mode} ${sha}`]));
  });
}

/** Do two answers of `fetchRootEntries` say that the commits hold the same files? */
export function sameEntries(one: ReadonlyMap<string, string>, two: ReadonlyMap<string, string>): boolean {
  return one.size === two.size && [...one].every(([path, entry]) => two.get(path) === entry);
}
