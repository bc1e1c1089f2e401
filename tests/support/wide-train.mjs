// A train of many stations of every kind, each a round trip of 50 ms away.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDelayProxy } from './delay-proxy.mjs';
import { startForge } from './forge/forge.mjs';
import { makeImage } from './registry/images.mjs';
import { startRegistry } from './registry/registry.mjs';
import { startTenants } from './tenants.mjs';

const roundTripMs = 50;
const minute = 60_000;

/**
 * Every third branch, and every second station of the other kinds, is one commit behind.
 * @param {import('./forge/forge.mjs').Flavour} flavour
 * @param {{ branches: number, images: number, tenants: number, repositories: number }} counts
 */
export async function startWideTrain(flavour, counts) {
  const now = Date.now();
  const forge = await startForge({ flavour, now: () => now });
  forge.user('ada', { admin: true });
  const repo = forge.repo('acme/platform', { defaultBranch: 'main' });
  const old = repo.pushCommit({ branch: 'main', files: { a: '1' }, by: 'ada', at: now - 90 * minute });
  const head = repo.pushCommit({ branch: 'main', files: { a: '2' }, by: 'ada', at: now - 60 * minute });
  const each = (/** @type {number} */ count) => Array.from({ length: count }, (_, index) => index);
  const half = (/** @type {number} */ index) => (index % 2 === 0 ? old : head);

  const branches = each(counts.branches - 1).map((index) => `stage-${index}`);
  for (const [index, branch] of branches.entries()) {
    repo.setBranch(branch, index % 3 === 0 ? old : head);
    repo.push({ branch, by: 'ada', at: now - minute });
  }
  const registry = await startRegistry({ mode: 'docker' });
  const images = each(counts.images).map((index) => `acme/app-${index}`);
  for (const [index, image] of images.entries())
    registry.push(image, makeImage({ revision: half(index) }), 'latest');
  const fleet = await startTenants(
    each(counts.tenants).map((index) => ({ slug: `t${index}`, sha: half(index), delayMs: roundTripMs })),
  );
  const list = createServer((_, response) =>
    setTimeout(() => response.end(JSON.stringify(fleet.list)), roundTripMs),
  );
  await new Promise((done) => list.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (list.address());
  repo.setTag('v1.0.0', old);
  repo.setTag('v1.1.0', head);
  const repositories = each(counts.repositories).map((index) => `acme/template-${index}`);
  for (const [index, name] of repositories.entries()) {
    const files = { '.runtime-version': index % 2 === 0 ? '1.0.0' : '1.1.0' };
    forge.repo(name, { defaultBranch: 'main' }).pushCommit({ branch: 'main', files, by: 'ada' });
  }
  const folder = mkdtempSync(join(tmpdir(), 'wide-train-'));
  const manifest = join(folder, 'manifest.json');
  writeFileSync(manifest, JSON.stringify(repositories));
  const [farForge, farRegistry] = await Promise.all([
    startDelayProxy({ target: forge.url, roundTripMs }),
    startDelayProxy({ target: `http://${registry.host}`, roundTripMs }),
  ]);
  const config = join(folder, 'train.json');
  const name = (/** @type {string} */ image) => `${new URL(farRegistry.url).host}/${image}`;
  writeFileSync(
    config,
    JSON.stringify({
      repo: 'acme/platform',
      branches: [...branches, 'main'],
      images: images.map((image) => ({ name: name(image) })),
      ...(counts.tenants > 0 ? { tenants_url: `http://127.0.0.1:${port}/` } : {}),
      ...(counts.repositories > 0 ? { cascade: { manifest, select: '[]', version_from: 'tag:v*' } } : {}),
    }),
  );
  return {
    forge,
    config,
    env: {
      SWITCHYARD_API_URL: forge.apiUrl.replace(forge.url, farForge.url),
      SWITCHYARD_TOKEN: forge.addToken({ user: 'ada' }),
    },
    async close() {
      list.closeAllConnections();
      await new Promise((done) => list.close(done));
      await Promise.all([farForge.close(), farRegistry.close(), fleet.close()]);
      await Promise.all([forge.close(), registry.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
