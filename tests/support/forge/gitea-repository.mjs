// Gitea's routes for repositories, branches, commits, compare, trees and refs.
import { iso, ok, readNumber } from './answers.mjs';
import { notFound, refuse, serverFault } from './gitea-errors.mjs';
import { findRepository, requireNotArchived, requireScope, requireToken, rightsOf } from './gitea-auth.mjs';
import { commitShape, payloadCommitShape, repositoryShape, userShape } from './gitea-shapes.mjs';
import { linkHeader, pageAnswer, position } from './gitea-pages.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./answers.mjs').Answer} Answer */
/** @typedef {import('./repository.mjs').Repository} Repository */

/** @type {Route[]} */
export const REPOSITORY_ROUTES = [
  ['GET', '/version', (call) => ok({ version: call.world.flavour.replace('gitea-', '') })],
  ['GET', '/user', readUser],
  [
    'GET',
    '/settings/api',
    () =>
      ok({
        max_response_items: 50,
        default_paging_num: 30,
        default_git_trees_per_page: 1000,
        default_max_blob_size: 10485760,
      }),
  ],
  ['GET', '/repos/{owner}/{repo}', (call) => ok(repositoryShape(call, findRepository(call)))],
  ['GET', '/repos/{owner}/{repo}/branches', listBranches],
  ['GET', '/repos/{owner}/{repo}/branches/{branch*}', readBranch],
  ['POST', '/repos/{owner}/{repo}/branches', createBranch],
  ['DELETE', '/repos/{owner}/{repo}/branches/{branch*}', deleteBranch],
  ['GET', '/repos/{owner}/{repo}/commits', listCommits],
  ['GET', '/repos/{owner}/{repo}/git/commits/{ref*}', readCommit],
  ['GET', '/repos/{owner}/{repo}/git/refs', readRefs],
  ['GET', '/repos/{owner}/{repo}/git/refs/{ref*}', readRefs],
  ['GET', '/repos/{owner}/{repo}/git/tags/{sha}', readTag],
  ['GET', '/repos/{owner}/{repo}/git/trees/{sha}', readTree],
  ['GET', '/repos/{owner}/{repo}/git/blobs/{sha}', readBlob],
  ['GET', '/repos/{owner}/{repo}/compare/{range*}', compare],
  ['GET', '/repos/{owner}/{repo}/branch_protections', listProtections],
];

