// Stands inside test servers, in front of their own listeners: records every request in one list, and spoils the one
// that a plan names. Works on any http.Server, so forge, tenants and control plane are all under one count.
import { createServer } from 'node:http';
import { send } from '../support/http-faults.mjs';

/** @typedef {import('../support/http-faults.mjs').RawAnswer} RawAnswer */
/**
 * @typedef {object} Seen
 * @property {string} server
 * @property {string} method
 * @property {string} key server, method, path and query, with the world's names in place of its SHAs
 * @property {number} occurrence how often this key was seen before
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {RawAnswer | null} answer what the server said before it was spoilt; null until, or unless, it was asked
 * @property {boolean} acted was the server itself reached?
 */
/**
 * @typedef {object} Exchange
 * @property {import('node:http').IncomingMessage} request
 * @property {import('node:http').ServerResponse} response
 * @property {Seen} seen
 * @property {Hub} hub
 * @property {() => Promise<RawAnswer>} ask asks the server itself
 */
/** @typedef {(exchange: Exchange) => Promise<unknown> | unknown} Spoil */
/**
 * @typedef {object} Plan
 * @property {string} key
 * @property {number} occurrence
 * @property {boolean} lasting
 * @property {Spoil} spoil
 * @property {Seen} [since] set when it is spread: every later request of this one's method to its server
 */

export class Hub {
  constructor() {
    /** @type {Seen[]} */
    this.requests = [];
    /** @type {Plan | null} */
    this.plan = null;
    /** Has the plan come to its request? */
    this.wasSpoilt = false;
    /** What reached the other origin. @type {import('node:http').IncomingHttpHeaders[]} */
    this.strayed = [];
    /** What the other origin answers. @type {RawAnswer | null} */
    this.strayAnswer = null;
    /** The world's names for its SHAs; what a call makes may be named when it is found. @type {Map<string, string>} */
    this.names = new Map();
    /** How far the `Date` of every answer is off. */
    this.dateSkewMs = 0;
    /** Connections, and answers in the making. @type {Set<object>} */
    this.busy = new Set();
    /** Requests that were left without an answer. @type {Set<import('node:http').IncomingMessage>} */
    this.unanswered = new Set();
    this.elsewhere = createServer((request, response) => {
      this.strayed.push({ ...request.headers, ':method': request.method });
      request.resume();
      send(response, this.strayAnswer ?? { status: 404, headers: {}, body: Buffer.from('') });
    });
    this.elsewhereUrl = '';
  }

  async open() {
    await new Promise((resolve) => this.elsewhere.listen(0, '127.0.0.1', () => resolve(undefined)));
    const address = /** @type {import('node:net').AddressInfo} */ (this.elsewhere.address());
    this.elsewhereUrl = `http://localhost:${address.port}`;
  }

  /** @returns {Promise<void>} */
  close() {
    return new Promise((resolve) => {
      this.elsewhere.close(() => resolve());
      this.elsewhere.closeAllConnections();
    });
  }

