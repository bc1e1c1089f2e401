// Gitea's contents API: reading, and one commit for each write.
import { ok } from './answers.mjs';
import { notFound, refuse, serverFault } from './gitea-errors.mjs';
import { findRepository, requireNotArchived, requireToken, rightsOf } from './gitea-auth.mjs';
import { signatureShape, UNSIGNED, ZERO_TIME } from './gitea-shapes.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./git-objects.mjs').Commit} Commit */

/** @type {Route[]} */
export const CONTENTS_ROUTES = [
  ['GET', '/repos/{owner}/{repo}/contents', readContents],
  ['GET', '/repos/{owner}/{repo}/contents/{path*}', readContents],
  ['GET', '/repos/{owner}/{repo}/raw/{path*}', readRaw],
  ['POST', '/repos/{owner}/{repo}/contents/{path*}', (call) => writeFile(call, 'create')],
  ['PUT', '/repos/{owner}/{repo}/contents/{path*}', (call) => writeFile(call, 'update')],
  ['DELETE', '/repos/{owner}/{repo}/contents/{path*}', (call) => writeFile(call, 'delete')],
];

/** @param {Call} call */
function readContents(call) {
  const repo = findRepository(call);
  if (repo.empty) return ok([]);
  const path = (call.params['path'] ?? '').replace(/\/+$/, '');
  const ref = call.query.get('ref') || repo.defaultBranch;
  const sha = tagBefore(call, repo, ref) ?? repo.resolve(ref);
  if (!sha) throw notFound(call, 'GetContentsOrList', [`object does not exist [id: ${ref}, rel_path: ]`]);
  const files = repo.store.readTree(repo.commitOf(sha).tree);
  const entry = files.get(path);
  if (entry) return ok(fileShape(call, repo, { ref, commit: sha, path, blob: entry.sha }));
  const prefix = path === '' ? '' : `${path}/`;
  const inside = [...files.keys()].filter((name) => name.startsWith(prefix));
  if (inside.length === 0)
    throw notFound(call, 'GetContentsOrList', [`object does not exist [id: , rel_path: ${path}]`]);
  const names = [...new Set(inside.map((name) => name.slice(prefix.length).split('/')[0] ?? ''))].sort();
  return ok(names.map((name) => listedShape(call, repo, { ref, commit: sha, path: prefix + name })));
}

/**
 * The commit of a tag which 1.22.6 takes before a branch of that name.
 * @param {Call} call
 * @param {Repository} repo
 * @param {string} ref
 */
function tagBefore(call, repo, ref) {
  return call.world.flavour === 'gitea-1.22.6' ? repo.tags.get(ref) : undefined;
}

/** @param {Call} call */
function readRaw(call) {
  const repo = findRepository(call);
  const sha = repo.resolve(call.query.get('ref') || repo.defaultBranch);
  const content = sha ? repo.readFile(sha, call.params['path'] ?? '') : null;
  if (!content) throw notFound(call);
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: content };
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {{ ref: string, commit: string, path: string, blob: string }} where
 */
function fileShape(call, repo, { ref, commit, path, blob }) {
  const content = repo.store.readBlob(blob);
  const isTag = tagBefore(call, repo, ref) !== undefined || (repo.tags.has(ref) && !repo.branches.has(ref));
  const kind = isTag ? 'tag' : repo.branches.has(ref) ? 'branch' : 'commit';
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const url = `${call.apiUrl}/repos/${repo.fullName}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${call.apiUrl}/repos/${repo.fullName}/git/blobs/${blob}`;
  const html = `${call.url}/${repo.fullName}/src/${kind}/${ref}/${encoded}`;
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha: blob,
    last_commit_sha: repo.lastChange(commit, path),
    type: 'file',
    size: content.length,
    encoding: /** @type {string | null} */ ('base64'),
    content: /** @type {string | null} */ (content.toString('base64')),
    target: null,
    url,
    html_url: html,
    git_url: git,
    download_url: /** @type {string | null} */ (`${call.url}/${repo.fullName}/raw/${kind}/${ref}/${encoded}`),
    submodule_git_url: null,
    _links: { self: url, git, html },
  };
}

/**
 * A row of a folder: a file without its content, or a folder.
 * @param {Call} call
 * @param {Repository} repo
 * @param {{ ref: string, commit: string, path: string }} where
 */
function listedShape(call, repo, { ref, commit, path }) {
  const entry = repo.store.readTree(repo.commitOf(commit).tree).get(path);
  if (entry)
    return {
      ...fileShape(call, repo, { ref, commit, path, blob: entry.sha }),
      encoding: null,
      content: null,
    };
  const tree = findFolder(repo, commit, path);
  const shape = fileShape(call, repo, { ref, commit, path, blob: tree });
  const git = shape.git_url.replace('/git/blobs/', '/git/trees/');
  return {
    ...shape,
    type: 'dir',
    size: 0,
    encoding: null,
    content: null,
    download_url: null,
    git_url: git,
    _links: { ...shape._links, git },
  };
}

/**
 * @param {Repository} repo
 * @param {string} commit
 * @param {string} path
 */
function findFolder(repo, commit, path) {
  let tree = repo.commitOf(commit).tree;
  for (const part of path.split('/'))
    tree = repo.store.readTreeItems(tree).find((item) => item.name === part)?.sha ?? '';
  return tree;
}