/** @param {Call} call */
function readUser(call) {
  const login = requireToken(call);
  requireScope(call, 'user');
  const user = call.world.findUser(login);
  return ok(user ? userShape(call, user, true) : null);
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {string} name
 */
function branchShape(call, repo, name) {
  const commit = repo.commitOf(/** @type {string} */ (repo.branches.get(name)));
  const rule = repo.protectionOf(name);
  const rights = rightsOf(call, repo);
  const writes = (rights === 'write' || rights === 'admin') && !call.caller.grant?.jobOf;
  return {
    name,
    commit: payloadCommitShape(call, repo, commit),
    protected: rule !== null,
    required_approvals: rule?.approvals ?? 0,
    enable_status_check: (rule?.contexts ?? []).length > 0,
    status_check_contexts: rule?.contexts ?? [],
    user_can_push: writes && rule?.push !== false,
    user_can_merge: writes,
    effective_branch_protection_name: rule && rights === 'admin' ? name : '',
  };
}

/** @param {Call} call */
function listBranches(call) {
  const repo = findRepository(call);
  const seconds = (/** @type {string} */ sha) => repo.commitOf(sha).committer.seconds;
  const newestFirst = [...repo.branches].sort((a, b) => seconds(b[1]) - seconds(a[1])).map(([name]) => name);
  return pageAnswer(call, newestFirst, (name) => branchShape(call, repo, name));
}

/** @param {Call} call */
function readBranch(call) {
  const repo = findRepository(call);
  const name = call.params['branch'] ?? '';
  if (!repo.branches.has(name)) throw notFound(call, undefined, [`branch does not exist [name: ${name}]`]);
  return ok(branchShape(call, repo, name));
}

/** @param {Call} call */
function createBranch(call) {
  const repo = findRepository(call);
  const login = requireToken(call);
  requireNotArchived(call, repo);
  const name = String(call.body?.new_branch_name ?? '');
  if (name === '') throw refuse(call, 422, '[BranchName]: Required');
  const from = call.body?.old_ref_name ?? call.body?.old_branch_name ?? repo.defaultBranch;
  const sha = repo.resolve(from);
  if (!sha && call.body?.old_branch_name) throw notFound(call, 'The old branch does not exist');
  if (!sha) throw serverFault(call, `object does not exist [id: ${from}, rel_path: ]`);
  if (repo.branches.has(name) || repo.tags.has(name)) throw refuse(call, 409, 'The branch already exists.');
  if (call.caller.grant?.jobOf) throw serverFault(call, '');
  repo.setBranch(name, sha);
  repo.push({ branch: name, by: login });
  return ok(branchShape(call, repo, name), 201);
}

/** @param {Call} call */
function deleteBranch(call) {
  const repo = findRepository(call);
  const login = requireToken(call);
  const name = call.params['branch'] ?? '';
  if (!repo.branches.has(name)) throw notFound(call, undefined, [`branch does not exist [name: ${name}]`]);
  if (name === repo.defaultBranch) throw refuse(call, 403, 'can not delete default branch');
  if (repo.protectionOf(name)) throw refuse(call, 403, 'branch protected');
  repo.setBranch(name, null);
  repo.push({ branch: name, by: login });
  return { status: 204 };
}

/**
 * @param {Call} call
 * @param {string} ref
 */
function unknownRef(call, ref) {
  if (call.world.flavour === 'gitea-1.22.6')
    return serverFault(call, `object does not exist [id: ${ref}, rel_path: ]`);
  return ok(null, 404);
}

/** @param {Call} call @returns {Answer} */
function listCommits(call) {
  const repo = findRepository(call);
  if (repo.empty) throw refuse(call, 409, 'Git Repository is empty.');
  const ref = call.query.get('sha') || repo.defaultBranch;
  const sha = repo.resolve(ref);
  if (!sha) {
    const answer = unknownRef(call, ref);
    if (answer instanceof Error) throw answer;
    return answer;
  }
  const path = call.query.get('path');
  const not = call.query.get('not');
  const hidden = not ? repo.resolve(not) : null;
  // Seen on 1.22.6 and 1.25.4.
  if (not && !hidden) {
    const words = `fatal: bad object ${not}\n`;
    throw serverFault(call, `exit status 128 - ${words} - ${words}`);
  }
  const all = repo.list(sha, hidden ? [hidden] : []);
  const commits = path ? all.filter((commit) => repo.touches(commit, path)) : all;
  if (path && commits.length === 0) throw notFound(call);
  const size = path ? 50 : Math.min(readNumber(call.query, 'limit', 30), 50);
  const page = { page: readNumber(call.query, 'page', 1), size };
  const pages = Math.ceil(commits.length / size);
  const link = linkHeader(call, commits.length, page);
  return {
    status: 200,
    headers: {
      ...(link === '' ? {} : { link }),
      'access-control-expose-headers': `${link === '' ? '' : 'Link, '}X-Total-Count, X-Page, X-PerPage, X-Total, X-PageCount, X-HasMore`,
      'x-page': String(page.page),
      'x-perpage': String(size),
      'x-total': String(commits.length),
      'x-total-count': String(commits.length),
      'x-pagecount': String(pages),
      'x-hasmore': String(page.page < pages),
    },
    body: commits
      .slice((page.page - 1) * size, page.page * size)
      .map((commit) => commitShape(call, repo, commit)),
    ...position(commits.length, page),
  };
}

/** @param {Call} call */
function readCommit(call) {
  const repo = findRepository(call);
  const ref = call.params['ref'] ?? '';
  const sha = repo.resolve(ref);
  if (!sha) throw notFound(call, ref);
  return ok(commitShape(call, repo, repo.commitOf(sha)));
}

/** @param {Call} call */
function readRefs(call) {
  const repo = findRepository(call);
  const wanted = `refs/${call.params['ref'] ?? ''}`.replace(/\/$/, '');
  const refs = [
    ...[...repo.branches].map(([name, sha]) => ({ ref: `refs/heads/${name}`, sha })),
    ...[...repo.tags].map(([name, sha]) => ({ ref: `refs/tags/${name}`, sha })),
  ].filter(({ ref }) => ref === wanted || ref.startsWith(`${wanted}/`));
  if (refs.length === 0) throw notFound(call);
  refs.sort((a, b) => (a.ref < b.ref ? -1 : 1));
  const api = `${call.apiUrl}/repos/${repo.fullName}/git`;
  return ok(
    refs.map(({ ref, sha: commit }) => {
      const { type, sha } = repo.objectOf(ref.slice('refs/'.length), commit);
      return { ref, url: `${api}/${ref}`, object: { type, sha, url: `${api}/${type}s/${sha}` } };
    }),
  );
}

/** @param {Call} call */
function readTag(call) {
  const repo = findRepository(call);
  const [object, tag] = [call.params['sha'] ?? '', repo.annotations.get(call.params['sha'] ?? '')];
  if (!tag) throw notFound(call);
  const api = `${call.apiUrl}/repos/${repo.fullName}/git`;
  return ok({
    tag: tag.tag,
    sha: object,
    url: `${api}/tags/${object}`,
    message: `${tag.tag}\n`,
    tagger: { name: tag.name, email: tag.email, date: iso(tag.at) },
    object: { type: 'commit', url: `${api}/commits/${tag.sha}`, sha: tag.sha },
    verification: {
      verified: false,
      reason: 'gpg.error.not_signed_commit',
      signature: '',
      signer: null,
      payload: '',
    },
  });
}

/** @param {Call} call */
function readTree(call) {
  const repo = findRepository(call);
  const ref = call.params['sha'] ?? '';
  const tree = repo.treeOf(ref);
  if (!tree) throw refuse(call, 400, `sha not found: ${ref}`);
  const api = `${call.apiUrl}/repos/${repo.fullName}/git`;
  const recursive = ['1', 'true'].includes(call.query.get('recursive') ?? '');
  const entries = recursive
    ? walkTree(repo, tree, '')
    : repo.store.readTreeItems(tree).map((item) => ({ path: item.name, ...item }));
  const size = Math.min(readNumber(call.query, 'per_page', 1000), 1000);
  const page = readNumber(call.query, 'page', 1);
  const shown = entries.slice((page - 1) * size, page * size);
  const sha = repo.resolve(ref) ?? tree;
  return ok({
    sha,
    url: `${api}/trees/${sha}`,
    tree: shown.map(({ path, mode, sha }) => {
      const type = mode === '40000' ? 'tree' : 'blob';
      const size = type === 'tree' ? 0 : repo.store.readBlob(sha).length;
      return { path, mode: mode.padStart(6, '0'), type, size, sha, url: `${api}/${type}s/${sha}` };
    }),
    truncated: page * size < entries.length,
    page,
    total_count: entries.length,
  });
}

/**
 * @param {Repository} repo
 * @param {string} tree
 * @param {string} prefix
 * @returns {{ path: string, mode: string, sha: string }[]}
 */
function walkTree(repo, tree, prefix) {
  return repo.store.readTreeItems(tree).flatMap(({ name, mode, sha }) => {
    const here = { path: prefix + name, mode, sha };
    return mode === '40000' ? [here, ...walkTree(repo, sha, `${here.path}/`)] : [here];
  });
}

/** @param {Call} call */
function readBlob(call) {
  const repo = findRepository(call);
  const sha = call.params['sha'] ?? '';
  if (repo.store.objects.get(sha)?.type !== 'blob')
    throw refuse(call, 400, `object does not exist [id: ${sha}, rel_path: ]`);
  const content = repo.store.readBlob(sha);
  const url = `${call.apiUrl}/repos/${repo.fullName}/git/blobs/${sha}`;
  return ok({ content: content.toString('base64'), encoding: 'base64', url, sha, size: content.length });
}

/** @param {Call} call */
function compare(call) {
  const repo = findRepository(call);
  const range = call.params['range'] ?? '';
  const [base = '', head = ''] = range.includes('...')
    ? range.split('...')
    : range.includes('..')
      ? range.split('..')
      : [repo.defaultBranch, range];
  const byName = call.world.flavour === 'gitea-1.22.6';
  const find = (/** @type {string} */ ref) =>
    byName ? (repo.branches.get(ref) ?? repo.tags.get(ref) ?? null) : repo.resolve(ref);
  const [from, to] = [find(base), find(head)];
  if (!from) throw notFound(call, byName ? 'BaseNotExist' : 'not found');
  if (!to) throw notFound(call, byName ? undefined : 'not found');
  const related = repo.mergeBase(from, to) !== null;
  const commits = related ? repo.list(to, [from]) : [];
  return ok({
    total_commits: commits.length,
    commits: commits.map((commit) => commitShape(call, repo, commit)),
  });
}

/** @param {Call} call */
function listProtections(call) {
  const repo = findRepository(call);
  if (rightsOf(call, repo) !== 'admin')
    throw refuse(call, 403, 'user should be an owner or a collaborator with admin write of a repository');
  return ok(
    [...repo.protections].map(([name, rule]) => ({
      branch_name: name,
      rule_name: name,
      enable_push: rule.push !== false,
      enable_status_check: (rule.contexts ?? []).length > 0,
      status_check_contexts: rule.contexts ?? [],
      required_approvals: rule.approvals ?? 0,
    })),
  );
}
