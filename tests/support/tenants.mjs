// Tenants that each tell which commit they run, and the control plane that rolls them.
import { createServer } from 'node:http';
import { sendFaulty } from './http-faults.mjs';

/** @typedef {import('./http-faults.mjs').WireFault} WireFault */
/** @typedef {import('node:http').Server} Server */
/** @typedef {'ok' | 'html' | 'dev' | 'empty' | 'missing-field' | 'not-json' | 'wrong-type' | 'refuse' | 'slow' | 'hang' | 'reset' | `status-${number}`} TenantMode */
/**
 * @typedef {object} Tenant
 * @property {string} slug
 * @property {string} sha
 * @property {TenantMode} mode
 * @property {number} delayMs before each answer; in mode `slow` at least 30 s
 * @property {string} field
 * @property {string} url
 * @property {number} connections
 * @property {{ method: string, path: string, headers: import('node:http').IncomingHttpHeaders, socket: number }[]} requests
 * @property {((tenant: Tenant, hit: number) => void) | null} onRequest called before each answer: may change the tenant
 */
/** @typedef {{ slug: string, sha?: string, mode?: TenantMode, delayMs?: number, field?: string, path?: string, onRequest?: Tenant['onRequest'] }} TenantOptions */
/** @typedef {{ slug: string, phase: string, ssm_status: string, ssm_exit_code: number, healthz_ok?: boolean | null, error: string | null }} RedeployResult */
/** @typedef {{ status?: number, body?: unknown, delayMs?: number, fault?: WireFault }} RedeployAnswer */

const SLOW_MS = 30_000;
const REDEPLOY = '/cp/admin/tenants/redeploy-fleet';

/**
 * @param {TenantOptions[]} options
 * @returns {Promise<{ list: { slug: string, url: string }[], tenants: Map<string, Tenant>, servers: Map<string, Server>, close: () => Promise<void> }>}
 */
export async function startTenants(options) {
  /** @type {Map<string, Tenant>} */
  const tenants = new Map();
  const servers = await Promise.all(
    options.map(async (each) => {
      /** @type {Tenant} */
      const tenant = {
        slug: each.slug,
        sha: each.sha ?? '',
        mode: each.mode ?? 'ok',
        delayMs: each.delayMs ?? 0,
        field: each.field ?? 'git_sha',
        url: '',
        connections: 0,
        requests: [],
        onRequest: each.onRequest ?? null,
      };
      const server = createServer((request, response) => serveTenant(tenant, request, response));
      server.on('connection', (socket) => {
        tenant.connections++;
        if (tenant.mode === 'refuse') socket.destroy();
      });
      tenant.url = `${await listen(server)}${each.path ?? ''}`;
      tenants.set(tenant.slug, tenant);
      return server;
    }),
  );
  const list = options.map(({ slug }) => ({ slug, url: tenants.get(slug)?.url ?? '' }));
  const bySlug = new Map(options.map(({ slug }, index) => [slug, /** @type {Server} */ (servers[index])]));
  return {
    list,
    tenants,
    servers: bySlug,
    close: async () => void (await Promise.all(servers.map(closeServer))),
  };
}

/**
 * @param {Tenant} tenant
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function serveTenant(tenant, request, response) {
  const { method = 'GET', url = '/', headers, socket } = request;
  tenant.requests.push({ method, path: url, headers, socket: socket.remotePort ?? 0 });
  tenant.onRequest?.(tenant, tenant.requests.length);
  const wait = tenant.mode === 'slow' ? Math.max(tenant.delayMs, SLOW_MS) : tenant.delayMs;
  const timer = setTimeout(() => answerTenant(tenant, request, response), wait);
  // Who stands in front of this server waits for its answer, also when the caller is gone.
  response.on('close', () => {
    clearTimeout(timer);
    if (!response.writableEnded) response.end();
  });
}

/**
 * @param {Tenant} tenant
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function answerTenant(tenant, request, response) {
  const json = (/** @type {unknown} */ body, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const { mode, field, sha } = tenant;
  if (mode === 'hang') return;
  if (mode === 'reset' || mode === 'refuse') return void request.socket.destroy();
  if (mode === 'html')
    return response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><p>Welcome</p>\n');
  if (mode === 'not-json')
    return response.writeHead(200, { 'content-type': 'application/json' }).end(`{"${field}":"${sha}`);
  if (mode === 'dev') return json({ [field]: 'dev' });
  if (mode === 'empty') return json({ [field]: '' });
  if (mode === 'missing-field') return json({ version: '1.0.0' });
  if (mode === 'wrong-type') return json({ [field]: 42 });
  return json({ [field]: sha }, mode.startsWith('status-') ? Number(mode.slice('status-'.length)) : 200);
}

/**
 * The control plane: takes a redeployment, and moves the tenants it is given to the commit in the tag (`staging-SHA`).
 * @param {{ token: string, tenants?: Map<string, Tenant>, path?: string, answer?: (body: any, count: number) => RedeployAnswer | null }} options
 *   answer: instead of a good one
 */
export async function startControlPlane({ token, tenants = new Map(), path = REDEPLOY, answer }) {
  /** @type {{ method: string, path: string, headers: import('node:http').IncomingHttpHeaders, body: any }[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = parse(Buffer.concat(chunks).toString('utf8'));
    const seen = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: request.headers,
      body,
    };
    requests.push(seen);
    const reply = answerRedeploy({
      seen,
      token,
      path,
      tenants,
      given: answer?.(body, requests.length) ?? null,
    });
    if (reply.delayMs) await new Promise((resolve) => setTimeout(resolve, reply.delayMs).unref());
    const raw = {
      status: reply.status ?? 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(reply.body ?? {})),
    };
    await sendFaulty(reply.fault ?? { kind: 'answer' }, { request, response, answer: raw });
  });
  const url = await listen(server);
  return { url, requests, server, close: () => closeServer(server) };
}

/**
 * @param {{ seen: { method: string, path: string, headers: import('node:http').IncomingHttpHeaders, body: any }, token: string, path: string, tenants: Map<string, Tenant>, given: RedeployAnswer | null }} options
 * @returns {RedeployAnswer}
 */
function answerRedeploy({ seen, token, path, tenants, given }) {
  if (seen.headers.authorization !== `Bearer ${token}`)
    return { status: 401, body: { error: 'unauthorized' } };
  if (seen.method === 'GET' && seen.path === '/cp/admin/tenants') {
    return { body: [...tenants.values()].map((tenant) => ({ slug: tenant.slug, url: tenant.url })) };
  }
  if (seen.method !== 'POST' || seen.path !== path) return { status: 404, body: { error: 'not found' } };
  if (given) return given;
  const { target_tag: tag = '', dry_run: dryRun = false } = seen.body ?? {};
  /** @type {RedeployResult[]} */
  const results = [...tenants.values()].map((tenant) => {
    if (!dryRun) tenant.sha = String(tag).replace(/^staging-/, '');
    return {
      slug: tenant.slug,
      phase: dryRun ? 'dry-run' : 'done',
      ssm_status: 'Success',
      ssm_exit_code: 0,
      healthz_ok: true,
      error: null,
    };
  });
  return { body: { ok: true, results } };
}

/**
 * @param {import('node:http').Server} server
 * @returns {Promise<string>}
 */
function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`);
    });
  });
}

/**
 * @param {import('node:http').Server} server
 * @returns {Promise<void>}
 */
function closeServer(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
