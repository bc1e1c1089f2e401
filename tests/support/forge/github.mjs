// GitHub: what every answer of it has, whatever the route.
import { randomUUID } from 'node:crypto';
import { iso, ok } from './answers.mjs';
import { findCaller } from './gitea-auth.mjs';
import { notFound, refuse } from './github-errors.mjs';
import { readGitHubToken } from './github-auth.mjs';
import { ACTIONS_ROUTES } from './github-actions.mjs';
import { COMPARE_ROUTES } from './github-compare.mjs';
import { CONTENTS_ROUTES } from './github-contents.mjs';
import { GRAPHQL_ROUTES } from './github-graphql.mjs';
import { ISSUE_ROUTES } from './github-issues.mjs';
import { PULL_ROUTES } from './github-pulls.mjs';
import { REPOSITORY_ROUTES } from './github-repository.mjs';
import { userShape } from './github-shapes.mjs';
import { STATUS_ROUTES } from './github-statuses.mjs';

/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('./forge.mjs').Dialect} Dialect */

const API_VERSIONS = ['2022-11-28', '2026-03-10'];
const RATE_DOCUMENTATION = 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api';

/** @type {Route[]} */
const SHARED_ROUTES = [
  ['GET', '/user', readUser],
  ['GET', '/rate_limit', readRateLimit],
  [
    'GET',
    '/meta',
    (call) =>
      ok({
        verifiable_password_authentication: true,
        ...(isEnterprise(call) ? { installed_version: '3.17.0' } : {}),
      }),
  ],
];

// Routes below a commit stand before the one that takes any ref, slashes included.
const ROUTES = [
  ...ACTIONS_ROUTES,
  ...STATUS_ROUTES,
  ...PULL_ROUTES,
  ...REPOSITORY_ROUTES,
  ...COMPARE_ROUTES,
  ...CONTENTS_ROUTES,
  ...ISSUE_ROUTES,
  ...GRAPHQL_ROUTES,
  ...SHARED_ROUTES,
];

/**
 * @param {{ enterprise: boolean }} options
 * @returns {Dialect}
 */
export function makeGitHub({ enterprise }) {
  const root = enterprise ? '/api/v3' : '';
  return {
    root,
    locate: (world, path) => {
      if (enterprise && path === '/api/graphql') return '/graphql';
      if (!path.startsWith(`${root}/`)) return null;
      const below = path.slice(root.length);
      const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(below) ?? [];
      const repo = [...world.repositories.values()].find((each) => String(each.id) === id);
      return repo ? `/repos/${repo.fullName}${rest}` : below;
    },
    routes: () => ROUTES,
    readToken: readGitHubToken,
    findCaller,
    unknownToken: () => refuse(401, 'Bad credentials'),
    admit,
    noRoute: () => notFound().answer,
    headers,
    jsonType: 'application/json; charset=utf-8',
    encode: (value) => JSON.stringify(value),
  };
}

/** @param {Call} call */
function isEnterprise(call) {
  return call.apiUrl.endsWith('/api/v3');
}

/**
 * What is checked before any route: the client's name, the version it asks for, and how often it asks.
 * @param {Call} call
 */
function admit(call) {
  if (!call.headers['user-agent']) {
    throw refuse(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
    );
  }
  const version = call.headers['x-github-api-version'];
  if (version !== undefined && !API_VERSIONS.includes(String(version))) {
    throw refuse(
      400,
      `"${version}" is not a supported version. Must be one of the following: ${API_VERSIONS.join(', ')}.`,
    );
  }
  const { rateLimit, secondaryLimit } = call.world;
  if (call.path === '/rate_limit') return;
  if (rateLimit.remaining <= 0) {
    throw refuse(403, 'API rate limit exceeded for user ID 1.', { documentation_url: RATE_DOCUMENTATION });
  }
  rateLimit.remaining--;
  if (!secondaryLimit || call.method === 'GET' || secondaryLimit.writesLeft-- > 0) return;
  const wait = secondaryLimit.retryAfter;
  throw refuse(
    secondaryLimit.status,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    { documentation_url: RATE_DOCUMENTATION },
    wait === undefined ? {} : { 'retry-after': String(wait) },
  );
}

/**
 * @param {Call} call
 * @returns {Record<string, string>}
 */
function headers(call) {
  const { limit, remaining, resetAt } = call.world.rateLimit;
  return {
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': String(call.headers['x-github-api-version'] ?? '2022-11-28'),
    'x-github-request-id': randomUUID(),
    ...(isEnterprise(call) ? { 'x-github-enterprise-version': '3.17.0' } : {}),
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(limit - remaining),
    'x-ratelimit-reset': String(Math.floor(resetAt / 1000)),
    'x-ratelimit-resource': 'core',
  };
}

/** @param {Call} call */
function readRateLimit(call) {
  const { limit, remaining, resetAt } = call.world.rateLimit;
  const rate = { limit, remaining, used: limit - remaining, reset: Math.floor(resetAt / 1000) };
  return ok({ resources: { core: rate, search: rate, graphql: rate }, rate });
}

/** @param {Call} call */
function readUser(call) {
  const { login, grant } = call.caller;
  if (login === null) throw refuse(401, 'Requires authentication');
  if (grant?.jobOf) throw refuse(403, 'Resource not accessible by integration');
  const user = call.world.user(login);
  const since = iso(Math.floor(user.createdAt / 1000) * 1000);
  return ok({
    ...userShape(call, user),
    name: user.name || null,
    company: null,
    blog: '',
    location: null,
    email: user.email,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: since,
    updated_at: since,
    private_gists: 0,
    total_private_repos: 0,
    owned_private_repos: 0,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  });
}
