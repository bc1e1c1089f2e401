// promote-image against the crane calls it replaces, side by side, 50 ms away from registry and forge, then beside them.
//   node bench/promote-image.mjs [RUNS]
// With Docker's registry, where it is installed, else the embedded one; `.ci/tools docker-registry crane` gets both.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDelayProxy } from '../tests/support/delay-proxy.mjs';
import { jobEnvironment } from '../tests/support/environment.mjs';
import {
  missingDockerRegistry,
  startDockerRegistry,
  upload,
} from '../tests/support/registry/docker-registry.mjs';
import { makeImage } from '../tests/support/registry/images.mjs';
import { startRegistry } from '../tests/support/registry/registry.mjs';
import { findTool } from '../tests/support/tools.mjs';
import { pushLine, startWorld } from '../tests/support/world.mjs';
import { hold, inMs, lacking, reportRows, show } from './report.mjs';
import { median, printTable } from './table.mjs';

const runs = Number(process.argv[2] ?? 7);
const script = new URL('../vendor/promote-image.mjs', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'bench-promote-'));
const lost = missingDockerRegistry();
const registry = lost === null ? await startDockerRegistry() : await startRegistry();
const { forge, repo, token } = await startWorld('github');
const [older, newer] = /** @type {[string, string]} */ (pushLine(repo, 2));
const names = Array.from({ length: 20 }, (_, index) => `acme/image-${index}`);
const tag = `staging-${newer.slice(0, 7)}`;

/** Every image at the older commit, by the short way. */
async function reset() {
  for (const name of names) {
    await put(name, makeImage({ revision: older, salt: name }), ['latest']);
    await put(name, makeImage({ revision: newer, salt: name }), [tag]);
  }
}

/**
 * @param {string} name
 * @param {import('../tests/support/registry/images.mjs').Image} image
 * @param {string[]} tags
 */
function put(name, image, tags) {
  return lost === null ? upload(registry.url, {}, name, image, tags) : registry.push(name, image, ...tags);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} milliseconds
 */
function time(command, args, env = {}) {
  const started = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { PATH: process.env['PATH'], HOME: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`));
      else resolve(Number(process.hrtime.bigint() - started) / 1e6);
    });
  });
}

/**
 * What users run today for two images: digests, the revision in the config, and the moves, one after the other.
 * @param {string} crane
 * @param {string} host
 */
async function seed(crane, host) {
  const [one, two] = names;
  let ms = 0;
  for (const args of [
    ['digest', `${host}/${one}:${tag}`],
    ['digest', `${host}/${two}:${tag}`],
    ['config', `${host}/${one}:latest`],
    ['tag', `${host}/${one}:${tag}`, 'latest'],
    ['tag', `${host}/${two}:${tag}`, 'latest'],
  ])
    ms += await time(crane, args);
  return ms;
}

const rss = join(folder, 'rss');
const spy = join(folder, 'spy.cjs');
writeFileSync(
  spy,
  `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(rss)}, String(process.resourceUsage().maxRSS)));\n`,
);
let largest = 0;

/** @param {number} count images @param {string} host @param {string} apiUrl */
async function promote(count, host, apiUrl) {
  const env = { ...jobEnvironment(forge, { token }), GITHUB_API_URL: apiUrl };
  const images = names.slice(0, count).flatMap((name) => ['--image', `${host}/${name}`]);
  const args = ['--require', spy, script, ...images, '--sha', newer, '--settle', '0s'];
  const ms = await time(process.execPath, args, env);
  largest = Math.max(largest, Number(readFileSync(rss, 'utf8')) / 1024);
  return ms;
}

/** Medians of all four, in turns. @param {string | null} crane @param {number} roundTripMs */
async function measure(crane, roundTripMs) {
  const far = await startDelayProxy({ target: registry.url, roundTripMs });
  const farForge = await startDelayProxy({ target: forge.url, roundTripMs });
  const host = new URL(far.url).host;
  const apiUrl = forge.apiUrl.replace(forge.url, farForge.url);
  /** @type {Record<'crane' | 'two' | 'one' | 'twenty', number[]>} */
  const times = { crane: [], two: [], one: [], twenty: [] };
  try {
    for (let run = 0; run < runs; run++) {
      if (crane !== null) {
        await reset();
        times.crane.push(await seed(crane, host));
      }
      for (const [key, count] of /** @type {const} */ ([
        ['two', 2],
        ['one', 1],
        ['twenty', 20],
      ])) {
        await reset();
        times[key].push(await promote(count, host, apiUrl));
      }
    }
  } finally {
    await Promise.all([far.close(), farForge.close()]);
  }
  const { two, one, twenty } = times;
  return { crane: median(times.crane), two: median(two), one: median(one), twenty: median(twenty) };
}

const crane = findTool('crane');
/** @type {import('./report.mjs').Row[]} */
const rows = [];
try {
  for (const roundTripMs of [50, 0]) {
    const ms = await measure(crane, roundTripMs);
    const away = roundTripMs === 0 ? 'beside it' : `${roundTripMs} ms away`;
    const what = `promote-image of 2 images, ${away}`;
    const ours = inMs(ms.two);
    // Beside it a process's start is nearly all there is, and five of crane take less than Node's one.
    const held = roundTripMs === 0 ? show(ms.two, ms.crane) : hold(ms.two, ms.crane, 0.4);
    rows.push(
      crane === null
        ? { what, ours, instead: 'nothing: crane is not installed', ...lacking, quoted: true }
        : { what, ours, instead: `the 5 calls of crane, ${inMs(ms.crane)}`, ...held, quoted: true },
      {
        what: `promote-image of 20 images, ${away}`,
        ours: inMs(ms.twenty),
        instead: `of 1 image, ${inMs(ms.one)}`,
        ...(roundTripMs === 0 ? show(ms.twenty, ms.one) : hold(ms.twenty, ms.one, 2)),
      },
    );
  }
  const memory = `${Math.round(largest)} MB`;
  rows.push({ what: 'its largest memory', ours: memory, instead: '90 MB', ...hold(largest, 90, 1) });
} finally {
  await Promise.all([forge.close(), registry.close()]);
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `${lost === null ? "Docker's registry" : 'the embedded registry'} and a forge; median of ${runs}, in turns`,
);
printTable(
  ['What', 'promote-image', 'instead', 'ratio', 'at most'],
  rows.map(({ what, ours, instead, ratio, limit }) => [what, ours, instead, ratio?.toFixed(2) ?? '', limit]),
);
reportRows(...rows);
process.exitCode = rows.every(({ within }) => within !== false) ? 0 : 1;
