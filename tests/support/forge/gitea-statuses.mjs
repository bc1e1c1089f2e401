// Gitea's commit statuses: `status` in a row, `state` in the combined object, whose `total_count` counts one page.
import { iso, ok, readNumber, slicePage } from './answers.mjs';
import { notFound, refuse, serverFault } from './gitea-errors.mjs';
import { findRepository, requireNotArchived, requireToken, rightsOf } from './gitea-auth.mjs';
import { actorShape, repositoryShape } from './gitea-shapes.mjs';
import { linkHeader, MAX_PAGE, position, readPage } from './gitea-pages.mjs';
import { JOB_TOKEN } from './world.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').StatusRow} StatusRow */

/** @type {Route[]} */
export const STATUS_ROUTES = [
  ['GET', '/repos/{owner}/{repo}/commits/{ref}/status', readCombined],
  ['GET', '/repos/{owner}/{repo}/commits/{ref}/statuses', listStatuses],
  ['GET', '/repos/{owner}/{repo}/statuses/{ref}', listStatuses],
  ['POST', '/repos/{owner}/{repo}/statuses/{ref}', createStatus],
];

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {string} sha
 * @param {StatusRow} row
 */
function statusShape(call, repo, sha, row) {
  return {
    id: row.id,
    status: row.status,
    target_url: row.targetUrl,
    description: row.description,
    url: `${call.apiUrl}/repos/${repo.fullName}/statuses/${sha}`,
    context: row.context,
    creator: row.creator === null || row.creator === JOB_TOKEN ? null : actorShape(call, row.creator),
    created_at: iso(row.at),
    updated_at: iso(row.at),
  };
}

/**
 * Names and full SHAs find statuses; a SHA cut short finds none, and that is no error on 1.22.
 * @param {Call} call
 * @param {Repository} repo
 */
function findSha(call, repo) {
  const ref = call.params['ref'] ?? '';
  const sha = repo.branches.get(ref) ?? repo.tags.get(ref) ?? ref;
  if (call.world.flavour !== 'gitea-1.22.6' && !repo.store.commits.has(sha)) throw notFound(call);
  return sha;
}

/** @param {Call} call */
function readCombined(call) {
  const repo = findRepository(call);
  const sha = findSha(call, repo);
  const newestFirst = repo.latestStatuses(sha).reverse();
  const page = readPage(call);
  const rows = slicePage(newestFirst, page).sort((a, b) => a.id - b.id);
  const old = call.world.flavour === 'gitea-1.22.6';
  const api = `${call.apiUrl}/repos/${repo.fullName}/commits/${sha}`;
  const urls = old ? { commit_url: '', url: '' } : { commit_url: api, url: `${api}/status` };
  if (newestFirst.length === 0) {
    return ok({ state: '', sha: old ? '' : sha, total_count: 0, statuses: null, repository: null, ...urls });
  }
  return {
    status: 200,
    headers: {
      'access-control-expose-headers': 'X-Total-Count',
      'x-total-count': String(newestFirst.length),
    },
    body: {
      state: old ? combineWorstFirst(rows) : combineStrictly(rows),
      sha,
      total_count: rows.length,
      statuses: rows.map((row) => statusShape(call, repo, sha, row)),
      repository: repositoryShape(call, repo),
      ...urls,
    },
    ...position(newestFirst.length, page),
  };
}

/** @param {StatusRow[]} rows */
function combineWorstFirst(rows) {
  const worst = ['error', 'failure', 'warning', 'pending', 'success'].find((state) =>
    rows.some((row) => row.status === state),
  );
  return worst === 'error' ? 'failure' : (worst ?? '');
}

/** @param {StatusRow[]} rows */
function combineStrictly(rows) {
  if (rows.length === 0) return '';
  if (rows.some((row) => row.status === 'error' || row.status === 'failure')) return 'failure';
  return rows.every((row) => ['success', 'warning', 'skipped'].includes(row.status)) ? 'success' : 'pending';
}

/**
 * The whole history. Without `page` it is not cut at all, while the Link header counts pages of 50 at most.
 * @param {Call} call
 */
function listStatuses(call) {
  const repo = findRepository(call);
  const sha = findSha(call, repo);
  const wanted = call.query.get('state');
  const rows = (repo.statuses.get(sha) ?? []).filter((row) => !wanted || row.status === wanted);
  const sorted = sortRows(rows, call.query.get('sort') ?? '');
  const size = Math.min(readNumber(call.query, 'limit', 30), MAX_PAGE);
  const page = call.query.has('page')
    ? { page: readNumber(call.query, 'page', 1), size }
    : { page: 1, size: Math.max(sorted.length, 1) };
  const link = linkHeader(call, sorted.length, { ...page, size });
  return {
    status: 200,
    headers: {
      ...(link === '' ? {} : { link }),
      'access-control-expose-headers': link === '' ? 'X-Total-Count' : 'Link, X-Total-Count',
      'x-total-count': String(sorted.length),
    },
    body: slicePage(sorted, page).map((row) => statusShape(call, repo, sha, row)),
    ...position(sorted.length, page),
  };
}

/**
 * The names are the server's, and two of them mean the opposite of what they say.
 * @param {StatusRow[]} rows
 * @param {string} sort
 */
function sortRows(rows, sort) {
  const copy = [...rows];
  if (sort === 'oldest' || sort === 'leastupdate') return copy.sort((a, b) => a.at - b.at || a.id - b.id);
  if (sort === 'leastindex') return copy.sort((a, b) => b.id - a.id);
  if (sort === 'highestindex') return copy.sort((a, b) => a.id - b.id);
  return copy.sort((a, b) => b.at - a.at || a.id - b.id);
}

/** @param {Call} call */
function createStatus(call) {
  const repo = findRepository(call);
  const login = requireToken(call);
  if (!['write', 'admin'].includes(rightsOf(call, repo)))
    throw refuse(call, 403, 'user should have a permission to write to a repo');
  requireNotArchived(call, repo);
  const sha = repo.resolve(call.params['ref'] ?? '');
  if (!sha) throw serverFault(call, `object does not exist [id: ${call.params['ref']}, rel_path: ]`);
  const row = repo.setStatus(sha, {
    context: String(call.body?.context ?? ''),
    status: String(call.body?.state ?? ''),
    description: String(call.body?.description ?? ''),
    targetUrl: String(call.body?.target_url ?? ''),
    creator: login,
  });
  return ok(statusShape(call, repo, sha, row), 201);
}
