// `npm run test:arm64`: the vendored scripts on arm64, under emulation where this machine is none: the smoke of each,
// and the examples' whole story. Where the means are missing it is skipped and says so; `--required` makes that a failure.
// `--fetch` only gets Node.js for arm64 from npm, for the tests to find.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ARM64_VERSION, makeArm64Node, missingForArm64 } from './support/arm64.mjs';
import { fetchNode } from './support/npm-node.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [option] = process.argv.slice(2);
if (option !== undefined && option !== '--required' && option !== '--fetch') {
  console.error(`Cannot use "${option}": it is no option here; give nothing, --required or --fetch`);
  process.exit(2);
}
if (process.arch !== 'arm64') fetchNode(ARM64_VERSION, 'arm64');
const missing = missingForArm64();
if (missing !== null) {
  console.log(`arm64: ${option === '--required' ? 'failed' : 'skipped'}: ${missing}`);
  process.exit(option === '--required' ? 1 : 0);
}
if (option !== '--fetch') process.exitCode = runTests();

/** The examples call `node` by name, so theirs is the first on the PATH; the tests themselves run on this machine's. */
function runTests() {
  const arm64 = makeArm64Node();
  try {
    const files = ['tests/arm64.test.ts', 'tests/examples.test.ts'];
    const { status } = spawnSync(process.execPath, [join(root, 'tests', 'run.mjs'), ...files], {
      cwd: root,
      env: { ...process.env, PATH: arm64.path },
      stdio: 'inherit',
    });
    return status ?? 1;
  } finally {
    arm64.remove();
  }
}
