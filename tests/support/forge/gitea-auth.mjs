// Who asks, and what the token lets them do, as Gitea decides it.
import { JOB_TOKEN } from './world.mjs';
import { Refusal } from './answers.mjs';
import { notFound, refuse } from './gitea-errors.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./world.mjs').TokenGrant} TokenGrant */
/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Caller} Caller */
/** @typedef {import('./repository.mjs').Repository} Repository */

/**
 * The token in a request; null when there is none that Gitea would see (`Token x`, with a capital, is none).
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @param {URLSearchParams} query
 */
export function readGiteaToken(headers, query) {
  const header = headers.authorization ?? '';
  const plain = /^(?:token|[Bb][Ee][Aa][Rr][Ee][Rr]) +(\S+)$/.exec(header);
  if (plain) return plain[1] ?? null;
  const basic = /^basic +(\S+)$/i.exec(header);
  if (basic) {
    const [user = '', password = ''] = Buffer.from(basic[1] ?? '', 'base64')
      .toString('utf8')
      .split(/:(.*)/s);
    return password === '' || password === 'x-oauth-basic' ? user : password;
  }
  return query.get('token') ?? query.get('access_token');
}

/**
 * @param {World} world
 * @param {string | null} token
 * @returns {Caller | null} null for a token that nobody has
 */
export function findCaller(world, token) {
  if (token === null || token === '') return { login: null, grant: null };
  const grant = world.tokens.get(token);
  if (!grant) return null;
  return { login: grant.jobOf ? JOB_TOKEN : (grant.user ?? null), grant };
}

/**
 * @param {Call} call
 * @param {'repository' | 'issue' | 'user' | 'misc'} category
 */
export function requireScope(call, category) {
  const scopes = call.caller.grant?.scopes;
  if (!scopes || scopes.includes('all')) return;
  const level = call.method === 'GET' ? 'read' : 'write';
  if (scopes.includes(`write:${category}`) || (level === 'read' && scopes.includes(`read:${category}`)))
    return;
  throw refuse(call, 403, `token does not have at least one of required scope(s): [${level}:${category}]`);
}

/**
 * The repository in the path, if the caller may know of it.
 * @param {Call} call
 * @returns {Repository}
 */
export function findRepository(call) {
  requireScope(call, /\/issues(\/|$)/.test(call.path) ? 'issue' : 'repository');
  const name = `${call.params['owner']}/${call.params['repo']}`;
  const movedTo = call.world.renamed.get(name.toLowerCase());
  if (movedTo !== undefined) {
    const rest = call.path.split('/').slice(4);
    const search = call.query.toString();
    const location = `${['/api/v1/repos', movedTo, ...rest].join('/')}${search === '' ? '' : `?${search}`}`;
    throw new Refusal({ status: 307, headers: { location }, body: '' });
  }
  const repo = call.world.repositories.get(name.toLowerCase());
  if (!repo || rightsOf(call, repo) === 'none') throw notFound(call);
  if (call.caller.grant?.scopes?.includes('public-only') && repo.private)
    throw refuse(call, 403, 'token scope is limited to public repos');
  return repo;
}

/**
 * @param {Pick<Call, 'caller'>} call
 * @param {Repository} repo
 * @returns {'none' | 'read' | 'write' | 'admin'}
 */
export function rightsOf({ caller: { login, grant } }, repo) {
  if (grant?.jobOf) return grant.jobOf.toLowerCase() === repo.fullName.toLowerCase() ? 'write' : 'none';
  return repo.accessOf(login);
}

/** @param {Call} call */
export function requireToken(call) {
  if (call.caller.login === null) throw refuse(call, 401, 'token is required');
  return call.caller.login;
}

/**
 * @param {Call} call
 * @param {Repository} repo
 */
export function requireNotArchived(call, repo) {
  if (repo.archived) throw refuse(call, 423, `<Repository ${repo.id}:${repo.fullName}> is archived`);
}
