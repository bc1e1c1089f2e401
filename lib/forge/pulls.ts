import type { Shape } from '../shape.ts';
import type { Api } from './api.ts';
import { repoPath } from './forge.ts';
import { refuseAnswer } from './refusal.ts';

export interface Pull {
  number: number;
  url: string;
}

/** A request to merge `head` into `base`, both branches of one repository. */
export interface PullPlace {
  repo: string;
  base: string;
  head: string;
}

const pageSize = 50;
const mostPages = 100;

/**
 * The open pull request of a pair of branches; null where there is none. GitHub filters by `owner:branch`;
 * Gitea 1.22 has no filter, so its list is read to the end. What does not fit is dropped here on both.
 */
export async function findPull(api: Api, place: PullPlace): Promise<Pull | null> {
  const owner = place.repo.split('/', 1)[0] ?? '';
  const isGitHub = api.kind === 'github';
  const filter: Record<string, string> = isGitHub ? { head: `${owner}:${place.head}`, base: place.base } : {};
  for (let page = 1; page <= mostPages; page++) {
    const size = isGitHub ? { per_page: pageSize } : { limit: pageSize };
    const rows = await api.read(
      {
        purpose: `list the pull requests of ${place.repo}`,
        path: `${repoPath(place.repo)}/pulls`,
        query: { state: 'open', ...filter, ...size, page },
      },
      (body) => body.list().map((row) => ({ pull: readPull(row), fits: fitsPlace(row, place) })),
    );
    const found = rows.find(({ fits }) => fits);
    if (found !== undefined) return found.pull;
    if (rows.length === 0) return null;
    // Gitea may give fewer rows a page than asked for, so only GitHub's short page is known to be the last.
    if (isGitHub && rows.length < pageSize) return null;
  }
  return null;
}

/** Opens a pull request; one that is there already is found and handed back, never doubled. Throws Refusal. */
export async function openPull(
  api: Api,
  place: PullPlace,
  { title, body }: { title: string; body: string },
): Promise<{ pull: Pull; isNew: boolean }> {
  const there = await findPull(api, place);
  if (there !== null) return { pull: there, isNew: false };
  const purpose = `open a pull request from ${place.head} to ${place.base} of ${place.repo}`;
  const answer = await api.call({
    purpose,
    method: 'POST',
    path: `${repoPath(place.repo)}/pulls`,
    body: { head: place.head, base: place.base, title, body },
  });
  if (answer.status === 201) return { pull: api.decode(answer, purpose, readPull), isNew: true };
  // Somebody else was quicker (GitHub 422, Gitea 409), or the answer lies: what is there decides.
  const found = await findPull(api, place);
  if (found !== null) return { pull: found, isNew: false };
  throw refuseAnswer(api, answer, purpose);
}

function readPull(row: Shape): Pull {
  return { number: row.field('number').count(), url: row.optional('html_url')?.text() ?? '' };
}

function fitsPlace(row: Shape, { base, head }: PullPlace): boolean {
  const [from, to] = [row.field('head'), row.field('base')];
  if (from.field('ref').text() !== head || to.field('ref').text() !== base) return false;
  const state = row.optional('state')?.text() ?? 'open';
  const repoOf = (side: Shape): string =>
    side.optional('repo')?.optional('full_name')?.text().toLowerCase() ?? '';
  return state === 'open' && repoOf(from) === repoOf(to);
}
