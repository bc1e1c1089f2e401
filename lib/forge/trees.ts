import { CouldNotTell } from '../errors.ts';
import type { Shape } from '../shape.ts';
import { repoPath, type Forge } from './forge.ts';

const mostPages = 50;

/**
 * Every file of a commit's tree, path → mode and SHA of its content: a file that only became executable has changed too.
 * Throws CouldNotTell where the server cuts it: GitHub sets `truncated`, Gitea pages by 1,000.
 */
export async function fetchTree(forge: Forge, sha: string, pages = mostPages): Promise<Map<string, string>> {
  const purpose = `read the tree of ${sha} in ${forge.repo}`;
  const isGitHub = forge.kind === 'github';
  const files = new Map<string, string>();
  for (let page = 1; page <= pages; page++) {
    const part = await forge.api.read(
      {
        purpose,
        path: `${repoPath(forge.repo)}/git/trees/${sha}`,
        query: isGitHub ? { recursive: 1 } : { recursive: 'true', per_page: 1000, page },
      },
      (body) => ({
        entries: readTreeEntries(body),
        truncated: body.field('truncated').flag(),
        total: body.optional('total_count')?.count() ?? null,
        page: body.optional('page')?.count() ?? page,
      }),
    );
    if (part.page !== page) break;
    for (const entry of part.entries)
      if (entry.type !== 'tree') files.set(entry.path, `${entry.mode} ${entry.sha}`);
    if (!part.truncated) return files;
    if (isGitHub || part.entries.length === 0) break;
  }
  throw new CouldNotTell(
    `Cannot ${purpose}: the server cuts the list; give the range's start with --base SHA`,
  );
}

export interface TreeEntry {
  path: string;
  /** As git writes it: 100644, 100755, 120000 (a link), 040000 (a tree), 160000 (a commit). */
  mode: string;
  type: string;
  sha: string;
}

/** The entries of a tree, as both forges answer GET git/trees/{sha}. Throws ShapeError. */
export function readTreeEntries(body: Shape): TreeEntry[] {
  const rows = body.field('tree').list();
  return rows.map((row) => ({
    path: row.field('path').text(),
    mode: row.field('mode').text(),
    type: row.field('type').text(),
    sha: row.field('sha').sha(),
  }));
}

/** The paths that differ between two trees, as `git diff-tree --name-only` without rename detection lists them. */
export function diffTrees(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const changed = [...after].filter(([path, entry]) => before.get(path) !== entry).map(([path]) => path);
  const gone = [...before.keys()].filter((path) => !after.has(path));
  return [...changed, ...gone].sort();
}
