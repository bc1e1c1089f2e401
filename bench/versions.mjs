// What was compared, on what: the versions of everything that a bench starts.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { callLive, skipLive } from '../tests/support/live-gitea.mjs';
import { findTool } from '../tests/support/tools.mjs';

/** @type {[string, string[]][]} */
const tools = [
  ['git', ['--version']],
  ['bash', ['--version']],
  ['curl', ['--version']],
  ['jq', ['--version']],
  ['crane', ['version']],
  ['actionlint', ['--version']],
  ['zizmor', ['--version']],
  ['docker-registry', ['--version']],
];

/** @returns {Promise<[string, string][]>} name → version, or that it is not there */
export async function listVersions() {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const own = /** @type {[string, string][]} */ ([
    ['switchyard', version],
    ['node', process.version.slice(1)],
  ]);
  const others = tools.map(
    ([name, args]) => /** @type {[string, string]} */ ([name, readVersion(name, args)]),
  );
  const gitea = skipLive
    ? 'none live: the embedded forge, over real git'
    : String((await callLive('GET', '/version')).body.version);
  return [...own, ...others, ['gitea', gitea]];
}

export function describeMachine() {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown'}, ${gigabytes} GiB, ${process.platform} ${release()} on ${process.arch}`;
}

/** @param {string} name @param {string[]} args */
function readVersion(name, args) {
  const tool = findTool(name);
  if (tool === null) return 'not installed';
  const { stdout } = spawnSync(tool, args, { encoding: 'utf8' });
  return /\d+\.\d+(?:\.\d+)*/.exec(stdout.split('\n')[0] ?? '')?.[0] ?? 'unknown';
}
