// Gitea's pull requests and issues, and its feed of activities.
import { iso, noContent, ok } from './answers.mjs';
import { notFound, refuse, serverFault } from './gitea-errors.mjs';
import { findRepository, requireNotArchived, requireToken, rightsOf } from './gitea-auth.mjs';
import { actorShape, pullShape, repositoryShape } from './gitea-shapes.mjs';
import { pageAnswer } from './gitea-pages.mjs';
import { defaultMergeTitle, findBlocker, headOf, mergePull, openPull } from './pulls.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Issue} Issue */
/** @typedef {import('./pulls.mjs').Pull} Pull */

/** @type {Route[]} */
export const PULL_ROUTES = [
  ['GET', '/repos/{owner}/{repo}/pulls', listPulls],
  ['POST', '/repos/{owner}/{repo}/pulls', createPull],
  ['GET', '/repos/{owner}/{repo}/pulls/{number}', readPull],
  ['PATCH', '/repos/{owner}/{repo}/pulls/{number}', editPull],
  ['GET', '/repos/{owner}/{repo}/pulls/{number}/merge', readMerged],
  ['POST', '/repos/{owner}/{repo}/pulls/{number}/merge', merge],
  ['DELETE', '/repos/{owner}/{repo}/pulls/{number}/merge', disarm],
  ['GET', '/repos/{owner}/{repo}/pulls/{base}/{head*}', readPullByNames],
  ['GET', '/repos/{owner}/{repo}/issues', listIssues],
  ['POST', '/repos/{owner}/{repo}/issues', createIssue],
  ['GET', '/repos/{owner}/{repo}/issues/{number}', readIssue],
  ['PATCH', '/repos/{owner}/{repo}/issues/{number}', editIssue],
  ['GET', '/repos/{owner}/{repo}/issues/{number}/comments', listComments],
  ['POST', '/repos/{owner}/{repo}/issues/{number}/comments', createComment],
  ['GET', '/repos/{owner}/{repo}/activities/feeds', listFeed],
];

/**
 * @param {Call} call
 * @param {Repository} repo
 * @returns {Pull}
 */
function findPull(call, repo) {
  const pull = repo.pulls.find((each) => String(each.number) === call.params['number']);
  if (!pull) throw notFound(call);
  return pull;
}

/** @param {Call} call */
function listPulls(call) {
  const repo = findRepository(call);
  const state = call.query.get('state') ?? 'open';
  const base = call.world.flavour === 'gitea-1.22.6' ? null : call.query.get('base_branch');
  const pulls = repo.pulls
    .filter((pull) => (state === 'all' || pull.state === state) && (!base || pull.base === base))
    .reverse();
  return pageAnswer(call, pulls, (pull) => pullShape(call, repo, pull));
}

/** @param {Call} call */
function createPull(call) {
  const repo = findRepository(call);
  const by = requireToken(call);
  requireNotArchived(call, repo);
  const { head = '', base = '', title = '', body = '' } = call.body ?? {};
  if (head === base)
    throw refuse(call, 422, 'Invalid PullRequest: There are no changes between the head and the base');
  const branch = head.includes(':') ? head.slice(head.indexOf(':') + 1) : head;
  if (!repo.branches.has(base) || !repo.branches.has(branch)) throw notFound(call);
  const open = repo.pulls.find((pull) => pull.state === 'open' && pull.head === branch && pull.base === base);
  if (open) {
    const ids = `id: ${open.id}, issue_id: ${open.number}, head_repo_id: ${repo.id}, base_repo_id: ${repo.id}`;
    const message = `pull request already exists for these targets [${ids}, head_branch: ${branch}, base_branch: ${base}]`;
    throw refuse(call, 409, message);
  }
  if (call.caller.grant?.jobOf || !['write', 'admin'].includes(rightsOf(call, repo)))
    throw refuse(call, 403, 'user must be a collaborator');
  return ok(pullShape(call, repo, openPull(repo, { title, head: branch, base, body, by })), 201);
}

/** @param {Call} call */
function readPull(call) {
  const repo = findRepository(call);
  return ok(pullShape(call, repo, findPull(call, repo)));
}

/** @param {Call} call */
function readPullByNames(call) {
  const repo = findRepository(call);
  const { base, head } = call.params;
  const pull = repo.pulls.find((each) => each.state === 'open' && each.base === base && each.head === head);
  if (!pull) throw notFound(call);
  return ok(pullShape(call, repo, pull));
}

