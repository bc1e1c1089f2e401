// GitHub's routes for repositories, branches, commits, trees, refs, merges and the record of pushes.
import { iso, noContent, ok, readNumber } from './answers.mjs';
import { EMPTY_SHA } from './git-objects.mjs';
import { diffCommit, isAncestor } from './history.mjs';
import { findRepository } from './github-auth.mjs';
import { notFound, refuse } from './github-errors.mjs';
import { linkTo, pageAnswer } from './github-pages.mjs';
import {
  actorShape,
  changeShape,
  commitShape,
  gitCommitShape,
  nodeId,
  repositoryShape,
} from './github-shapes.mjs';
import { makeMergeCommit } from './pulls.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./answers.mjs').Answer} Answer */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./repository.mjs').Push} Push */

/** @type {Route[]} */
export const REPOSITORY_ROUTES = [
  ['GET', '/repos/{owner}/{repo}', (call) => ok(repositoryShape(call, findRepository(call, 'metadata')))],
  ['GET', '/repos/{owner}/{repo}/branches', listBranches],
  ['GET', '/repos/{owner}/{repo}/branches/{branch*}', readBranch],
  ['GET', '/repos/{owner}/{repo}/commits', listCommits],
  ['GET', '/repos/{owner}/{repo}/commits/{ref*}', readCommit],
  ['GET', '/repos/{owner}/{repo}/git/commits/{sha}', readGitCommit],
  ['GET', '/repos/{owner}/{repo}/git/tags/{sha}', readTag],
  ['GET', '/repos/{owner}/{repo}/git/trees/{sha}', readTree],
  ['GET', '/repos/{owner}/{repo}/git/ref/{ref*}', readRef],
  ['GET', '/repos/{owner}/{repo}/git/matching-refs/{ref*}', listMatchingRefs],
  ['POST', '/repos/{owner}/{repo}/git/refs', createRef],
  ['PATCH', '/repos/{owner}/{repo}/git/refs/{ref*}', updateRef],
  ['DELETE', '/repos/{owner}/{repo}/git/refs/{ref*}', deleteRef],
  ['POST', '/repos/{owner}/{repo}/merges', merge],
  ['GET', '/repos/{owner}/{repo}/activity', listActivity],
];

export const RULES_BROKEN =
  'Repository rule violations found\n\nChanges must be made through a pull request.\n\nCannot update this protected ref.\n\n';

/** @param {Call} call */
function listBranches(call) {
  const repo = findRepository(call, 'contents');
  const wanted = call.query.get('protected');
  const names = [...repo.branches.keys()]
    .sort()
    .filter((name) => wanted === null || String(repo.protectionOf(name) !== null) === wanted);
  return pageAnswer(call, names, (name) => {
    const sha = repo.branches.get(name) ?? '';
    const url = `${call.apiUrl}/repos/${repo.fullName}/commits/${sha}`;
    return { name, commit: { sha, url }, protected: repo.protectionOf(name) !== null };
  });
}

/** @param {Call} call */
function readBranch(call) {
  const repo = findRepository(call, 'contents');
  const name = call.params['branch'] ?? '';
  const sha = repo.branches.get(name);
  if (!sha) throw refuse(404, 'Branch not found');
  const rule = repo.protectionOf(name);
  const contexts = rule?.contexts ?? [];
  const self = `${call.apiUrl}/repos/${repo.fullName}/branches/${encodeURIComponent(name)}`;
  return ok({
    name,
    commit: commitShape(call, repo, repo.commitOf(sha)),
    _links: { self, html: `${call.url}/${repo.fullName}/tree/${name}` },
    protected: rule !== null,
    protection: {
      enabled: rule !== null,
      required_status_checks: {
        enforcement_level: contexts.length > 0 ? 'non_admins' : 'off',
        contexts,
        checks: contexts.map((context) => ({ context, app_id: null })),
      },
    },
    protection_url: `${self}/protection`,
  });
}

/** @param {Call} call */
function listCommits(call) {
  const repo = findRepository(call, 'contents');
  if (repo.empty) throw refuse(409, 'Git Repository is empty.');
  const sha = repo.resolve(call.query.get('sha') || repo.defaultBranch);
  if (!sha) throw notFound();
  const path = call.query.get('path');
  const commits = repo.list(sha).filter((commit) => !path || repo.touches(commit, path));
  return pageAnswer(call, commits, (commit) => commitShape(call, repo, commit));
}

