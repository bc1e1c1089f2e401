import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { openPull } from './support/forge/pulls.mjs';
import { startPromoteWorld } from './support/promote-world.mjs';
import { runScript } from './support/run-script.mjs';

const quick = ['--enabled', '--poll', '20ms', '--push-grace', '150ms', '--absent-grace', '0ms'];
type World = Awaited<ReturnType<typeof startPromoteWorld>>;

function promote(world: World, args: string[] = [], more: Record<string, string> = {}) {
  const wait = args.includes('--wait') ? [] : ['--wait', '400ms'];
  const gate = 'GATE_WORKFLOWS' in more ? [] : ['--workflow', 'ci.yml'];
  return runScript('auto-promote', [...gate, ...quick, ...wait, ...args], {
    env: jobEnvironment(world.forge, { token: world.token, branch: 'staging', more }),
    runner: true,
  });
}

for (const flavour of ['gitea-1.22.6', 'github'] as const) {
  describe(`what a promotion waits for, and what ends it, on ${flavour}`, () => {
    const worlds: World[] = [];
    const start = async (settings = {}) => {
      const world = await startPromoteWorld(flavour, settings);
      worlds.push(world);
      return world;
    };
    after(() => Promise.all(worlds.map(({ forge }) => forge.close())));

    test('a base branch that was modified in this moment is tried again', async () => {
      const world = await start();
      const words = 'Base branch was modified. Review and try the merge again.';
      world.repo.mergeRefusals.push(words, words);
      const result = await promote(world, ['--wait', '20s']);
      assert.deepEqual([result.code, result.outputs['decision']], [0, 'promoted'], result.stdout);
    });

    test('another refusal ends it at once, with its own words', async () => {
      const world = await start();
      world.repo.mergeRefusals.push('Merge commits are not allowed on this repository.');
      const result = await promote(world, ['--wait', '60s']);
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
      assert.match(result.outputs['reason'] as string, /Merge commits are not allowed on this repository/);
      const merges = world.forge.requests.filter(({ call }) => /^(PUT|POST) .*\/merge$/.test(call));
      assert.equal(merges.length, 1);
    });

    test('a server that still looks whether it merges is asked until it knows', async () => {
      const world = await start();
      const pull = openPull(world.repo, { title: 'x', head: 'staging', base: 'main' });
      pull.checking = true;
      const waiting = promote(world, ['--wait', '20s']);
      const looks = () =>
        world.forge.requests.filter(({ call }) => call === 'GET /repos/acme/app/pulls/1').length;
      while (looks() < 3) await new Promise((done) => setTimeout(done, 20));
      pull.checking = false;
      assert.equal((await waiting).outputs['decision'], 'promoted');
    });

    test('a draft is named', async () => {
      const world = await start();
      openPull(world.repo, { title: 'x', head: 'staging', base: 'main', draft: true });
      const result = await promote(world, ['--wait', '60s']);
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
      assert.match(result.outputs['reason'] as string, /draft/);
    });

    test('gates and dispatches come from their variables, and a hand-started job skips no gate', async () => {
      const red = await start({ conclusion: 'failure' });
      const more = { GATE_WORKFLOWS: 'ci.yml', PROMOTE_DISPATCH: 'publish.yml,\n publish.yml' };
      const refused = await promote(red, [], { ...more, GITHUB_EVENT_NAME: 'workflow_dispatch' });
      assert.deepEqual([refused.code, refused.outputs['decision']], [1, 'refuse'], refused.stdout);
      const forced = await promote(red, ['--force'], more);
      assert.equal(forced.outputs['decision'], 'refuse', '--force overrides disabled, and no gate');
      const green = await start();
      const result = await promote(green, [], more);
      assert.equal(result.outputs['decision'], 'promoted', result.stdout);
      assert.equal(JSON.parse(result.outputs['dispatched'] as string).length, 1);
    });

    test('a branch that is not there is said to be so', async () => {
      const world = await start();
      const result = await promote(world, ['--to', 'production']);
      assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
      assert.match(result.stdout, /"production" of acme\/app/);
    });
  });
}

