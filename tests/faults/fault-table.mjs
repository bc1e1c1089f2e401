// What a network, a proxy or a server does to one request. Each row says whether an honest answer may still arrive.
import { FILTERS } from '../support/forge/faults.mjs';
import { send, sendFaulty } from '../support/http-faults.mjs';

/** @typedef {import('./intercept.mjs').Exchange} Exchange */
/** @typedef {import('./intercept.mjs').Seen} Seen */
/** @typedef {import('../support/http-faults.mjs').RawAnswer} RawAnswer */
/** @typedef {import('../support/http-faults.mjs').WireFault} WireFault */
/**
 * `never`: what was asked for is not in the answer, so nothing may rest on it. `maybe`: it may arrive all the same
 * (slowly, from another origin, unfiltered), and then the right answer is right.
 * `partly`: the end is missing, which is nothing to a list that is read until it decides.
 * `missing`: the server says that there is no such thing, which is an answer where the path says so.
 * @typedef {object} Fault
 * @property {string} name
 * @property {'never' | 'maybe' | 'missing' | 'partly'} arrives
 * @property {boolean} passing over at the next attempt, a read must give the same answer as without it
 * @property {boolean} [oncePerServer] costs much and is read alike everywhere: at the first request to a server alone
 * @property {(seen: Seen) => boolean} fits
 * @property {(exchange: Exchange) => Promise<unknown> | unknown} spoil
 */

const JSON_TYPE = 'application/json; charset=utf-8';
const always = () => true;

/** @param {Seen} seen */
function bodyOf({ answer }) {
  try {
    return JSON.parse(answer?.body.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}
/** @param {Seen} seen */
const isJson = (seen) => bodyOf(seen) !== undefined && (seen.answer?.status ?? 500) < 300;

/**
 * @param {string} name
 * @param {WireFault} fault
 * @param {Partial<Fault> & { acts?: boolean }} [more] acts: the server itself is asked first
 * @returns {Fault}
 */
function wire(name, fault, { acts = false, ...more } = {}) {
  return {
    name,
    arrives: 'never',
    passing: false,
    fits: always,
    async spoil({ request, response, ask }) {
      const answer = acts ? await ask() : { status: 200, headers: { 'content-type': JSON_TYPE }, body: none };
      return sendFaulty(fault, { request, response, answer });
    },
    ...more,
  };
}
const none = Buffer.from('{}');

/**
 * @param {string} name
 * @param {number} status
 * @param {unknown} body
 * @param {Record<string, string>} [headers]
 * @param {Partial<Fault>} [more]
 */
const status = (name, status, body, headers = {}, more = {}) =>
  wire(name, { kind: 'answer', status, headers, body }, more);

/**
 * The true answer, changed.
 * @param {string} name
 * @param {(answer: RawAnswer, exchange: Exchange) => RawAnswer} change
 * @param {Partial<Fault>} [more]
 * @returns {Fault}
 */
function changed(name, change, more = {}) {
  return {
    name,
    arrives: 'never',
    passing: false,
    fits: isJson,
    async spoil(exchange) {
      return send(exchange.response, change(await exchange.ask(), exchange));
    },
    ...more,
  };
}

/** @param {string} name @param {unknown} value */
const shape = (name, value) =>
  changed(`shape ${name}`, (answer) => ({ ...answer, body: Buffer.from(JSON.stringify(value)) }), {
    fits: (seen) => isJson(seen) && JSON.stringify(bodyOf(seen)) !== JSON.stringify(value),
  });

/** @param {unknown} body @param {(rows: unknown[]) => unknown[]} change @returns {any} */
function changeRows(body, change) {
  if (Array.isArray(body)) return change(body);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? change(value) : value]),
  );
}

/** @param {Seen} seen */
const hasRows = (seen) => {
  const body = bodyOf(seen);
  return JSON.stringify(body) !== JSON.stringify(changeRows(body, (rows) => rows.map(() => ({}))));
};

/** A list whose length the answer tells. @param {Seen} seen */
const isCounted = (seen) =>
  hasRows(seen) &&
  (seen.answer?.headers['x-total-count'] !== undefined || 'total_count' in Object(bodyOf(seen)));

/**
 * Asks the server something else than was asked.
 * @param {string} name
 * @param {(query: URLSearchParams) => boolean} change false where there is nothing to change
 * @returns {Fault}
 */
function otherQuery(name, change) {
  const rewrite = (/** @type {string} */ url) => {
    const [path = '/', text = ''] = url.split('?');
    const query = new URLSearchParams(text);
    return change(query) ? `${path}?${query}` : null;
  };
  return {
    name,
    arrives: 'maybe',
    passing: false,
    fits: ({ key }) => rewrite(key.slice(key.indexOf('/'))) !== null,
    async spoil({ request, response, ask }) {
      request.url = rewrite(request.url ?? '/') ?? request.url;
      return send(response, await ask());
    },
  };
}

/** git reads by POST too. @param {Seen} seen */
const isWrite = ({ method, key }) => !/^(GET|HEAD)$/.test(method) && !key.endsWith('/git-upload-pack');

