// The report of a cascade that does not come to its end, and of another one.
import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';

describe('the report of a cascade', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cascade-report-'));
  const report = join(folder, 'report.json');
  const forge = await startForge({ flavour: 'gitea-1.22.6' });
  forge.user('ada', { admin: true });
  const env = jobEnvironment(forge, { token: forge.addToken({ user: 'ada' }), repo: 'acme/runtime' });
  for (const name of ['acme/a', 'acme/b']) {
    const files = { '.runtime-version': '0.1.6\n' };
    forge.repo(name).pushCommit({ branch: 'main', message: 'first', files, by: 'ada' });
  }
  const targets = ['--target', 'acme/a', '--target', 'acme/b'];
  const run = (...args: string[]) => runScript('cascade', [...args, ...targets], { env, runner: true });
  after(async () => {
    await forge.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => rmSync(report, { force: true }));

  test('stands there before the first write, with every target open', async () => {
    let early = '';
    forge.setFault(({ method }) => {
      if (method !== 'GET') early ||= readFileSync(report, 'utf8');
      return null;
    });
    const result = await run('--version', '0.1.7', '--report', report);
    forge.setFault(null);
    assert.equal(result.code, 0, result.stdout);
    const states = (text: string): string[] =>
      JSON.parse(text).targets.map(({ state }: { state: string }) => state);
    assert.deepEqual(states(early), ['not-attempted', 'not-attempted']);
    assert.deepEqual(states(readFileSync(report, 'utf8')), ['updated', 'updated']);
    assert.deepEqual(readdirSync(folder), ['report.json']);
  });

  test('of another version hides no target: exit 2, before any request', async () => {
    await run('--version', '0.1.8', '--report', report);
    const before = forge.requests.length;
    const result = await run('--version', '0.1.9', '--only-failed', report);
    assert.equal(result.code, 2, result.stdout);
    assert.match(result.stdout, /--only-failed ".*": it tells of version 0\.1\.8, and this run pins 0\.1\.9/);
    assert.equal(forge.requests.length, before);
  });

  test('that is a link is written where it leads', async () => {
    const other = join(folder, 'other.json');
    writeFileSync(other, '');
    symlinkSync(other, report);
    await run('--version', '0.1.9', '--report', report);
    assert.ok(lstatSync(report).isSymbolicLink());
    assert.equal(JSON.parse(readFileSync(other, 'utf8')).version, '0.1.9');
  });
});
