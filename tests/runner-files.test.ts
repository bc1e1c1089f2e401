import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runScript } from './support/run-script.mjs';

const folder = mkdtempSync(join(tmpdir(), 'runner-files-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a disk that is full half way through GITHUB_OUTPUT costs neither half an output nor an earlier one', async () => {
  const file = join(folder, 'output');
  const earlier = `earlier=${'x'.repeat(1000)}\n`;
  writeFileSync(file, earlier);
  const result = await runScript('resolve-version', ['--input', '1.2.3'], {
    node: 'bash',
    nodeArgs: ['-c', 'ulimit -f 1; exec "$0" "$@"', process.execPath],
    env: { GITHUB_OUTPUT: file },
    runner: true,
    coverage: false,
  });
  assert.equal(readFileSync(file, 'utf8'), earlier);
  assert.equal(result.code, 0);
  assert.equal(result.stdout, '1.2.3\n');
  assert.match(result.stderr, /^::warning::Cannot write GITHUB_OUTPUT to ".*": EFBIG.*the decision stands/m);
});
