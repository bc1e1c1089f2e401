// Gitea's pull requests in the embedded forge answer as a real 1.22.6 did when it was asked the same.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startForge } from './support/forge/forge.mjs';
import { openPull } from './support/forge/pulls.mjs';

async function open(t: TestContext) {
  const forge = await startForge({ flavour: 'gitea-1.22.6' });
  t.after(() => forge.close());
  forge.user('ada', { admin: true });
  forge.user('bob');
  const repo = forge.repo('acme/app');
  const tokens = { ada: forge.addToken({ user: 'ada' }), bob: forge.addToken({ user: 'bob' }) };
  repo.setBranch('staging', repo.pushCommit({ branch: 'main', message: 'first', files: { a: '1' } }));
  repo.push({ branch: 'staging' });
  const head = repo.pushCommit({ branch: 'staging', message: 'second', files: { b: '1' } });
  const pull = openPull(repo, { title: 'Promote', head: 'staging', base: 'main', by: 'ada' });
  async function ask(call: string, body?: unknown, by: 'ada' | 'bob' = 'ada') {
    const [method = 'GET', path = ''] = call.split(' ');
    const response = await fetch(`${forge.apiUrl}/repos/acme/app${path}`, {
      method,
      headers: { authorization: `token ${tokens[by]}` },
      signal: AbortSignal.timeout(5000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {} };
  }
  return { repo, pull, head, ask };
}

test('the title makes a draft, which is not mergeable', async (t) => {
  const { ask } = await open(t);
  const wip = await ask('PATCH /pulls/1', { title: 'WIP: Promote' });
  assert.deepEqual([wip.status, wip.body.draft, wip.body.mergeable], [201, true, false]);
  const refused = await ask('POST /pulls/1/merge', { Do: 'merge' });
  assert.deepEqual([refused.status, refused.body.message], [405, 'Work in progress PRs cannot be merged']);
  assert.equal((await ask('PATCH /pulls/1', { title: 'Promote' })).body.draft, false);
});

test('its base can be changed to a branch that is there', async (t) => {
  const { repo, ask, head } = await open(t);
  repo.setBranch('release', repo.branches.get('main') as string);
  const moved = await ask('PATCH /pulls/1', { base: 'release' });
  assert.deepEqual([moved.status, moved.body.base.ref, moved.body.head.sha], [201, 'release', head]);
  const refused = await ask('PATCH /pulls/1', { base: 'nope' });
  assert.deepEqual([refused.status, refused.body.message], [404, "new base 'nope' not exist"]);
  const made = await ask('POST /pulls', { title: 'x', head: 'staging', base: 'nope' });
  assert.deepEqual([made.status, made.body.message], [404, 'BaseNotExist']);
});

test('it is closed when its head branch goes, and keeps the last commit', async (t) => {
  const { ask, head } = await open(t);
  assert.equal((await ask('DELETE /branches/staging')).status, 204);
  const { body } = await ask('GET /pulls/1');
  assert.deepEqual([body.state, body.merged, body.head.sha], ['closed', false, head]);
  assert.equal((await ask('POST /pulls/1/merge', { Do: 'merge', head_commit_id: head })).status, 404);
});

test('once merged it stays so', async (t) => {
  const { ask, head } = await open(t);
  assert.equal((await ask('POST /pulls/1/merge', { Do: 'nope' })).status, 422);
  assert.equal((await ask('POST /pulls/1/merge', { Do: 'merge', head_commit_id: head })).status, 200);
  assert.equal((await ask('PATCH /pulls/1', { state: 'closed' })).status, 412);
});

test('only who armed it, or an administrator, disarms it, and nobody in an archived repository', async (t) => {
  const { repo, pull, ask } = await open(t);
  repo.collaborators.set('bob', 'write');
  pull.autoMerge = { by: 'ada', method: 'merge', title: null, message: null };
  const refused = await ask('DELETE /pulls/1/merge', undefined, 'bob');
  assert.equal(refused.status, 403);
  assert.match(refused.body.message, /no permission to cancel the scheduled auto merge/);
  repo.archived = true;
  assert.equal((await ask('DELETE /pulls/1/merge')).status, 423);
  repo.archived = false;
  assert.equal((await ask('DELETE /pulls/1/merge')).status, 204);
  assert.equal((await ask('DELETE /pulls/1/merge')).status, 404);
});

test('a reader may not close what is not his', async (t) => {
  const { repo, ask } = await open(t);
  repo.collaborators.set('bob', 'read');
  assert.equal((await ask('PATCH /pulls/1', { state: 'closed' }, 'bob')).status, 403);
});
