// A real Gitea, where one is given: SWITCHYARD_LIVE_GITEA_URL and SWITCHYARD_LIVE_GITEA_TOKEN (an administrator's or
// an organisation owner's token with all scopes, and a runner with the label ubuntu-latest).
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const url = process.env['SWITCHYARD_LIVE_GITEA_URL']?.replace(/\/+$/, '') ?? '';
const token = process.env['SWITCHYARD_LIVE_GITEA_TOKEN'] ?? '';

/** Why live tests are skipped; false where they run. @type {string | false} */
export const skipLive =
  url === '' || token === ''
    ? 'set SWITCHYARD_LIVE_GITEA_URL and SWITCHYARD_LIVE_GITEA_TOKEN to run it'
    : false;

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<{ status: number, body: any }>} */
export async function callLive(method, path, body) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: /^[[{]/.test(text) ? JSON.parse(text) : text };
}

/** A new repository of the token's user with a clone of it; `remove` deletes both. */
export async function createLiveRepository() {
  const name = `live-${randomBytes(4).toString('hex')}`;
  const made = await callLive('POST', '/user/repos', { name, default_branch: 'main', auto_init: false });
  if (made.status !== 201)
    throw new Error(`Cannot make ${name}: ${made.status} ${JSON.stringify(made.body)}`);
  const repo = String(made.body.full_name);
  const folder = mkdtempSync(join(tmpdir(), 'live-'));
  const remote = `${url.replace('://', `://x:${token}@`)}/${repo}.git`;
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'live');
  git('config', 'user.email', 'live@example.com');
  git('remote', 'add', 'origin', remote);
  return {
    repo,
    url,
    token,
    folder,
    git,
    /** @param {Record<string, string>} files @param {string} message @returns {string} the commit */
    commit(files, message) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', message);
      return git('rev-parse', 'HEAD');
    },
    /** @param {string} [branch] */
    push(branch = 'main') {
      git('push', '-q', 'origin', `HEAD:refs/heads/${branch}`);
    },
    async remove() {
      rmSync(folder, { recursive: true, force: true });
      await callLive('DELETE', `/repos/${repo}`);
    },
  };
}

/** @param {() => Promise<boolean>} isSo @param {string} what */
export async function waitUntil(isSo, what, limitMs = 90_000) {
  const end = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Not within ${limitMs / 1000} s: ${what}`);
    await sleep(500);
  }
}

/** The statuses of a commit once none is pending. @param {string} repo @param {string} sha @param {number} least */
export async function settledStatuses(repo, sha, least = 1) {
  /** @type {any[]} */
  let statuses = [];
  await waitUntil(async () => {
    const { body } = await callLive('GET', `/repos/${repo}/commits/${sha}/status?limit=50`);
    statuses = body.statuses ?? [];
    return statuses.length >= least && statuses.every((status) => status.status !== 'pending');
  }, `the statuses of ${sha} settle`);
  return statuses;
}
