// Gitea 1.22.6 and 1.25.4: what each has, and how an answer of theirs is written.
import { ABSENT_API, refuse } from './gitea-errors.mjs';
import { findCaller, readGiteaToken } from './gitea-auth.mjs';
import { ACTIONS_ROUTES } from './gitea-actions.mjs';
import { CONTENTS_ROUTES } from './gitea-contents.mjs';
import { FEED_ROUTES } from './gitea-feed.mjs';
import { ISSUE_ROUTES } from './gitea-issues.mjs';
import { PULL_ROUTES } from './gitea-pulls.mjs';
import { REPOSITORY_ROUTES } from './gitea-repository.mjs';
import { STATUS_ROUTES } from './gitea-statuses.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./forge.mjs').Dialect} Dialect */

const absent = () => ABSENT_API;

/** What a client may well ask a Gitea for, to find out that this version lacks it. @type {Route[]} */
const ABSENT_EVERYWHERE = [
  ['GET', '/repos/{owner}/{repo}/actions/workflows/{file}/runs', absent],
  ['POST', '/repos/{owner}/{repo}/dispatches', absent],
  ['GET', '/repos/{owner}/{repo}/activity', absent],
  ['GET', '/rate_limit', absent],
];

/** @type {Route[]} */
const ABSENT_IN_1_22 = [
  ['GET', '/repos/{owner}/{repo}/actions/tasks', absent],
  ...ACTIONS_ROUTES.map(([method, pattern]) => /** @type {Route} */ ([method, pattern, absent])),
];

const SHARED = [
  ...STATUS_ROUTES,
  ...REPOSITORY_ROUTES,
  ...CONTENTS_ROUTES,
  ...PULL_ROUTES,
  ...ISSUE_ROUTES,
  ...FEED_ROUTES,
  ...ABSENT_EVERYWHERE,
];

/** @type {Dialect} */
export const GITEA = {
  root: '/api/v1',
  locate: (_world, path) => (path.startsWith('/api/v1/') ? path.slice('/api/v1'.length) : null),
  routes: (flavour) => [...SHARED, ...(flavour === 'gitea-1.22.6' ? ABSENT_IN_1_22 : ACTIONS_ROUTES)],
  readToken: readGiteaToken,
  findCaller,
  unknownToken: (call) => refuse(call, 401, 'user does not exist [uid: 0, name: ]'),
  admit: () => {},
  noRoute: () => ABSENT_API,
  headers: () => ({}),
  jsonType: 'application/json;charset=utf-8',
  encode: encodeJson,
};

/** As Go's encoder writes it: angle brackets and ampersands escaped, a line break at the end. @param {unknown} value */
function encodeJson(value) {
  const escapes = /** @type {Record<string, string>} */ ({ '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' });
  return `${JSON.stringify(value).replace(/[<>&]/g, (char) => escapes[char] ?? char)}\n`;
}