/**
 * @param {Call} call
 * @param {'create' | 'update' | 'delete'} what
 */
async function writeFile(call, what) {
  const repo = findRepository(call);
  const login = requireToken(call);
  requireNotArchived(call, repo);
  const body = call.body ?? {};
  if (what !== 'create' && !body.sha) throw refuse(call, 422, '[SHA]: Required');
  if (what !== 'delete' && typeof body.content !== 'string') throw refuse(call, 422, '[Content]: Required');
  if (!['write', 'admin'].includes(rightsOf(call, repo)))
    throw refuse(call, 403, 'user should have a permission to write to this branch');
  const branch = body.branch || repo.defaultBranch;
  const target = body.new_branch || branch;
  const tip = repo.branches.get(branch);
  if (!tip && !repo.empty) throw refuse(call, 404, `branch does not exist [name: ${branch}]`);
  if (body.new_branch && repo.branches.has(target))
    throw refuse(call, 422, `branch already exists [name: ${target}]`);
  if (repo.protectionOf(target)?.push === false)
    throw refuse(call, 403, `user cannot commit to repo [user: ${login}]`);
  const path = (call.params['path'] ?? '').replace(/\/+$/, '');
  checkFile(call, repo, { what, tip, path, given: body.sha });
  const sha = makeCommit(call, repo, { what, tip, path });
  await repo.holdWrite();
  if (call.caller.grant?.jobOf) throw serverFault(call, '');
  const now = repo.branches.get(target);
  if (now !== (target === branch ? tip : undefined))
    throw lostRace(call, repo, { branch: target, is: now ?? '', expected: tip ?? '', sha });
  repo.setBranch(target, sha);
  repo.push({ branch: target, by: login });
  const commit = repo.commitOf(sha);
  const blob = repo.store.readTree(commit.tree).get(path)?.sha;
  const content = blob ? fileShape(call, repo, { ref: target, commit: sha, path, blob }) : null;
  return ok(
    { content, commit: writtenShape(call, repo, commit), verification: UNSIGNED },
    what === 'create' ? 201 : 200,
  );
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {{ what: string, tip: string | undefined, path: string, given: string | undefined }} options
 */
function checkFile(call, repo, { what, tip, path, given }) {
  const old = call.world.flavour === 'gitea-1.22.6';
  const entry = tip ? repo.store.readTree(repo.commitOf(tip).tree).get(path) : undefined;
  if (what === 'create') {
    if (entry) throw refuse(call, 422, `repository file already exists [path: ${path}]`);
    return;
  }
  if (!entry) {
    if (what === 'update' && old) throw serverFault(call, `repository file does not exist [path: ${path}]`);
    throw notFound(call, undefined, [`repository file does not exist [path: ${path}]`]);
  }
  if (entry.sha === given) return;
  const status = what === 'delete' && old ? 400 : 422;
  throw refuse(call, status, `sha does not match [given: ${given}, expected: ${entry.sha}]`);
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {{ what: 'create' | 'update' | 'delete', tip: string | undefined, path: string }} options
 */
function makeCommit(call, repo, { what, tip, path }) {
  const body = call.body ?? {};
  const user = call.world.findUser(call.caller.login);
  const self = { name: user?.name || (user?.login ?? ''), email: user?.email ?? '' };
  const verb = { create: 'Add', update: 'Update', delete: 'Delete' }[what];
  return repo.commit({
    message: body.message || `${verb} ${path}`,
    parents: tip ? [tip] : [],
    files: { [path]: what === 'delete' ? null : Buffer.from(body.content, 'base64') },
    author: body.author?.email ? body.author : self,
    committer: body.committer?.email ? body.committer : self,
  });
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {{ branch: string, is: string, expected: string, sha: string }} race
 */
function lostRace(call, repo, { branch, is, expected, sha }) {
  const folder = `/data/gitea/repos/${repo.fullName.toLowerCase()}.git`;
  const told =
    `remote: error: cannot lock ref 'refs/heads/${branch}': is at ${is} but expected ${expected}        \n` +
    `To ${folder}\n ! [remote rejected] ${sha} -> ${branch} (failed to update ref)\n` +
    `error: failed to push some refs to '${folder}'\n`;
  return serverFault(call, `PushRejected Error: exit status 1 - ${told} - ${told}: ${told}\n`);
}

/**
 * The commit in the answer to a write; its `tree.sha` is the tree's, unlike everywhere else in Gitea.
 * @param {Call} call
 * @param {Repository} repo
 * @param {Commit} commit
 */
function writtenShape(call, repo, commit) {
  const git = `${call.apiUrl}/repos/${repo.fullName}/git`;
  return {
    url: `${git}/commits/${commit.sha}`,
    sha: commit.sha,
    created: ZERO_TIME,
    html_url: `${call.url}/${repo.fullName}/commit/${commit.sha}`,
    author: signatureShape(commit.author),
    committer: signatureShape(commit.committer),
    parents: commit.parents.map((sha) => ({ url: `${git}/commits/${sha}`, sha, created: ZERO_TIME })),
    message: commit.message,
    tree: { url: `${git}/trees/${commit.tree}`, sha: commit.tree, created: ZERO_TIME },
  };
}
