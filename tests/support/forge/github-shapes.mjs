// GitHub's JSON objects, with every field that its OpenAPI description requires.
import { iso } from './answers.mjs';
import { JOB_TOKEN } from './world.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./world.mjs').User} User */
/** @typedef {import('./git-objects.mjs').Commit} Commit */
/** @typedef {import('./git-objects.mjs').Signature} Signature */
/** @typedef {import('./history.mjs').Change} Change */

const AVATARS = 'https://avatars.githubusercontent.com/u';
const UNSIGNED = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/**
 * @param {string} kind
 * @param {number | string} id
 */
export function nodeId(kind, id) {
  return `${kind}_${Buffer.from(`${kind}${id}`).toString('base64url')}`;
}

/**
 * @param {Call} call
 * @param {User} user
 */
export function userShape(call, user) {
  const api = `${call.apiUrl}/users/${encodeURIComponent(user.login)}`;
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId('U', user.id),
    avatar_url: `${AVATARS}/${user.id}?v=4`,
    gravatar_id: '',
    url: api,
    html_url: `${call.url}/${user.kind === 'Bot' ? `apps/${user.login.replace('[bot]', '')}` : user.login}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: user.kind,
    user_view_type: 'public',
    site_admin: false,
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
export function minimalRepositoryShape(call, repo) {
  const api = `${call.apiUrl}/repos/${repo.fullName}`;
  return {
    id: repo.id,
    node_id: nodeId('R', repo.id),
    name: repo.name,
    full_name: repo.fullName,
    private: repo.private,
    owner: userShape(call, call.world.user(repo.owner)),
    html_url: `${call.url}/${repo.fullName}`,
    description: null,
    fork: repo.fork,
    url: api,
    forks_url: `${api}/forks`,
    keys_url: `${api}/keys{/key_id}`,
    collaborators_url: `${api}/collaborators{/collaborator}`,
    teams_url: `${api}/teams`,
    hooks_url: `${api}/hooks`,
    issue_events_url: `${api}/issues/events{/number}`,
    events_url: `${api}/events`,
    assignees_url: `${api}/assignees{/user}`,
    branches_url: `${api}/branches{/branch}`,
    tags_url: `${api}/tags`,
    blobs_url: `${api}/git/blobs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    trees_url: `${api}/git/trees{/sha}`,
    statuses_url: `${api}/statuses/{sha}`,
    languages_url: `${api}/languages`,
    stargazers_url: `${api}/stargazers`,
    contributors_url: `${api}/contributors`,
    subscribers_url: `${api}/subscribers`,
    subscription_url: `${api}/subscription`,
    commits_url: `${api}/commits{/sha}`,
    git_commits_url: `${api}/git/commits{/sha}`,
    comments_url: `${api}/comments{/number}`,
    issue_comment_url: `${api}/issues/comments{/number}`,
    contents_url: `${api}/contents/{+path}`,
    compare_url: `${api}/compare/{base}...{head}`,
    merges_url: `${api}/merges`,
    archive_url: `${api}/{archive_format}{/ref}`,
    downloads_url: `${api}/downloads`,
    issues_url: `${api}/issues{/number}`,
    pulls_url: `${api}/pulls{/number}`,
    milestones_url: `${api}/milestones{/number}`,
    notifications_url: `${api}/notifications{?since,all,participating}`,
    labels_url: `${api}/labels{/name}`,
    releases_url: `${api}/releases{/id}`,
    deployments_url: `${api}/deployments`,
  };
}

/**
 * @param {Call} call
 * @param {Repository} repo
 */
export function repositoryShape(call, repo) {
  const html = `${call.url}/${repo.fullName}`;
  const open = [...repo.issues, ...repo.pulls].filter((each) => each.state === 'open').length;
  const rights = repo.accessOf(call.caller.login);
  const job = call.caller.login === JOB_TOKEN;
  const pushes = job || rights === 'write' || rights === 'admin';
  return {
    ...minimalRepositoryShape(call, repo),
    created_at: iso(repo.time(repo.createdAt)),
    updated_at: iso(repo.time(repo.createdAt)),
    pushed_at: iso(repo.pushes[repo.pushes.length - 1]?.at ?? repo.time(repo.createdAt)),
    git_url: `git://${new URL(call.url).host}/${repo.fullName}.git`,
    ssh_url: `git@${new URL(call.url).hostname}:${repo.fullName}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: 25,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repo.archived,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    topics: [],
    visibility: repo.private ? 'private' : 'public',
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repo.defaultBranch,
    permissions: {
      admin: rights === 'admin',
      maintain: rights === 'admin',
      push: pushes,
      triage: pushes,
      pull: true,
    },
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: repo.allowAutoMerge,
    delete_branch_on_merge: false,
    network_count: 0,
    subscribers_count: 0,
  };
}

/** @param {Signature} who */
export function signatureShape(who) {
  return { name: who.name, email: who.email, date: iso(who.seconds * 1000) };
}

/** GitHub shows a message without the line break at its end. @param {Commit} commit */
export function messageOf(commit) {
  return commit.message.replace(/\n+$/, '');
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Commit} commit
 */
export function commitShape(call, repo, commit) {
  const api = `${call.apiUrl}/repos/${repo.fullName}`;
  const html = `${call.url}/${repo.fullName}/commit`;
  const account = (/** @type {Signature} */ who) => {
    const user =
      who.email === call.world.jobUser.email ? call.world.jobUser : call.world.findUserByEmail(who.email);
    return user ? userShape(call, user) : null;
  };
  return {
    sha: commit.sha,
    node_id: nodeId('C', commit.sha),
    commit: {
      author: signatureShape(commit.author),
      committer: signatureShape(commit.committer),
      message: messageOf(commit),
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    url: `${api}/commits/${commit.sha}`,
    html_url: `${html}/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    author: account(commit.author),
    committer: account(commit.committer),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${html}/${sha}` })),
  };
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {Commit} commit
 */
export function gitCommitShape(call, repo, commit) {
  const api = `${call.apiUrl}/repos/${repo.fullName}/git`;
  const html = `${call.url}/${repo.fullName}/commit`;
  return {
    sha: commit.sha,
    node_id: nodeId('C', commit.sha),
    url: `${api}/commits/${commit.sha}`,
    html_url: `${html}/${commit.sha}`,
    author: signatureShape(commit.author),
    committer: signatureShape(commit.committer),
    tree: { sha: commit.tree, url: `${api}/trees/${commit.tree}` },
    message: messageOf(commit),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${html}/${sha}` })),
    verification: UNSIGNED,
  };
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {string} sha the commit that the change is seen from
 * @param {Change} change
 */
export function changeShape(call, repo, sha, change) {
  const path = change.filename.split('/').map(encodeURIComponent).join('/');
  return {
    sha: change.sha,
    filename: change.filename,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${call.url}/${repo.fullName}/blob/${sha}/${path}`,
    raw_url: `${call.url}/${repo.fullName}/raw/${sha}/${path}`,
    contents_url: `${call.apiUrl}/repos/${repo.fullName}/contents/${path}?ref=${sha}`,
    patch: `@@ -1,${change.deletions} +1,${change.additions} @@`,
  };
}
