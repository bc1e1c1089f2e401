// Events sent to targets that must hold a file first: one that could not be read is not told.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';

describe('cascade by repository_dispatch to targets with a required file', async () => {
  const forge = await startForge({ flavour: 'github' });
  forge.user('ada', { admin: true });
  const env = jobEnvironment(forge, { token: forge.addToken({ user: 'ada' }), repo: 'acme/runtime' });
  after(() => forge.close());
  const make = (name: string, files: Record<string, string>) => {
    const repo = forge.repo(name);
    repo.pushCommit({ branch: 'main', message: 'first', files, by: 'ada' });
    return repo;
  };
  const bare = make('acme/bare', { 'README.md': '#\n' });
  const due = make('acme/due', { need: 'x\n' });
  const args = ['--version', '1', '--mode', 'dispatch', '--require-file', 'need', '--write-interval', '0s'];
  const both = ['--target', 'acme/bare', '--target', 'acme/due', '--concurrency', '1'];

  test('without it a target is skipped, and only the other one is told', async () => {
    const result = await runScript('cascade', [...args, ...both], { env, runner: true });
    assert.equal(result.code, 0, result.stdout);
    assert.deepEqual(
      [result.outputs['skipped'], result.outputs['updated']],
      ['["acme/bare"]', '["acme/due"]'],
    );
    assert.deepEqual([bare.dispatches.length, due.dispatches.length], [0, 1]);
  });

  for (const [name, answer, state] of [
    [
      'a rate limit',
      { kind: 'answer', status: 429, headers: { 'retry-after': '0' }, body: '{}' },
      'not-attempted',
    ],
    ['a lost connection', { kind: 'reset' }, 'failed error'],
    ['a refusal', { kind: 'answer', status: 403, body: '{}' }, 'failed forbidden'],
  ] as const) {
    test(`${name} while the file is looked for is no leave to send: ${state}`, async () => {
      const before = bare.dispatches.length;
      // As many as one call may be tried: a second look would find the server well again.
      let left = 4;
      forge.setFault(({ call }) =>
        /\/acme\/bare\/contents\/need$/.test(call) && left-- > 0 ? answer : null,
      );
      const result = await runScript('cascade', [...args, '--target', 'acme/bare'], { env, runner: true });
      forge.setFault(null);
      assert.equal(bare.dispatches.length, before, 'it lacks the file, so nothing may be sent');
      assert.match(result.stdout, new RegExp(`^acme/bare: ${state} \\(`, 'm'));
      assert.equal(result.code, 1);
    });
  }

  test('an event that a rate limit refused is sent once it is over, and the file is not looked for again', async () => {
    const seen = forge.calls.length;
    let left = 1;
    forge.setFault(({ method }) =>
      method === 'POST' && left-- > 0
        ? { kind: 'answer', status: 429, headers: { 'retry-after': '0' }, body: '{}' }
        : null,
    );
    const result = await runScript('cascade', [...args, '--target', 'acme/due'], { env, runner: true });
    forge.setFault(null);
    assert.match(result.stdout, /^cascade: complete: 1 updated, 0 unchanged$/m);
    const calls = forge.calls.slice(seen);
    assert.equal(calls.filter((call) => call.startsWith('POST ')).length, 2);
    assert.equal(calls.filter((call) => call.endsWith('/contents/need')).length, 1);
  });
});
