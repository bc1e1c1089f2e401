// Gitea's Actions API of 1.25; 1.22.6 has none of it.
import { iso, noContent, ok } from './answers.mjs';
import { notFound, refuse } from './gitea-errors.mjs';
import { findRepository, requireToken, rightsOf } from './gitea-auth.mjs';
import { actorShape, EPOCH, repositoryShape, ZERO_TIME } from './gitea-shapes.mjs';
import { pageAnswer } from './gitea-pages.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Run} Run */
/** @typedef {import('./repository.mjs').Job} Job */

/** @type {Route[]} */
export const ACTIONS_ROUTES = [
  ['GET', '/repos/{owner}/{repo}/actions/runs', listRuns],
  ['GET', '/repos/{owner}/{repo}/actions/runs/{run}', readRun],
  ['GET', '/repos/{owner}/{repo}/actions/runs/{run}/jobs', listJobs],
  ['GET', '/repos/{owner}/{repo}/actions/workflows', listWorkflows],
  ['GET', '/repos/{owner}/{repo}/actions/workflows/{file}', readWorkflow],
  ['POST', '/repos/{owner}/{repo}/actions/workflows/{file}/dispatches', dispatch],
];

/** What a `status` filter means; several words share one meaning, and what came of timed_out is not kept. */
const FILTER_MEANINGS = new Map([
  ['pending', ['pending']],
  ['waiting', ['pending']],
  ['requested', ['pending']],
  ['action_required', ['pending']],
  ['queued', ['queued']],
  ['in_progress', ['in_progress']],
  ['completed', ['success', 'failure', 'cancelled', 'skipped']],
  ['success', ['success']],
  ['failure', ['failure']],
  ['skipped', ['skipped']],
  ['neutral', ['skipped']],
  ['cancelled', ['cancelled']],
  ['timed_out', ['cancelled']],
]);

/** @param {number | null} ms */
function time(ms) {
  return ms === null ? EPOCH : iso(ms);
}

/** @param {{ status: string, conclusion: string | null }} of */
function stateShape({ status, conclusion }) {
  return { status, ...(conclusion === null ? {} : { conclusion }) };
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Run} run
 */
function runShape(call, repo, run) {
  const actor = actorShape(call, run.actor);
  return {
    id: run.id,
    url: `${call.apiUrl}/repos/${repo.fullName}/actions/runs/${run.id}`,
    html_url: `${call.url}/${repo.fullName}/actions/runs/${run.number}`,
    display_title: run.title,
    path: `${run.file.slice(run.file.lastIndexOf('/') + 1)}@refs/heads/${run.branch ?? ''}`,
    event: run.event,
    run_attempt: 0,
    run_number: run.number,
    head_sha: run.sha,
    head_branch: run.branch ?? '',
    ...stateShape(run),
    actor,
    trigger_actor: actor,
    repository: repositoryShape(call, repo),
    started_at: time(run.startedAt),
    completed_at: time(run.completedAt),
  };
}

/** @param {Call} call */
function listRuns(call) {
  const repo = findRepository(call);
  const wanted = call.query.get('status');
  const meanings = wanted ? FILTER_MEANINGS.get(wanted) : undefined;
  if (wanted && !meanings) throw refuse(call, 400, `Invalid status ${wanted}`);
  const asked = (/** @type {string} */ name, /** @type {string} */ value) =>
    !call.query.get(name) || call.query.get(name) === value;
  const runs = repo.runs
    .filter(
      (run) =>
        asked('head_sha', run.sha) &&
        asked('event', run.event) &&
        asked('branch', run.branch ?? '') &&
        asked('actor', run.actor),
    )
    .filter((run) => !meanings || meanings.includes(run.conclusion ?? run.status))
    .reverse();
  const { body, firstPage, lastPage } = pageAnswer(call, runs, (run) => runShape(call, repo, run));
  return {
    ...ok({ workflow_runs: body, total_count: runs.length }),
    firstPage: firstPage ?? true,
    lastPage: lastPage ?? true,
  };
}

