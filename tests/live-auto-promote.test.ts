import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { callLive, createLiveRepository, settledStatuses, skipLive } from './support/live-gitea.mjs';
import { runScript } from './support/run-script.mjs';

const vendor = join(dirname(fileURLToPath(import.meta.url)), '..', 'vendor');

const ci = `name: CI
on:
  push:
    branches: [staging]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: echo build
`;
const publish = `name: Publish
on:
  push:
    branches: [main]
    paths: ['src/**']
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - run: echo publish
`;
const docs = publish.replace('Publish', 'Docs').replace('src/**', 'docs/**');

describe('auto-promote on a real Gitea', { skip: skipLive }, () => {
  let live: Awaited<ReturnType<typeof createLiveRepository>>;
  let alone: string;
  let head = '';

  before(async () => {
    live = await createLiveRepository();
    alone = mkdtempSync(join(tmpdir(), 'vendored-'));
    copyFileSync(join(vendor, 'auto-promote.mjs'), join(alone, 'auto-promote.mjs'));
    const folder = '.gitea/workflows';
    live.commit(
      { [`${folder}/ci.yml`]: ci, [`${folder}/publish.yml`]: publish, [`${folder}/docs.yml`]: docs },
      'first',
    );
    live.push('main');
    live.push('staging');
    const rule = {
      rule_name: 'main',
      enable_push: false,
      enable_status_check: true,
      status_check_contexts: ['CI / build (push)'],
    };
    const made = await callLive('POST', `/repos/${live.repo}/branch_protections`, rule);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    head = live.commit({ 'src/feature': '1' }, 'feature');
    live.push('staging');
    await settledStatuses(live.repo, head);
  });
  after(async () => {
    rmSync(alone, { recursive: true, force: true });
    await live.remove();
  });

  function promote(...args: string[]) {
    const gates = ['--workflow', 'ci.yml', '--dispatch', 'publish.yml', '--dispatch', 'docs.yml'];
    const times = ['--enabled', '--wait', '20s', '--poll', '1s', '--push-grace', '30s'];
    return runScript('auto-promote', [...gates, ...times, ...args], {
      bundleDir: alone,
      runner: true,
      timeoutMs: 180_000,
      env: {
        GITHUB_API_URL: `${live.url}/api/v1`,
        GITHUB_REPOSITORY: live.repo,
        GITEA_ACTIONS: 'true',
        SWITCHYARD_TOKEN: live.token,
      },
    });
  }

  async function readMain(): Promise<{ id: string; parents: string[] }> {
    const { body } = await callLive('GET', `/repos/${live.repo}/git/commits/main`);
    return { id: body.sha, parents: body.parents.map(({ sha }: { sha: string }) => sha) };
  }

  test('staging goes to a protected main once, and its workflows run', async () => {
    const result = await promote();
    assert.equal(result.code, 0, result.stdout + result.stderr);
    assert.equal(result.outputs['decision'], 'promoted');
    const main = await readMain();
    assert.equal(main.id, result.outputs['merge_sha']);
    assert.equal(main.parents[1], head);
    const dispatched = JSON.parse(result.outputs['dispatched'] as string);
    assert.deepEqual(
      dispatched.map(({ file, by }: { file: string; by: string }) => [file, by]),
      [['publish.yml', 'push']],
    );
    assert.match(result.stdout, /^auto-promote: promoted: .* is on main as /m);
    console.log(result.stdout);
  });

  test('then there is nothing to do', async () => {
    const result = await promote();
    assert.deepEqual([result.code, result.outputs['decision']], [0, 'nothing-to-do'], result.stdout);
    console.log(result.stdout);
  });

  test('a red head is refused, and main stays', async () => {
    const was = await readMain();
    const red = live.commit({ '.gitea/workflows/ci.yml': ci.replace('echo build', 'exit 1') }, 'red');
    live.push('staging');
    await settledStatuses(live.repo, red);
    const result = await promote();
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'refuse'], result.stdout);
    assert.equal((await readMain()).id, was.id);
    console.log(result.stdout);
  });

  test('a check that the branch demands and nothing reports is named', async () => {
    const rule = { status_check_contexts: ['CI / build (push)', 'never'] };
    await callLive('PATCH', `/repos/${live.repo}/branch_protections/main`, rule);
    const sha = live.commit({ '.gitea/workflows/ci.yml': ci, 'src/second': '1' }, 'second');
    live.push('staging');
    await settledStatuses(live.repo, sha);
    const result = await promote('--record', join(alone, 'record.json'));
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
    assert.match(result.outputs['reason'] as string, /missing check "never"/);
    console.log(result.stdout);
  });
});
