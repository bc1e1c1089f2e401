// A forge in one process: Gitea 1.22.6, Gitea 1.25.4 or GitHub, on a free loopback port, with a world in memory.
//
//   const forge = await startForge({ flavour: 'gitea-1.22.6' });
//   forge.user('ada', { admin: true });
//   const token = forge.addToken({ user: 'ada' });             // { user, scopes, permissions } or { jobOf: 'acme/app' }
//   const repo = forge.repo('acme/app', { defaultBranch: 'main', private: false, git: '/tmp/app.git' });
//   const sha = repo.pushCommit({ branch: 'main', message: 'first', files: { 'README.md': '# app\n' }, by: 'ada' });
//   repo.commit({ branch, files, parents, author, at }); repo.push({ branch, by: JOB_TOKEN });
//   repo.setStatus(sha, { context: 'CI / build (push)', status: 'success', description: 'Successful in 3s',
//                         targetUrl: '/acme/app/actions/runs/1/jobs/0', creator: null });
//   repo.addRun({ file: 'ci.yml', sha, event: 'push', status: 'completed', conclusion: 'success', jobs: [{ name: 'build' }] });
//   repo.protect('main', { contexts: ['CI / build (push)'] }); repo.archived = true; repo.writeDelayMs = 30;
//   openPull(repo, { title, head, base });                      // from ./pulls.mjs
//   forge.world.onPush = (repo, push) => { ... };               // what a push starts
//   forge.setFault((request, index) => (request.call.startsWith('GET /repos') ? { kind: 'reset' } : null));
//   forge.calls; forge.requests; forge.unexpected; forge.errors; forge.gitRequests; await forge.close();
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendFaulty, send } from '../http-faults.mjs';
import { Refusal } from './answers.mjs';
import { dropFilters, isWireFault, spoilAnswer } from './faults.mjs';
import { GITEA } from './gitea.mjs';
import { makeGitHub } from './github.mjs';
import { serveGit } from './git-http.mjs';
import { findRoute } from './routes.mjs';
import { World } from './world.mjs';

/** @typedef {import('./world.mjs').Flavour} Flavour */
/** @typedef {import('./world.mjs').TokenGrant} TokenGrant */
/** @typedef {import('./answers.mjs').Answer} Answer */
/** @typedef {import('./faults.mjs').Fault} Fault */
/** @typedef {import('./routes.mjs').Call} Call */
/** @typedef {import('./routes.mjs').Caller} Caller */
/** @typedef {import('./routes.mjs').Route} Route */
/** @typedef {import('../http-faults.mjs').RawAnswer} RawAnswer */
/**
 * @typedef {object} Dialect
 * @property {string} root where the API begins
 * @property {(world: World, path: string) => string | null} locate a request's path below the root, null outside
 * @property {(flavour: Flavour) => Route[]} routes
 * @property {(headers: import('node:http').IncomingHttpHeaders, query: URLSearchParams) => string | null} readToken
 * @property {(world: World, token: string | null) => Caller | null} findCaller
 * @property {(call: Call) => Refusal} unknownToken
 * @property {(call: Call) => void} admit refuses before any route is taken
 * @property {(call: Call) => Answer} noRoute
 * @property {(call: Call) => Record<string, string>} headers
 * @property {string} jsonType
 * @property {(value: unknown) => string} encode
 */
/**
 * @typedef {object} SeenRequest
 * @property {number} index
 * @property {string} method
 * @property {string} path as sent, without the query
 * @property {string} call method, path below the API's root, and query: `GET /repos/acme/app?x=1`
 * @property {string | null} route the pattern that answered, null for none
 * @property {URLSearchParams} query
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {any} body JSON, else text
 * @property {number} at
 * @property {number | null} status null until, or unless, one was sent
 * @property {boolean} answered
 * @property {Fault | null} fault
 */
/** @typedef {(request: SeenRequest, index: number) => Fault | null | undefined} DecideFault */
/**
 * @typedef {object} ForgeOptions
 * @property {Flavour} flavour
 * @property {boolean} [enterprise] GitHub under /api/v3
 * @property {Record<string, TokenGrant>} [tokens]
 * @property {number} [latencyMs] before every answer
 * @property {() => number} [now] the forge's clock, in milliseconds
 * @property {(request: SeenRequest) => void | Promise<void>} [onRequest] before the request is served
 * @property {DecideFault} [fault]
 */

export { JOB_TOKEN, DELETED_USER } from './world.mjs';

/** @param {ForgeOptions} options */
export async function startForge(options) {
  const forge = new Forge(options);
  await forge.listen();
  return forge;
}