/** @param {Call} call */
function editPull(call) {
  const repo = findRepository(call);
  requireToken(call);
  const pull = findPull(call, repo);
  const now = repo.time(undefined);
  if (typeof call.body?.title === 'string') pull.title = call.body.title;
  if (typeof call.body?.body === 'string') pull.body = call.body.body;
  if (call.body?.state === 'closed' && pull.state === 'open') {
    Object.assign(pull, { state: 'closed', closedAt: now, lastHead: headOf(repo, pull) });
  }
  if (call.body?.state === 'open' && !pull.merged) Object.assign(pull, { state: 'open', closedAt: null });
  pull.updatedAt = now;
  return ok(pullShape(call, repo, pull), 201);
}

/** @param {Call} call */
function readMerged(call) {
  if (!findPull(call, findRepository(call)).merged) throw notFound(call);
  return noContent();
}

/** What Gitea answers while something keeps a pull request from being merged. */
const BLOCKED = {
  draft: 'Work in progress PRs cannot be merged',
  conflict: 'Please try again later',
  checks: 'not allowed to merge [reason: Not all required status checks successful]',
  approvals: 'not allowed to merge [reason: Does not have enough approvals]',
  behind: 'not allowed to merge [reason: The head branch is behind the base branch]',
  conversation: 'not allowed to merge [reason: There are requested changes]',
};

const METHODS = {
  merge: 'merge',
  rebase: 'rebase',
  'rebase-merge': 'merge',
  squash: 'squash',
  'fast-forward-only': 'fast-forward-only',
};

/** @param {Call} call */
function merge(call) {
  const repo = findRepository(call);
  const by = requireToken(call);
  requireNotArchived(call, repo);
  const body = call.body ?? {};
  const method = METHODS[/** @type {keyof typeof METHODS} */ (body.Do)];
  if (!method) throw refuse(call, 422, '[Do]: Required');
  const pull = findPull(call, repo);
  if (pull.merged) throw refuse(call, 405, '');
  if (pull.state === 'closed') throw notFound(call);
  if (!['write', 'admin'].includes(rightsOf(call, repo)))
    throw refuse(call, 405, 'User not allowed to merge PR');
  if (pull.checking) throw refuse(call, 405, 'Please try again later');
  const blocker = findBlocker(repo, pull);
  const waits = body.merge_when_checks_succeed === true;
  if (blocker && !(waits && (blocker === 'checks' || blocker === 'approvals')))
    throw refuse(call, 405, BLOCKED[blocker]);
  const title = body.MergeTitleField || defaultMergeTitle(repo, pull);
  if (waits) {
    if (pull.autoMerge)
      throw refuse(
        call,
        409,
        `pull request is already scheduled to auto merge when checks succeed [pull_id: ${pull.id}]`,
      );
    pull.autoMerge = { by, method, title, message: body.MergeMessageField || null };
    return { status: 201, body: '' };
  }
  if (body.head_commit_id && body.head_commit_id !== headOf(repo, pull))
    throw refuse(call, 409, 'head out of date');
  if (call.caller.grant?.jobOf) throw refuse(call, 409, 'PushRejected without remote error message');
  const message = body.MergeMessageField ? `${title}\n\n${body.MergeMessageField}` : title;
  const result = mergePull(repo, pull, {
    method: /** @type {import('./pulls.mjs').MergeMethod} */ (method),
    by,
    message,
  });
  if ('problem' in result) {
    if (result.problem === 'diverged')
      throw serverFault(call, 'Merge DivergingFastForwardOnly Error: exit status 128');
    throw refuse(call, 409, 'Merge Conflict Error');
  }
  if (body.delete_branch_after_merge) {
    repo.setBranch(pull.head, null);
    repo.push({ branch: pull.head, by });
  }
  return { status: 200, body: '' };
}

/** @param {Call} call */
function disarm(call) {
  const repo = findRepository(call);
  requireToken(call);
  const pull = findPull(call, repo);
  if (!pull.autoMerge) throw notFound(call);
  pull.autoMerge = null;
  return noContent();
}

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

/** @param {Call} call */
function listFeed(call) {
  const repo = findRepository(call);
  const newestFirst = [...repo.feed].sort((a, b) => b.at - a.at || a.id - b.id);
  return pageAnswer(call, newestFirst, (entry) => {
    const actor = call.world.findUser(entry.by);
    return {
      id: entry.id,
      user_id: actor?.id ?? DELETED_ID,
      op_type: entry.op,
      act_user_id: actor?.id ?? DELETED_ID,
      act_user: actor && actor.id > 0 ? actorShape(call, entry.by) : null,
      repo_id: repo.id,
      repo: repositoryShape(call, repo),
      comment_id: 0,
      comment: null,
      ref_name: entry.ref,
      is_private: repo.private,
      content: entry.content,
      created: iso(entry.at),
    };
  });
}

/** An account that was deleted keeps its number in the feed. */
const DELETED_ID = 4711;
