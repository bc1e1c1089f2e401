// GitHub's commit statuses and check runs.
import { iso, ok } from './answers.mjs';
import { findRepository } from './github-auth.mjs';
import { refuse } from './github-errors.mjs';
import { pageAnswer } from './github-pages.mjs';
import { actorShape, minimalRepositoryShape, nodeId, userShape } from './github-shapes.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').StatusRow} StatusRow */

/** @type {Route[]} */
export const STATUS_ROUTES = [
  ['GET', '/repos/{owner}/{repo}/commits/{ref}/status', readCombined],
  ['GET', '/repos/{owner}/{repo}/commits/{ref}/statuses', listStatuses],
  ['GET', '/repos/{owner}/{repo}/commits/{ref}/check-runs', listCheckRuns],
  ['POST', '/repos/{owner}/{repo}/statuses/{sha}', createStatus],
];

/**
 * @param {Call} call
 * @param {Repository} repo
 */
function findSha(call, repo) {
  const ref = call.params['ref'] ?? '';
  const sha = repo.resolve(ref);
  if (!sha) throw refuse(422, `No commit found for SHA: ${ref}`);
  return sha;
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {string} sha
 * @param {StatusRow} row
 */
function statusShape(call, repo, sha, row) {
  const creator = actorShape(call, row.creator ?? 'github-actions[bot]');
  return {
    url: `${call.apiUrl}/repos/${repo.fullName}/statuses/${sha}`,
    avatar_url: creator?.avatar_url ?? null,
    id: row.id,
    node_id: nodeId('SC', row.id),
    state: row.status,
    description: row.description,
    target_url: row.targetUrl || null,
    context: row.context,
    created_at: iso(row.at),
    updated_at: iso(row.at),
    creator,
  };
}

/** @param {Call} call */
function readCombined(call) {
  const repo = findRepository(call, 'statuses');
  const sha = findSha(call, repo);
  const rows = repo.latestStatuses(sha);
  const bad = rows.some((row) => row.status === 'failure' || row.status === 'error');
  const good = rows.length > 0 && rows.every((row) => row.status === 'success');
  const api = `${call.apiUrl}/repos/${repo.fullName}/commits/${sha}`;
  const shape = (/** @type {StatusRow} */ row) => {
    const { creator, ...simple } = statusShape(call, repo, sha, row);
    return { ...simple, avatar_url: creator?.avatar_url ?? null };
  };
  return pageAnswer(call, rows, shape, (statuses) => ({
    state: bad ? 'failure' : good ? 'success' : 'pending',
    statuses,
    sha,
    total_count: rows.length,
    repository: minimalRepositoryShape(call, repo),
    commit_url: api,
    url: `${api}/status`,
  }));
}

/** @param {Call} call */
function listStatuses(call) {
  const repo = findRepository(call, 'statuses');
  const sha = findSha(call, repo);
  const newestFirst = [...(repo.statuses.get(sha) ?? [])].reverse();
  return pageAnswer(call, newestFirst, (row) => statusShape(call, repo, sha, row));
}

/** @param {Call} call */
function createStatus(call) {
  const repo = findRepository(call, 'statuses');
  const sha = call.params['sha'] ?? '';
  if (!repo.store.commits.has(sha)) throw refuse(422, `No commit found for SHA: ${sha}`);
  const { state = '', context = 'default', description = '', target_url: targetUrl = '' } = call.body ?? {};
  if (!['error', 'failure', 'pending', 'success'].includes(state)) {
    throw refuse(422, 'Validation Failed', {
      errors: [
        { resource: 'Status', code: 'custom', field: 'state', message: 'state is not included in the list' },
      ],
    });
  }
  const row = repo.setStatus(sha, {
    context,
    status: state,
    description,
    targetUrl,
    creator: call.caller.login,
  });
  return ok(statusShape(call, repo, sha, row), 201);
}

/** @param {Call} call */
function listCheckRuns(call) {
  const repo = findRepository(call, 'checks');
  const sha = findSha(call, repo);
  const name = call.query.get('check_name');
  const jobs = repo.runs
    .filter((run) => run.sha === sha)
    .flatMap((run) => run.jobs.map((job) => ({ run, job })))
    .filter(({ job }) => !name || job.name === name);
  const api = `${call.apiUrl}/repos/${repo.fullName}/check-runs`;
  return pageAnswer(
    call,
    jobs,
    ({ run, job }) => ({
      id: job.id,
      name: job.name,
      node_id: nodeId('CR', job.id),
      head_sha: sha,
      external_id: String(job.id),
      url: `${api}/${job.id}`,
      html_url: `${call.url}/${repo.fullName}/actions/runs/${run.id}/job/${job.id}`,
      details_url: `${call.url}/${repo.fullName}/actions/runs/${run.id}/job/${job.id}`,
      status: job.status,
      conclusion: job.conclusion,
      started_at: iso(job.startedAt ?? run.createdAt),
      completed_at: job.completedAt === null ? null : iso(job.completedAt),
      output: {
        title: null,
        summary: null,
        text: null,
        annotations_count: 0,
        annotations_url: `${api}/${job.id}/annotations`,
      },
      check_suite: { id: run.id },
      app: appShape(call),
      pull_requests: [],
    }),
    (rows) => ({ total_count: jobs.length, check_runs: rows }),
  );
}

/** @param {Call} call */
function appShape(call) {
  return {
    id: 15368,
    slug: 'github-actions',
    node_id: nodeId('A', 15368),
    client_id: 'Iv1.0000000000000000',
    owner: userShape(call, call.world.jobUser),
    name: 'GitHub Actions',
    description: 'Automate your workflow from idea to production',
    external_url: 'https://help.github.com/en/actions',
    html_url: `${call.url}/apps/github-actions`,
    created_at: '2018-07-30T09:30:17Z',
    updated_at: '2024-04-10T20:33:16Z',
    permissions: { actions: 'write', checks: 'write', contents: 'write', metadata: 'read' },
    events: ['workflow_dispatch'],
  };
}
