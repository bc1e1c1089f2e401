// Git over HTTP for repositories that have a folder, through git's own `http-backend`.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { rightsOf } from './gitea-auth.mjs';
import { JOB_TOKEN } from './world.mjs';

/** @typedef {import('./forge.mjs').Forge} Forge */
/** @typedef {import('./repository.mjs').Repository} Repository */
/** @typedef {{ request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, url: URL }} GitExchange */

const GIT_PATH = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/**
 * @param {Forge} forge
 * @param {GitExchange} exchange
 * @returns {Promise<boolean>} false when the request is not git's
 */
export async function serveGit(forge, { request, response, url }) {
  const match = GIT_PATH.exec(url.pathname);
  if (!match) return false;
  const name = `${match[1]}/${match[2]}`.toLowerCase();
  const service = url.searchParams.get('service') ?? match[3] ?? '';
  const caller = forge.dialect.findCaller(
    forge.world,
    forge.dialect.readToken(request.headers, new URLSearchParams()),
  );
  const repo = forge.world.repositories.get(name);
  const movedTo = forge.world.renamed.get(name);
  const seen = { method: request.method ?? 'GET', path: url.pathname, call: `GIT ${service} ${name}` };
  const record = (/** @type {number} */ status) => {
    forge.gitRequests.push({ ...seen, status });
    return true;
  };
  const refuse = (
    /** @type {number} */ status,
    /** @type {string} */ text,
    /** @type {Record<string, string>} */ headers = {},
  ) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(text);
    return record(status);
  };
  const realm = { 'www-authenticate': `Basic realm="${forge.world.isGitHub ? 'GitHub' : 'Gitea'}"` };
  if (movedTo !== undefined) {
    const status = forge.world.isGitHub ? 301 : 307;
    return refuse(status, '', {
      location: `${url.pathname.replace(/^\/[^/]+\/[^/]+?(\.git)?\//, `/${movedTo}.git/`)}${url.search}`,
    });
  }
  if (!caller) return refuse(401, 'Unauthorized\n', realm);
  const rights = repo ? rightsOf({ caller }, repo) : 'none';
  const pushes = service === 'git-receive-pack';
  const enough = pushes
    ? rights === 'write' || rights === 'admin'
    : rights !== 'none' || (repo?.private === false && caller.grant?.jobOf);
  if (!repo?.folder || !enough) {
    if (caller.login === null) return refuse(401, 'Unauthorized\n', realm);
    return refuse(
      rights === 'none' ? 404 : 403,
      rights === 'none' ? 'Repository not found\n' : 'Forbidden\n',
    );
  }
  if (pushes && repo.archived)
    return refuse(
      403,
      'This repo is archived. You can view files and clone it, but cannot push or open issues/pull-requests.\n',
    );
  const status = await runBackend(forge, repo, {
    request,
    response,
    url,
    service: match[3] ?? '',
    login: caller.login ?? '',
  });
  return record(status);
}

/**
 * @param {Forge} forge
 * @param {Repository} repo
 * @param {GitExchange & { service: string, login: string }} exchange
 * @returns {Promise<number>}
 */
async function runBackend(forge, repo, { request, response, url, service, login }) {
  const folder = /** @type {import('./bare-folder.mjs').BareFolder} */ (repo.folder);
  const job = login === JOB_TOKEN;
  const refusal = forge.world.isGitHub
    ? 'error: GH006: Protected branch update failed for'
    : job
      ? 'Gitea: Internal Server Error: cannot push to'
      : 'Gitea: Not allowed to push to protected branch';
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: dirname(folder.path),
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: `/${folder.path.slice(dirname(folder.path).length + 1)}/${service}`,
      REQUEST_METHOD: request.method ?? 'GET',
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_USER: login || 'anonymous',
      FORGE_PROTECTED: [...repo.protections]
        .filter(([, rule]) => rule.push === false)
        .map(([name]) => name)
        .join(' '),
      FORGE_REFUSAL: refusal,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  const chunks = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  const output = Buffer.concat(chunks);
  const split = output.indexOf('\r\n\r\n');
  /** @type {Record<string, string>} */
  const headers = {};
  for (const line of output.toString('latin1', 0, Math.max(split, 0)).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const status = split < 0 ? 500 : Number.parseInt(headers['status'] ?? '200', 10);
  delete headers['status'];
  if (service === 'git-receive-pack') recordPushes(repo, login);
  response.writeHead(status, headers).end(split < 0 ? '' : output.subarray(split + 4));
  return status;
}

/**
 * @param {Repository} repo
 * @param {string} by
 */
function recordPushes(repo, by) {
  for (const { branch } of repo.folder?.readInto(repo) ?? []) repo.push({ branch, by });
}
