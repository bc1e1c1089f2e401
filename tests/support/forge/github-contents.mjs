// GitHub's contents API.
import { ok } from './answers.mjs';
import { findRepository } from './github-auth.mjs';
import { notFound, refuse } from './github-errors.mjs';
import { RULES_BROKEN } from './github-repository.mjs';
import { gitCommitShape } from './github-shapes.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./answers.mjs').Answer} Answer */
/** @typedef {import('./repository.mjs').Repository} Repository */

const MAX_INLINE = 1024 * 1024;

/** @type {Route[]} */
export const CONTENTS_ROUTES = [
  ['GET', '/repos/{owner}/{repo}/contents', readContents],
  ['GET', '/repos/{owner}/{repo}/contents/{path*}', readContents],
  ['PUT', '/repos/{owner}/{repo}/contents/{path*}', (call) => writeFile(call, 'put')],
  ['DELETE', '/repos/{owner}/{repo}/contents/{path*}', (call) => writeFile(call, 'delete')],
];

/** @param {Call} call */
function pathOf(call) {
  return (call.params['path'] ?? '').replace(/\/+$/, '');
}

/** @param {Call} call @returns {Answer} */
function readContents(call) {
  const repo = findRepository(call, 'contents');
  if (repo.empty) throw refuse(404, 'This repository is empty.');
  const path = pathOf(call);
  const ref = call.query.get('ref') || repo.defaultBranch;
  const sha = repo.resolve(ref);
  if (!sha) throw refuse(404, `No commit found for the ref ${ref}`);
  const files = repo.store.readTree(repo.commitOf(sha).tree);
  const entry = files.get(path);
  if (entry) {
    const content = repo.store.readBlob(entry.sha);
    if (/vnd\.github(\.v3)?\.raw/.test(call.headers.accept ?? '')) {
      return {
        status: 200,
        headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' },
        body: content,
      };
    }
    return ok(fileShape(call, repo, { ref, path, blob: entry.sha }));
  }
  const prefix = path === '' ? '' : `${path}/`;
  const inside = [...files.keys()].filter((name) => name.startsWith(prefix));
  if (inside.length === 0) throw notFound();
  const names = [...new Set(inside.map((name) => name.slice(prefix.length).split('/')[0] ?? ''))].sort();
  return ok(
    names.map((name) => {
      const blob = files.get(prefix + name)?.sha;
      if (!blob)
        return itemShape(call, repo, {
          ref,
          path: prefix + name,
          sha: findFolder(repo, sha, prefix + name),
          type: 'dir',
        });
      return itemShape(call, repo, { ref, path: prefix + name, sha: blob, type: 'file' });
    }),
  );
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
 * @param {Repository} repo
 * @param {{ ref: string, path: string, sha: string, type: 'file' | 'dir' }} item
 */
function itemShape(call, repo, { ref, path, sha, type }) {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const self = `${call.apiUrl}/repos/${repo.fullName}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${call.apiUrl}/repos/${repo.fullName}/git/${type === 'dir' ? 'trees' : 'blobs'}/${sha}`;
  const html = `${call.url}/${repo.fullName}/${type === 'dir' ? 'tree' : 'blob'}/${ref}/${encoded}`;
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha,
    size: type === 'dir' ? 0 : repo.store.readBlob(sha).length,
    url: self,
    html_url: html,
    git_url: git,
    download_url: type === 'dir' ? null : `${call.url}/raw/${repo.fullName}/${ref}/${encoded}`,
    type,
    _links: { self, git, html },
  };
}

/**
 * A file of more than 1 MiB comes without its content.
 * @param {Call} call
 * @param {Repository} repo
 * @param {{ ref: string, path: string, blob: string }} where
 */
function fileShape(call, repo, { ref, path, blob }) {
  const content = repo.store.readBlob(blob);
  const lines = content.toString('base64').match(/.{1,60}/g) ?? [];
  const inline = content.length <= MAX_INLINE;
  return {
    ...itemShape(call, repo, { ref, path, sha: blob, type: 'file' }),
    content: inline ? lines.map((line) => `${line}\n`).join('') : '',
    encoding: inline ? 'base64' : 'none',
  };
}

/**
 * @param {Call} call
 * @param {'put' | 'delete'} what
 */
async function writeFile(call, what) {
  const repo = findRepository(call, 'contents');
  const path = pathOf(call);
  const body = call.body ?? {};
  if (typeof body.message !== 'string') throw refuse(422, 'Invalid request.\n\n"message" wasn\'t supplied.');
  if (what === 'put' && typeof body.content !== 'string')
    throw refuse(422, 'Invalid request.\n\n"content" wasn\'t supplied.');
  const branch = body.branch || repo.defaultBranch;
  const tip = repo.branches.get(branch);
  if (!tip && !repo.empty) throw refuse(404, `Branch ${branch} not found`);
  requireWorkflowsPermission(call, path);
  if (repo.protectionOf(branch)?.push === false) throw refuse(409, RULES_BROKEN);
  const entry = tip ? repo.store.readTree(repo.commitOf(tip).tree).get(path) : undefined;
  if (!entry && what === 'delete') throw notFound();
  if (entry && !body.sha) throw refuse(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (entry && body.sha !== entry.sha) throw refuse(409, `${path} does not match ${body.sha}`);
  const sha = makeCommit(call, repo, { what, tip, path });
  await repo.holdWrite();
  const now = repo.branches.get(branch);
  if (now !== tip) throw refuse(409, `is at ${now} but expected ${tip}`);
  repo.setBranch(branch, sha);
  repo.push({ branch, by: call.caller.login ?? '' });
  const blob = repo.store.readTree(repo.commitOf(sha).tree).get(path)?.sha;
  const item = blob ? itemShape(call, repo, { ref: branch, path, sha: blob, type: 'file' }) : null;
  return ok({ content: item, commit: gitCommitShape(call, repo, repo.commitOf(sha)) }, entry ? 200 : 201);
}

/**
 * @param {Call} call
 * @param {string} path
 */
function requireWorkflowsPermission(call, path) {
  const permissions = call.caller.grant?.permissions;
  const may = permissions ? permissions['workflows'] === 'write' : !call.caller.grant?.jobOf;
  if (may || !path.startsWith('.github/workflows/')) return;
  throw refuse(
    403,
    `refusing to allow a GitHub App to create or update workflow \`${path}\` without \`workflows\` permission`,
  );
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {{ what: 'put' | 'delete', tip: string | undefined, path: string }} options
 */
function makeCommit(call, repo, { what, tip, path }) {
  const body = call.body ?? {};
  const user = call.world.findUser(call.caller.login);
  const self = { name: user?.name || (user?.login ?? ''), email: user?.email ?? '' };
  return repo.commit({
    message: body.message,
    parents: tip ? [tip] : [],
    files: { [path]: what === 'delete' ? null : Buffer.from(body.content, 'base64') },
    author: body.author?.email ? body.author : body.committer?.email ? body.committer : self,
    committer: body.committer?.email ? body.committer : self,
  });
}
