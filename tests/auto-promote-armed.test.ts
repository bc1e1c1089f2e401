// What a promotion that dies leaves armed, a later head would ride along with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
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
