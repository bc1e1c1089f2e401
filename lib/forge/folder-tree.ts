import { CouldNotTell } from '../errors.ts';
import { repoPath, type Forge } from './forge.ts';
import { readTreeEntries, type TreeEntry } from './trees.ts';

/**
 * The files of a top-level folder at a commit, with git's own names of their contents (links and folders left
 * out). The commit stands in the path of the call, so a server cannot answer for another one by overlooking a
 * query. Throws CouldNotTell.
 */
export async function fetchFolderBlobs(
  forge: Forge,
  commit: string,
  folder: string,
): Promise<Map<string, string>> {
  const purpose = `read ${folder}/ of ${forge.repo} at ${commit}`;
  const root = await fetchEntries(forge, commit, purpose);
  const tree = root.find((entry) => entry.path === folder && entry.type === 'tree');
  if (tree === undefined) {
    throw new CouldNotTell(
      `Cannot ${purpose}: there is no such folder; check that the repository is a copy of switchyard`,
    );
  }
  const entries = await fetchEntries(forge, tree.sha, purpose);
  const files = entries.filter((entry) => entry.type === 'blob' && /^1?00(644|755)$/.test(entry.mode));
  return new Map(files.map((entry) => [entry.path, entry.sha]));
}

function fetchEntries(forge: Forge, sha: string, purpose: string): Promise<TreeEntry[]> {
  const call = { purpose, path: `${repoPath(forge.repo)}/git/trees/${sha}` };
  return forge.api.read(call, (body) => {
    const entries = readTreeEntries(body);
    if (!body.field('truncated').flag()) return entries;
    throw new CouldNotTell(
      `Cannot ${purpose}: the server cuts the list after ${entries.length} entries; give a folder, --from DIR`,
    );
  });
}
