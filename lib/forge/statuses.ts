import { ShapeError, type Shape } from '../shape.ts';
import { repoPath, type Forge, type Status } from './forge.ts';
import { readPages, readTotalHeader } from './pages.ts';

/**
 * The newest status of every context of a commit on Gitea or Forgejo, from the whole history, since the
 * combined answer covers one page only and names no creator. An unknown commit answers an empty list
 * on 1.22.6 (seen), so an empty answer says nothing about the commit.
 */
export async function fetchStatuses(forge: Forge, sha: string): Promise<Status[]> {
  const rows = await readPages(forge.api, {
    purpose: `read the statuses of ${sha} in ${forge.repo}`,
    path: `${repoPath(forge.repo)}/commits/${sha}/statuses`,
    size: 50,
    sizeName: 'limit',
    rows: (body) => body.list(),
    total: (_, answer) => readTotalHeader(answer),
    row: (row) => readStatus(row, sha, forge),
    key: (status) => status.index,
    // A run of a schedule leaves three or more on the branch's head, so that a quiet branch has thousands in a week.
    mostPages: 1000,
  });
  const newest = new Map<string, Status>();
  for (const status of rows) {
    const key = `${status.byServer} ${status.context}`;
    const known = newest.get(key);
    if (known === undefined || known.index < status.index) newest.set(key, status);
  }
  return [...newest.values()];
}

function readStatus(row: Shape, sha: string, forge: Forge): Status {
  const url = row.optional('url')?.text() ?? '';
  const named = /\/statuses\/([0-9a-f]{40,64})$/i.exec(url)?.[1]?.toLowerCase();
  if (named !== undefined && named !== sha) throw new ShapeError(`a status is of the commit ${named}`);
  const targetUrl = row.optional('target_url')?.text() ?? '';
  return {
    index: row.field('id').count(),
    context: row.field('context').text(),
    state: row.field('status').text(),
    description: row.optional('description')?.text() ?? '',
    targetUrl,
    createdAt: Date.parse(row.optional('created_at')?.text() ?? ''),
    byServer: isOfRun(targetUrl, forge) && isServer(row),
  };
}

/**
 * `/owner/name/actions/runs/7/jobs/0`, which Gitea 1.22 to 1.25 write without a host. A job's own token can post one
 * of any address, and also has no creator, so another host's is not believed.
 */
function isOfRun(targetUrl: string, { repo, context }: Forge): boolean {
  let url: URL;
  try {
    url = new URL(targetUrl, context.serverUrl);
  } catch {
    return false;
  }
  const origins = [context.serverUrl, context.apiUrl].map((text) => new URL(text).origin);
  if (!origins.includes(url.origin)) return false;
  const path = url.pathname.toLowerCase();
  return (
    path.includes(`/${repo.toLowerCase()}/actions/runs/`) && /\/actions\/runs\/\d+\/jobs\/\d+$/.test(path)
  );
}

/** The server's own user is in no table, so its statuses have no creator; -2 is that user's id. */
function isServer(row: Shape): boolean {
  const creator = row.optional('creator');
  return creator === null || creator.optional('id')?.raw() === -2;
}
