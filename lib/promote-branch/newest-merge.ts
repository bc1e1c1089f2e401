import { CouldNotTell } from '../errors.ts';
import { repoPath, type Forge } from '../forge/forge.ts';
import type { Shape } from '../shape.ts';
import type { Merge } from './ports.ts';

const mostPages = 5;

/**
 * The newest pull request that brought `from` into `to`, with its merge commit; null where there is none among the
 * newest closed ones. GitHub filters by head and base, Gitea 1.22.6 by neither.
 */
export async function findNewestMerge(
  forge: Forge,
  { from, to }: { from: string; to: string },
): Promise<Omit<Merge, 'own'> | null> {
  const isGitHub = forge.kind === 'github';
  const owner = forge.repo.split('/')[0] as string;
  const purpose = `read the merged pull requests of ${forge.repo} from ${from} to ${to}`;
  const size = isGitHub ? 100 : 50;
  const filter: Record<string, string | number> = isGitHub
    ? { head: `${owner}:${from}`, base: to, sort: 'updated', direction: 'desc', per_page: size }
    : { sort: 'recentupdate', limit: size };
  const found: Omit<Merge, 'own'>[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const paging: Record<string, number> = page === 1 ? {} : { page };
    const rows = await forge.api.read(
      { purpose, path: `${repoPath(forge.repo)}/pulls`, query: { state: 'closed', ...filter, ...paging } },
      (body) => body.list().map((row) => readMerge(row, forge.repo, { from, to })),
    );
    found.push(...rows.flatMap((row) => row ?? []));
    // A Gitea may give fewer rows a page than asked for, so only GitHub's short page is known to be the last.
    if (found.length > 0 || rows.length < (isGitHub ? size : 1)) break;
  }
  found.sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
  return found[0] ?? null;
}

function readMerge(
  row: Shape,
  repo: string,
  { from, to }: { from: string; to: string },
): Omit<Merge, 'own'> | null {
  const at = row.optional('merged_at')?.text();
  if (at === undefined) return null;
  const head = row.field('head');
  const source = head.optional('repo')?.field('full_name').text().toLowerCase();
  if (head.field('ref').text() !== from || row.field('base').field('ref').text() !== to) return null;
  if (source !== repo.toLowerCase()) return null;
  const sha = row.optional('merge_commit_sha')?.sha();
  const pull = row.field('number').count();
  if (sha === undefined)
    throw new CouldNotTell(`Cannot read the merge of #${pull}: it names no merge commit; run again`);
  return { sha, at: Date.parse(at), pull };
}
