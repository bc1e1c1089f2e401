// What a promotion that dies leaves armed, a later head would ride along with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { isQueued, openPull } from './support/forge/pulls.mjs';
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
  conclusion: 'failure' | 'pending' | 'success',
  {
    fails,
    denied,
    more = ['--enabled'],
    queued = false,
  }: { fails?: RegExp; denied?: RegExp; more?: string[]; queued?: boolean } = {},
) {
  const { forge, repo, token, before, head } = await startPromoteWorld(flavour, {
    conclusion,
    protection: queued ? { queue: true } : { contexts: ['other'] },
  });
  const pull = openPull(repo, { title: 'Promote staging to main', head: 'staging', base: 'main' });
  if (queued) pull.queuedHead = head;
  else pull.autoMerge = { by: 'ada', method: 'merge', title: null, message: null };
  forge.setFault(({ call }) => {
    if (denied?.test(call)) return { kind: 'answer', status: 403, body: { message: 'no permission' } };
    return fails?.test(call) ? { kind: 'reset' } : null;
  });
  const args = ['--workflow', 'ci.yml', '--absent-grace', '0ms', ...more];
  const result = await runScript('auto-promote', args, {
    env: jobEnvironment(forge, { token, branch: 'staging' }),
    runner: true,
  });
  await forge.close();
  assert.equal(repo.branches.get('main'), before);
  return { result, isArmed: pull.autoMerge !== null || isQueued(repo, pull) };
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
    const { result, isArmed } = await promoteLeftArmed(flavour, 'failure', {
      more: ['--enabled', '--dry-run'],
    });
    assert.deepEqual([result.code, result.outputs['decision'], isArmed], [1, 'refuse', true], result.stdout);
  });

  test(`under a hold nothing is left armed on ${flavour}, and it says so`, async () => {
    const more = ['--enabled', '--hold', 'freeze'];
    const { result, isArmed } = await promoteLeftArmed(flavour, 'success', { more });
    assert.deepEqual([result.code, result.outputs['decision'], isArmed], [0, 'held', false], result.stdout);
    assert.match(result.outputs['reason'] as string, /^held: freeze; #1 was armed, and no longer is/);
    assert.deepEqual([result.outputs['pr'], result.outputs['proceed']], ['1', 'false']);
  });

  test(`under a hold nothing is written on ${flavour} where it is not enabled, or on a dry run`, async () => {
    for (const more of [
      ['--hold', 'freeze'],
      ['--enabled', '--dry-run', '--hold', 'freeze'],
    ]) {
      const { result, isArmed } = await promoteLeftArmed(flavour, 'success', { more });
      assert.deepEqual([result.code, result.outputs['decision'], isArmed], [0, 'held', true], result.stdout);
    }
  });

  test(`under a hold whether it is armed that cannot be told never ends with 0 on ${flavour}`, async () => {
    const { result } = await promoteLeftArmed(flavour, 'success', {
      more: ['--enabled', '--hold', 'freeze'],
      fails: /^GET \S+\/pulls\b/,
    });
    assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    assert.match(result.outputs['reason'] as string, /^held: freeze; and its pull request may be armed/);
  });

  test(`a gate that is waited for is not overtaken by what was left armed on ${flavour}`, async () => {
    const { forge, repo, token, settle } = await startPromoteWorld(flavour, {
      conclusion: 'pending',
      protection: { contexts: ['other'] },
    });
    const pull = openPull(repo, { title: 'Promote staging to main', head: 'staging', base: 'main' });
    pull.autoMerge = { by: 'ada', method: 'merge', title: null, message: null };
    const pace = ['--gate-wait', '4s', '--gate-poll', '20ms', '--absent-grace', '0ms'];
    const waiting = runScript('auto-promote', ['--workflow', 'ci.yml', '--enabled', ...pace], {
      env: jobEnvironment(forge, { token, branch: 'staging' }),
      runner: true,
    });
    await until(() => pull.autoMerge === null, waiting);
    settle('failure');
    const result = await waiting;
    await forge.close();
    // Its gate was still running when it was disarmed.
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'refuse'], result.stdout);
    assert.match(result.stdout, /^#1 was armed, and no longer is/m);
    assert.match(result.outputs['reason'] as string, /#1 was armed, and no longer is/);
  });
}

/** Waits until it is so, which must be while the run goes on. */
async function until(isSo: () => boolean, run: Promise<unknown>): Promise<void> {
  let isOver = false;
  const end = () => void (isOver = true);
  run.then(end, end);
  while (!isSo()) {
    assert.equal(isOver, false, 'the run was over first');
    await new Promise((done) => setTimeout(done, 10));
  }
}

test('what waits in the merge queue is taken out under a hold, and when its gate is red', async () => {
  for (const [conclusion, hold, ...expected] of [
    ['success', ['--hold', 'freeze'], 0, 'held'],
    ['failure', [], 1, 'refuse'],
  ] as const) {
    const more = ['--enabled', ...hold];
    const { result, isArmed } = await promoteLeftArmed('github', conclusion, { more, queued: true });
    assert.deepEqual([result.code, result.outputs['decision']], expected, result.stdout);
    assert.equal(isArmed, false, result.stdout);
    assert.match(result.outputs['reason'] as string, /#1 stood in the merge queue, and no longer does/);
  }
});

test('on Gitea what only another may disarm is said to be armed, and never ends with 0', async () => {
  const { result } = await promoteLeftArmed('gitea-1.22.6', 'pending', { denied: /^DELETE / });
  assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
  assert.match(
    result.outputs['reason'] as string,
    /may be armed, .*DELETE \S+\/pulls\/1\/merge answered 403/,
  );
});

test('a gate that is asked again and has to be waited for finds nothing armed, and then goes on', async () => {
  const world = await startPromoteWorld('github', { protection: { contexts: ['other'] } });
  const { forge, repo, token, head, settle } = world;
  repo.setStatus(head, { context: 'other', status: 'pending' });
  const pace = ['--poll', '20ms', '--gate-wait', '20s', '--gate-poll', '20ms', '--wait', '20s'];
  const waiting = runScript('auto-promote', ['--workflow', 'ci.yml', '--enabled', ...pace], {
    env: jobEnvironment(forge, { token, branch: 'staging' }),
    runner: true,
  });
  const isArmed = () => Boolean(repo.pulls[0]?.autoMerge);
  await until(isArmed, waiting);
  settle('pending');
  await until(() => !isArmed(), waiting);
  settle('success');
  await until(isArmed, waiting);
  repo.setStatus(head, { context: 'other', status: 'success' });
  const result = await waiting;
  await forge.close();
  assert.deepEqual([result.code, result.outputs['decision']], [0, 'promoted'], result.stdout);
});
