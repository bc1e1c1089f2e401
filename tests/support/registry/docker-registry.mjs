// Docker's own registry (Debian: docker-registry) on a free loopback port, its files in a temporary folder.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Why the real registry cannot be had here; null where it can. */
export function missingDockerRegistry() {
  const lost = ['docker-registry', 'htpasswd'].filter(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).error !== undefined,
  );
  if (lost.length === 0) return null;
  return `${lost.join(' and ')} not installed: apt-get install -y docker-registry apache2-utils`;
}

/** @param {{ users?: Record<string, string> }} [options] with users it wants a login */
export async function startDockerRegistry({ users } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'docker-registry-'));
  const port = await findPort();
  const lines = [
    'version: 0.1',
    'log: { level: error, accesslog: { disabled: true } }',
    `storage: { filesystem: { rootdirectory: ${JSON.stringify(join(folder, 'data'))} } }`,
    `http: { addr: "127.0.0.1:${port}" }`,
  ];
  if (users) {
    const file = join(folder, 'htpasswd');
    const rows = Object.entries(users).map(([name, password]) => {
      const made = spawnSync('htpasswd', ['-Bbn', '-C', '4', name, password], { encoding: 'utf8' });
      return made.stdout.trim();
    });
    writeFileSync(file, `${rows.join('\n')}\n`);
    lines.push(`auth: { htpasswd: { realm: basic-realm, path: ${JSON.stringify(file)} } }`);
  }
  const config = join(folder, 'config.yml');
  writeFileSync(config, `${lines.join('\n')}\n`);
  const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  await waitUntilUp(`${url}/v2/`);
  const [name, password] = Object.entries(users ?? {})[0] ?? [];
  /** @type {Record<string, string>} */
  const login =
    name === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
  return {
    url,
    host: `127.0.0.1:${port}`,
    /**
     * @param {string} repository
     * @param {import('./images.mjs').Image} image
     * @param {...string} tags
     */
    push: (repository, image, ...tags) => upload(url, login, repository, image, tags),
    /**
     * @param {string} repository
     * @param {string} tag
     */
    digest: (repository, tag) => readDigest(url, login, repository, tag),
    async close() {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * As a builder pushes: blobs, then manifests, children first. Works with every registry.
 * @param {string} url
 * @param {Record<string, string>} login
 * @param {string} repository
 * @param {import('./images.mjs').Image} image
 * @param {readonly string[]} tags
 */
export async function upload(url, login, repository, image, tags) {
  const base = `${url}/v2/${repository}`;
  for (const [digest, bytes] of image.blobs) {
    const started = await fetch(`${base}/blobs/uploads/`, { method: 'POST', headers: login });
    await expectStatus(started, 202);
    const target = new URL(started.headers.get('location') ?? '', base);
    target.searchParams.set('digest', digest);
    const headers = { ...login, 'content-type': 'application/octet-stream' };
    await expectStatus(await fetch(target, { method: 'PUT', headers, body: new Uint8Array(bytes) }), 201);
  }
  const manifests = image.children.map((child) => ({ child, reference: child.digest }));
  const tagged = tags.map((tag) => ({ child: image.manifest, reference: tag }));
  for (const { child, reference } of [...manifests, ...tagged]) {
    const headers = { ...login, 'content-type': child.type };
    const body = new Uint8Array(child.bytes);
    await expectStatus(await fetch(`${base}/manifests/${reference}`, { method: 'PUT', headers, body }), 201);
  }
  return image.manifest.digest;
}

/**
 * @param {string} url
 * @param {Record<string, string>} login
 * @param {string} repository
 * @param {string} tag
 */
export async function readDigest(url, login, repository, tag) {
  const accept = [
    'oci.image.index.v1',
    'docker.distribution.manifest.list.v2',
    'oci.image.manifest.v1',
    'docker.distribution.manifest.v2',
  ];
  const headers = { ...login, accept: accept.map((type) => `application/vnd.${type}+json`).join(', ') };
  const answer = await fetch(`${url}/v2/${repository}/manifests/${tag}`, { method: 'HEAD', headers });
  return answer.status === 200 ? answer.headers.get('docker-content-digest') : null;
}

/**
 * @param {Response} answer
 * @param {number} wanted
 */
async function expectStatus(answer, wanted) {
  const text = await answer.text();
  if (answer.status !== wanted) throw new Error(`${answer.url} answered ${answer.status}: ${text}`);
}

/** @returns {Promise<number>} */
function findPort() {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {string} url */
async function waitUntilUp(url) {
  for (let tries = 0; tries < 100; tries++) {
    try {
      await (await fetch(url)).text();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`docker-registry does not answer at ${url}`);
}
