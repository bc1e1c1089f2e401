// `npm run test:node-matrix [-- FILE …]`: every test file on the vendored bundles, with each Node.js that is supported.
// npm carries the binaries; where they cannot be had, that version is skipped with a message.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listTests } from './list-tests.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const versions = (process.env['SWITCHYARD_NODE_VERSIONS'] ?? '18 20 22 24').split(/[\s,]+/);
const cache = process.env['SWITCHYARD_NODE_CACHE'] ?? join(tmpdir(), 'switchyard-node');
const files = process.argv.length > 2 ? process.argv.slice(2) : listTests(root);

const rows = versions.map((version) => runOn(version));
console.log(`\nNode       pass   fail   skipped   seconds   (${files.length} test files)`);
for (const { name, pass, fail, skipped, seconds } of rows) {
  console.log(
    `${name.padEnd(10)} ${String(pass).padStart(4)} ${String(fail).padStart(6)} ${String(skipped).padStart(9)} ${String(seconds).padStart(9)}`,
  );
}
process.exitCode = rows.some(({ ok }) => !ok) ? 1 : 0;

/** @param {string} version */
function runOn(version) {
  const node = findNode(version);
  if (node === null) {
    console.log(`Node ${version}: skipped, because npm has no binary for this machine or cannot be reached`);
    return { name: version, pass: '-', fail: '-', skipped: 'all', seconds: '-', ok: true };
  }
  const name = run(node, ['--version']).stdout.trim();
  console.log(`Node ${name}`);
  const started = Date.now();
  const flags = ['--import', 'tsx', '--test', '--test-reporter=tap'];
  // Node 18 runs test files side by side by itself, and has no option for how many.
  if (!name.startsWith('v18.')) flags.push('--test-concurrency=2');
  const { status, stdout, stderr } = run(node, [...flags, ...files]);
  const count = (/** @type {string} */ what) =>
    Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(stdout)?.[1] ?? '0');
  const seconds = Math.round((Date.now() - started) / 1000);
  if (status !== 0) console.log(failures(stdout) || stderr || stdout.slice(-2000));
  return {
    name,
    pass: count('pass'),
    fail: count('fail'),
    skipped: count('skipped'),
    seconds,
    ok: status === 0 && count('pass') > 0,
  };
}

/** @param {string} tap */
function failures(tap) {
  const lines = tap.split('\n');
  const at = lines.flatMap((line, index) => (/^\s*not ok /.test(line) ? [index] : []));
  return at
    .slice(0, 20)
    .map((index) => lines.slice(index, index + 14).join('\n'))
    .join('\n');
}

/** @param {string} version @returns {string | null} */
function findNode(version) {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(cache, version);
  const binary = join(folder, 'node_modules', name, 'bin', 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const install = [
    'install',
    '--prefix',
    folder,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
  ];
  run('npm', [...install, `${name}@${version}`]);
  return existsSync(binary) ? binary : null;
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  return spawnSync(command, args, { cwd: root, encoding: 'utf8', env, maxBuffer: 256 * 1024 * 1024 });
}
