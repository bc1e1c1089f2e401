// Gitea's JSON objects, field by field as real servers answered.
import { createHash } from 'node:crypto';
import { iso } from './answers.mjs';
import { diffCommit, diffTrees, findMergeBase } from './history.mjs';
import { baseOf, findConflicts, headOf } from './pulls.mjs';
import { rightsOf } from './gitea-auth.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./world.mjs').User} User */
/** @typedef {import('./git-objects.mjs').Commit} Commit */
/** @typedef {import('./git-objects.mjs').Signature} Signature */
/** @typedef {import('./pulls.mjs').Pull} Pull */

export const ZERO_TIME = '0001-01-01T00:00:00Z';
export const EPOCH = '1970-01-01T00:00:00Z';

export const UNSIGNED = {
  verified: false,
  reason: 'gpg.error.not_signed_commit',
  signature: '',
  signer: null,
  payload: '',
};

/**
 * @param {Call} call
 * @param {User} user
 * @param {boolean} [self] the user who asks: only they see some of it
 */
export function userShape(call, user, self = false) {
  return {
    id: user.id,
    login: user.login,
    login_name: user.id < 0 ? user.login : '',
    source_id: 0,
    full_name: user.name,
    email: self ? user.email : `${user.login}@noreply.localhost`,
    avatar_url: `${call.url}/avatars/${createHash('md5').update(user.email).digest('hex')}`,
    html_url: `${call.url}/${user.login}`,
    language: '',
    is_admin: self && user.admin,
    last_login: self ? EPOCH : ZERO_TIME,
    created: iso(Math.floor(user.createdAt / 1000) * 1000),
    restricted: false,
    active: self,
    prohibit_login: false,
    location: '',
    website: '',
    description: '',
    visibility: 'public',
    followers_count: 0,
    following_count: 0,
    starred_repos_count: 0,
    username: user.login,
  };
}

/**
 * @param {Call} call
 * @param {string | null} login
 */
export function actorShape(call, login) {
  const user = call.world.findUser(login);
  return user ? userShape(call, user) : null;
}

/**
 * @param {Call} call
 * @param {Repository} repo
 */
export function repositoryShape(call, repo) {
  const html = `${call.url}/${repo.fullName}`;
  const api = `${call.apiUrl}/repos/${repo.fullName}`;
  const rights = rightsOf(call, repo);
  const open = (/** @type {{ state: string }[]} */ list) =>
    list.filter((each) => each.state === 'open').length;
  return {
    id: repo.id,
    owner: userShape(call, call.world.user(repo.owner)),
    name: repo.name,
    full_name: repo.fullName,
    description: '',
    empty: repo.empty,
    private: repo.private,
    fork: repo.fork,
    template: false,
    parent: null,
    mirror: false,
    size: 25,
    language: '',
    languages_url: `${api}/languages`,
    html_url: html,
    url: api,
    link: '',
    ssh_url: `git@localhost:${repo.fullName}.git`,
    clone_url: `${html}.git`,
    original_url: '',
    website: '',
    stars_count: 0,
    forks_count: 0,
    watchers_count: 1,
    open_issues_count: open(repo.issues),
    open_pr_counter: open(repo.pulls),
    release_counter: 0,
    default_branch: repo.defaultBranch,
    archived: repo.archived,
    created_at: iso(repo.time(repo.createdAt)),
    updated_at: iso(repo.time(repo.createdAt)),
    archived_at: repo.archived ? iso(repo.time(repo.createdAt)) : EPOCH,
    permissions: { admin: rights === 'admin', push: rights === 'admin' || rights === 'write', pull: true },
    has_issues: true,
    internal_tracker: {
      enable_time_tracker: true,
      allow_only_contributors_to_track_time: true,
      enable_issue_dependencies: true,
    },
    has_wiki: true,
    has_pull_requests: true,
    has_projects: true,
    projects_mode: 'all',
    has_releases: true,
    has_packages: true,
    has_actions: true,
    ignore_whitespace_conflicts: false,
    allow_merge_commits: true,
    allow_rebase: true,
    allow_rebase_explicit: true,
    allow_squash_merge: true,
    allow_fast_forward_only_merge: true,
    allow_rebase_update: true,
    default_delete_branch_after_merge: false,
    default_merge_style: 'merge',
    default_allow_maintainer_edit: false,
    avatar_url: '',
    internal: false,
    mirror_interval: '',
    object_format_name: 'sha1',
    mirror_updated: ZERO_TIME,
    repo_transfer: null,
  };
}

/** @param {Signature} who */
export function signatureShape(who) {
  return { name: who.name, email: who.email, date: iso(who.seconds * 1000) };
}

/**
 * A commit as in lists, compare and git/commits. `commit.tree.sha` is the commit's own SHA: so Gitea answers.
 * @param {Call} call
 * @param {Repository} repo
 * @param {Commit} commit
 */
