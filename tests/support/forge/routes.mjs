// Finds the route for a request path. In a pattern `{name}` is one segment, `{name*}` one or more.
/** @typedef {import('./answers.mjs').Answer} Answer */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./world.mjs').TokenGrant} TokenGrant */
/**
 * Who asks: `login` is null for nobody, `job-token` for a job's own token.
 * @typedef {{ login: string | null, grant: TokenGrant | null }} Caller
 */
/**
 * @typedef {object} Call
 * @property {World} world
 * @property {string} url the server's own address
 * @property {string} apiUrl
 * @property {Caller} caller
 * @property {string} method
 * @property {string} path below the API's root, as it was sent
 * @property {Record<string, string>} params
 * @property {URLSearchParams} query
 * @property {any} body parsed JSON, or undefined
 * @property {import('node:http').IncomingHttpHeaders} headers
 */
/** @typedef {(call: Call) => Answer | Promise<Answer>} Handler */
/** @typedef {[method: string, pattern: string, handler: Handler]} Route */

/**
 * @param {Route[]} routes the first that fits wins
 * @param {string} method
 * @param {string} path still encoded
 * @returns {{ route: Route, params: Record<string, string> } | { allowed: string[] }}
 */
export function findRoute(routes, method, path) {
  const segments = path
    .split('/')
    .filter((part, i, all) => part !== '' || i < all.length - 1)
    .slice(1)
    .map(decode);
  /** @type {string[]} */
  const allowed = [];
  for (const route of routes) {
    const params = matchPattern(route[1].split('/').slice(1), segments);
    if (!params) continue;
    if (route[0] === method) return { route, params };
    allowed.push(route[0]);
  }
  return { allowed };
}

/**
 * @param {string[]} pattern
 * @param {string[]} segments
 * @returns {Record<string, string> | null}
 */
function matchPattern(pattern, segments) {
  /** @type {Record<string, string>} */
  const params = {};
  let at = 0;
  for (const part of pattern) {
    const name = /^\{(\w+)(\*?)\}$/.exec(part);
    if (!name) {
      if (segments[at++] !== part) return null;
      continue;
    }
    const rest = name[2] === '*' ? segments.slice(at) : segments.slice(at, at + 1);
    if (rest.length === 0) return null;
    params[name[1] ?? ''] = rest.join('/');
    at += rest.length;
  }
  return at === segments.length ? params : null;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