/** @param {Seen} seen */
const isManifest = ({ key }) => key.includes('/manifests/');

/** The server turns so to every later request of the method, as one that lets nobody write. @param {Fault} fault */
const toItsMethod = (fault) => ({
  ...fault,
  name: `${fault.name}, and to all of its method`,
  passing: false,
  spoil(/** @type {Exchange} */ exchange) {
    exchange.hub.spread(exchange.seen);
    return fault.spoil(exchange);
  },
});

/** @param {Exchange} exchange @returns {string} every form in which a server may repeat a token */
function echo({ request }) {
  const header = request.headers.authorization ?? '';
  const token = header.replace(/^\S+\s/, '');
  const pair = Buffer.from(`user:${token}`).toString('base64');
  return `Authorization: ${header} | Basic ${pair} | ${encodeURIComponent(token)} | https://user:${token}@host/?access_token=${token} | ${token}`;
}

/** @param {number} status @param {number} hops */
function redirect(status, hops) {
  /** @type {Fault} */
  const fault = {
    name: `redirect ${status} to another origin${hops > 1 ? ', for ever' : ''}`,
    arrives: hops > 1 ? 'never' : 'maybe',
    passing: false,
    fits: always,
    async spoil({ request, response, hub, ask }) {
      const location = hops > 1 ? `${request.url}` : `${hub.elsewhereUrl}${request.url}`;
      if (hops === 1 && request.method === 'GET') hub.strayAnswer = await ask();
      return send(response, { status, headers: { location }, body: Buffer.from('') });
    },
  };
  return fault;
}

const message = (/** @type {string} */ text) => ({ message: text });
const registryError = (/** @type {string} */ code, /** @type {string} */ words) => ({
  errors: [{ code, message: words }],
});

/** The deed is done, whatever the answer says; to whom only reads nothing was done. */
const actedOn = { acts: true, fits: isWrite };