export function commitShape(call, repo, commit) {
  const wanted = (/** @type {string} */ name) =>
    !['false', '0', 'f', 'F', 'FALSE'].includes(call.query.get(name) ?? '');
  const api = `${call.apiUrl}/repos/${repo.fullName}/git`;
  const created = iso(commit.committer.seconds * 1000);
  const changes = wanted('files') || wanted('stat') ? diffCommit(repo.store, commit) : [];
  const additions = changes.reduce((sum, change) => sum + change.additions, 0);
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0);
  const account = (/** @type {Signature} */ who) => {
    const user = call.world.findUserByEmail(who.email);
    return user ? userShape(call, user) : null;
  };
  return {
    url: `${api}/commits/${commit.sha}`,
    sha: commit.sha,
    created,
    html_url: `${call.url}/${repo.fullName}/commit/${commit.sha}`,
    commit: {
      url: `${api}/commits/${commit.sha}`,
      author: signatureShape(commit.author),
      committer: signatureShape(commit.committer),
      message: commit.message,
      tree: { url: `${api}/trees/${commit.sha}`, sha: commit.sha, created },
      verification: wanted('verification') ? UNSIGNED : null,
    },
    author: account(commit.author),
    committer: account(commit.committer),
    parents: commit.parents.map((sha) => ({ url: `${api}/commits/${sha}`, sha, created: ZERO_TIME })),
    files: wanted('files') ? changes.map(({ filename, status }) => ({ filename, status })) : null,
    stats: wanted('stat') ? { total: additions + deletions, additions, deletions } : null,
  };
}

/**
 * The short form that branches carry.
 * @param {Call} call
 * @param {Repository} repo
 * @param {Commit} commit
 */
export function payloadCommitShape(call, repo, commit) {
  const who = (/** @type {Signature} */ { name, email }) => ({
    name,
    email,
    username: call.world.findUserByEmail(email)?.login ?? '',
  });
  return {
    id: commit.sha,
    message: commit.message,
    url: `${call.url}/${repo.fullName}/commit/${commit.sha}`,
    author: who(commit.author),
    committer: who(commit.committer),
    verification: UNSIGNED,
    timestamp: iso(commit.committer.seconds * 1000),
    added: null,
    removed: null,
    modified: null,
  };
}

/**
 * False for a conflict, a draft, what is merged, and while it is looked at; a closed one may be mergeable (seen on 1.22.6).
 * @param {Repository} repo
 * @param {Pull} pull
 */
function isMergeable(repo, pull) {
  if (pull.merged || pull.draft || pull.checking) return false;
  return findConflicts(repo, baseOf(repo, pull), headOf(repo, pull)).length === 0;
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Pull} pull
 */
export function pullShape(call, repo, pull) {
  const html = `${call.url}/${repo.fullName}/pulls/${pull.number}`;
  const [head, base] = [headOf(repo, pull), baseOf(repo, pull)];
  const from = pull.merged ? mergeBaseBefore(repo, pull) : findMergeBase(repo.store, base, head);
  const changes = diffTrees(
    repo.store,
    from ? repo.commitOf(from).tree : null,
    repo.store.commits.get(head)?.tree ?? null,
  );
  const side = (/** @type {string} */ branch, /** @type {string} */ sha, owner = repo.owner) => ({
    label: branch,
    ref: branch,
    sha,
    repo_id: owner === repo.owner ? repo.id : repo.id + FORK_IDS,
    repo: { ...repositoryShape(call, repo), full_name: `${owner}/${repo.name}` },
  });
  const time = (/** @type {number | null} */ ms) => (ms === null ? null : iso(ms));
  return {
    id: pull.id,
    url: html,
    number: pull.number,
    user: actorShape(call, pull.user),
    title: pull.title,
    body: pull.body,
    labels: [],
    milestone: null,
    assignee: null,
    assignees: null,
    requested_reviewers: null,
    state: pull.state,
    draft: pull.draft,
    is_locked: false,
    comments: pull.comments.length,
    review_comments: 0,
    additions: changes.reduce((sum, change) => sum + change.additions, 0),
    deletions: changes.reduce((sum, change) => sum + change.deletions, 0),
    changed_files: changes.length,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    mergeable: isMergeable(repo, pull),
    merged: pull.merged,
    merged_at: time(pull.mergedAt),
    merge_commit_sha: pull.mergeSha,
    merged_by: pull.mergedBy === null ? null : actorShape(call, pull.mergedBy),
    allow_maintainer_edit: false,
    base: side(pull.base, base),
    head: side(pull.head, head, pull.headOwner),
    merge_base: from ?? '',
    due_date: null,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: time(pull.closedAt),
    pin_order: 0,
  };
}

/** Forks are not repositories of this world: they have names, and numbers apart. */
const FORK_IDS = 100_000;

/**
 * @param {Repository} repo
 * @param {Pull} pull
 */
function mergeBaseBefore(repo, pull) {
  const merge = repo.store.commits.get(pull.mergeSha ?? '');
  const [before, head] = [merge?.parents[0], pull.lastHead];
  return before && head ? findMergeBase(repo.store, before, head) : null;
}