/** @param {Call} call @returns {Answer} */
function readCommit(call) {
  const repo = findRepository(call, 'contents');
  if (repo.empty) throw refuse(409, 'Git Repository is empty.');
  const ref = call.params['ref'] ?? '';
  const sha = repo.resolve(ref.replace(/^(heads|tags)\//, ''));
  if (!sha) throw refuse(422, `No commit found for SHA: ${ref}`);
  if (/vnd\.github(\.v3)?\.sha/.test(call.headers.accept ?? '')) {
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.github.sha; charset=utf-8' },
      body: sha,
    };
  }
  const commit = repo.commitOf(sha);
  const changes = diffCommit(repo.store, commit);
  const additions = changes.reduce((sum, change) => sum + change.additions, 0);
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0);
  return ok({
    ...commitShape(call, repo, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: changes.slice(0, 300).map((change) => changeShape(call, repo, sha, change)),
  });
}

/** @param {Call} call */
function readGitCommit(call) {
  const repo = findRepository(call, 'contents');
  const commit = repo.store.commits.get(call.params['sha'] ?? '');
  if (!commit) throw notFound();
  return ok(gitCommitShape(call, repo, commit));
}

/** @param {Call} call */
function readTree(call) {
  const repo = findRepository(call, 'contents');
  if (repo.empty) throw refuse(409, 'Git Repository is empty.');
  const ref = call.params['sha'] ?? '';
  const root = repo.treeOf(ref);
  if (!root) throw notFound();
  const recursive = call.query.has('recursive');
  const api = `${call.apiUrl}/repos/${repo.fullName}/git`;
  /** @type {(tree: string, prefix: string) => Record<string, unknown>[]} */
  const walk = (tree, prefix) =>
    repo.store.readTreeItems(tree).flatMap(({ name, mode, sha }) => {
      const path = prefix + name;
      if (mode !== '40000') {
        return [
          {
            path,
            mode,
            type: 'blob',
            sha,
            size: repo.store.readBlob(sha).length,
            url: `${api}/blobs/${sha}`,
          },
        ];
      }
      const here = { path, mode: '040000', type: 'tree', sha, url: `${api}/trees/${sha}` };
      return recursive ? [here, ...walk(sha, `${path}/`)] : [here];
    });
  return ok({ sha: root, url: `${api}/trees/${root}`, tree: walk(root, ''), truncated: false });
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {string} ref without `refs/`
 * @param {string} commit
 */
function refShape(call, repo, ref, commit) {
  const api = `${call.apiUrl}/repos/${repo.fullName}/git`;
  const { type, sha } = repo.objectOf(ref, commit);
  return {
    ref: `refs/${ref}`,
    node_id: nodeId('REF', ref),
    url: `${api}/refs/${ref}`,
    object: { sha, type, url: `${api}/${type}s/${sha}` },
  };
}

/** @param {Call} call */
function readTag(call) {
  const repo = findRepository(call, 'contents');
  const [object, tag] = [call.params['sha'] ?? '', repo.annotations.get(call.params['sha'] ?? '')];
  if (!tag) throw notFound();
  const api = `${call.apiUrl}/repos/${repo.fullName}/git`;
  return ok({
    node_id: nodeId('TA', object),
    tag: tag.tag,
    sha: object,
    url: `${api}/tags/${object}`,
    message: `${tag.tag}\n`,
    tagger: { name: tag.name, email: tag.email, date: iso(tag.at) },
    object: { type: 'commit', sha: tag.sha, url: `${api}/commits/${tag.sha}` },
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  });
}

/**
 * @param {Repository} repo
 * @param {string} ref without `refs/`
 */
function findRef(repo, ref) {
  if (ref.startsWith('heads/')) return repo.branches.get(ref.slice('heads/'.length));
  return ref.startsWith('tags/') ? repo.tags.get(ref.slice('tags/'.length)) : undefined;
}

/** @param {Call} call */
function readRef(call) {
  const repo = findRepository(call, 'contents');
  if (repo.empty) throw refuse(409, 'Git Repository is empty.');
  const ref = call.params['ref'] ?? '';
  const sha = findRef(repo, ref);
  if (!sha) throw notFound();
  return ok(refShape(call, repo, ref, sha));
}

/** @param {Call} call */
function listMatchingRefs(call) {
  const repo = findRepository(call, 'contents');
  const refs = [
    ...[...repo.branches].map(([name, sha]) => ({ ref: `heads/${name}`, sha })),
    ...[...repo.tags].map(([name, sha]) => ({ ref: `tags/${name}`, sha })),
  ].filter(({ ref }) => ref.startsWith(call.params['ref'] ?? ''));
  return ok(refs.map(({ ref, sha }) => refShape(call, repo, ref, sha)));
}

/** @param {Call} call */
function createRef(call) {
  const repo = findRepository(call, 'contents');
  const { ref = '', sha = '' } = call.body ?? {};
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  if (!branch) throw refuse(422, "Reference name must start with 'refs/' and contain at least 2 slashes.");
  if (!repo.store.commits.has(sha)) throw refuse(422, 'Object does not exist');
  if (repo.branches.has(branch)) throw refuse(422, 'Reference already exists');
  repo.setBranch(branch, sha);
  repo.push({ branch, by: call.caller.login ?? '' });
  return ok(refShape(call, repo, `heads/${branch}`, sha), 201);
}

/** @param {Call} call */
function updateRef(call) {
  const repo = findRepository(call, 'contents');
  const ref = call.params['ref'] ?? '';
  const { sha = '', force = false } = call.body ?? {};
  const now = findRef(repo, ref);
  const branch = ref.replace(/^heads\//, '');
  if (!now || branch === ref) throw refuse(422, 'Reference does not exist');
  if (!repo.store.commits.has(sha)) throw refuse(422, 'Object does not exist');
  if (repo.protectionOf(branch)?.push === false) throw refuse(422, RULES_BROKEN);
  if (!force && !isAncestor(repo.store, now, sha)) throw refuse(422, 'Update is not a fast forward');
  repo.setBranch(branch, sha);
  repo.push({ branch, by: call.caller.login ?? '' });
  return ok(refShape(call, repo, ref, sha));
}

/** @param {Call} call */
function deleteRef(call) {
  const repo = findRepository(call, 'contents');
  const ref = call.params['ref'] ?? '';
  const branch = ref.replace(/^heads\//, '');
  if (!findRef(repo, ref) || branch === ref) throw refuse(422, 'Reference does not exist');
  repo.setBranch(branch, null);
  repo.push({ branch, by: call.caller.login ?? '' });
  return noContent();
}

/** @param {Call} call */
function merge(call) {
  const repo = findRepository(call, 'contents');
  const { base = '', head = '', commit_message: given } = call.body ?? {};
  const ours = repo.branches.get(base);
  const theirs = repo.resolve(head);
  if (!ours) throw refuse(404, 'Base does not exist');
  if (!theirs) throw refuse(404, 'Head does not exist');
  if (isAncestor(repo.store, theirs, ours)) return noContent();
  if (repo.protectionOf(base)?.push === false) throw refuse(403, RULES_BROKEN);
  const by = call.caller.login ?? '';
  const sha = makeMergeCommit(repo, { ours, theirs, message: given || `Merge ${head} into ${base}`, by });
  if (sha === null) throw refuse(409, 'Merge conflict');
  repo.setBranch(base, sha);
  repo.push({ branch: base, by });
  return ok(commitShape(call, repo, repo.commitOf(sha)), 201);
}

/**
 * The record of pushes, newest first; pages follow each other by a cursor that only `Link` tells.
 * @param {Call} call
 * @returns {Answer}
 */
function listActivity(call) {
  const repo = findRepository(call, 'contents');
  const ref = call.query.get('ref');
  const [type, actor] = [call.query.get('activity_type'), call.query.get('actor')];
  const wanted = (/** @type {Push} */ push) =>
    (!ref || push.ref === ref || push.branch === ref) &&
    (!type || push.kind === type) &&
    (!actor || call.world.findUser(push.by)?.login === actor);
  const rows = repo.pushes.filter(wanted);
  if (call.query.get('direction') !== 'asc') rows.reverse();
  const size = Math.min(readNumber(call.query, 'per_page', 30), 100);
  const cursor = readCursor(call.query.get('after'));
  const from = cursor === null ? 0 : rows.findIndex((push) => push.id === cursor) + 1;
  const shown = rows.slice(from, from + size);
  const last = shown[shown.length - 1];
  const more = from + size < rows.length && last !== undefined;
  const after = last ? Buffer.from(`push:${last.id}`).toString('base64url') : '';
  return {
    status: 200,
    headers: more ? { link: linkTo(call, { after }, 'next') } : {},
    body: shown.map((push) => ({
      id: push.id,
      node_id: nodeId('PSH', push.id),
      before: push.before || EMPTY_SHA,
      after: push.after || EMPTY_SHA,
      ref: push.ref,
      timestamp: iso(push.at),
      activity_type: push.kind,
      actor: actorShape(call, push.by),
    })),
    firstPage: from === 0,
    lastPage: !more,
  };
}

/** @param {string | null} text */
function readCursor(text) {
  const id = /^push:(\d+)$/.exec(Buffer.from(text ?? '', 'base64url').toString('utf8'))?.[1];
  return id === undefined ? null : Number(id);
}
