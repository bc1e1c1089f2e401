import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { openPull } from './support/forge/pulls.mjs';
import { startPromoteWorld } from './support/promote-world.mjs';
import { runScript } from './support/run-script.mjs';

const folder = mkdtempSync(join(tmpdir(), 'train-pulls-'));
after(() => rmSync(folder, { recursive: true, force: true }));
type World = Awaited<ReturnType<typeof startPromoteWorld>>;

/** A look at `staging→main`, whose one commit is one too many. */
function look(world: World, more: object = {}, ...args: string[]) {
  const file = join(folder, 'train.json');
  const slo = { age: '1d', commits: 0 };
  writeFileSync(file, JSON.stringify({ repo: 'acme/app', branches: ['staging', 'main'], slo, ...more }));
  return runScript('train-status', ['--config', file, ...args], {
    env: jobEnvironment(world.forge, { token: world.token }),
    runner: true,
  });
}

type Row = [string, Parameters<typeof startPromoteWorld>[1], (world: World) => void, RegExp, RegExp];
const open = ({ repo }: World, more = {}) =>
  openPull(repo, { title: 'x', head: 'staging', base: 'main', ...more });
const rows: Row[] = [
  [
    'nobody opened one',
    {},
    () => undefined,
    /^no pull request is open from staging to main$/,
    /auto-promote/,
  ],
  ['a draft', {}, (world) => open(world, { draft: true }), /^PR #1 is a draft$/, /mark it ready/],
  [
    'a conflict',
    {},
    (world) => {
      world.repo.pushCommit({ branch: 'main', files: { 'src/feature': 'other' }, message: 'hotfix' });
      open(world);
    },
    /^PR #1 blocked by a conflict with main$/,
    /sync-branch\.mjs --from main --to staging/,
  ],
  [
    'a check that nothing reports',
    { protection: { contexts: ['never'] } },
    open,
    /^PR #1 blocked by missing check "never"$/,
    /see why it has not come/,
  ],
  [
    'a check that still runs',
    { protection: { contexts: ['other'] } },
    (world) => {
      world.repo.setStatus(world.head, { context: 'other', status: 'pending' });
      open(world);
    },
    /^PR #1 blocked by check "other", which is pending$/,
    /open http/,
  ],
  [
    'nobody merged it',
    {},
    open,
    /^PR #1 is open, and nobody has merged it \(a review may be missing\)$/,
    /auto-promote/,
  ],
];
const onGitHub: Row[] = [
  [
    'armed, and its check is missing',
    { protection: { contexts: ['never'] } },
    (world) => {
      open(world).autoMerge = { by: 'ada', method: 'merge', title: null, message: null };
    },
    /^PR #1 is armed, but blocked by missing check "never"$/,
    /see why/,
  ],
  [
    'armed, and a review is missing',
    { protection: { approvals: 1 } },
    (world) => {
      open(world).autoMerge = { by: 'ada', method: 'merge', title: null, message: null };
    },
    /^PR #1 is armed, but blocked by review, conversation or queue$/,
    /review it/,
  ],
  [
    'it stands in the merge queue',
    { protection: { queue: true } },
    (world) => {
      open(world).queuedHead = world.head;
    },
    /^PR #1 is armed, but blocked by review, conversation or queue$/,
    /review it/,
  ],
];

for (const flavour of ['gitea-1.22.6', 'gitea-1.25.4', 'github'] as const) {
  describe(`why a promotion does not move, on ${flavour}`, () => {
    for (const [name, settings, prepare, cause, next] of flavour === 'github'
      ? [...rows, ...onGitHub]
      : rows) {
      test(name, async (t) => {
        const world = await startPromoteWorld(flavour, settings);
        t.after(() => world.forge.close());
        prepare(world);
        const result = await look(world);
        assert.deepEqual([result.code, result.outputs['hop']], [1, 'staging→main'], result.stdout);
        assert.match(result.outputs['cause'] as string, cause);
        assert.match(result.outputs['next'] as string, next);
        assert.deepEqual(world.forge.unexpected, []);
      });
    }

    test('a red gate goes before its pull request; one that runs is a train that moves', async (t) => {
      const workflows = { 'staging→main': ['ci.yml'] };
      const red = await startPromoteWorld(flavour, { conclusion: 'failure' });
      t.after(() => red.forge.close());
      const stuck = await look(red, { workflows });
      assert.match(stuck.outputs['cause'] as string, /^ci\.yml is red at /, stuck.stdout);
      const running = await startPromoteWorld(flavour, { conclusion: 'pending' });
      t.after(() => running.forge.close());
      const moving = await look(running, { workflows });
      assert.deepEqual([moving.code, moving.outputs['decision']], [0, 'moving'], moving.stdout);
    });

    if (flavour === 'github')
      test('a run that waits for a person is stalled, however young', async (t) => {
        const world = await startPromoteWorld(flavour, { conclusion: 'none' });
        t.after(() => world.forge.close());
        world.repo.addRun({ file: 'ci.yml', sha: world.head, branch: 'staging', status: 'waiting' });
        const workflows = { 'staging→main': ['ci.yml'] };
        const result = await look(world, { workflows, slo: { age: '1d' } });
        assert.deepEqual([result.code, result.outputs['decision']], [1, 'stalled'], result.stdout);
        assert.match(result.outputs['cause'] as string, /^ci\.yml waits for approval at /);
        assert.match(result.outputs['next'] as string, /^open http.* and approve it$/);
      });

    test('two looks at one time leave one issue open', async (t) => {
      const world = await startPromoteWorld(flavour);
      t.after(() => world.forge.close());
      const waiting: (() => void)[] = [];
      world.forge.options.onRequest = (request) => {
        if (request.method !== 'POST' || !/\/issues$/.test(request.path)) return;
        return new Promise<void>((go) => {
          waiting.push(go);
          if (waiting.length === 2) for (const one of waiting) one();
        });
      };
      const [one, two] = await Promise.all([look(world, {}, '--issue'), look(world, {}, '--issue')]);
      assert.equal(world.repo.issues.length, 2);
      assert.deepEqual(
        world.repo.issues.map(({ state }) => state),
        ['open', 'closed'],
      );
      assert.deepEqual([one.outputs['issue'], two.outputs['issue']], ['1', '1']);
    });
  });
}

test('checks that are cut off, of another commit, or without end are not told', async () => {
  const other = 'b'.repeat(40);
  const row = { id: 1, name: 'never', head_sha: other, status: 'completed', conclusion: 'success' };
  const rows: [string, RegExp, object, RegExp][] = [
    ['a row is missing', /check-runs/, { total_count: 2, check_runs: [] }, /counts 2 rows but shows 0/],
    ['another commit', /check-runs/, { total_count: 1, check_runs: [row] }, /of the commit b{40}/],
    ['another commit', /\/status$/, { total_count: 0, sha: other, statuses: [] }, /of the commit b{40}/],
    [
      'no end',
      /check-runs/,
      { total_count: 5000, check_runs: [{ ...row, head_sha: 'SHA' }] },
      /has more than 10 pages/,
    ],
  ];
  for (const [name, path, body, words] of rows) {
    const world = await startPromoteWorld('github', { protection: { contexts: ['never'] } });
    openPull(world.repo, { title: 'x', head: 'staging', base: 'main' });
    const text = JSON.stringify(body).replace('SHA', world.head);
    world.forge.setFault((request) =>
      path.test(request.path) && request.path.includes(world.head)
        ? { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body: text }
        : null,
    );
    const result = await look(world);
    await world.forge.close();
    assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], `${name}\n${result.stdout}`);
    assert.match(result.outputs['cause'] as string, words, name);
  }
});
