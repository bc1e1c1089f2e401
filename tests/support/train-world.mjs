// The incident that train-status is for: `:latest` hours and nine commits behind main, and not one run red, because
// the workflow that moves the tag waits for one whose path filter never lets it run.
import { startForge } from './forge/forge.mjs';
import { makeImage } from './registry/images.mjs';
import { startRegistry } from './registry/registry.mjs';

/** @typedef {import('./forge/forge.mjs').Flavour} Flavour */

const publish = `name: publish
on:
  push:
    branches: [main]
    paths: ['canvas/**', 'server/**']
  workflow_dispatch:
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - run: make image
`;
const e2e = `name: e2e
on:
  push:
    branches: [main]
    paths: ['server/internal/**']
  workflow_dispatch:
jobs:
  saas:
    runs-on: ubuntu-latest
    steps:
      - run: make e2e
`;
const hour = 3_600_000;

/**
 * @param {Flavour} flavour
 * @param {{ commits?: number, now?: number }} [settings]
 */
export async function startIncident(flavour, { commits = 9, now = Date.now() } = {}) {
  const forge = await startForge({ flavour, now: () => now });
  const registry = await startRegistry({ mode: 'docker' });
  forge.user('ada', { admin: true });
  const token = forge.addToken({ user: 'ada' });
  const repo = forge.repo('acme/platform', { defaultBranch: 'main' });
  const folder = flavour === 'github' ? '.github' : '.gitea';
  const start = now - 7 * hour - 12 * 60_000;
  const files = {
    [`${folder}/workflows/publish.yml`]: publish,
    [`${folder}/workflows/e2e.yml`]: e2e,
    'server/main.go': '0',
  };
  const served = repo.pushCommit({ branch: 'main', message: 'served', files, by: 'ada', at: start - hour });
  for (let index = 0; index < commits; index++) {
    const at = start + (index * 7 * hour) / commits;
    // Made long before it came: only the push tells when it did.
    const sha = repo.commit({
      branch: 'main',
      message: `canvas ${index} (#${index + 1})`,
      files: { [`canvas/${index}.ts`]: `${index}` },
      at: start - 24 * hour,
    });
    repo.push({ branch: 'main', by: 'ada', at });
    record(repo, sha, at);
  }
  const head = /** @type {string} */ (repo.branches.get('main'));
  repo.setBranch('staging', head);
  repo.push({ branch: 'staging', by: 'ada' });
  registry.push('acme/platform', makeImage({ revision: served }), 'latest');
  const config = {
    repo: 'acme/platform',
    branches: ['staging', 'main'],
    images: [{ name: `${registry.host}/acme/platform`, tag: 'latest' }],
    workflows: { 'main→images': ['publish.yml', 'e2e.yml'] },
    slo: { age: '4h', commits: 10 },
    ignore_paths: ['docs/**', '*.md'],
  };
  const close = () => Promise.all([forge.close(), registry.close()]);
  return { forge, registry, repo, token, served, head, config, now, close };
}

/** A green run of publish.yml. @param {import('./forge/repository.mjs').Repository} repo @param {string} sha @param {number} at */
function record(repo, sha, at) {
  const { flavour } = repo.world;
  if (flavour !== 'gitea-1.22.6')
    repo.addRun({ file: 'publish.yml', sha, branch: 'main', event: 'push', jobs: [{ name: 'image' }], at });
  if (flavour === 'github') return;
  const target = `/acme/platform/actions/runs/${repo.pushes.length}/jobs/0`;
  repo.setStatus(sha, {
    context: 'publish / image (push)',
    status: 'success',
    description: 'Successful in 3s',
    targetUrl: target,
    creator: null,
    at,
  });
}
