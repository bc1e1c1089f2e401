// The README's test command: every test file against the vendored bundles, with coverage over scripts/ and lib/.
// `node tests/run.mjs [FILE …]` runs these files alone, without coverage.
// With SWITCHYARD_NO_COVERAGE=1 all files run on the bundles of vendor/ themselves.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listTests } from './list-tests.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const chosen = process.argv.slice(2);
const files = chosen.length > 0 ? chosen : listTests(root);
const concurrency = process.env['SWITCHYARD_TEST_CONCURRENCY'] ?? '2';
const test = ['--import', 'tsx', '--test', `--test-concurrency=${concurrency}`, ...files];

if (chosen.length > 0 || process.env['SWITCHYARD_NO_COVERAGE']) end(run(process.execPath, test, {}));

const bundles = join(root, 'coverage', 'bundles');
const built = run(process.execPath, ['build.mjs', '--maps', bundles], {});
if (built !== 0) end(built);
assertSameBundles();
// Its settings are in .c8rc.json. Sources of bundles come to it as file: URLs, so no pattern there may be anchored.
const c8 = join(root, 'node_modules', 'c8', 'bin', 'c8.js');
end(run(process.execPath, [c8, process.execPath, ...test], { SWITCHYARD_TEST_BUNDLES: bundles }));

/** What is measured must be what is vendored: the same bytes, with a source map behind them. */
function assertSameBundles() {
  for (const file of readdirSync(bundles)) {
    const mapped = readFileSync(join(bundles, file), 'utf8').replace(/\/\/# sourceMappingURL=[^\n]*\n?$/, '');
    if (mapped === readFileSync(join(root, 'vendor', file), 'utf8')) continue;
    console.error(`Cannot test ${file}: vendor/${file} differs from its source; run "node build.mjs"`);
    end(1);
  }
}

/** @param {string} command @param {string[]} args @param {Record<string, string>} env */
function run(command, args, env) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}

/** @param {number} code @returns {never} */
function end(code) {
  process.exit(code);
}
