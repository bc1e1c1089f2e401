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
  const newest = keepNewest(rows, ({ byServer, context }) => `${byServer} ${context}`);
  const failed = keepNewest(rows, ({ byServer, context, targetUrl }) =>
    byServer ? `${runOf(targetUrl)} ${context}` : '',
  ).filter(({ byServer, state, description }) => byServer && isFailure(state, description));
  return newest.map((status) => {
    const others = failed.filter(({ context, targetUrl }) => {
      return context === status.context && runOf(targetUrl) !== runOf(status.targetUrl);
    });
    return others.length === 0 || !status.byServer
      ? status
      : { ...status, failedRuns: others.map(({ targetUrl }) => runOf(targetUrl)) };
  });
}

function keepNewest(rows: readonly Status[], keyOf: (status: Status) => string): Status[] {
  const newest = new Map<string, Status>();
  for (const status of rows) {
    const key = keyOf(status);
    const known = newest.get(key);
    if (known === undefined || known.index < status.index) newest.set(key, status);
  }
  return [...newest.values()];
}

/** The number of the run that a status of the server is of. */
function runOf(targetUrl: string): number {
  return Number(/\/actions\/runs\/(\d+)\//.exec(targetUrl)?.[1]);
}

/** A run that was cancelled has not shown that anything is wrong. */
function isFailure(state: string, description: string): boolean {
  return ['failure', 'error'].includes(state) && !/cancelled/i.test(description);
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
