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

  test('of a run that is taken up keeps what was done before', async () => {
    forge.setFault(({ call }) =>
      /^GET \S+\/acme\/b\/contents\//.test(call) ? { kind: 'answer', status: 403, body: '{}' } : null,
    );
    const first = await run('--version', '0.2.0', '--report', report);
    assert.equal(first.code, 1, first.stdout);
    const states = (): string[][] =>
      JSON.parse(readFileSync(report, 'utf8')).targets.map(
        ({ target, state }: { target: string; state: string }) => [target, state],
      );
    assert.deepEqual(states(), [
      ['acme/a', 'updated'],
      ['acme/b', 'failed'],
    ]);
    let early: string[][] = [];
    forge.setFault(({ method }) => {
      if (method !== 'GET') early = states();
      return null;
    });
    const next = /^next: node vendor\/cascade\.mjs (.*)$/m.exec(first.stdout)?.[1]?.split(' ') ?? [];
    const second = await runScript('cascade', next, { env, runner: true });
    forge.setFault(null);
    assert.match(second.stdout, /^cascade: complete: 1 updated, 0 unchanged$/m);
    assert.deepEqual(early, [
      ['acme/a', 'updated'],
      ['acme/b', 'not-attempted'],
    ]);
    const merged = await run('--merge-report', report);
    assert.match(merged.stdout, /^cascade: complete: 2 updated, 0 unchanged$/m);
    const third = await run('--version', '0.2.0', '--only-failed', report, '--report', report);
    assert.match(third.stdout, /^cascade: complete: 0 updated, 0 unchanged$/m);
    assert.equal(states().length, 2, 'nothing is left to do, and nothing is forgotten');
  });

  test('that could not be written, or read again, is not what the command that resumes goes by', async () => {
    forge.setFault(({ call }) =>
      /^GET \S+\/acme\/b\/contents\//.test(call) ? { kind: 'answer', status: 403, body: '{}' } : null,
    );
    const aside = join(folder, 'no', 'such', 'folder.json');
    for (const [index, path] of [aside, '/dev/null'].entries()) {
      const first = await run('--version', `0.3.${index}`, '--report', path);
      assert.equal(first.code, 1, first.stdout);
      const next = /^next: node vendor\/cascade\.mjs (.*)$/m.exec(first.stdout)?.[1]?.split(' ') ?? [];
      const resumed = await runScript('cascade', [...next, '--check'], { env, runner: true });
      assert.match(resumed.stdout, /^acme\/b: failed forbidden /m);
      assert.doesNotMatch(resumed.stdout, /^acme\/a: /m);
      assert.equal(next.includes('--report'), true, 'it is asked for still');
    }
    forge.setFault(null);
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

describe('the reports of a cascade merged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cascade-merge-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let files = 0;
  const report = (...rows: (readonly [target: string, state: string])[]): string[] => {
    const path = join(folder, `${++files}.json`);
    const targets = rows.map(([target, state]) => ({ target, state, message: state }));
    writeFileSync(path, JSON.stringify({ schema: 1, version: '0.1.7', targets }));
    return ['--merge-report', path];
  };
  const merge = (args: string[], env = {}) => runScript('cascade', args, { env, runner: true });

  test('must be of the version that the call names, by option, variable or file', async () => {
    const file = join(folder, 'version');
    writeFileSync(file, '0.1.8\n');
    const calls: [string[], Record<string, string>][] = [
      [['--version', '0.1.8'], {}],
      [['--version-file', file], {}],
      [[], { CASCADE_VERSION: '0.1.8' }],
    ];
    for (const [more, env] of calls) {
      const result = await merge([...report(['o/a', 'updated']), ...more], env);
      assert.match(result.stdout, /they are of version 0\.1\.7, and this call names 0\.1\.8/);
      assert.equal(result.code, 2);
    }
    const same = await merge([...report(['o/a', 'updated']), '--version', '0.1.7']);
    assert.equal(same.code, 0, same.stdout);
  });

  test('leave out nothing that they tell: a failure of a target that the list lacks', async () => {
    const list = ['--target', 'o/a', '--target', 'o/c'];
    const result = await merge([...report(['o/B', 'failed'], ['o/a', 'updated']), ...list]);
    assert.equal(result.code, 1, result.stdout);
    assert.match(
      result.stdout,
      /^cascade: incomplete: failed o\/B; not attempted o\/c; 1 updated, 0 unchanged$/m,
    );
    assert.deepEqual(
      result.stdout.match(/^o\/\w(?=: )/gm),
      ['o/a', 'o/c', 'o/B'],
      'the list first, in its own order',
    );
  });

  test('tell what was written: what the next run found in place, and nothing of what was only foreseen', async () => {
    const again = await merge([...report(['o/a', 'updated']), ...report(['O/A', 'unchanged'])]);
    assert.match(again.stdout, /^cascade: complete: 1 updated, 0 unchanged$/m);
    for (const state of ['would-update', 'lags']) {
      const result = await merge([...report(['o/a', 'updated']), ...report(['o/b', state])]);
      assert.match(result.stdout, /^cascade: incomplete: not attempted o\/b; 1 updated, 0 unchanged$/m);
      assert.equal(result.code, 1);
    }
    const resumed = await merge([...report(['o/a', 'lags']), ...report(['o/a', 'updated']), '--check']);
    assert.match(resumed.stdout, /^cascade: in sync: 1 in sync$/m);
  });

  test('of no target at all are taken for a mistake: exit 2', async () => {
    const result = await merge([...report(), ...report()]);
    assert.equal(result.code, 2);
    assert.match(result.stdout, /they name no target/);
    const shard = await merge([...report(), ...report(['o/a', 'updated'])]);
    assert.equal(shard.code, 0, 'a shard may be empty');
  });
});
