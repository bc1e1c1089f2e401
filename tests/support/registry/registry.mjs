// A registry in memory that answers as recorded: Docker's (open, or with a login), Gitea's, and one like GHCR's.
// Plain JavaScript, so that the demo runs it with nothing installed.
import { createServer } from 'node:http';
import { sendFaulty, send } from '../http-faults.mjs';
import { checkLogin } from './login.mjs';
import { routeRegistry } from './routes.mjs';

/** @typedef {'docker' | 'docker-htpasswd' | 'gitea' | 'ghcr'} Mode */
/** @typedef {{ manifests: Map<string, import('./images.mjs').Manifest>, tags: Map<string, string>, blobs: Map<string, Buffer> }} Repository */
/** One request as it came, with the answer's status once it is known. */
/** @typedef {{ method: string, path: string, query: string, accept: string, authorization: string | null, type: string, status: number | null }} Seen */
/**
 * @typedef {object} RegistryOptions
 * @property {Mode} [mode] default docker
 * @property {Record<string, string>} [users] name → password; who may write
 * @property {Record<string, string>} [readers] name → password; who may read alone
 * @property {boolean} [publicRead] gitea and ghcr: may anyone read? default true
 * @property {(seen: Seen, index: number) => (import('../http-faults.mjs').WireFault | null | undefined)} [fault]
 * @property {(seen: Seen, index: number) => (void | Promise<void>)} [before] called before a request is served, as to let another promotion act
 * @property {(request: import('node:http').IncomingMessage) => string} [realm] another token service in the challenge
 * @property {string} [name] the name the recorded server called itself by
 */

/** @param {RegistryOptions} [options] */
export async function startRegistry(options = {}) {
  /** @type {Map<string, Repository>} */
  const repositories = new Map();
  /** @type {Seen[]} */
  const seen = [];
  const state = { repositories, options, mode: options.mode ?? 'docker', url: '', tokens: new Map() };

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => response.destroy(error));
  });

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function serve(request, response) {
    const url = new URL(request.url ?? '/', state.url);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    /** @type {Seen} */
    const entry = {
      method: request.method ?? 'GET',
      path: decodeURI(url.pathname),
      query: url.search,
      accept: request.headers.accept ?? '',
      authorization: request.headers.authorization ?? null,
      type: request.headers['content-type'] ?? '',
      status: null,
    };
    const index = seen.push(entry) - 1;
    await options.before?.(entry, index);
    const fault = options.fault?.(entry, index) ?? null;
    const refused = isRefusal(fault) ? NOTHING : checkLogin(state, entry, url);
    const answer = refused ?? routeRegistry(state, entry, Buffer.concat(chunks));
    if (fault) entry.status = await sendFaulty(fault, { request, response, answer });
    else if (entry.method === 'HEAD') {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) });
      response.end();
      entry.status = answer.status;
    } else entry.status = send(response, answer);
  }

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  state.url = `http://127.0.0.1:${port}`;
  return {
    server,
    url: state.url,
    host: `127.0.0.1:${port}`,
    seen,
    repositories,
    /**
     * As a builder pushes it.
     * @param {string} repository
     * @param {import('./images.mjs').Image} image
     * @param {...string} tags
     */
    push(repository, image, ...tags) {
      pushImage(repositories, repository, image, tags);
      return image.manifest.digest;
    },
    /**
     * What a tag holds; null where it is not.
     * @param {string} repository
     * @param {string} tag
     */
    digest(repository, tag) {
      return repositories.get(repository)?.tags.get(tag) ?? null;
    },
    /** The requests that would change something. */
    writes: () => seen.filter(({ method }) => !['GET', 'HEAD'].includes(method)),
    /** @returns {Promise<void>} */
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const NOTHING = { status: 503, headers: {}, body: Buffer.alloc(0) };

/**
 * A 4xx or 503 comes instead of the deed; every other fault comes after it, so that an answer can be lost.
 * @param {import('../http-faults.mjs').WireFault | null} fault
 */
function isRefusal(fault) {
  return (
    fault?.kind === 'answer' &&
    fault.status !== undefined &&
    (fault.status === 503 || Math.floor(fault.status / 100) === 4)
  );
}

/**
 * @param {Map<string, Repository>} repositories
 * @param {string} name
 * @param {import('./images.mjs').Image} image
 * @param {readonly string[]} tags
 */
function pushImage(repositories, name, image, tags) {
  const repository = repositories.get(name) ?? { manifests: new Map(), tags: new Map(), blobs: new Map() };
  repositories.set(name, repository);
  for (const [digest, bytes] of image.blobs) repository.blobs.set(digest, bytes);
  for (const manifest of [...image.children, image.manifest])
    repository.manifests.set(manifest.digest, manifest);
  for (const tag of tags) repository.tags.set(tag, image.manifest.digest);
}
