import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeArm64Node, missingForArm64 } from './support/arm64.mjs';
import { jobEnvironment } from './support/environment.mjs';
import { runScript } from './support/run-script.mjs';
import { pushLine, startWorld } from './support/world.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const missing = missingForArm64();
const names = readdirSync(join(root, 'scripts')).map((file) => file.replace(/\.ts$/, ''));

if (missing !== null) test('on arm64', { skip: missing });
else describe('on arm64', smoke);

function smoke(): void {
  const arm64 = makeArm64Node();
  const folder = mkdtempSync(join(tmpdir(), 'arm64-project-'));
  after(() => {
    arm64.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const run = (name: string, args: string[], env = {}) =>
    runScript(name, args, { node: arm64.node, cwd: folder, env, coverage: false });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  test('the processor is one', async () => {
    write('arch.mjs', 'console.log(process.arch);');
    const { stdout } = await runScript('arch', [], {
      node: arm64.node,
      bundleDir: folder,
      coverage: false,
    });
    assert.equal(stdout, 'arm64\n');
  });

  for (const name of names) {
    test(`${name} starts, and says the same as here`, async () => {
      const [there, here] = [await run(name, ['--help']), await runScript(name, ['--help'])];
      assert.deepEqual([there.code, there.stderr], [0, '']);
      assert.equal(there.stdout, here.stdout);
    });
  }

  test('lint-workflow-yaml finds what is dropped', async () => {
    write('.gitea/workflows/ci.yml', 'name: CI\non:\n  push:\n    branches:\njobs: {}\n');
    const { code, stdout } = await run('lint-workflow-yaml', []);
    assert.equal(code, 1);
    assert.match(stdout, /^\.gitea\/workflows\/ci\.yml:4:\d+: error: .*\[no-null-filter\]$/m);
  });

  test('vendor-sync takes a script by its sum, and sees that it was changed', async () => {
    const dir = ['--dir', 'kept'];
    assert.equal((await run('vendor-sync', ['add', 'e2e-gate', '--from', root, ...dir])).code, 0);
    assert.equal((await run('vendor-sync', ['check', ...dir])).code, 0);
    write('kept/e2e-gate.mjs', 'changed');
    const { code, stdout } = await run('vendor-sync', ['check', ...dir]);
    assert.equal(code, 1);
    assert.match(stdout, /modified: e2e-gate\.mjs/);
  });

  test('ancestry asks the forge, and refuses to go backwards', async () => {
    const { forge, repo, token } = await startWorld('github');
    try {
      const [older, newer] = pushLine(repo, 2) as [string, string];
      const slow = { SWITCHYARD_HTTP_TIMEOUT_MS: '15000', SWITCHYARD_HTTP_DEADLINE_MS: '60000' };
      const env = jobEnvironment(forge, { token, more: slow });
      const ahead = await run('ancestry', ['--current', older, '--sha', newer], env);
      assert.equal(ahead.code, 0);
      assert.match(ahead.stdout, /^ancestry: ahead: /m);
      const behind = await run('ancestry', ['--current', newer, '--sha', older], env);
      assert.equal(behind.code, 1);
      assert.match(behind.stdout, /^ancestry: behind: /m);
    } finally {
      await forge.close();
    }
  });
}