describe('what only GitHub has', () => {
  const worlds: World[] = [];
  const start = async (settings = {}) => {
    const world = await startPromoteWorld('github', settings);
    worlds.push(world);
    return world;
  };
  after(() => Promise.all(worlds.map(({ forge }) => forge.close())));

  test('a head that must be up to date, and a conversation, are named', async () => {
    const behind = await start({ protection: { strict: true } });
    behind.repo.pushCommit({ branch: 'main', files: { hotfix: '1' }, message: 'hotfix' });
    const late = await promote(behind);
    assert.deepEqual([late.code, late.outputs['decision']], [1, 'blocked'], late.stdout);
    assert.match(late.outputs['reason'] as string, /behind: .*out of date/);
    const open = await start({ protection: {} });
    openPull(open.repo, { title: 'x', head: 'staging', base: 'main' }).unresolved = true;
    const talk = await promote(open);
    assert.deepEqual([talk.code, talk.outputs['decision']], [1, 'blocked'], talk.stdout);
    assert.match(talk.outputs['reason'] as string, /conversation/);
  });

  test('a required check beyond the hundredth is seen, among statuses and among check runs', async () => {
    const statuses = await start({ protection: { contexts: ['last'] } });
    for (let index = 0; index < 120; index++)
      statuses.repo.setStatus(statuses.head, { context: `c${index}`, status: 'success' });
    statuses.repo.setStatus(statuses.head, { context: 'last', status: 'pending' });
    const runs = await start({ protection: { contexts: ['last'] } });
    const jobs = Array.from({ length: 120 }, (_, index) => ({ name: index < 119 ? `j${index}` : 'last' }));
    const state = { status: 'in_progress', conclusion: null };
    const run = { file: 'other.yml', sha: runs.head, branch: 'staging', event: 'push', ...state };
    runs.repo.addRun({ ...run, jobs: jobs.map((job) => ({ ...job, ...state })) });
    for (const world of [statuses, runs]) {
      const result = await promote(world);
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'timed-out'], result.stdout);
      assert.match(result.outputs['reason'] as string, /check "last", still pending/);
    }
  });

  test('a dispatch that fails is an error with the command, and the rest is dispatched all the same', async () => {
    const world = await start({ runsOnMain: false });
    const deploy = `on:
  workflow_dispatch:
    inputs:
      why:
jobs:
  roll:
    runs-on: ubuntu-latest
    steps:
      - run: make
`;
    const files = { '.github/workflows/deploy.yml': deploy };
    world.repo.pushCommit({ branch: 'staging', message: 'deploy', files, by: 'ada' });
    world.settle();
    const result = await promote(world, [
      ...['--dispatch', 'gone.yml', '--dispatch', 'deploy.yml', '--dispatch-input', 'why=merged'],
    ]);
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'dispatch-failed'], result.stdout);
    assert.match(
      result.stdout,
      /::error::Cannot see gone\.yml run on main: .*404.*; run: gh workflow run gone\.yml --repo [\d.:]+\/acme\/app --ref main -f why=merged/,
    );
    const runs = world.repo.runs.filter(({ event }) => event === 'workflow_dispatch');
    assert.deepEqual(
      runs.map(({ file, inputs }) => [file, inputs]),
      [['deploy.yml', { why: 'merged' }]],
    );
    assert.equal(result.outputs['merge_sha'], world.repo.branches.get('main'));
  });
});

test('on Gitea a file whose filters exclude the merge is no failure', async () => {
  const world = await startPromoteWorld('gitea-1.22.6', { runsOnMain: false });
  const docs =
    'name: Docs\non:\n  push:\n    branches: [main]\n    paths: [docs/**]\njobs:\n  page:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n';
  world.repo.pushCommit({
    branch: 'staging',
    message: 'docs',
    files: { '.gitea/workflows/docs.yml': docs },
    by: 'ada',
  });
  world.settle();
  const result = await promote(world, ['--dispatch', 'docs.yml', '--json']);
  await world.forge.close();
  assert.deepEqual([result.code, result.outputs['decision']], [0, 'promoted'], result.stdout + result.stderr);
  assert.equal(result.outputs['dispatched'], '[]');
  assert.match(JSON.stringify(result.record.evidence), /docs\.yml after the merge.*filtered/);
});

test('a Gitea that gives few rows a page hides no merge whose run is missing', async () => {
  const world = await startPromoteWorld('gitea-1.25.4', { runsOnMain: false });
  world.forge.world.mostRows = 2;
  assert.equal((await promote(world)).outputs['decision'], 'promoted');
  for (let count = 0; count < 3; count++)
    Object.assign(openPull(world.repo, { title: 'other', head: 'gone', base: 'main' }), { state: 'closed' });
  const result = await promote(world, ['--dispatch', 'publish.yml']);
  assert.equal(world.repo.runs.filter((run) => run.event === 'workflow_dispatch').length, 1, result.stdout);
  await world.forge.close();
});

test("on Gitea another's pull request without a head is no hindrance", async () => {
  const world = await startPromoteWorld('gitea-1.22.6');
  openPull(world.repo, { title: 'its fork is gone', head: 'gone', base: 'main', headOwner: 'mallory' });
  const result = await promote(world);
  assert.deepEqual([result.outputs['decision'], result.outputs['pr']], ['promoted', '2'], result.stdout);
  await world.forge.close();
});

for (const flavour of ['github', 'gitea-1.25.4'] as const) {
  test(`on ${flavour} a run of staging is none of main after a fast-forward`, async () => {
    const world = await startPromoteWorld(flavour, { runsOnMain: false });
    const run = { file: 'publish.yml', sha: world.head, event: 'push', status: 'completed' };
    world.repo.addRun({ ...run, branch: 'staging', conclusion: 'success' });
    const way = ['--method', 'fast-forward', '--dispatch', 'publish.yml'];
    const result = await promote(world, way);
    assert.equal(result.outputs['decision'], 'promoted', result.stdout);
    assert.equal(JSON.parse(result.outputs['dispatched'] as string)[0]?.by, 'dispatch', result.stdout);
    assert.equal(world.repo.runs.filter(({ event }) => event === 'workflow_dispatch').length, 1);
    await world.forge.close();
  });
}
