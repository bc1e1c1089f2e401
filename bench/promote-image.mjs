// promote-image against the crane calls it replaces, side by side, 50 ms away from registry and forge.
//   node bench/promote-image.mjs [RUNS]
// Needs docker-registry (or uses the embedded one), and crane, or go to install it into a temporary folder.
import { spawn, spawnSync } from 'node:child_process';
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
import { pushLine, startWorld } from '../tests/support/world.mjs';

const runs = Number(process.argv[2] ?? 7);
const roundTripMs = 50;
const script = new URL('../vendor/promote-image.mjs', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'bench-promote-'));
const lost = missingDockerRegistry();
const registry = lost === null ? await startDockerRegistry() : await startRegistry();
const { forge, repo, token } = await startWorld('github');
const [older, newer] = /** @type {[string, string]} */ (pushLine(repo, 2));
const far = await startDelayProxy({ target: registry.url, roundTripMs });
const farForge = await startDelayProxy({ target: forge.url, roundTripMs });
const host = new URL(far.url).host;
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

/** @returns {string | null} where crane is; null where it cannot be had */
function findCrane() {
  if (spawnSync('crane', ['version']).error === undefined) return 'crane';
  const made = spawnSync('go', ['install', 'github.com/google/go-containerregistry/cmd/crane@latest'], {
    env: { ...process.env, GOBIN: folder },
    stdio: 'ignore',
  });
  return made.status === 0 ? join(folder, 'crane') : null;
}

/**
 * What users run today for two images: digests, the revision in the config, and the moves, one after the other.
 * @param {string} crane
 */
async function seed(crane) {
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

/** @param {number} count images */
async function promote(count) {
  const env = {
    ...jobEnvironment(forge, { token }),
    GITHUB_API_URL: forge.apiUrl.replace(forge.url, farForge.url),
  };
  const images = names.slice(0, count).flatMap((name) => ['--image', `${host}/${name}`]);
  const args = ['--require', spy, script, ...images, '--sha', newer, '--settle', '0s'];
  const ms = await time(process.execPath, args, env);
  largest = Math.max(largest, Number(readFileSync(rss, 'utf8')) / 1024);
  return ms;
}

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const crane = findCrane();
/** @type {Record<'crane' | 'two' | 'one' | 'twenty', number[]>} */
const times = { crane: [], two: [], one: [], twenty: [] };
for (let run = 0; run < runs; run++) {
  if (crane !== null) {
    await reset();
    times.crane.push(await seed(crane));
  }
  for (const [key, count] of /** @type {const} */ ([
    ['two', 2],
    ['one', 1],
    ['twenty', 20],
  ])) {
    await reset();
    times[key].push(await promote(count));
  }
}
const ms = Object.fromEntries(Object.entries(times).map(([key, values]) => [key, median(values)]));
const round = (/** @type {number | undefined} */ value) => `${Math.round(value ?? Number.NaN)} ms`;
console.log(
  `${lost === null ? "Docker's registry" : 'the embedded registry'} and a forge, ${roundTripMs} ms away; median of ${runs}, interleaved`,
);
if (crane === null) console.log('crane: neither installed, nor go to install it with');
else console.log(`crane, 5 calls, 2 images     ${round(ms['crane'])}`);
console.log(
  `promote-image, 2 images      ${round(ms['two'])}${crane === null ? '' : `   ${((ms['two'] ?? 0) / (ms['crane'] ?? 0)).toFixed(2)} × crane (at most 0.40)`}`,
);
console.log(`promote-image, 1 image       ${round(ms['one'])}`);
console.log(
  `promote-image, 20 images     ${round(ms['twenty'])}   ${((ms['twenty'] ?? 0) / (ms['one'] ?? 0)).toFixed(2)} × one (at most 2.00)`,
);
console.log(`largest memory               ${Math.round(largest)} MB (at most 90)`);
await Promise.all([far.close(), farForge.close(), forge.close(), registry.close()]);
rmSync(folder, { recursive: true, force: true });
