// A job of an example in the world of a whole train: the environment that its runner sets, and what its expressions
// are worth.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGES } from './release-world.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./release-world.mjs').startReleaseWorld>>} World */
/** @typedef {'gitea' | 'github'} Side */
/** @typedef {{ sha: string, branch: string, event: string, fork?: boolean }} Start what started the job; `fork`: a run of a fork's */

/** @type {Record<string, string>} */
const recorded = JSON.parse(
  readFileSync(new URL('../testdata/gitea-job-environment.json', import.meta.url), 'utf8'),
);

/**
 * What the recorded runner of Gitea sets; GitHub's sets the same names without Gitea's own.
 * @param {World} world @param {Side} side @param {Start} start
 * @returns {Record<string, string>}
 */
export function makeEnvironment(world, side, start) {
  const { forge, repo, folder } = world;
  const { sha, branch, event } = start;
  const payload = join(folder, 'event.json');
  writeFileSync(payload, JSON.stringify(makePayload(world, start)));
  const isTag = !repo.branches.has(branch);
  const isOfRunner = (/** @type {[string, string]} */ [name]) =>
    side === 'gitea' || !/^GITEA_|^ACTIONS_/.test(name);
  const filled = Object.entries(recorded)
    .filter(isOfRunner)
    .map(([name, value]) => [
      name,
      value.replace('http://gitea.example', forge.url).replace('<runner>', folder),
    ]);
  return {
    ...Object.fromEntries(filled),
    PATH: /** @type {string} */ (process.env['PATH']),
    GITHUB_REPOSITORY: 'acme/app',
    GITHUB_SHA: event === 'workflow_run' ? /** @type {string} */ (repo.branches.get('main')) : sha,
    GITHUB_REF: `refs/${isTag ? 'tags' : 'heads'}/${branch}`,
    GITHUB_REF_NAME: branch,
    GITHUB_REF_TYPE: isTag ? 'tag' : 'branch',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: payload,
    GITHUB_API_URL: forge.apiUrl,
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    SWITCHYARD_HTTP_RETRY_MS: '1',
    GITHUB_ACTIONS: 'true',
  };
}

/** @param {World} world @param {Start} start */
function makePayload({ home }, { sha, branch, event, fork }) {
  if (event !== 'workflow_run') return { ref: `refs/heads/${branch}`, after: sha };
  const run = { head_sha: sha, head_branch: branch, path: `${home}/workflows/e2e.yml`, event: 'push' };
  const repository = { full_name: 'acme/app', id: 1 };
  const head = fork ? { full_name: 'mallory/app', id: 2 } : repository;
  const state = { status: 'completed', conclusion: 'success', head_repository: head };
  return { workflow_run: { ...run, ...state }, repository };
}

const manual = readFileSync(new URL('../../docs/examples/README.md', import.meta.url), 'utf8');

/** The rows of a table in docs/examples/README.md, by the words of their first cell. @param {string} title */
export function readManual(title) {
  const [, , ...rows] = (manual.split(`| ${title} `)[1] ?? '').split('\n\n', 1)[0]?.split('\n') ?? [];
  const cells = rows.map((row) => row.split('|').slice(1, -1));
  return new Map(cells.map(([name = '', ...rest]) => [name.replaceAll('`', '').trim(), rest]));
}

/** The words in code of a cell. @param {string} [cell] @returns {string[]} */
export const readWords = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);

/**
 * The secrets, variables and contexts of the examples; each token has just the rights that the manual gives it.
 * @param {World} world @param {Side} side
 * @returns {Record<string, string>}
 */
export function makeKnown(world, side) {
  const { forge, registry, password, plane } = world;
  const table = readManual('token');
  const makeToken = (/** @type {string} */ name) => {
    const [github, gitea] = (table.get(name) ?? []).map(readWords);
    const rights = (github ?? []).map((right) => right.replaceAll('-', '_').split(': '));
    const grant = side === 'gitea' ? { scopes: gitea ?? [] } : { permissions: Object.fromEntries(rights) };
    return forge.addToken({ user: 'ada', ...grant });
  };
  const names = IMAGES.map((name) => `${registry.host}/${name}`);
  return {
    'github.actor': 'ci',
    'secrets.RELEASE_TOKEN': makeToken('RELEASE_TOKEN'),
    'secrets.SYNC_TOKEN': makeToken('SYNC_TOKEN'),
    'secrets.CASCADE_TOKEN': makeToken('CASCADE_TOKEN'),
    'secrets.REGISTRY_PASSWORD': password,
    'secrets.DEPLOY_ADMIN_TOKEN': 'admin-token',
    'vars.REGISTRY_USERNAME': 'ci',
    'vars.AUTO_PROMOTE_ENABLED': 'true',
    'vars.PROMOTE_HOLD': '',
    'vars.PROMOTE_IMAGES': names.join(' '),
    'vars.SERVED_IMAGES': names.map((name) => `${name}:latest`).join(' '),
    'vars.DEPLOY_CP_URL': plane.url,
    'vars.DEPLOY_TENANTS_URL': `${plane.url}/cp/admin/tenants`,
    'vars.DEPLOY_CANARY': 'lisbon',
  };
}
