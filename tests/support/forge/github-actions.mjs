// GitHub's workflows, runs, jobs and dispatches.
import { iso, noContent, ok } from './answers.mjs';
import { findRepository } from './github-auth.mjs';
import { notFound, refuse } from './github-errors.mjs';
import { pageAnswer } from './github-pages.mjs';
import { actorShape, messageOf, minimalRepositoryShape, nodeId } from './github-shapes.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./answers.mjs').Answer} Answer */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Run} Run */
/** @typedef {import('./repository.mjs').Job} Job */

const MAX_FILTERED = 1000;
const MAX_PAYLOAD_KEYS = 10;

/** @type {Route[]} */
export const ACTIONS_ROUTES = [
  [
    'GET',
    '/repos/{owner}/{repo}/actions/runs',
    (call) => listRuns(call, findRepository(call, 'actions'), null),
  ],
  ['GET', '/repos/{owner}/{repo}/actions/runs/{run}', readRun],
  ['GET', '/repos/{owner}/{repo}/actions/runs/{run}/jobs', listJobs],
  ['GET', '/repos/{owner}/{repo}/actions/workflows', listWorkflows],
  ['GET', '/repos/{owner}/{repo}/actions/workflows/{workflow}', readWorkflow],
  ['GET', '/repos/{owner}/{repo}/actions/workflows/{workflow}/runs', listWorkflowRuns],
  ['POST', '/repos/{owner}/{repo}/actions/workflows/{workflow}/dispatches', dispatchWorkflow],
  ['POST', '/repos/{owner}/{repo}/dispatches', dispatchRepository],
];

/** @param {string} file a name, or a whole path as the run list would show it */
function pathOf(file) {
  return file.includes('/') ? file : `.github/workflows/${file}`;
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Run} run
 */
function runShape(call, repo, run) {
  const api = `${call.apiUrl}/repos/${repo.fullName}/actions`;
  const url = `${api}/runs/${run.id}`;
  const commit = repo.store.commits.get(run.sha);
  const actor = actorShape(call, run.actor);
  const workflow = findWorkflow(call, repo, run.file);
  const person = (/** @type {{ name: string, email: string }} */ { name, email }) => ({ name, email });
  return {
    id: run.id,
    name: workflow?.name ?? run.file,
    node_id: nodeId('WFR', run.id),
    head_branch: run.branch,
    head_sha: run.sha,
    path: pathOf(run.file),
    display_title: run.title,
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: repo.workflowId(run.file),
    check_suite_id: run.id,
    check_suite_node_id: nodeId('CS', run.id),
    url,
    html_url: `${call.url}/${repo.fullName}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: iso(run.createdAt),
    updated_at: iso(run.completedAt ?? run.startedAt ?? run.createdAt),
    actor,
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: iso(run.startedAt ?? run.createdAt),
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${call.apiUrl}/repos/${repo.fullName}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${api}/workflows/${repo.workflowId(run.file)}`,
    head_commit: commit
      ? {
          id: commit.sha,
          tree_id: commit.tree,
          message: messageOf(commit),
          timestamp: iso(commit.committer.seconds * 1000),
          author: person(commit.author),
          committer: person(commit.committer),
        }
      : null,
    repository: minimalRepositoryShape(call, repo),
    head_repository: minimalRepositoryShape(call, repo),
  };
}

/**
 * A `head_sha` that is cut short finds nothing; an empty one filters nothing.
 * @param {Call} call
 * @param {Repository} repo
 * @param {string | null} file only runs of this workflow
 * @returns {Answer}
 */
function listRuns(call, repo, file) {
  const asked = (/** @type {string} */ name, /** @type {(string | null)[]} */ ...values) =>
    !call.query.get(name) || values.includes(call.query.get(name));
  const found = repo.runs
    .filter((run) => file === null || pathOf(run.file) === pathOf(file))
    .filter(
      (run) =>
        asked('head_sha', run.sha) &&
        asked('branch', run.branch) &&
        asked('event', run.event) &&
        asked('actor', run.actor) &&
        asked('status', run.status, run.conclusion),
    )
    .reverse();
  const filtered = ['head_sha', 'branch', 'event', 'actor', 'status', 'created'].some((name) =>
    call.query.get(name),
  );
  const shown = filtered ? found.slice(0, MAX_FILTERED) : found;
  return pageAnswer(
    call,
    shown,
    (run) => runShape(call, repo, run),
    (rows) => ({ total_count: found.length, workflow_runs: rows }),
  );
}

/** @param {Call} call */
function listWorkflowRuns(call) {
  const repo = findRepository(call, 'actions');
  const wanted = call.params['workflow'] ?? '';
  const known =
    findWorkflow(call, repo, wanted)?.file ??
    repo.runs.find((run) => isWorkflow(repo, run.file, wanted))?.file;
  if (!known) throw notFound();
  return listRuns(call, repo, known);
}

/**
 * @param {Repository} repo
 * @param {string} file
 * @param {string} wanted a number, a file name or a path
 */
function isWorkflow(repo, file, wanted) {
  return String(repo.workflowId(file)) === wanted || pathOf(file) === pathOf(wanted);
}

/**
 * @param {Call} call
 * @param {Repository} repo
 */
function findRun(call, repo) {
  const run = repo.runs.find((each) => String(each.id) === call.params['run']);
  if (!run) throw notFound();
  return run;
}

/** @param {Call} call */
function readRun(call) {
  const repo = findRepository(call, 'actions');
  return ok(runShape(call, repo, findRun(call, repo)));
}

