// The world of a whole train: a forge with two branches and the repositories a cascade writes to, a registry,
// a control plane and its tenants, and a checkout with the vendored scripts in it.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startForge } from './forge/forge.mjs';
import { makeMultiPlatform } from './registry/images.mjs';
import { startRegistry } from './registry/registry.mjs';
import { startControlPlane, startTenants } from './tenants.mjs';

/** @typedef {import('./forge/repository.mjs').Repository} Repository */

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const IMAGES = ['acme/platform', 'acme/tenant'];
export const TEMPLATES = ['acme/template-web', 'acme/template-worker'];
const WORKFLOWS = [
  { file: 'ci.yml', name: 'CI', on: ['staging'] },
  { file: 'e2e.yml', name: 'E2E', on: ['staging', 'main'] },
  { file: 'publish.yml', name: 'Publish', on: ['main'] },
];

/** @param {'gitea-1.22.6' | 'github'} flavour */
export async function startReleaseWorld(flavour) {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  const forge = await startForge({ flavour });
  forge.user('ada', { admin: true });
  const token = forge.addToken({ user: 'ada' });
  const password = 'registry-password';
  /** @type {Record<string, string>} */
  const users = flavour === 'github' ? {} : { ci: password };
  /** @type {Record<string, string>} */
  const readers = {};
  const registry = await startRegistry({ mode: 'docker-htpasswd', users, readers });
  const fleet = await startTenants([{ slug: 'lisbon' }, { slug: 'oslo' }]);
  const plane = await startControlPlane({ token: 'admin-token', tenants: fleet.tenants });

  const git = (/** @type {string} */ name) => join(folder, `${name}.git`);
  const repo = forge.repo('acme/app', { defaultBranch: 'main', private: true, git: git('app') });
  const build = (/** @type {string} */ sha, /** @type {string[]} */ ...tags) => {
    for (const name of IMAGES)
      registry.push(name, makeMultiPlatform(sha, { salt: name }), `staging-${sha.slice(0, 7)}`, ...tags);
  };
  forge.world.onPush = (pushed, push) => {
    if (pushed === repo) finish(pushed, push.branch, push.after);
    if (pushed === repo && push.branch === 'main') build(push.after);
  };
  const home = flavour === 'github' ? '.github' : '.gitea';
  const files = Object.fromEntries(
    WORKFLOWS.map((each) => [`${home}/workflows/${each.file}`, toYaml(each, flavour === 'github')]),
  );
  const first = repo.pushCommit({ branch: 'main', message: 'first', files, by: 'ada' });
  build(first, 'latest');
  for (const tenant of fleet.tenants.values()) tenant.sha = first;
  repo.setBranch('staging', first);
  repo.push({ branch: 'staging', by: 'ada' });
  repo.pushCommit({
    branch: 'staging',
    message: 'a feature (#7)',
    files: { 'src/feature': '1\n' },
    by: 'ada',
  });
  for (const name of TEMPLATES) {
    const template = forge.repo(name, { defaultBranch: 'main', git: git(name.replace('/', '-')) });
    template.pushCommit({
      branch: 'main',
      message: 'old',
      files: { '.runtime-version': '0.1.6\n' },
      by: 'ada',
    });
  }

  const checkout = join(folder, 'checkout');
  mkdirSync(join(checkout, home), { recursive: true });
  cpSync(process.env['SWITCHYARD_TEST_BUNDLES'] ?? join(root, 'vendor'), join(checkout, 'vendor'), {
    recursive: true,
  });
  cpSync(join(root, 'docs/examples', home.slice(1)), join(checkout, home, 'workflows'), { recursive: true });
  writeAll(checkout, {
    ...files,
    'manifest.json': JSON.stringify({ workspace_templates: TEMPLATES.map((name) => ({ repo: name })) }),
    '.runtime-version': '0.1.7\n',
    'train.json': JSON.stringify({
      repo: 'acme/app',
      branches: ['staging', 'main'],
      images: IMAGES.map((name) => ({ name: `${registry.host}/${name}`, tag: 'latest' })),
      tenants_url: `${plane.url}/cp/admin/tenants`,
    }),
  });
  /**
   * The token of a job, with the rights that its `permissions` give on GitHub; there it logs in to the registry too.
   * @param {Record<string, 'read' | 'write' | 'none'>} permissions
   */
  const grant = (permissions) => {
    if (flavour !== 'github') return { 'github.token': forge.addToken({ jobOf: 'acme/app' }) };
    const named = Object.entries(permissions).map(([name, level]) => [name.replaceAll('-', '_'), level]);
    const ofJob = forge.addToken({ jobOf: 'acme/app', permissions: Object.fromEntries(named) });
    delete users['ci'];
    delete readers['ci'];
    if (permissions['packages'] === 'write') users['ci'] = ofJob;
    if (permissions['packages'] === 'read') readers['ci'] = ofJob;
    return { 'github.token': ofJob };
  };
  const close = async () => {
    await Promise.all([forge.close(), registry.close(), fleet.close(), plane.close()]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { forge, repo, token, registry, password, fleet, plane, folder, checkout, home, grant, close };
}

/** @param {{ name: string, on: string[] }} workflow @param {boolean} dispatch Gitea 1.22 has no such event */
function toYaml({ name, on }, dispatch) {
  const trigger = `on:\n  push:\n    branches: [${on.join(', ')}]\n${dispatch ? '  workflow_dispatch:\n' : ''}`;
  return `name: ${name}\n${trigger}jobs:\n  run:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`;
}

/**
 * Every workflow of the branch has run on this commit, and is green.
 * @param {Repository} repo @param {string} branch @param {string} sha
 */
function finish(repo, branch, sha) {
  for (const { file, name, on } of WORKFLOWS) {
    if (!on.includes(branch)) continue;
    const state = { status: 'completed', conclusion: 'success' };
    if (repo.world.isGitHub)
      repo.addRun({ file, sha, branch, event: 'push', ...state, jobs: [{ name: 'run', ...state }] });
    else
      repo.setStatus(sha, {
        context: `${name} / run (push)`,
        status: 'success',
        description: 'Successful in 3s',
        targetUrl: '/acme/app/actions/runs/1/jobs/0',
        creator: null,
      });
  }
}

/** @param {string} folder @param {Record<string, string>} files */
function writeAll(folder, files) {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
}
