import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';

/** main, and an old commit of it so many commits below. */
async function startFar(flavour: 'gitea-1.22.6' | 'gitea-1.25.4' | 'github', count: number) {
  const forge = await startForge({ flavour });
  forge.user('ada', { admin: true });
  forge.user('bob');
  const repo = forge.repo('acme/app', { defaultBranch: 'main' });
  const old = repo.pushCommit({ branch: 'main', message: 'old', files: { a: '1' }, by: 'ada' });
  const tree = repo.commitOf(old).tree;
  let head = old;
  for (let index = 0; index < count; index++)
    head = repo.commitTree({ branch: 'main', tree, parents: [head], message: `${index}` });
  repo.push({ branch: 'main', by: 'ada' });
  const relate = (current: string, sha: string) =>
    // Without git in its path nothing but the API is left to ask.
    runScript('ancestry', ['--current', current, '--sha', sha], {
      env: { ...jobEnvironment(forge, { token: forge.addToken({ user: 'bob' }) }), PATH: '' },
      runner: true,
    });
  return { forge, repo, old, head, relate };
}

for (const flavour of ['gitea-1.22.6', 'gitea-1.25.4', 'github'] as const) {
  describe(`commits far apart on ${flavour}`, () => {
    test('are ahead or behind by two thousand, in a few calls', async (t) => {
      const { forge, old, head, relate } = await startFar(flavour, 2000);
      t.after(() => forge.close());
      const ahead = await relate(old, head);
      assert.deepEqual([ahead.code, ahead.outputs['decision']], [0, 'ahead'], ahead.stdout);
      const calls = forge.requests.length;
      assert.ok(calls <= 8, forge.calls.join('\n'));
      const behind = await relate(head, old);
      assert.deepEqual([behind.code, behind.outputs['decision']], [1, 'behind'], behind.stdout);
      assert.ok(forge.requests.length - calls <= 8, forge.calls.join('\n'));
    });

    test('a commit that is not known is not told, and not waited for', async (t) => {
      const { forge, head, relate } = await startFar(flavour, 60);
      t.after(() => forge.close());
      const result = await relate('e'.repeat(40), head);
      assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
      assert.match(result.stdout, /eeeeeee/);
    });
  });
}

test('a server that overlooks `not` is not believed: what it counts decides nothing', async (t) => {
  const { forge, repo, old, head, relate } = await startFar('gitea-1.22.6', 70);
  t.after(() => forge.close());
  const side = repo.commit({ parents: [old], message: 'side', files: { side: '1' } });
  repo.setBranch('side', side);
  forge.options.onRequest = (request) => request.query.delete('not');
  const ahead = await relate(old, head);
  assert.equal(ahead.outputs['decision'], 'ahead', ahead.stdout);
  const diverged = await relate(side, head);
  assert.deepEqual([diverged.code, diverged.outputs['decision']], [1, 'diverged'], diverged.stdout);
});