/** @param {Call} call */
function listJobs(call) {
  const repo = findRepository(call, 'actions');
  const run = findRun(call, repo);
  const isAll = call.query.get('filter') === 'all';
  const shown = run.jobs.filter((job) => isAll || (job.attempt ?? run.attempt) === run.attempt);
  return pageAnswer(
    call,
    shown,
    (job) => jobShape(call, repo, run, job),
    (rows) => ({ total_count: shown.length, jobs: rows }),
  );
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Run} run
 * @param {Job} job
 */
function jobShape(call, repo, run, job) {
  const api = `${call.apiUrl}/repos/${repo.fullName}`;
  const started = job.startedAt !== null;
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: findWorkflow(call, repo, run.file)?.name ?? run.file,
    head_branch: run.branch,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt ?? run.attempt,
    node_id: nodeId('CR', job.id),
    head_sha: run.sha,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${call.url}/${repo.fullName}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: iso(run.createdAt),
    started_at: iso(job.startedAt ?? run.createdAt),
    completed_at: job.completedAt === null ? null : iso(job.completedAt),
    name: job.name,
    steps: [],
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: job.labels,
    runner_id: started ? 1 : null,
    runner_name: started ? 'GitHub Actions 1' : null,
    runner_group_id: started ? 0 : null,
    runner_group_name: started ? 'GitHub Actions' : null,
  };
}

/**
 * Workflows of the default branch.
 * @param {Call} call
 * @param {Repository} repo
 */
function workflowShapes(call, repo) {
  const tip = repo.branches.get(repo.defaultBranch);
  if (!tip) return [];
  const since = iso(repo.commitOf(tip).committer.seconds * 1000);
  return repo.workflowsAt(tip).map(({ file, path, name, text }) => {
    const id = repo.workflowId(file);
    const shape = {
      id,
      node_id: nodeId('W', id),
      name: name || path,
      path,
      state: 'active',
      created_at: since,
      updated_at: since,
      url: `${call.apiUrl}/repos/${repo.fullName}/actions/workflows/${id}`,
      html_url: `${call.url}/${repo.fullName}/blob/${repo.defaultBranch}/${path}`,
      badge_url: `${call.url}/${repo.fullName}/workflows/${encodeURIComponent(name || path)}/badge.svg`,
    };
    return { file, name: name || path, text, shape };
  });
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {string} wanted
 */
function findWorkflow(call, repo, wanted) {
  return workflowShapes(call, repo).find(({ file }) => isWorkflow(repo, file, wanted)) ?? null;
}

/** @param {Call} call */
function listWorkflows(call) {
  const all = workflowShapes(call, findRepository(call, 'actions'));
  return pageAnswer(
    call,
    all,
    ({ shape }) => shape,
    (rows) => ({ total_count: all.length, workflows: rows }),
  );
}

/** @param {Call} call */
function readWorkflow(call) {
  const found = findWorkflow(call, findRepository(call, 'actions'), call.params['workflow'] ?? '');
  if (!found) throw notFound();
  return ok(found.shape);
}

/** @param {Call} call */
function dispatchWorkflow(call) {
  const repo = findRepository(call, 'actions');
  const found = findWorkflow(call, repo, call.params['workflow'] ?? '');
  if (!found) throw notFound();
  const { ref = '', inputs = {}, return_run_details: wanted } = call.body ?? {};
  const sha = repo.resolve(ref);
  if (!sha) throw refuse(422, `No ref found for: ${ref}`);
  const text = repo.workflowsAt(sha).find((workflow) => workflow.file === found.file)?.text ?? '';
  if (!/\bworkflow_dispatch\b/.test(text))
    throw refuse(422, "Workflow does not have 'workflow_dispatch' trigger");
  const unknown = Object.keys(inputs).filter((name) => !new RegExp(`^ +${name}:`, 'm').test(text));
  if (unknown.length > 0) throw refuse(422, `Unexpected inputs provided: ${JSON.stringify(unknown)}`);
  const branch = ref.replace(/^refs\/heads\//, '');
  const actor = call.caller.login ?? '';
  const run = repo.addRun({
    file: found.file,
    sha,
    event: 'workflow_dispatch',
    branch,
    status: 'queued',
    actor,
    inputs,
  });
  const details = wanted ?? call.headers['x-github-api-version'] === '2026-03-10';
  if (!details) return noContent();
  const { url, html_url } = runShape(call, repo, run);
  return ok({ workflow_run_id: run.id, run_url: url, html_url });
}

/** @param {Call} call */
function dispatchRepository(call) {
  const repo = findRepository(call, 'contents');
  const { event_type: event, client_payload: payload = {} } = call.body ?? {};
  if (typeof event !== 'string' || event === '')
    throw refuse(422, 'Invalid request.\n\n"event_type" wasn\'t supplied.');
  if (event.length > 100)
    throw refuse(422, 'Invalid request.\n\nevent_type is too long (maximum is 100 characters)');
  const keys = Object.keys(payload).length;
  if (keys > MAX_PAYLOAD_KEYS) {
    throw refuse(
      422,
      `Invalid request.\n\nNo more than ${MAX_PAYLOAD_KEYS} properties are allowed; ${keys} were supplied.`,
    );
  }
  if (JSON.stringify(payload).length > 65535) throw refuse(422, 'client_payload is too large');
  repo.dispatches.push({ event, payload });
  return noContent();
}
