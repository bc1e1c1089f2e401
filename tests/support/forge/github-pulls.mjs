// GitHub's pull requests.
import { iso, noContent, ok } from './answers.mjs';
import { diffTrees } from './history.mjs';
import { findRepository } from './github-auth.mjs';
import { invalid, notFound, refuse } from './github-errors.mjs';
import { pageAnswer } from './github-pages.mjs';
import {
  actorShape,
  changeShape,
  commitShape,
  nodeId,
  repositoryShape,
  userShape,
} from './github-shapes.mjs';
import {
  baseOf,
  defaultMergeTitle,
  findBlocker,
  headOf,
  makeMergeCommit,
  mergePull,
  openPull,
} from './pulls.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./pulls.mjs').Pull} Pull */

/** @type {Route[]} */
export const PULL_ROUTES = [
  ['GET', '/repos/{owner}/{repo}/pulls', listPulls],
  ['POST', '/repos/{owner}/{repo}/pulls', createPull],
  ['GET', '/repos/{owner}/{repo}/pulls/{pull}', readPull],
  ['PATCH', '/repos/{owner}/{repo}/pulls/{pull}', editPull],
  ['GET', '/repos/{owner}/{repo}/pulls/{pull}/merge', readMerged],
  ['PUT', '/repos/{owner}/{repo}/pulls/{pull}/merge', merge],
  ['PUT', '/repos/{owner}/{repo}/pulls/{pull}/update-branch', updateBranch],
  ['GET', '/repos/{owner}/{repo}/pulls/{pull}/commits', listPullCommits],
  ['GET', '/repos/{owner}/{repo}/pulls/{pull}/files', listPullFiles],
  ['GET', '/repos/{owner}/{repo}/commits/{ref}/pulls', listPullsOfCommit],
];

/**
 * @param {Call} call
 * @param {Repository} repo
 * @returns {Pull}
 */
function findPull(call, repo) {
  const pull = repo.pulls.find((each) => String(each.number) === call.params['pull']);
  if (!pull) throw notFound();
  return pull;
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Pull} pull
 */
