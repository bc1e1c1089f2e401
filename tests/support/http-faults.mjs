// Wire-level faults: what a broken network, proxy or server does to one HTTP answer. Any test server can use them.
//
//   const fault = decideFault(request, index);
//   if (fault) await sendFaulty(fault, { request, response, answer });   // answer: what would have been sent
import { gzipSync } from 'node:zlib';

/** @typedef {{ status: number, headers: Record<string, string>, body: Buffer }} RawAnswer */
/**
 * - `reset`: the connection is destroyed before any answer; `reset-half`: after half of the body.
 * - `hang`: no answer, ever; `slow-body`: a byte at a time, `stepMs` (default 200) apart.
 * - `truncated`: the body is cut in half, and `content-length` says the cut length, so that only a parser can tell.
 * - `html-502`: a proxy's error page; `html-200`: a login page with status 200.
 * - `gzip-broken`: says `content-encoding: gzip`, and the stream breaks off.
 * - `echo-authorization`: an error (default 500) whose message repeats the request's Authorization header.
 * - `answer`: another status, headers or body (a string is sent as it is, anything else as JSON).
 * - `huge`: a JSON array larger than `bytes` (default 17 MiB), `packed`: a few KiB on the way.
 * @typedef {(
 *   | { kind: 'reset' | 'reset-half' | 'hang' | 'truncated' | 'html-502' | 'html-200' | 'gzip-broken' }
 *   | { kind: 'slow-body', stepMs?: number }
 *   | { kind: 'echo-authorization', status?: number }
 *   | { kind: 'huge', bytes?: number, packed?: boolean }
 *   | { kind: 'answer', status?: number, headers?: Record<string, string>, body?: unknown }
 * )} WireFault
 */
/** @typedef {{ request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, answer: RawAnswer }} Exchange */

export const WIRE_FAULTS = /** @type {const} */ ([
  'reset',
  'reset-half',
  'hang',
  'slow-body',
  'truncated',
  'html-502',
  'html-200',
  'gzip-broken',
  'echo-authorization',
  'huge',
  'answer',
]);

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * @param {WireFault} fault
 * @param {Exchange} exchange
 * @returns {Promise<number | null>} the status that was sent, or null for none
 */
export async function sendFaulty(fault, { request, response, answer }) {
  switch (fault.kind) {
    case 'reset':
      request.socket.destroy();
      return null;
    case 'hang':
      return null;
    case 'reset-half':
      return sendHalf(response, answer);
    case 'slow-body':
      return sendSlowly(response, answer, fault.stepMs ?? 200);
    case 'truncated':
      return send(response, { ...answer, body: answer.body.subarray(0, Math.floor(answer.body.length / 2)) });
    case 'html-502':
      return send(
        response,
        html(502, '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>\n'),
      );
    case 'html-200':
      return send(
        response,
        html(200, '<!DOCTYPE html><html><body><form action="/login">Sign in</form></body></html>\n'),
      );
    case 'gzip-broken': {
      const packed = gzipSync(Buffer.concat([answer.body, Buffer.alloc(64, 'x')]));
      const headers = { ...answer.headers, 'content-encoding': 'gzip' };
      return send(response, { ...answer, headers, body: packed.subarray(0, Math.floor(packed.length / 2)) });
    }
    case 'echo-authorization': {
      const message = `cannot serve Authorization: ${request.headers.authorization ?? '(none)'}`;
      return send(response, {
        status: fault.status ?? 500,
        headers: { 'content-type': JSON_TYPE },
        body: jsonBody({ message }),
      });
    }
    case 'huge': {
      const body = makeHuge(fault.bytes ?? 17 * 1024 * 1024, fault.packed ?? false);
      const encoding = fault.packed ? { 'content-encoding': 'gzip' } : {};
      return send(response, { status: 200, headers: { 'content-type': JSON_TYPE, ...encoding }, body });
    }
    case 'answer': {
      const replaced = fault.body === undefined ? answer.body : toBody(fault.body);
      const type = typeof fault.body === 'string' ? 'text/plain; charset=utf-8' : JSON_TYPE;
      const headers = {
        ...(fault.body === undefined ? answer.headers : { 'content-type': type }),
        ...fault.headers,
      };
      return send(response, { status: fault.status ?? answer.status, headers, body: replaced });
    }
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {RawAnswer} answer
 */
export function send(response, { status, headers, body }) {
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, bodiless ? headers : { ...headers, 'content-length': String(body.length) });
  response.end(bodiless ? undefined : body);
  return status;
}

/**
 * @param {number} status
 * @param {string} text
 * @returns {RawAnswer}
 */
function html(status, text) {
  return { status, headers: { 'content-type': 'text/html' }, body: Buffer.from(text) };
}

/** Made once: it is most of what such an answer costs. @type {Map<string, Buffer>} */
const huge = new Map();

/** @param {number} size @param {boolean} packed */
function makeHuge(size, packed) {
  const key = `${size} ${packed}`;
  const text = () => Buffer.from(`["${'x'.repeat(size)}"]`);
  const body = huge.get(key) ?? (packed ? gzipSync(text()) : text());
  huge.set(key, body);
  return body;
}

/** @param {unknown} value */
function jsonBody(value) {
  return Buffer.from(JSON.stringify(value));
}

/** @param {unknown} value */
function toBody(value) {
  if (Buffer.isBuffer(value)) return value;
  return typeof value === 'string' ? Buffer.from(value) : jsonBody(value);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {RawAnswer} answer
 * @returns {Promise<number>}
 */
function sendHalf(response, { status, headers, body }) {
  response.writeHead(status, { ...headers, 'content-length': String(Math.max(body.length, 2)) });
  return new Promise((resolve) => {
    response.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))), () => {
      response.socket?.destroy();
      resolve(status);
    });
  });
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {RawAnswer} answer
 * @param {number} stepMs
 */
function sendSlowly(response, { status, headers, body }, stepMs) {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  let at = 0;
  const timer = setInterval(() => {
    if (at < body.length && !response.destroyed) response.write(body.subarray(at, ++at));
    else {
      clearInterval(timer);
      response.end();
    }
  }, stepMs);
  timer.unref();
  response.on('close', () => clearInterval(timer));
  return status;
}
