import { openForge, repoPath } from '../forge/forge.ts';
import { fetchRelation } from '../forge/relation.ts';
import type { Pull } from '../forge/pulls.ts';
import type { Shape } from '../shape.ts';
import type { PullRoom } from './pull-request.ts';

const pageSize = 50;
const mostPages = 5;

interface Closed extends Pull {
  isMerged: boolean;
  head: string;
  /** Where the branches had parted when it was closed (Gitea); null where the server does not say. */
  mergeBase: string | null;
}

/**
 * The pull request of the pair that was closed without a merge, if nothing came over since: somebody said no, and that
 * still stands. Null where there is none. Throws CouldNotTell.
 */
export async function findDeclined(
  { context, place, transport }: PullRoom,
  to: string,
): Promise<Pull | null> {
  const forge = openForge(context, place.repo);
  const isGitHub = forge.kind === 'github';
  const owner = place.repo.split('/', 1)[0] ?? '';
  const filter: Record<string, string | number> = isGitHub
    ? { head: `${owner}:${place.from}`, base: place.to, per_page: pageSize }
    : { sort: 'recentupdate', limit: pageSize };
  for (let page = 1; page <= mostPages; page++) {
    const purpose = `list the closed pull requests of ${place.repo}`;
    const query = { state: 'closed', ...filter, page };
    const rows = await forge.api.read({ purpose, path: `${repoPath(place.repo)}/pulls`, query }, (body) =>
      body.list().map((row) => readClosed(row, place)),
    );
    const [newest] = rows.flatMap((row) => row ?? []).sort((a, b) => b.number - a.number);
    if (newest !== undefined) return !newest.isMerged && (await stands(newest)) ? newest : null;
    // A Gitea may give fewer rows a page than asked for, so only GitHub's short page is known to be the last.
    if (rows.length < (isGitHub ? pageSize : 1)) return null;
  }
  return null;

  /** GitHub keeps the head that a closed one had; Gitea shows the branch's, and keeps the merge base. */
  async function stands({ head, mergeBase }: Closed): Promise<boolean> {
    if (!isGitHub) return mergeBase !== null && mergeBase === (await transport.mergeBase());
    const { kind } = await fetchRelation(forge, to, head);
    return kind === 'ahead' || kind === 'diverged';
  }
}

/** Null where it is of another pair. */
function readClosed(row: Shape, { from, to }: PullRoom['place']): Closed | null {
  const [head, base] = [row.field('head'), row.field('base')];
  const repoOf = (side: Shape): string =>
    side.optional('repo')?.optional('full_name')?.text().toLowerCase() ?? '';
  const isMerged = row.optional('merged')?.flag() ?? row.optional('merged_at') !== null;
  if (row.field('state').text() !== 'closed') return null;
  if (head.field('ref').text() !== from || base.field('ref').text() !== to) return null;
  if (repoOf(head) !== repoOf(base)) return null;
  return {
    number: row.field('number').count(),
    url: row.optional('html_url')?.text() ?? '',
    isMerged,
    head: head.field('sha').sha(),
    mergeBase: row.optional('merge_base')?.text() ?? null,
  };
}