export class Forge {
  /** @param {ForgeOptions} options */
  constructor(options) {
    this.options = options;
    this.dialect =
      options.flavour === 'github' ? makeGitHub({ enterprise: options.enterprise ?? false }) : GITEA;
    this.routes = this.dialect.routes(options.flavour);
    this.world = new World({ flavour: options.flavour, now: options.now });
    for (const [token, grant] of Object.entries(options.tokens ?? {})) this.world.addToken(grant, token);
    this.url = '';
    /** @type {SeenRequest[]} */
    this.requests = [];
    /** Requests that no route knew. @type {SeenRequest[]} */
    this.unexpected = [];
    /** What git asked for, in words such as `GIT git-receive-pack acme/app`. @type {{ method: string, path: string, call: string, status: number }[]} */
    this.gitRequests = [];
    /** Faults of this server itself: always empty, or the test is not to be believed. @type {unknown[]} */
    this.errors = [];
    /** @type {DecideFault | null} */
    this.fault = options.fault ?? null;
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error) => {
        this.errors.push(error);
        if (!response.headersSent) response.writeHead(500, { 'x-forge-error': 'yes' });
        response.end(`The forge itself failed: ${error instanceof Error ? error.stack : error}`);
      });
    });
  }

  get apiUrl() {
    return `${this.url}${this.dialect.root}`;
  }

  /** @returns {Promise<void>} */
  listen() {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', () => {
        const address = /** @type {import('node:net').AddressInfo} */ (this.server.address());
        this.url = `http://127.0.0.1:${address.port}`;
        resolve();
      });
    });
  }

  /** @returns {Promise<void>} */
  close() {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  /** @param {string} login @param {Partial<import('./world.mjs').User>} [details] */
  user(login, details) {
    return this.world.user(login, details);
  }

  /** @param {TokenGrant} grant @param {string} [token] */
  addToken(grant, token) {
    return this.world.addToken(grant, token);
  }

  /** @param {string} fullName @param {import('./repository.mjs').RepositoryOptions} [options] */
  repo(fullName, options) {
    return this.world.repo(fullName, options);
  }

  /** @param {DecideFault | null} decide */
  setFault(decide) {
    this.fault = decide;
  }

  /** The requests so far, as `GET /repos/acme/app`. */
  get calls() {
    return this.requests.map((request) => request.call);
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async serve(request, response) {
    const url = new URL(request.url ?? '/', this.url);
    if (await serveGit(this, { request, response, url })) return;
    const seen = await this.record(request, url);
    await this.options.onRequest?.(seen);
    if (this.options.latencyMs) await sleep(this.options.latencyMs);
    const fault = this.fault?.(seen, seen.index) ?? null;
    seen.fault = fault;
    const call = this.makeCall(request, seen);
    if (fault?.kind === 'ignore-filter') call.query = dropFilters(seen.path, call.query);
    const early = fault?.kind === 'reset' || fault?.kind === 'hang';
    const answer = early
      ? null
      : this.toRaw(
          call,
          fault ? spoilAnswer(fault, await this.answer(call, seen)) : await this.answer(call, seen),
        );
    seen.status = await this.reply(fault, {
      request,
      response,
      answer: answer ?? { status: 500, headers: {}, body: Buffer.alloc(0) },
    });
    seen.answered = seen.status !== null;
  }

  /**
   * @param {Fault | null} fault
   * @param {{ request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, answer: RawAnswer }} exchange
   */
  async reply(fault, exchange) {
    if (fault?.kind === 'after-write') {
      const { then } = fault;
      return sendFaulty(
        typeof then === 'number' ? { kind: 'answer', status: then, body: '' } : { kind: then },
        exchange,
      );
    }
    if (fault && isWireFault(fault)) return sendFaulty(fault, exchange);
    return send(exchange.response, exchange.answer);
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {URL} url
   */
  async record(request, url) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const below = url.pathname.startsWith(this.dialect.root)
      ? url.pathname.slice(this.dialect.root.length)
      : url.pathname;
    /** @type {SeenRequest} */
    const seen = {
      index: this.requests.length,
      method: request.method ?? 'GET',
      path: url.pathname,
      call: `${request.method} ${below}${url.search}`,
      route: null,
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : parse(text),
      at: Date.now(),
      status: null,
      answered: false,
      fault: null,
    };
    this.requests.push(seen);
    return seen;
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {SeenRequest} seen
   * @returns {Call}
   */
  makeCall(request, seen) {
    return {
      world: this.world,
      url: this.url,
      apiUrl: this.apiUrl,
      caller: { login: null, grant: null },
      method: seen.method,
      path: this.dialect.locate(this.world, seen.path) ?? seen.path,
      params: {},
      query: new URLSearchParams(seen.query),
      body: seen.body,
      headers: request.headers,
    };
  }

  /**
   * @param {Call} call
   * @param {SeenRequest} seen
   * @returns {Promise<Answer>}
   */
  async answer(call, seen) {
    const found = findRoute(this.routes, call.method, call.path);
    if (this.dialect.locate(this.world, seen.path) === null || 'allowed' in found) {
      this.unexpected.push(seen);
      return this.dialect.noRoute(call);
    }
    seen.route = found.route[1];
    call.params = found.params;
    try {
      const caller = this.dialect.findCaller(this.world, this.dialect.readToken(call.headers, call.query));
      if (!caller) throw this.dialect.unknownToken(call);
      call.caller = caller;
      this.dialect.admit(call);
      return await found.route[2](call);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  /**
   * @param {Call} call
   * @param {Answer} answer
   * @returns {RawAnswer}
   */
  toRaw(call, { status, headers = {}, body }) {
    const plain = body === undefined || body === '' || typeof body === 'string' || Buffer.isBuffer(body);
    const bytes = Buffer.isBuffer(body)
      ? body
      : Buffer.from(plain ? String(body ?? '') : this.dialect.encode(body));
    const type = plain ? {} : { 'content-type': this.dialect.jsonType };
    return { status, headers: { ...type, ...this.dialect.headers(call), ...headers }, body: bytes };
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