function simplePullShape(call, repo, pull) {
  const api = `${call.apiUrl}/repos/${repo.fullName}`;
  const url = `${api}/pulls/${pull.number}`;
  const issue = `${api}/issues/${pull.number}`;
  const html = `${call.url}/${repo.fullName}/pull/${pull.number}`;
  const [head, base] = [headOf(repo, pull), baseOf(repo, pull)];
  const statuses = `${api}/statuses/${head}`;
  const side = (/** @type {string} */ owner, /** @type {string} */ ref, /** @type {string} */ sha) => ({
    label: `${owner}:${ref}`,
    ref,
    sha,
    user: userShape(call, call.world.user(owner)),
    repo: { ...repositoryShape(call, repo), full_name: `${owner}/${repo.name}` },
  });
  const time = (/** @type {number | null} */ ms) => (ms === null ? null : iso(ms));
  return {
    url,
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: actorShape(call, pull.user),
    body: pull.body,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: time(pull.closedAt),
    merged_at: time(pull.mergedAt),
    merge_commit_sha: pull.mergeSha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: pull.labels.map((name, id) => ({
      id,
      node_id: nodeId('LA', id),
      url: `${api}/labels/${encodeURIComponent(name)}`,
      name,
      description: '',
      color: 'ededed',
      default: false,
    })),
    milestone: null,
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${url}/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    head: side(pull.headOwner, pull.head, head),
    base: side(repo.owner, pull.base, base),
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: issue },
      comments: { href: `${issue}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${url}/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: 'CONTRIBUTOR',
    auto_merge: pull.autoMerge
      ? {
          enabled_by: actorShape(call, pull.autoMerge.by),
          merge_method: pull.autoMerge.method,
          commit_title: pull.autoMerge.title ?? defaultMergeTitle(repo, pull),
          commit_message: pull.autoMerge.message ?? '',
        }
      : null,
    active_lock_reason: null,
  };
}

const STATES = {
  draft: 'draft',
  conflict: 'dirty',
  checks: 'blocked',
  approvals: 'blocked',
  behind: 'behind',
  conversation: 'blocked',
};

/**
 * @param {Repository} repo
 * @param {Pull} pull
 * @returns {{ mergeable: boolean | null, mergeable_state: string }}
 */
export function mergeability(repo, pull) {
  if (pull.merged || pull.state === 'closed' || pull.checking)
    return { mergeable: null, mergeable_state: 'unknown' };
  const blocker = findBlocker(repo, pull);
  return { mergeable: blocker !== 'conflict', mergeable_state: blocker === null ? 'clean' : STATES[blocker] };
}

/**
 * @param {Repository} repo
 * @param {Pull} pull
 */
function rangeOf(repo, pull) {
  const head = headOf(repo, pull);
  const base = pull.merged
    ? (repo.store.commits.get(pull.mergeSha ?? '')?.parents[0] ?? '')
    : baseOf(repo, pull);
  const common = base && head ? repo.mergeBase(base, head) : null;
  const changes = diffTrees(
    repo.store,
    common ? repo.commitOf(common).tree : null,
    repo.store.commits.get(head)?.tree ?? null,
  );
  return { head, commits: head ? repo.list(head, base ? [base] : []).reverse() : [], changes };
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Pull} pull
 */
function pullShape(call, repo, pull) {
  const { commits, changes } = rangeOf(repo, pull);
  return {
    ...simplePullShape(call, repo, pull),
    merged: pull.merged,
    ...mergeability(repo, pull),
    rebaseable: null,
    merged_by: pull.mergedBy === null ? null : actorShape(call, pull.mergedBy),
    comments: pull.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: changes.reduce((sum, change) => sum + change.additions, 0),
    deletions: changes.reduce((sum, change) => sum + change.deletions, 0),
    changed_files: changes.length,
  };
}

/** @param {Call} call */
function listPulls(call) {
  const repo = findRepository(call, 'pull_requests');
  const state = call.query.get('state') || 'open';
  const [head, base] = [call.query.get('head'), call.query.get('base')];
  // A head without its owner is no filter at all.
  const byHead = head?.includes(':') ? head.toLowerCase() : null;
  const pulls = repo.pulls
    .filter((pull) => state === 'all' || pull.state === state)
    .filter((pull) => !byHead || `${pull.headOwner}:${pull.head}`.toLowerCase() === byHead)
    .filter((pull) => !base || pull.base === base);
  if (call.query.get('direction') !== 'asc') pulls.reverse();
  return pageAnswer(call, pulls, (pull) => simplePullShape(call, repo, pull));
}

/** @param {Call} call */
function createPull(call) {
  const repo = findRepository(call, 'pull_requests');
  const { head: given = '', base = '', title = '', body = null, draft = false } = call.body ?? {};
  const head = given.replace(new RegExp(`^${repo.owner}:`, 'i'), '');
  if (!repo.branches.has(head)) throw invalid('PullRequest', [{ field: 'head', code: 'invalid' }]);
  if (!repo.branches.has(base)) throw invalid('PullRequest', [{ field: 'base', code: 'invalid' }]);
  const custom = (/** @type {string} */ message) => invalid('PullRequest', [{ code: 'custom', message }]);
  if (
    repo.pulls.some(
      (pull) =>
        pull.state === 'open' && pull.head === head && pull.base === base && pull.headOwner === repo.owner,
    )
  ) {
    throw custom(`A pull request already exists for ${repo.owner}:${head}.`);
  }
  const [from, to] = [repo.branches.get(base) ?? '', repo.branches.get(head) ?? ''];
  if (repo.list(to, [from]).length === 0) throw custom(`No commits between ${base} and ${head}`);
  const pull = openPull(repo, { title, head, base, body: body ?? '', draft, by: call.caller.login ?? '' });
  return ok(pullShape(call, repo, pull), 201, {
    location: `${call.apiUrl}/repos/${repo.fullName}/pulls/${pull.number}`,
  });
}

/** @param {Call} call */
function readPull(call) {
  const repo = findRepository(call, 'pull_requests');
  return ok(pullShape(call, repo, findPull(call, repo)));
}

/** @param {Call} call */
function editPull(call) {
  const repo = findRepository(call, 'pull_requests');
  const pull = findPull(call, repo);
  const { title, body, state } = call.body ?? {};
  const now = repo.time(undefined);
  if (typeof title === 'string') pull.title = title;
  if (typeof body === 'string') pull.body = body;
  if (state === 'closed' && pull.state === 'open')
    Object.assign(pull, { state, closedAt: now, lastHead: headOf(repo, pull), autoMerge: null });
  if (state === 'open' && !pull.merged) Object.assign(pull, { state, closedAt: null });
  pull.updatedAt = now;
  return ok(pullShape(call, repo, pull));
}

/** @param {Call} call */
function readMerged(call) {
  if (!findPull(call, findRepository(call, 'pull_requests')).merged) throw notFound();
  return noContent();
}

/** What GitHub says while something keeps a pull request from being merged. */
export const BLOCKED = {
  draft: 'Pull Request is still a draft',
  conflict: 'Pull Request is not mergeable',
  checks: 'Required status checks have not succeeded.',
  approvals: 'At least 1 approving review is required by reviewers with write access.',
  behind: 'Head branch is out of date. Review and try the merge again.',
  conversation: 'A conversation must be resolved before this pull request can be merged.',
};

/** @param {Call} call */
function merge(call) {
  const repo = findRepository(call, 'contents');
  const pull = findPull(call, repo);
  const {
    sha,
    merge_method: method = 'merge',
    commit_title: title,
    commit_message: message,
  } = call.body ?? {};
  if (pull.state === 'closed') throw refuse(405, 'Pull Request is not mergeable');
  if (sha && sha !== headOf(repo, pull))
    throw refuse(409, 'Head branch was modified. Review and try the merge again.');
  const refusal = repo.mergeRefusals.shift();
  if (refusal !== undefined) throw refuse(405, refusal);
  const blocker = findBlocker(repo, pull);
  if (blocker) throw refuse(405, BLOCKED[blocker]);
  if (repo.protectionOf(pull.base)?.queue) throw refuse(405, 'Changes must be made through the merge queue');
  const result = mergePull(repo, pull, {
    method,
    by: call.caller.login ?? '',
    message: [title ?? defaultMergeTitle(repo, pull), message ?? pull.title].filter(Boolean).join('\n\n'),
  });
  if ('problem' in result) throw refuse(405, 'Pull Request is not mergeable');
  return ok({ sha: result.sha, merged: true, message: 'Pull Request successfully merged' });
}

/** @param {Call} call */
function updateBranch(call) {
  const repo = findRepository(call, 'pull_requests');
  const pull = findPull(call, repo);
  const [head, base] = [headOf(repo, pull), baseOf(repo, pull)];
  const expected = call.body?.expected_head_sha;
  if (expected && expected !== head) throw refuse(422, `expected head sha didn’t match current head ref.`);
  if (repo.list(base, [head]).length === 0) throw refuse(422, 'There are no new commits on the base branch.');
  const by = call.caller.login ?? '';
  const sha = makeMergeCommit(repo, {
    ours: head,
    theirs: base,
    message: `Merge branch '${pull.base}' into ${pull.head}`,
    by,
  });
  if (sha === null) throw refuse(422, 'merge conflict between base and head');
  repo.setBranch(pull.head, sha);
  repo.push({ branch: pull.head, by });
  return ok(
    { message: 'Updating pull request branch.', url: `${call.url}/${repo.fullName}/pull/${pull.number}` },
    202,
  );
}

/** @param {Call} call */
function listPullCommits(call) {
  const repo = findRepository(call, 'pull_requests');
  return pageAnswer(call, rangeOf(repo, findPull(call, repo)).commits, (commit) =>
    commitShape(call, repo, commit),
  );
}

/** @param {Call} call */
function listPullFiles(call) {
  const repo = findRepository(call, 'pull_requests');
  const { changes, head } = rangeOf(repo, findPull(call, repo));
  return pageAnswer(call, changes, (change) => changeShape(call, repo, head, change));
}

/** @param {Call} call */
function listPullsOfCommit(call) {
  const repo = findRepository(call, 'pull_requests');
  const sha = repo.resolve(call.params['ref'] ?? '') ?? '';
  const pulls = repo.pulls.filter(
    (pull) => pull.mergeSha === sha || rangeOf(repo, pull).commits.some((commit) => commit.sha === sha),
  );
  return pageAnswer(call, pulls, (pull) => simplePullShape(call, repo, pull));
}
