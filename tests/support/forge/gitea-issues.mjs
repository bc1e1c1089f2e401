// Gitea's issues and their comments.
import { iso, ok } from './answers.mjs';
import { notFound, refuse } from './gitea-errors.mjs';
import { findRepository, requireNotArchived, requireToken } from './gitea-auth.mjs';
import { actorShape } from './gitea-shapes.mjs';
import { pageAnswer } from './gitea-pages.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Issue} Issue */

/** @type {Route[]} */
export const ISSUE_ROUTES = [
  ['GET', '/repos/{owner}/{repo}/issues', listIssues],
  ['POST', '/repos/{owner}/{repo}/issues', createIssue],
  ['GET', '/repos/{owner}/{repo}/issues/{number}', readIssue],
  ['PATCH', '/repos/{owner}/{repo}/issues/{number}', editIssue],
  ['GET', '/repos/{owner}/{repo}/issues/{number}/comments', listComments],
  ['POST', '/repos/{owner}/{repo}/issues/{number}/comments', createComment],
];

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Issue} issue
 */
function issueShape(call, repo, issue) {
  return {
    id: issue.id,
    url: `${call.apiUrl}/repos/${repo.fullName}/issues/${issue.number}`,
    html_url: `${call.url}/${repo.fullName}/issues/${issue.number}`,
    number: issue.number,
    user: actorShape(call, issue.user),
    original_author: '',
    original_author_id: 0,
    title: issue.title,
    body: issue.body,
    ref: '',
    assets: [],
    labels: [],
    milestone: null,
    assignee: null,
    assignees: null,
    state: issue.state,
    is_locked: false,
    comments: issue.comments.length,
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : iso(issue.closedAt),
    due_date: null,
    pull_request: null,
    repository: { id: repo.id, name: repo.name, owner: repo.owner, full_name: repo.fullName },
    pin_order: 0,
  };
}

/**
 * @param {Call} call
 * @param {Repository} repo
 */
function findIssue(call, repo) {
  const issue = repo.issues.find((each) => String(each.number) === call.params['number']);
  if (!issue) throw notFound(call);
  return issue;
}

/** @param {Call} call */
function listIssues(call) {
  const repo = findRepository(call);
  const state = call.query.get('state') || 'open';
  const words = call.query.get('q') ?? '';
  const found = repo.issues
    .filter((issue) => (state === 'all' || issue.state === state) && issue.title.includes(words))
    .reverse();
  return pageAnswer(call, found, (issue) => issueShape(call, repo, issue));
}

/** @param {Call} call */
function createIssue(call) {
  const repo = findRepository(call);
  const user = requireToken(call);
  requireNotArchived(call, repo);
  if (!call.body?.title) throw refuse(call, 422, '[Title]: Required');
  return ok(
    issueShape(call, repo, repo.addIssue({ title: call.body.title, body: call.body.body ?? '', user })),
    201,
  );
}

/** @param {Call} call */
function readIssue(call) {
  const repo = findRepository(call);
  return ok(issueShape(call, repo, findIssue(call, repo)));
}

/** @param {Call} call */
function editIssue(call) {
  const repo = findRepository(call);
  requireToken(call);
  const issue = findIssue(call, repo);
  const now = repo.time(undefined);
  if (typeof call.body?.title === 'string') issue.title = call.body.title;
  if (typeof call.body?.body === 'string') issue.body = call.body.body;
  if (call.body?.state === 'closed') Object.assign(issue, { state: 'closed', closedAt: now });
  if (call.body?.state === 'open') Object.assign(issue, { state: 'open', closedAt: null });
  issue.updatedAt = now;
  return ok(issueShape(call, repo, issue), 201);
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Issue} issue
 * @param {Issue['comments'][number]} comment
 */
function commentShape(call, repo, issue, comment) {
  const html = `${call.url}/${repo.fullName}/issues/${issue.number}`;
  return {
    id: comment.id,
    html_url: `${html}#issuecomment-${comment.id}`,
    pull_request_url: '',
    issue_url: html,
    user: actorShape(call, comment.user),
    original_author: '',
    original_author_id: 0,
    body: comment.body,
    assets: [],
    created_at: iso(comment.at),
    updated_at: iso(comment.at),
  };
}

/** @param {Call} call */
function listComments(call) {
  const repo = findRepository(call);
  const issue = findIssue(call, repo);
  return pageAnswer(call, issue.comments, (comment) => commentShape(call, repo, issue, comment));
}

/** @param {Call} call */
function createComment(call) {
  const repo = findRepository(call);
  const user = requireToken(call);
  const issue = findIssue(call, repo);
  if (!call.body?.body) throw refuse(call, 422, '[Body]: Required');
  const comment = {
    id: call.world.takeId('comment'),
    body: String(call.body.body),
    user,
    at: repo.time(undefined),
  };
  issue.comments.push(comment);
  return ok(commentShape(call, repo, issue, comment), 201);
}
