import { shortSha } from '../sha.ts';
import { ShapeError, type Shape } from '../shape.ts';
import { readParents } from './commits.ts';
import { repoPath, type Forge } from './forge.ts';
import { fetchGiteaRange, listOnGitea } from './range-gitea.ts';

/** A commit of a range. */
export interface RangeCommit {
  sha: string;
  parents: string[];
  message: string;
  committedAt: number;
  /** Null where the forge's list does not say. */
  files: string[] | null;
}

export interface CommitRange {
  /** How many there are, counted by the server. */
  total: number;
  /** Newest first; from the newest on, at most as many as were asked for. */
  commits: RangeCommit[];
  /** Commits of both histories that the answer names: GitHub's merge base; Gitea names none. */
  meets: string[];
  /** The files that differ over the whole range; null where the answer does not say, or cuts the list. */
  changed: string[] | null;
}

/** GitHub's compare shows no more files than these. */
const mostFiles = 300;

/**
 * The commits that `head` has and `base` lacks. GitHub: compare, which answers oldest first, by pages of 100.
 * Gitea: GET /commits?sha=HEAD&not=BASE, pages of 50 with the whole count in `X-Total-Count`; it takes SHAs on
 * 1.22.6 too, where compare does not (seen).
 */
export function listBetween(
  forge: Forge,
  base: string,
  head: string,
  { most, files = false, orOnePage = false }: ListSettings,
): Promise<CommitRange> {
  return forge.kind === 'github'
    ? listOnGitHub(forge, base, head, { most, orOnePage })
    : listOnGitea(forge, base, head, { most, files, orOnePage });
}

interface ListSettings {
  most: number;
  files?: boolean;
  /** A range of more than `most` is not listed further than one page: its count is all that is wanted. */
  orOnePage?: boolean;
}

/**
 * How many commits `head` has that `base` lacks. Where a commit is older than its parents by its date, git behind
 * Gitea may count some that `base` has too (seen on 1.22.6), and never too few: only nothing is a proof.
 */
export async function countBetween(forge: Forge, base: string, head: string): Promise<number> {
  if (base === head) return 0;
  if (forge.kind === 'github') return (await comparePage(forge, base, head, { size: 1, page: 1 })).total;
  return (await fetchGiteaRange(forge, base, head, { size: 1, page: 1, files: false })).total;
}

/** The oldest commit of a range, where the server counted `total`. */
export async function fetchOldest(
  forge: Forge,
  base: string,
  head: string,
  total: number,
): Promise<RangeCommit | null> {
  const page =
    forge.kind === 'github'
      ? await comparePage(forge, base, head, { size: 1, page: 1 })
      : await fetchGiteaRange(forge, base, head, { size: 1, page: total, files: false });
  return page.commits.at(-1) ?? null;
}

async function listOnGitHub(
  forge: Forge,
  base: string,
  head: string,
  { most, orOnePage }: { most: number; orOnePage: boolean },
): Promise<CommitRange> {
  const size = Math.min(100, most);
  const first = await comparePage(forge, base, head, { size, page: 1 });
  if (orOnePage && first.total > most) return { ...first, commits: [] };
  const pages = Math.ceil(first.total / size);
  const wanted = Array.from({ length: Math.min(pages, Math.ceil(most / size)) }, (_, index) => pages - index);
  const rest = await Promise.all(
    wanted
      .filter((page) => page > 1)
      .map(async (page) => ({ page, ...(await comparePage(forge, base, head, { size, page })) })),
  );
  const read = [...(wanted.includes(1) ? [{ page: 1, ...first }] : []), ...rest].sort(
    (a, b) => a.page - b.page,
  );
  const commits = read.flatMap((part) => part.commits).reverse();
  return { ...first, commits: commits.slice(0, Math.max(most, 1)) };
}

function comparePage(
  forge: Forge,
  base: string,
  head: string,
  { size, page }: { size: number; page: number },
): Promise<CommitRange> {
  const purpose = purposeOfRange(forge, base, head);
  const query: Record<string, string | number> = page === 1 ? { per_page: size } : { per_page: size, page };
  const call = { purpose, path: `${repoPath(forge.repo)}/compare/${base}...${head}`, query };
  return forge.api.read(call, (body) => {
    const from = body.optional('base_commit')?.field('sha').sha();
    if (from !== undefined && from !== base) throw new ShapeError(`it compares with ${from}`);
    return {
      total: body.field('ahead_by').count(),
      commits: body.field('commits').list().map(readGitHubCommit),
      meets: [body.optional('merge_base_commit')?.field('sha').sha() ?? []].flat(),
      changed: readChanged(body),
    };
  });
}

/** Only the first page has files. */
function readChanged(body: Shape): string[] | null {
  const files = body.optional('files')?.list() ?? null;
  if (files === null || files.length >= mostFiles) return null;
  return files.map((file) => file.field('filename').text());
}

function readGitHubCommit(row: Shape): RangeCommit {
  return { ...readRangeCommit(row), files: null };
}

/** Reads what both forges' rows have. */
export function readRangeCommit(row: Shape): Omit<RangeCommit, 'files'> {
  const commit = row.field('commit');
  return {
    sha: row.field('sha').sha(),
    parents: readParents(row),
    message: commit.field('message').text(),
    committedAt: Date.parse(commit.optional('committer')?.optional('date')?.text() ?? ''),
  };
}

/** What reading a range is for: the object of `Cannot …`. */
export function purposeOfRange(forge: Forge, base: string, head: string): string {
  return `read the commits from ${shortSha(base)} to ${shortSha(head)} of ${forge.repo}`;
}
