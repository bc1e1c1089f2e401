// What a server's answer to a write proves, and what it does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startPromoteWorld } from './support/promote-world.mjs';
import { runScript } from './support/run-script.mjs';

for (const acts of [false, true]) {
  test(`a fast-forward that is answered 200 without a word, ${acts ? 'and' : 'but not'} made, is what the branch says`, async () => {
    const { forge, repo, before, head, token } = await startPromoteWorld('github');
    const [listener] = forge.server.listeners('request') as ((...args: unknown[]) => void)[];
    forge.server.removeAllListeners('request');
    forge.server.on('request', (request, response) => {
      if (request.method !== 'PATCH') return listener?.call(forge.server, request, response);
      if (acts && repo.branches.get('main') === before) {
        repo.setBranch('main', head);
        repo.push({ branch: 'main', by: 'ada' });
      }
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end();
    });
    const args = ['--workflow', 'ci.yml', '--enabled', '--method', 'fast-forward'];
    const pace = ['--poll', '20ms', '--absent-grace', '0ms', '--wait', '400ms'];
    const result = await runScript('auto-promote', [...args, ...pace], {
      env: jobEnvironment(forge, { token, branch: 'staging' }),
      runner: true,
    });
    await forge.close();
    const expected = acts ? [0, 'promoted', head] : [1, 'timed-out', ''];
    const { decision, merge_sha: merge } = result.outputs;
    assert.deepEqual([result.code, decision, merge], expected, result.stdout);
  });
}

test('a tree of which a row is missing is not compared', async () => {
  const { forge, token } = await startPromoteWorld('gitea-1.22.6');
  forge.setFault(({ call }) => (/git\/trees\//.test(call) ? { kind: 'drop-page' } : null));
  const result = await runScript('auto-promote', ['--workflow', 'ci.yml', '--absent-grace', '0ms'], {
    env: jobEnvironment(forge, { token, branch: 'staging' }),
    runner: true,
  });
  await forge.close();
  assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
});

for (const acts of [true, false]) {
  test(`a run that a dispatch's answer names is read back: it is ${acts ? 'there' : 'nowhere'}`, async () => {
    const { forge, repo, token } = await startPromoteWorld('github', { runsOnMain: false });
    const [listener] = forge.server.listeners('request') as ((...args: unknown[]) => void)[];
    forge.server.removeAllListeners('request');
    forge.server.on('request', (request, response) => {
      if (!/\/dispatches$/.test(request.url ?? '')) return listener?.call(forge.server, request, response);
      const sha = repo.branches.get('main') as string;
      const run = { file: 'publish.yml', sha, branch: 'main', event: 'workflow_dispatch', status: 'queued' };
      if (acts) repo.addRun(run);
      request.resume();
      const body = { workflow_run_id: 77, html_url: 'https://github.example/acme/app/actions/runs/77' };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const args = ['--workflow', 'ci.yml', '--enabled', '--dispatch', 'publish.yml'];
    const pace = ['--poll', '20ms', '--absent-grace', '0ms', '--push-grace', '150ms', '--wait', '2s'];
    const result = await runScript('auto-promote', [...args, ...pace], {
      env: jobEnvironment(forge, { token, branch: 'staging' }),
      runner: true,
    });
    await forge.close();
    const expected = acts ? [0, 'promoted'] : [1, 'dispatch-failed'];
    assert.deepEqual([result.code, result.outputs['decision']], expected, result.stdout);
    if (!acts) assert.match(result.stdout, /which it calls https:\S+\/runs\/77, but no run of it has come/);
  });
}
