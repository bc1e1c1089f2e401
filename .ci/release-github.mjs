// Releases on GitHub, by `gh`, which its runners have. The token is gh's own business (GH_TOKEN).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @param {(name: string) => string} need @returns {import('./release.mjs').ReleaseForge} */
export function openGitHub(need) {
  const repo = need('GITHUB_REPOSITORY');
  need('GH_TOKEN');
  const release = (/** @type {string} */ verb, /** @type {string} */ tag, /** @type {string[]} */ ...more) =>
    gh(['release', verb, tag, '--repo', repo, ...more]);
  /** @param {string} tag @param {string[]} names */
  const download = (tag, names) => {
    const folder = mkdtempSync(join(tmpdir(), 'release-'));
    try {
      if (names.length > 0) release('download', tag, '--dir', folder);
      return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  return {
    findTag: async (tag) => {
      // By matching-refs: where there is none it answers an empty list, and no 404 that could mean other things.
      const refs = parse(gh(['api', `repos/${repo}/git/matching-refs/tags/${tag}`]));
      if (!Array.isArray(refs)) throw new Error(`Cannot read the tags of ${repo}: gh answered no list`);
      const object = refs.find(({ ref }) => ref === `refs/tags/${tag}`)?.object;
      if (object === undefined) return null;
      return object.type === 'tag'
        ? parse(gh(['api', `repos/${repo}/git/tags/${object.sha}`])).object.sha
        : object.sha;
    },
    findRelease: async (tag) => {
      const args = ['release', 'view', tag, '--repo', repo, '--json', 'isDraft,assets'];
      const result = spawnSync('gh', args, { encoding: 'utf8', timeout: limitMs });
      if (result.status === 1 && result.stderr.trim() === 'release not found') return null;
      const { isDraft, assets } = parse(judge(args, result, result.stdout));
      const names = assets.map((/** @type {{ name: string }} */ { name }) => name);
      return { isDraft, assets: download(tag, names) };
    },
    create: async (tag, sha, assets) => {
      const paths = assets.map(({ path }) => path);
      release('create', tag, '--target', sha, '--title', tag, '--notes', notes(tag), ...paths);
    },
    complete: async (tag, assets) => {
      if (assets.length > 0) release('upload', tag, ...assets.map(({ path }) => path));
      release('edit', tag, '--draft=false');
    },
  };
}

const limitMs = 120_000;

/** @param {string} tag */
export function notes(tag) {
  return `The scripts of vendor/ at ${tag}, with their sums. Take them with vendor-sync, or check them with sha256sum --check SHA256SUMS.`;
}

/** @param {string[]} args */
function gh(args) {
  const result = spawnSync('gh', args, { timeout: limitMs, maxBuffer: 64 * 1024 * 1024 });
  return judge(args, { ...result, stderr: result.stderr?.toString('utf8') ?? '' }, result.stdout);
}

/**
 * @template T
 * @param {string[]} args
 * @param {{ status: number | null, stderr: string, error?: Error }} result
 * @param {T} stdout
 */
function judge(args, { status, stderr, error }, stdout) {
  if (status === 0) return stdout;
  const found = error?.message ?? stderr.trim().slice(0, 200);
  throw new Error(
    `Cannot run gh ${args.slice(0, 3).join(' ')}: ${found}; check GH_TOKEN (contents: write), then run this again`,
  );
}

/** @param {string | Buffer} text */
function parse(text) {
  return JSON.parse(text.toString());
}
