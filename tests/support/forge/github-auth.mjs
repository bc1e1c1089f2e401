// Who asks, and what the token lets them do, as GitHub decides it.
import { Refusal } from './answers.mjs';
import { notFound, refuse } from './github-errors.mjs';
import { settleAutoMerges } from './pulls.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {'contents' | 'actions' | 'pull_requests' | 'issues' | 'statuses' | 'checks' | 'metadata'} Permission */

/** @param {import('node:http').IncomingHttpHeaders} headers */
export function readGitHubToken(headers) {
  const header = headers.authorization ?? '';
  const plain = /^(?:token|bearer) +(\S+)$/i.exec(header);
  if (plain) return plain[1] ?? null;
  const basic = /^basic +(\S+)$/i.exec(header);
  if (!basic) return header === '' ? null : header;
  const [user = '', password = ''] = Buffer.from(basic[1] ?? '', 'base64')
    .toString('utf8')
    .split(/:(.*)/s);
  return password === '' ? user : password;
}

/**
 * The repository in the path, if the caller may do this there.
 * @param {Call} call
 * @param {Permission} permission
 * @returns {Repository}
 */
export function findRepository(call, permission) {
  const name = `${call.params['owner']}/${call.params['repo']}`;
  const movedTo = call.world.renamed.get(name.toLowerCase());
  const repo = call.world.repositories.get((movedTo ?? name).toLowerCase());
  const rights = repo ? rightsOf(call, repo) : 'none';
  if (!repo || rights === 'none') throw notFound();
  if (movedTo !== undefined) throw movedPermanently(call, repo);
  const writes = call.method !== 'GET';
  if (writes && call.caller.login === null) throw refuse(401, 'Requires authentication');
  requirePermission(call, repo, permission, writes ? 'write' : 'read');
  if (writes && rights === 'read' && permission !== 'issues') throw hideOrForbid(repo);
  if (writes && repo.archived) throw refuse(403, 'Repository was archived so is read-only.');
  settleAutoMerges(repo);
  return repo;
}

/**
 * @param {Pick<Call, 'caller'>} call
 * @param {Repository} repo
 */
function rightsOf({ caller: { login, grant } }, repo) {
  if (!grant?.jobOf) return repo.accessOf(login);
  if (grant.jobOf.toLowerCase() === repo.fullName.toLowerCase()) return 'write';
  return repo.private ? 'none' : 'read';
}

/**
 * @param {Call} call
 * @param {Repository} repo
 * @param {string} permission
 * @param {'read' | 'write'} level
 */
function requirePermission(call, repo, permission, level) {
  const permissions = call.caller.grant?.permissions;
  if (!permissions || permission === 'metadata') return;
  const given = permissions[permission] ?? 'none';
  if (given === 'write' || (level === 'read' && (given === 'read' || !repo.private))) return;
  const headers = { 'x-accepted-github-permissions': `${permission}=${level}` };
  throw refuse(403, 'Resource not accessible by integration', {}, headers);
}

/** @param {Repository} repo */
function hideOrForbid(repo) {
  return repo.private ? notFound() : refuse(403, `Must have push access to repository`);
}

/**
 * @param {Call} call
 * @param {Repository} repo
 */
function movedPermanently(call, repo) {
  const rest = call.path.split('/').slice(4);
  const search = call.query.toString();
  const location = `${[`${call.apiUrl}/repositories/${repo.id}`, ...rest].join('/')}${search === '' ? '' : `?${search}`}`;
  const status = call.method === 'GET' ? 301 : 307;
  const message = call.method === 'GET' ? 'Moved Permanently' : 'Temporary Redirect';
  const body = {
    message,
    url: location,
    documentation_url:
      'https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects',
  };
  return new Refusal({ status, headers: { location }, body });
}