/** @type {readonly Fault[]} */
export const FAULTS = [
  wire('reset', { kind: 'reset' }, { passing: true }),
  wire('reset after it acted', { kind: 'reset' }, { ...actedOn, passing: true }),
  wire('reset half way', { kind: 'reset-half' }, { acts: true }),
  wire('hang', { kind: 'hang' }, { passing: true }),
  wire('hang after it acted', { kind: 'hang' }, { ...actedOn, passing: true }),
  wire('slow body', { kind: 'slow-body', stepMs: 60 }, { acts: true, arrives: 'maybe' }),
  wire('500 after it acted', { kind: 'answer', status: 500, body: message('') }, actedOn),
  wire('403 after it acted', { kind: 'answer', status: 403, body: message('Forbidden') }, actedOn),
  toItsMethod(wire('reset', { kind: 'reset' })),
  toItsMethod(status('403', 403, message('Forbidden'))),
  toItsMethod(status('404 JSON', 404, message('Not Found'), {}, { arrives: 'missing' })),
  status('401', 401, message('Unauthorized')),
  status('403', 403, message('Forbidden')),
  status('403 rate limit', 403, message('API rate limit exceeded'), {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '9999999999',
  }),
  status('403 with Retry-After', 403, message('You have exceeded a secondary rate limit'), {
    'retry-after': '60',
  }),
  status('404 JSON', 404, message('Not Found'), {}, { arrives: 'missing' }),
  status('404 JSON null', 404, null, {}, { arrives: 'missing' }),
  status('404 plain text', 404, '404 page not found\n', {}, { arrives: 'missing' }),
  status('404 NAME_UNKNOWN', 404, registryError('NAME_UNKNOWN', 'no such name'), {}, { fits: isManifest }),
  status(
    '404 that blames accept',
    404,
    registryError('MANIFEST_UNKNOWN', 'OCI index found, but accept header does not support OCI indexes'),
    {},
    { fits: isManifest },
  ),
  status('404 HTML', 404, '<!DOCTYPE html><title>Not here</title>', { 'content-type': 'text/html' }),
  status('405', 405, '', {}, { arrives: 'missing' }),
  status('409', 409, message('Conflict')),
  status('410', 410, message('Gone')),
  status('422', 422, message('Validation Failed')),
  status('423', 423, message('is archived')),
  status('429', 429, message('Too Many Requests'), {}, { passing: true }),
  status('429 in seconds', 429, message('slow'), { 'retry-after': '1' }),
  status('429 in no time', 429, message('slow'), { 'retry-after': '0' }, { passing: true }),
  wire('429 at a date', {
    kind: 'answer',
    status: 429,
    headers: { 'retry-after': 'Wed, 01 Jan 2098 00:00:00 GMT' },
    body: '',
  }),
  status('429 at an absurd time', 429, message('slow'), { 'retry-after': '9'.repeat(40) }),
  status('429 at no time', 429, message('slow'), { 'retry-after': '-1 soon' }),
  status('500', 500, message('boom'), {}, { passing: true }),
  status('500 without words', 500, message('')),
  status(
    '500 object does not exist',
    500,
    message('object does not exist [id: x]'),
    {},
    { arrives: 'missing' },
  ),
  wire('502 HTML', { kind: 'html-502' }, { passing: true }),
  status('503', 503, 'down for maintenance', {}, { passing: true }),
  status('301 without Location', 301, ''),
  status('204', 204, ''),
  wire('login page', { kind: 'html-200' }),
  wire('truncated JSON', { kind: 'truncated' }, { acts: true, fits: isJson }),
  // Node hands over what it could unpack, so that only a parser can tell: nothing to try again.
  wire(
    'gzip broken',
    { kind: 'gzip-broken' },
    // Of a short answer the half that comes may be all of it.
    { acts: true, fits: (seen) => isJson(seen) && (seen.answer?.body.length ?? 0) > 64 },
  ),
  wire('over 16 MiB', { kind: 'huge', packed: true }, { oncePerServer: true }),
  status('empty body', 200, '', { 'content-type': JSON_TYPE }),
  shape('null', null),
  shape('{}', {}),
  shape('[]', []),
  shape('text', 'text'),
  shape('an error with 200', { message: 'Not Found', errors: [] }),
  changed(
    'rows without fields',
    (answer) => {
      const body = changeRows(JSON.parse(answer.body.toString()), (rows) => rows.map(() => ({})));
      return { ...answer, body: Buffer.from(JSON.stringify(body)) };
    },
    { fits: hasRows },
  ),
  changed(
    'fields of other kinds',
    (answer) => ({
      ...answer,
      body: Buffer.from(answer.body.toString().replace(/:("(?:[^"\\]|\\.)*"|\d+|true|false)/g, ':[$1]')),
    }),
    { fits: (seen) => /:("|\d|t|f)/.test(seen.answer?.body.toString() ?? '') && isJson(seen) },
  ),
  changed('UTF-16', (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'content-type': 'application/json; charset=utf-16' },
    body: Buffer.from(answer.body.toString(), 'utf16le'),
  })),
  changed(
    'Latin-1',
    (answer) => {
      const at = answer.body.indexOf('":"') + 3;
      const body = Buffer.concat([
        answer.body.subarray(0, at),
        Buffer.from([0xe9]),
        answer.body.subarray(at),
      ]);
      return { ...answer, body };
    },
    { fits: (seen) => isJson(seen) && (seen.answer?.body.includes('":"') ?? false) },
  ),
  changed(
    'a row missing',
    (answer) => {
      const body = changeRows(JSON.parse(answer.body.toString()), (rows) => rows.slice(0, -1));
      return { ...answer, body: Buffer.from(JSON.stringify(body)) };
    },
    { fits: isCounted, arrives: 'partly' },
  ),
  changed(
    'empty page',
    (answer) => {
      const body = changeRows(JSON.parse(answer.body.toString()), () => []);
      return { ...answer, body: Buffer.from(JSON.stringify(body)) };
    },
    { fits: isCounted },
  ),
  otherQuery('pages that overlap', (query) => {
    const page = Number(query.get('page') ?? '1');
    query.set('page', String(page - 1));
    return page > 1;
  }),
  otherQuery('filter ignored', (query) => {
    const size = [...query].length;
    for (const name of [...FILTERS, 'ref']) query.delete(name);
    return [...query].length < size;
  }),
  changed('token echoed in 200', (answer, exchange) => ({
    ...answer,
    body: Buffer.from(JSON.stringify({ message: echo(exchange) })),
  })),
  changed('token echoed in 400', (answer, exchange) => ({
    ...answer,
    status: 400,
    body: Buffer.from(JSON.stringify({ message: echo(exchange), errors: [{ message: echo(exchange) }] })),
  })),
  changed('token echoed as text', (answer, exchange) => ({
    ...answer,
    status: 500,
    headers: { ...answer.headers, 'content-type': 'text/plain' },
    body: Buffer.from(`${'x'.repeat(180)} ${echo(exchange)}`),
  })),
  redirect(302, 1),
  redirect(307, 1),
  redirect(302, 99),
];

/**
 * What git can tell apart: it reads a status and its own protocol, so that which JSON, which Retry-After or which 4xx
 * it is comes to the same.
 */
const toGit = new Set([
  'reset',
  'reset after it acted',
  'reset half way',
  'hang',
  'hang after it acted',
  'slow body',
  '500 after it acted',
  '403 after it acted',
  'reset, and to all of its method',
  '401',
  '403',
  '404 plain text',
  '404 JSON',
  '409',
  '429 in seconds',
  '500',
  '502 HTML',
  '204',
  'login page',
  'over 16 MiB',
  'empty body',
  'redirect 302 to another origin',
  'redirect 302 to another origin, for ever',
]);

/** A request of git's own. @param {Pick<Seen, 'key'>} seen */
export const isGit = ({ key }) => /service=git-|\/git-(upload|receive)-pack$/.test(key);

/** The rows that say something of their own about this request. @param {Seen} seen */
export const faultsAt = (seen) =>
  FAULTS.filter(({ name, fits }) => fits(seen) && (!isGit(seen) || toGit.has(name)));