/**
 * @param {Call} call
 * @param {Repository} repo
 */
function findRun(call, repo) {
  const run = repo.runs.find((each) => String(each.id) === call.params['run']);
  if (!run) throw notFound(call);
  return run;
}

/** @param {Call} call */
function readRun(call) {
  const repo = findRepository(call);
  return ok(runShape(call, repo, findRun(call, repo)));
}

/** @param {Call} call */
function listJobs(call) {
  const repo = findRepository(call);
  const run = findRun(call, repo);
  const api = `${call.apiUrl}/repos/${repo.fullName}/actions`;
  const shape = (/** @type {Job} */ job) => ({
    id: job.id,
    url: `${api}/jobs/${job.id}`,
    html_url: `${call.url}/${repo.fullName}/actions/runs/${run.number}/jobs/${run.jobs.indexOf(job)}`,
    run_id: run.id,
    run_url: `${api}/runs/${run.id}`,
    name: job.name,
    labels: job.labels,
    run_attempt: run.attempt,
    head_sha: run.sha,
    head_branch: run.branch ?? '',
    ...stateShape(job),
    runner_id: job.startedAt === null ? 0 : 1,
    runner_name: job.startedAt === null ? '' : 'r2',
    steps: null,
    created_at: iso(run.createdAt),
    started_at: time(job.startedAt),
    completed_at: time(job.completedAt),
  });
  const { body, firstPage, lastPage } = pageAnswer(call, run.jobs, shape);
  return {
    ...ok({ jobs: body, total_count: run.jobs.length }),
    firstPage: firstPage ?? true,
    lastPage: lastPage ?? true,
  };
}

/**
 * @param {Call} call
 * @param {Repository} repo
 */
function workflowShapes(call, repo) {
  const tip = repo.branches.get(repo.defaultBranch);
  if (!tip) return [];
  const since = iso(repo.commitOf(tip).committer.seconds * 1000);
  return repo.workflowsAt(tip).map(({ file, path, name }) => ({
    id: file,
    name,
    path,
    state: 'active',
    created_at: since,
    updated_at: since,
    url: `${call.apiUrl}/repos/${repo.fullName}/actions/workflows/${file}`,
    html_url: `${call.url}/${repo.fullName}/src/branch/${repo.defaultBranch}/${path}`,
    badge_url: `${call.url}/${repo.fullName}/actions/workflows/${file}/badge.svg?branch=${repo.defaultBranch}`,
    deleted_at: ZERO_TIME,
  }));
}

/** @param {Call} call */
function listWorkflows(call) {
  const workflows = workflowShapes(call, findRepository(call));
  return ok({ workflows, total_count: workflows.length });
}

/** @param {Call} call */
function readWorkflow(call) {
  const found = workflowShapes(call, findRepository(call)).find(
    (workflow) => workflow.id === call.params['file'],
  );
  if (!found) throw notFound(call);
  return ok(found);
}

/**
 * 204 also for a workflow that names no `workflow_dispatch`: it runs all the same.
 * @param {Call} call
 */
function dispatch(call) {
  const repo = findRepository(call);
  const login = requireToken(call);
  if (!['write', 'admin'].includes(rightsOf(call, repo)))
    throw refuse(call, 403, 'user should have a permission to write to a repo');
  const ref = String(call.body?.ref ?? '');
  if (ref === '') throw refuse(call, 422, '[Ref]: Required');
  const sha = repo.resolve(ref);
  if (!sha) throw refuse(call, 404, `ref "${ref}" doesn't exist`);
  const file = call.params['file'] ?? '';
  if (!repo.workflowsAt(sha).some((workflow) => workflow.file === file)) {
    throw refuse(call, 404, `workflow "${file}" doesn't exist`);
  }
  const branch = ref.replace(/^refs\/heads\//, '');
  repo.addRun({
    file,
    sha,
    event: 'workflow_dispatch',
    branch,
    status: 'queued',
    actor: login,
    inputs: call.body?.inputs ?? {},
  });
  return noContent();
}
