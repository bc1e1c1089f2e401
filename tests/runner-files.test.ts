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

test('a line that an earlier command left open does not swallow the first output', async () => {
  const [output, summary] = [join(folder, 'open'), join(folder, 'summary')];
  writeFileSync(output, 'earlier=x');
  writeFileSync(summary, 'earlier');
  const files = { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary };
  for (const code of [0, 2]) {
    const args = code === 0 ? ['--input', '1.2.3'] : ['--nope'];
    const result = await runScript('resolve-version', args, { env: files, runner: true });
    assert.equal(result.code, code);
  }
  const lines = readFileSync(output, 'utf8').split('\n');
  assert.equal(lines[0], 'earlier=x');
  assert.equal(lines.filter((line) => line.startsWith('decision=')).length, 2);
  assert.ok(!lines.slice(0, -1).includes(''), 'no line is empty');
  assert.match(readFileSync(summary, 'utf8'), /^earlier\n## /);
});
