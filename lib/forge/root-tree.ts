import { ShapeError } from '../shape.ts';
import { repoPath, type Forge } from './forge.ts';
import { readTreeEntries } from './trees.ts';

/**
 * The entries at the top of a commit's tree, name → mode and SHA. Two commits hold the same files exactly where these
 * are equal, and all of them are shown: Gitea 1.22.6 to 1.25 gives the commit's SHA as the tree's, but the entries' own SHAs are true (seen).
 */
export function fetchRootEntries(forge: Forge, sha: string): Promise<Map<string, string>> {
  const call = {
    purpose: `read the tree of ${sha} in ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/trees/${sha}`,
  };
  return forge.api.read(call, (body) => {
    const rows = readTreeEntries(body);
    const total = body.optional('total_count')?.count() ?? rows.length;
    if (total !== rows.length || body.optional('truncated')?.flag())
      throw new ShapeError(`it shows ${rows.length} entries of ${total} or more`);
    return new Map(rows.map(({ path, mode, sha }) => [path, `${mode} ${sha}`]));
  });
}

/** Do two answers of `fetchRootEntries` say that the commits hold the same files? */
export function sameEntries(one: ReadonlyMap<string, string>, two: ReadonlyMap<string, string>): boolean {
  return one.size === two.size && [...one].every(([path, entry]) => two.get(path) === entry);
}