  /** When a caller is gone: until the servers have taken all it sent, and done it. @returns {Promise<void>} */
  async settle() {
    const end = Date.now() + 10_000;
    while (this.busy.size > 0) {
      // What nobody will answer any more is not waited for: git's own helpers do.
      for (const request of this.unanswered) request.socket.destroy();
      this.unanswered.clear();
      if (Date.now() > end) throw new Error(`A server is still busy: ${[...this.busy].map(String)}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** @param {Plan | null} plan */
  start(plan) {
    this.requests = [];
    this.strayed = [];
    this.strayAnswer = null;
    this.plan = plan;
    this.wasSpoilt = false;
  }

  /**
   * @param {string} name
   * @param {import('node:http').Server} server
   */
  watch(name, server) {
    const listeners = /** @type {((...args: unknown[]) => void)[]} */ (server.listeners('request'));
    server.removeAllListeners('request');
    server.on('connection', (socket) => {
      this.busy.add(socket);
      socket.on('close', () => this.busy.delete(socket));
    });
    server.on('request', (request, response) => {
      const seen = this.note(name, request);
      const ask = () => {
        seen.acted = true;
        const answered = capture(response);
        this.busy.add(answered);
        for (const listener of listeners) listener.call(server, request, response);
        return answered.then((answer) => {
          this.busy.delete(answered);
          return (seen.answer = answer);
        });
      };
      const exchange = { request, response, seen, hub: this, ask };
      const spoil = this.find(seen);
      Promise.resolve(
        spoil === null
          ? ask().then((answer) => sendAs(request, response, this.stamp(answer)))
          : spoil(exchange),
      )
        .then(() => response.writableEnded || this.unanswered.add(request))
        .catch((error) => response.destroy(error));
    });
  }

  /** @param {RawAnswer} answer @returns {RawAnswer} */
  stamp(answer) {
    if (this.dateSkewMs === 0) return answer;
    const date = new Date(Date.now() + this.dateSkewMs).toUTCString();
    return { ...answer, headers: { ...answer.headers, date } };
  }

  /** @param {string} server @param {import('node:http').IncomingMessage} request @returns {Seen} */
  note(server, request) {
    const named = (request.url ?? '/').replace(/[0-9a-f]{7,64}/g, (sha) => this.names.get(sha) ?? sha);
    const key = `${server} ${request.method} ${named.replace(/[0-9a-f]{40,64}/g, 'SHA')}`;
    const occurrence = this.requests.filter((other) => other.key === key).length;
    const { method = 'GET', headers } = request;
    const seen = { server, method, key, occurrence, headers, answer: null, acted: false };
    this.requests.push(seen);
    return seen;
  }

  /** From this request on its plan is for all of its method. @param {Seen} since */
  spread(since) {
    if (this.plan !== null) this.plan = { ...this.plan, since };
  }

  /** @param {Seen} seen @returns {Spoil | null} */
  find({ server, method, key, occurrence }) {
    const { plan } = this;
    if (plan?.since?.server === server && plan.since.method === method) return plan.spoil;
    if (plan === null || plan.key !== key) return null;
    if (plan.occurrence !== occurrence && !(plan.lasting && occurrence > plan.occurrence)) return null;
    this.wasSpoilt = true;
    return plan.spoil;
  }
}

/**
 * The answer as it is; of a HEAD it tells the length of what it does not send.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {RawAnswer} answer
 */
function sendAs(request, response, answer) {
  if (request.method !== 'HEAD') return send(response, answer);
  response.writeHead(answer.status, answer.headers).end();
  return answer.status;
}

/**
 * What a listener says, without sending it.
 * @param {import('node:http').ServerResponse} response
 * @returns {Promise<RawAnswer>}
 */
function capture(response) {
  /** @type {Buffer[]} */
  const chunks = [];
  let status = 200;
  /** @type {Record<string, string>} */
  const headers = {};
  const own = ['writeHead', 'write', 'end', 'destroy'];
  return new Promise((resolve) => {
    const take = (/** @type {unknown} */ chunk) => {
      if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) chunks.push(Buffer.from(chunk));
    };
    const patched = {
      writeHead(/** @type {number} */ code, /** @type {unknown} */ a, /** @type {unknown} */ b) {
        status = code;
        for (const [name, value] of Object.entries(b ?? a ?? {})) headers[name.toLowerCase()] = String(value);
        return response;
      },
      write(/** @type {unknown} */ chunk) {
        take(chunk);
        return true;
      },
      end(/** @type {unknown} */ chunk) {
        take(chunk);
        for (const name of own) Reflect.deleteProperty(response, name);
        resolve({ status, headers, body: Buffer.concat(chunks) });
        return response;
      },
      // A listener whose request broke off has no answer.
      destroy() {
        for (const name of own) Reflect.deleteProperty(response, name);
        resolve({ status: 500, headers: {}, body: Buffer.alloc(0) });
        return response.destroy();
      },
    };
    Object.assign(response, patched);
  });
}
