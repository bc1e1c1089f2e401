// What a promotion that dies leaves armed, a later head would ride along with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { openPull } from './support/forge/pulls.mjs';
import { startPromoteWorld } from './support/promote-world.mjs';
import { runScript } from './support/run-script.mjs';

/** Armed, it waits for a check; from then on the server fails these requests. */
async function promoteUntilItFails(fails: RegExp) {
  const { forge, repo, head, token } = await startPromoteWorld('github', {
    protection: { contexts: ['other'] },
  });
  repo.setStatus(head, { context: 'other', status: 'pending' });
  forge.setFault(({ call, body }) => {
    const isDue = repo.pulls[0]?.autoMerge && fails.test(`${call} ${body?.query ?? ''}`);
    return isDue ? { kind: 'reset' } : null;
  });
  const pace = ['--poll', '20ms', '--absent-grace', '0ms', '--wait', '20s'];
  const result = await runScript('auto-promote', ['--workflow', 'ci.yml', '--enabled', ...pace], {
    env: jobEnvironment(forge, { token, branch: 'staging' }),
    runner: true,
  });
  await forge.close();
  return { result, isArmed: repo.pulls[0]?.autoMerge !== null };
}

test('a promotion that can no longer look takes its arming back', async () => {
  const { result, isArmed } = await promoteUntilItFails(/^GET \/repos\/acme\/app\/pulls\/1/);
  assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
  assert.equal(isArmed, false, result.stdout);
});

test('one that cannot even do that says that it is armed, and how to take it back', async () => {
  const { result, isArmed } = await promoteUntilItFails(
    /^GET \/repos\/acme\/app\/pulls\/1|disablePullRequestAutoMerge/,
  );
  assert.deepEqual([result.code, isArmed], [3, true], result.stdout);
  assert.match(result.stdout, /#1 may still be armed, so that a later head would ride along/);
  assert.match(result.stdout, /^next: disable auto-merge of http\S+\/pull\/1, or run again/m);
});

/** A run that was killed, or a person, left the pull request armed; then a head came that the gates do not pass. */
async function promoteLeftArmed(
  flavour: 'gitea-1.22.6' | 'github',
  conclusion: 'failure' | 'pending',
  { fails, refuses, more = [] }: { fails?: RegExp; refuses?: RegExp; more?: string[] } = {},
) {
  const { forge, repo, token, before } = await startPromoteWorld(flavour, {
    conclusion,
    protection: { contexts: ['other'] },
  });
  const pull = openPull(repo, { title: 'Promote staging to main', head: 'staging', base: 'main' });
  pull.autoMerge = { by: 'ada', method: 'merge', title: null, message: null };
  forge.setFault(({ call }) => {
    if (fails?.test(call)) return { kind: 'reset' };
    return refuses?.test(call) ? { kind: 'answer', status: 403, body: '{"message":"no permission"}' } : null;
  });
  const args = ['--workflow', 'ci.yml', '--enabled', '--absent-grace', '0ms', ...more];
  const result = await runScript('auto-promote', args, {
    env: jobEnvironment(forge, { token, branch: 'staging' }),
    runner: true,
  });
  await forge.close();
  assert.equal(repo.branches.get('main'), before);
  return { result, isArmed: pull.autoMerge !== null };
}

for (const flavour of ['gitea-1.22.6', 'github'] as const) {
  test(`a head that its gates do not pass is not left armed on ${flavour}`, async () => {
    for (const [conclusion, ...expected] of [
      ['failure', 1, 'refuse'],
      ['pending', 0, 'defer'],
    ] as const) {
      const { result, isArmed } = await promoteLeftArmed(flavour, conclusion);
      assert.deepEqual([result.code, result.outputs['decision']], expected, result.stdout);
      assert.equal(result.outputs['pr'], '1');
      assert.equal(isArmed, false, result.stdout);
    }
  });

  test(`whether it is armed that cannot be told never ends with 0 on ${flavour}`, async () => {
    const { result, isArmed } = await promoteLeftArmed(flavour, 'pending', { fails: /^GET \S+\/pulls\b/ });
    assert.deepEqual([result.code, result.outputs['decision'], isArmed], [3, 'unknown', true], result.stdout);
    assert.match(result.outputs['reason'] as string, /ci\.yml: running: .*may be armed/);
  });

  test(`a dry run leaves it armed on ${flavour}`, async () => {
    const { result, isArmed } = await promoteLeftArmed(flavour, 'failure', { more: ['--dry-run'] });
    assert.deepEqual([result.code, result.outputs['decision'], isArmed], [1, 'refuse', true], result.stdout);
  });
}

test('an arming that only another may take back on Gitea is not passed over', async () => {
  for (const [conclusion, ...expected] of [
    ['failure', 1, 'refuse'],
    ['pending', 3, 'unknown'],
  ] as const) {
    const refuses = /^DELETE \S+\/pulls\/1\/merge$/;
    const { result } = await promoteLeftArmed('gitea-1.22.6', conclusion, { refuses });
    assert.deepEqual([result.code, result.outputs['decision']], expected, result.stdout);
    assert.match(result.outputs['reason'] as string, /may be armed, so that this head would ride along/);
    assert.match(result.stdout, /^next: cancel the scheduled merge of http\S+\/pulls\/1, or give a token/m);
  }
});
