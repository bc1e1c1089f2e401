// GitHub's issues and their comments.
import { iso, ok } from './answers.mjs';
import { findRepository } from './github-auth.mjs';
import { invalid, notFound } from './github-errors.mjs';
import { pageAnswer } from './github-pages.mjs';
import { actorShape, nodeId } from './github-shapes.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Issue} Issue */

/** @type {Route[]} */
export const ISSUE_ROUTES = [
  ['GET', '/repos/{owner}/{repo}/issues', listIssues],
  ['POST', '/repos/{owner}/{repo}/issues', createIssue],
  ['GET', '/repos/{owner}/{repo}/issues/{issue}', readIssue],
  ['PATCH', '/repos/{owner}/{repo}/issues/{issue}', editIssue],
  ['GET', '/repos/{owner}/{repo}/issues/{issue}/comments', listComments],
  ['POST', '/repos/{owner}/{repo}/issues/{issue}/comments', createComment],
];

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Issue} issue
 */
function issueShape(call, repo, issue) {
  const api = `${call.apiUrl}/repos/${repo.fullName}`;
  const url = `${api}/issues/${issue.number}`;
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${call.url}/${repo.fullName}/issues/${issue.number}`,
    id: issue.id,
    node_id: nodeId('I', issue.id),
    number: issue.number,
    title: issue.title,
    user: actorShape(call, issue.user),
    labels: issue.labels.map((name, id) => ({
      id,
      node_id: nodeId('LA', id),
      url: `${api}/labels/${encodeURIComponent(name)}`,
      name,
      description: null,
      color: 'ededed',
      default: false,
    })),
    state: issue.state,
    state_reason: issue.state === 'closed' ? 'completed' : null,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.length,
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : iso(issue.closedAt),
    author_association: 'OWNER',
    active_lock_reason: null,
    body: issue.body,
  };
}

/**
 * @param {Call} call
 * @param {Repository} repo
 */
function findIssue(call, repo) {
  const issue = repo.issues.find((each) => String(each.number) === call.params['issue']);
  if (!issue) throw notFound();
  return issue;
}

/** @param {Call} call */
function listIssues(call) {
  const repo = findRepository(call, 'issues');
  const state = call.query.get('state') || 'open';
  const labels = (call.query.get('labels') ?? '').split(',').filter(Boolean);
  const found = repo.issues
    .filter(
      (issue) =>
        (state === 'all' || issue.state === state) && labels.every((label) => issue.labels.includes(label)),
    )
    .reverse();
  return pageAnswer(call, found, (issue) => issueShape(call, repo, issue));
}

/** @param {Call} call */
function createIssue(call) {
  const repo = findRepository(call, 'issues');
  const { title, body = '', labels = [] } = call.body ?? {};
  if (!title) throw invalid('Issue', [{ field: 'title', code: 'missing_field' }]);
  const issue = repo.addIssue({
    title: String(title),
    body: body ?? '',
    labels,
    user: call.caller.login ?? '',
  });
  return ok(issueShape(call, repo, issue), 201, {
    location: `${call.apiUrl}/repos/${repo.fullName}/issues/${issue.number}`,
  });
}

/** @param {Call} call */
function readIssue(call) {
  const repo = findRepository(call, 'issues');
  return ok(issueShape(call, repo, findIssue(call, repo)));
}

/** @param {Call} call */
function editIssue(call) {
  const repo = findRepository(call, 'issues');
  const issue = findIssue(call, repo);
  const { title, body, state, labels } = call.body ?? {};
  const now = repo.time(undefined);
  if (typeof title === 'string') issue.title = title;
  if (typeof body === 'string') issue.body = body;
  if (Array.isArray(labels)) issue.labels = labels;
  if (state === 'closed') Object.assign(issue, { state, closedAt: now });
  if (state === 'open') Object.assign(issue, { state, closedAt: null });
  issue.updatedAt = now;
  return ok(issueShape(call, repo, issue));
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Issue} issue
 * @param {Issue['comments'][number]} comment
 */
function commentShape(call, repo, issue, comment) {
  const api = `${call.apiUrl}/repos/${repo.fullName}/issues`;
  return {
    url: `${api}/comments/${comment.id}`,
    html_url: `${call.url}/${repo.fullName}/issues/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${api}/${issue.number}`,
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: actorShape(call, comment.user),
    created_at: iso(comment.at),
    updated_at: iso(comment.at),
    author_association: 'OWNER',
    body: comment.body,
  };
}

/** Pull requests are commented on as issues are. @param {Repository} repo @param {Call} call */
function findCommented(repo, call) {
  const pull = repo.pulls.find((each) => String(each.number) === call.params['issue']);
  return /** @type {Issue} */ (pull ?? findIssue(call, repo));
}

/** @param {Call} call */
function listComments(call) {
  const repo = findRepository(call, 'issues');
  const issue = findCommented(repo, call);
  return pageAnswer(call, issue.comments, (comment) => commentShape(call, repo, issue, comment));
}

/** @param {Call} call */
function createComment(call) {
  const repo = findRepository(call, 'issues');
  const issue = findCommented(repo, call);
  if (!call.body?.body) throw invalid('IssueComment', [{ field: 'body', code: 'missing_field' }]);
  const comment = {
    id: call.world.takeId('comment'),
    body: String(call.body.body),
    user: call.caller.login ?? '',
    at: repo.time(undefined),
  };
  issue.comments.push(comment);
  return ok(commentShape(call, repo, issue, comment), 201);
}
