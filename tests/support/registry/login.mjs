// Who may do what, and in which words each server says no.
/** @typedef {import('../http-faults.mjs').RawAnswer} RawAnswer */
/** @typedef {{ options: import('./registry.mjs').RegistryOptions, mode: import('./registry.mjs').Mode, url: string, tokens: Map<string, Grant>, repositories: Map<string, import('./registry.mjs').Repository> }} State */
/** What a token is good for. */
/** @typedef {{ user: string | null, mayWrite: boolean, scope: string }} Grant */

const VERSION = { 'docker-distribution-api-version': 'registry/2.0' };

/**
 * The answer to who may not, the token service's own answers included; null to go on.
 * @param {State} state
 * @param {import('./registry.mjs').Seen} seen
 * @param {URL} url
 * @returns {RawAnswer | null}
 */
export function checkLogin(state, seen, url) {
  if (state.mode === 'docker') return null;
  if (state.mode === 'docker-htpasswd') return checkBasic(state, seen);
  if (url.pathname === tokenPath(state.mode)) return giveToken(state, seen, url);
  return state.mode === 'gitea' ? checkGitea(state, seen) : checkGhcr(state, seen);
}

/** @param {import('./registry.mjs').Mode} mode */
function tokenPath(mode) {
  return mode === 'gitea' ? '/v2/token' : '/token';
}

/**
 * @param {number} status
 * @param {unknown} body
 * @param {Record<string, string>} [headers]
 * @returns {RawAnswer}
 */
export function json(status, body, headers = {}) {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: Buffer.from(`${JSON.stringify(body)}\n`),
  };
}

/**
 * @param {State} state
 * @param {string | null} authorization
 * @returns {Grant | null}
 */
function loginOf(state, authorization) {
  const packed = /^Basic (.+)$/.exec(authorization ?? '')?.[1];
  if (packed === undefined) return null;
  const plain = Buffer.from(packed, 'base64').toString('utf8');
  const [user, password] = [plain.slice(0, plain.indexOf(':')), plain.slice(plain.indexOf(':') + 1)];
  if (state.options.users?.[user] === password) return { user, mayWrite: true, scope: '' };
  return state.options.readers?.[user] === password ? { user, mayWrite: false, scope: '' } : null;
}

/**
 * @param {State} state
 * @param {import('./registry.mjs').Seen} seen
 */
function checkBasic(state, seen) {
  const grant = loginOf(state, seen.authorization);
  if (grant !== null && (grant.mayWrite || isRead(seen))) return null;
  const name = /^\/v2\/(.+)\/(manifests|blobs|tags)\//.exec(seen.path)?.[1];
  const action = isRead(seen) ? ['pull'] : ['pull', 'push'];
  const detail =
    name === undefined
      ? null
      : action.map((Action) => ({ Type: 'repository', Class: '', Name: name, Action }));
  return json(
    401,
    { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required', detail }] },
    { ...VERSION, 'www-authenticate': 'Basic realm="basic-realm"' },
  );
}

/**
 * @param {State} state
 * @param {import('./registry.mjs').Seen} seen
 * @param {URL} url
 * @returns {RawAnswer}
 */
function giveToken(state, seen, url) {
  const login = loginOf(state, seen.authorization);
  if (seen.authorization !== null && login === null) {
    return state.mode === 'gitea'
      ? plain(401, 'authGroup.Verify\n')
      : json(403, { errors: [{ code: 'DENIED', message: 'denied' }] });
  }
  const grant = { ...(login ?? { user: null, mayWrite: false }), scope: url.searchParams.get('scope') ?? '' };
  const token = `token-${state.tokens.size + 1}-${Buffer.from(grant.user ?? 'anonymous').toString('hex')}`;
  state.tokens.set(token, grant);
  const body = Buffer.from(JSON.stringify(state.mode === 'gitea' ? { token } : { access_token: token }));
  return { status: 200, headers: { 'content-type': 'application/json;charset=utf-8' }, body };
}

/**
 * @param {State} state
 * @param {import('./registry.mjs').Seen} seen
 * @returns {Grant | null}
 */
function grantOf(state, seen) {
  const token = /^Bearer (.+)$/.exec(seen.authorization ?? '')?.[1];
  return token === undefined ? loginOf(state, seen.authorization) : (state.tokens.get(token) ?? null);
}

/**
 * Gitea 1.22.6: without a token a Bearer challenge, and for a write by who may not another one, as plain text.
 * @param {State} state
 * @param {import('./registry.mjs').Seen} seen
 * @returns {RawAnswer | null}
 */
function checkGitea(state, seen) {
  const grant = grantOf(state, seen);
  const realm =
    state.options.realm?.(/** @type {any} */ (null)) ?? `${state.options.name ?? state.url}/v2/token`;
  if (grant === null) {
    return {
      status: 401,
      headers: {
        'content-type': 'application/json',
        ...VERSION,
        'www-authenticate': `Bearer realm="${realm}",service="container_registry",scope="*"`,
      },
      body: Buffer.from('{"errors":[{"code":"UNAUTHORIZED","message":""}]}\n'),
    };
  }
  const owner = /^\/v2\/([^/]+)\//.exec(seen.path)?.[1];
  const known = [...state.repositories.keys()].some((name) => name.startsWith(`${owner}/`));
  if (owner !== undefined && !known && seen.method !== 'PUT') {
    return {
      status: 404,
      headers: { 'content-type': 'text/plain;charset=utf-8' },
      body: Buffer.from('Not found.\n'),
    };
  }
  const mayRead = grant.user !== null || state.options.publicRead !== false;
  if (isRead(seen) ? mayRead : grant.mayWrite) return null;
  return plain(401, 'reqPackageAccess\n', { 'www-authenticate': 'Basic realm="Gitea Package API"' });
}

/**
 * GHCR's manner: a token per scope, and 403 DENIED where it is too weak.
 * @param {State} state
 * @param {import('./registry.mjs').Seen} seen
 * @returns {RawAnswer | null}
 */
function checkGhcr(state, seen) {
  const grant = grantOf(state, seen);
  const name = /^\/v2\/(.+)\/(manifests|blobs|tags)\//.exec(seen.path)?.[1] ?? '';
  const scope = `repository:${name}:${isRead(seen) ? 'pull' : 'pull,push'}`;
  const realm = state.options.realm?.(/** @type {any} */ (null)) ?? `${state.url}/token`;
  if (grant === null || !grant.scope.startsWith(`repository:${name}:`)) {
    return json(
      401,
      { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] },
      { ...VERSION, 'www-authenticate': `Bearer realm="${realm}",service="ghcr.io",scope="${scope}"` },
    );
  }
  const mayRead = grant.user !== null || state.options.publicRead !== false;
  const mayWrite = grant.mayWrite && grant.scope.includes('push');
  if (isRead(seen) ? mayRead : mayWrite) return null;
  return json(403, { errors: [{ code: 'DENIED', message: 'permission_denied: write_package' }] }, VERSION);
}

/** @param {import('./registry.mjs').Seen} seen */
function isRead({ method }) {
  return method === 'GET' || method === 'HEAD';
}

/**
 * @param {number} status
 * @param {string} text
 * @param {Record<string, string>} [headers]
 * @returns {RawAnswer}
 */
function plain(status, text, headers = {}) {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: Buffer.from(text),
  };
}
