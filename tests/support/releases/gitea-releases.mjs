// The part of Gitea 1.22.6 that a release needs: tags, releases, their files. Its state is the test's to set and read.
import { createServer } from 'node:http';
import { Readable } from 'node:stream';

/** @typedef {{ draft: boolean, assets: Map<string, Buffer> }} StoredRelease */

/** @param {string} token */
export async function startGiteaReleases(token) {
  /** @type {Map<string, string>} */
  const tags = new Map();
  /** @type {Map<string, StoredRelease>} */
  const releases = new Map();
  /** @type {string[]} */
  const writes = [];
  /** The next so many writes succeed, then each answers 500. */
  const limits = { writes: Infinity };
  /** Answers instead of the server's own: path part → status and text. @type {Map<string, [number, string]>} */
  const faults = new Map();

  /** @param {import('node:http').IncomingMessage} request @returns {Promise<[number, Buffer | object | string]>} */
  async function answer(request) {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    for (const [part, fault] of faults) if (pathname.includes(part)) return fault;
    if (request.headers.authorization !== `token ${token}`) return [401, { message: 'token is required' }];
    const absent = { message: "The target couldn't be found.", errors: [] };
    const file = /^\/acme\/switchyard\/releases\/download\/([^/]+)\/(.+)$/.exec(pathname);
    if (file) {
      const bytes = releases.get(file[1] ?? '')?.assets.get(file[2] ?? '');
      return bytes === undefined ? [404, 'Not found.\n'] : [200, bytes];
    }
    const path = /^\/api\/v1\/repos\/acme\/switchyard\/(.+)$/.exec(pathname)?.[1];
    if (path === undefined) return [404, '404 page not found\n'];
    const [kind, second = '', third = ''] = path.split('/');
    if (request.method === 'GET') {
      const name = kind === 'tags' ? second : third;
      const sha = tags.get(name);
      if (kind === 'tags') return sha ? [200, { name, id: sha, commit: { sha } }] : [404, absent];
      return releases.has(name) ? [200, show(name)] : [404, absent];
    }
    /** @type {any} */
    const body = await new Response(/** @type {any} */ (Readable.toWeb(request)), {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    })[kind === 'releases' && third === 'assets' ? 'formData' : 'json']();
    if (limits.writes-- <= 0) return [500, { message: '' }];
    writes.push(`${request.method} ${path}`);
    if (request.method === 'POST' && second === '') {
      tags.set(body.tag_name, tags.get(body.tag_name) ?? body.target_commitish);
      releases.set(body.tag_name, { draft: false, assets: new Map() });
      return [201, show(body.tag_name)];
    }
    const name = [...releases.keys()][Number(second) - 1] ?? '';
    const release = /** @type {StoredRelease} */ (releases.get(name));
    if (third === 'assets') {
      const bytes = Buffer.from(await body.get('attachment').arrayBuffer());
      release.assets.set(searchParams.get('name') ?? '', bytes);
      return [201, { name: searchParams.get('name'), size: bytes.length }];
    }
    release.draft = body.draft;
    return [200, show(name)];
  }

  /** @param {string} name */
  function show(name) {
    const { draft, assets } = /** @type {StoredRelease} */ (releases.get(name));
    const id = [...releases.keys()].indexOf(name) + 1;
    return { id, tag_name: name, draft, assets: [...assets.keys()].map((file) => ({ name: file })) };
  }

  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) => {
      request.resume();
      const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
      response.writeHead(status, { 'content-type': isJson ? 'application/json' : 'text/plain' });
      response.end(isJson ? JSON.stringify(body) : body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;
  return {
    tags,
    releases,
    writes,
    limits,
    faults,
    env: {
      GITEA_ACTIONS: 'true',
      GITHUB_API_URL: `${url}/api/v1`,
      GITHUB_SERVER_URL: url,
      GITHUB_REPOSITORY: 'acme/switchyard',
      GITHUB_TOKEN: token,
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
