// What a train on a real Gitea needs beside its repository: many old commits, an image, and a count of the calls.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { callLive } from './live-gitea.mjs';
import { makeImage } from './registry/images.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./live-gitea.mjs').createLiveRepository>>} LiveRepository */

/**
 * Commits of a branch, made a month ago one after the other, and not pushed yet. On top of newer ones they would not
 * do: git counts `A ^B` by dates, and takes a child that is older than its parents for a clock that was wrong.
 * @param {LiveRepository} live
 * @param {string} branch a new one, or one that this function made
 * @param {{ count: number, from?: string }} settings
 */
export function importOldCommits(live, branch, { count, from }) {
  const before = from === undefined ? 0 : Number(live.git('rev-list', '--count', from));
  const start = Math.floor(Date.now() / 1000) - 30 * 86_400 + before;
  const tip = from === undefined ? null : live.git('rev-parse', from);
  const lines = Array.from({ length: count }, (_, index) => {
    const text = `old ${before + index}`;
    return [
      `commit refs/heads/${branch}`,
      `committer live <live@example.com> ${start + index} +0000`,
      `data ${text.length}`,
      text,
      ...(index === 0 && tip !== null ? [`from ${tip}`] : []),
      'M 100644 inline src/old',
      `data ${text.length}`,
      text,
      '',
    ].join('\n');
  });
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: live.folder, input: lines.join('\n') });
}

/**
 * Pushes an image with this revision label to the server's own registry.
 * @param {LiveRepository} live
 * @param {string} revision
 * @returns {Promise<string>} its name without the tag, which is `latest`
 */
export async function pushLiveImage({ url, token, repo }, revision) {
  const basic = `Basic ${Buffer.from(`x:${token}`).toString('base64')}`;
  const login = await fetch(`${url}/v2/token?service=container_registry&scope=*`, {
    headers: { authorization: basic },
  });
  const { token: bearer } = /** @type {{ token: string }} */ (await login.json());
  const send = async (
    /** @type {string} */ method,
    /** @type {string} */ path,
    /** @type {Buffer} */ body,
    /** @type {string} */ type,
  ) => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': type };
    const answer = await fetch(`${url}/v2/${repo}${path}`, { method, headers, body: new Uint8Array(body) });
    if (answer.status !== 201) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  const { blobs, manifest } = makeImage({ revision });
  for (const [digest, bytes] of blobs)
    await send('POST', `/blobs/uploads?digest=${digest}`, bytes, 'application/octet-stream');
  await send('PUT', '/manifests/latest', manifest.bytes, manifest.type);
  return `${new URL(url).host}/${repo}`;
}

/** @param {LiveRepository} live */
export async function removeLiveImage({ repo }) {
  const [owner = '', name = ''] = repo.split('/');
  const { body } = await callLive('GET', `/packages/${owner}?type=container&q=${name}`);
  for (const { version } of /** @type {{ version: string }[]} */ (body))
    await callLive('DELETE', `/packages/${owner}/container/${name}/${version}`);
}

/**
 * A server that hands every request on to another and counts it.
 * @param {string} target
 */
export async function startCounter(target) {
  /** @type {string[]} */
  const calls = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        ['authorization', 'content-type', 'accept'].flatMap((name) => {
          const value = request.headers[name];
          return typeof value === 'string' ? [[name, value]] : [];
        }),
      );
      const body = chunks.length === 0 ? {} : { body: new Uint8Array(Buffer.concat(chunks)) };
      fetch(`${target}${request.url}`, { method: request.method ?? 'GET', headers, ...body })
        .then(async (answer) => {
          const kept = ['content-type', 'x-total-count', 'link'];
          for (const name of kept) {
            const value = answer.headers.get(name);
            if (value !== null) response.setHeader(name, value);
          }
          response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
        })
        .catch((error) => response.destroy(error));
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
