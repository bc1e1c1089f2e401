// Gitea's pull requests.
import { noContent, ok } from './answers.mjs';
import { notFound, refuse, serverFault } from './gitea-errors.mjs';
import { findRepository, requireNotArchived, requireToken, rightsOf } from './gitea-auth.mjs';
import { pullShape } from './gitea-shapes.mjs';
import { pageAnswer } from './gitea-pages.mjs';
import { defaultMergeTitle, findBlocker, headOf, mergePull, openPull } from './pulls.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./repository.mjs').Repository} Repository */
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
  if (!repo.branches.has(branch)) throw notFound(call);
  if (!repo.branches.has(base)) throw refuse(call, 404, 'BaseNotExist');
  const open = repo.pulls.find(
    (pull) =>
      pull.state === 'open' && pull.head === branch && pull.base === base && pull.headOwner === repo.owner,
  );
  if (open) {
    const ids = `id: ${open.id}, issue_id: ${open.issueId}, head_repo_id: ${repo.id}, base_repo_id: ${repo.id}`;
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
  // Any one of the pair, whatever its state: a merged one hides an open one (seen on 1.22.6).
  const pull = repo.pulls.find((each) => each.base === base && each.head === head);
  if (!pull) throw notFound(call);
  return ok(pullShape(call, repo, pull));
}

/** @param {Call} call */
function editPull(call) {
  const repo = findRepository(call);
  const by = requireToken(call);
  const pull = findPull(call, repo);
  const { title, body, base, state } = call.body ?? {};
  if (by !== pull.user && !['write', 'admin'].includes(rightsOf(call, repo))) throw refuse(call, 403, '');
  if (state !== undefined && pull.merged)
    throw refuse(call, 412, 'cannot change state of this pull request, it was already merged');
  const now = repo.time(undefined);
  // The title alone says whether it is a draft.
  if (typeof title === 'string') Object.assign(pull, { title, draft: /^(?:WIP:|\[WIP\])/i.test(title) });
  if (typeof body === 'string') pull.body = body;
  if (typeof base === 'string' && base !== pull.base) {
    if (!repo.branches.has(base)) throw refuse(call, 404, `new base '${base}' not exist`);
    pull.base = base;
  }
  if (state === 'closed' && pull.state === 'open') {
    Object.assign(pull, { state: 'closed', closedAt: now, lastHead: headOf(repo, pull) });
  }
  if (state === 'open') Object.assign(pull, { state: 'open', closedAt: null });
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
  if (!method) throw refuse(call, 422, body.Do ? '[Do]: In' : '[Do]: Required');
  const pull = findPull(call, repo);
  if (pull.merged) throw refuse(call, 405, '');
  if (pull.state === 'closed') throw notFound(call);
  if (!['write', 'admin'].includes(rightsOf(call, repo)))
    throw refuse(call, 405, 'User not allowed to merge PR');
  if (pull.checking) throw refuse(call, 405, 'Please try again later');
  const refusal = repo.mergeRefusals.shift();
  if (refusal !== undefined) throw refuse(call, 405, refusal);
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
      throw serverFault(
        call,
        'Merge DivergingFastForwardOnly Error: exit status 128: fatal: Not possible to fast-forward, aborting.\n\n',
      );
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
  const by = requireToken(call);
  requireNotArchived(call, repo);
  const pull = findPull(call, repo);
  if (!pull.autoMerge) throw notFound(call);
  if (by !== pull.autoMerge.by && rightsOf(call, repo) !== 'admin')
    throw refuse(call, 403, 'user has no permission to cancel the scheduled auto merge');
  pull.autoMerge = null;
  return noContent();
}
