// `npm run test:node-matrix [-- FILE …]`: every test file on the vendored bundles, with each Node.js that is supported.
// npm carries the binaries; where one cannot be had, that version is skipped with a message. A version that
// SWITCHYARD_NODE_VERSIONS asks for by name must be had.
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listTests } from './list-tests.mjs';
import { fetchNode } from './support/npm-node.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const asked = process.env['SWITCHYARD_NODE_VERSIONS']?.split(/[\s,]+/).filter(Boolean) ?? [];
const versions = asked.length > 0 ? asked : ['18', '20', '22', '24', '26'];
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
  const node = fetchNode(version);
  if (node === null) {
    const isDue = asked.length > 0;
    console.log(
      `Node ${version}: ${isDue ? 'failed' : 'skipped'}, because npm has no node-${process.platform}-${process.arch}@${version} or cannot be reached`,
    );
    return { name: version, pass: '-', fail: '-', skipped: 'all', seconds: '-', ok: !isDue };
  }
  const name = run(node, ['--version']).stdout.trim();
  console.log(`Node ${name}`);
  const started = Date.now();
  const flags = ['--import', 'tsx', '--test', '--test-reporter=tap'];
  // Node 18 runs test files side by side by itself, and has no option for how many.
  if (!name.startsWith('v18.')) flags.push('--test-concurrency=2');
  // The examples call `node` by name.
  const { status, stdout, stderr } = run(node, [...flags, ...files], dirname(node) + delimiter);
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

/** @param {string} command @param {string[]} args @param {string} [paths] before those of PATH */
function run(command, args, paths = '') {
  const { NODE_V8_COVERAGE: _, ...rest } = process.env;
  const env = { ...rest, PATH: paths + rest['PATH'] };
  return spawnSync(command, args, { cwd: root, encoding: 'utf8', env, maxBuffer: 256 * 1024 * 1024 });
}
