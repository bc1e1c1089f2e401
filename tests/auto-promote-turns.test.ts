// What changes between a look at the world and the write that follows it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { openPull, settleAutoMerges } from './support/forge/pulls.mjs';
import { startPromoteWorld } from './support/promote-world.mjs';
import { runScript } from './support/run-script.mjs';

type World = Awaited<ReturnType<typeof startPromoteWorld>>;
type Flavour = 'gitea-1.22.6' | 'github';
const flavours: readonly Flavour[] = ['gitea-1.22.6', 'github'];

async function promote(world: World, args: string[] = []) {
  const pace = ['--poll', '20ms', '--absent-grace', '0ms', '--push-grace', '100ms'];
  const wait = args.includes('--wait') ? [] : ['--wait', '20s'];
  const result = await runScript(
    'auto-promote',
    ['--workflow', 'ci.yml', '--enabled', ...pace, ...wait, ...args],
    { env: jobEnvironment(world.forge, { token: world.token, branch: 'staging' }), runner: true },
  );
  await world.forge.close();
  return result;
}

/** Acts once, right before the `nth` request that fits is answered. */
function actBefore({ forge }: World, fits: RegExp, act: () => void, nth = 1) {
  let seen = 0;
  forge.setFault(({ call, body }) => {
    if (fits.test(`${call} ${body?.query ?? ''}`) && ++seen === nth) act();
    return null;
  });
}

const isMerge = /^(PUT|POST) \S+\/pulls\/1\/merge/;
const open = ({ repo }: World) => openPull(repo, { title: 'Promote', head: 'staging', base: 'main' });

for (const flavour of flavours) {
  test(`a pull request that is taken to another branch right before its merge is no promotion on ${flavour}`, async () => {
    const world = await startPromoteWorld(flavour);
    const { repo, before } = world;
    const pull = open(world);
    actBefore(world, isMerge, () => {
      repo.setBranch('release', before);
      pull.base = 'release';
    });
    const result = await promote(world);
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'refuse'], result.stdout);
    assert.match(result.outputs['reason'] as string, /#1 was merged into "release"/);
    assert.deepEqual([repo.branches.get('main'), result.outputs['merge_sha']], [before, '']);
  });

  test(`a merge after which nothing can be read is said to be made on ${flavour}`, async () => {
    const world = await startPromoteWorld(flavour);
    const pull = open(world);
    world.forge.setFault(({ call }) =>
      pull.merged && /^GET \S+\/pulls\/1/.test(call) ? { kind: 'reset' } : null,
    );
    const result = await promote(world);
    assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    assert.match(result.outputs['reason'] as string, /^#1 was merged, but into which branch/);
  });

  test(`a pull request whose making was not answered is found on ${flavour}`, async () => {
    for (const then of ['reset', 502] as const) {
      const world = await startPromoteWorld(flavour);
      world.forge.setFault(({ call }) =>
        /^POST \S+\/pulls$/.test(call) ? { kind: 'after-write', then } : null,
      );
      const result = await promote(world);
      assert.deepEqual([result.code, result.outputs['decision']], [0, 'promoted'], result.stdout);
      assert.equal(world.repo.pulls.length, 1);
    }
  });

  test(`one that was not answered and is not there is not told on ${flavour}`, async () => {
    const world = await startPromoteWorld(flavour);
    world.forge.setFault(({ call }) => (/^POST \S+\/pulls$/.test(call) ? { kind: 'reset' } : null));
    const result = await promote(world);
    assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    assert.match(result.outputs['reason'] as string, /POST \S+\/pulls lost the connection/);
  });

  test(`a server's words of several lines are one line, cut, on ${flavour}`, async () => {
    const world = await startPromoteWorld(flavour);
    world.repo.mergeRefusals.push(`Repository rule violations found\n\n${'x'.repeat(300)}\n`);
    const result = await promote(world);
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
    const reason = result.outputs['reason'] as string;
    assert.match(reason, /other: Repository rule violations found x{167}…/);
    assert.doesNotMatch(reason, /\n/);
  });
}

for (const [how, expected] of [
  ['success', [0, 'promoted']],
  ['failure', [1, 'refuse']],
] as const) {
  test(`what is merged by itself right before it is disarmed is told: a head that is ${how}`, async () => {
    const world = await startPromoteWorld('github', { protection: { contexts: ['other'] } });
    const { repo, head } = world;
    repo.setStatus(head, { context: 'other', status: 'pending' });
    actBefore(world, /disablePullRequestAutoMerge/, () => {
      if (how === 'failure') {
        repo.pushCommit({ branch: 'staging', message: 'late', files: { late: '1' }, by: 'ada' });
        world.settle('failure');
      }
      repo.setStatus(repo.branches.get('staging') as string, { context: 'other', status: 'success' });
    });
    const result = await promote(world, ['--wait', '300ms']);
    assert.deepEqual([result.code, result.outputs['decision']], expected, result.stdout);
    assert.equal(repo.pulls[0]?.merged, true);
  });
}

/** On Gitea a person has armed it, which no answer shows. */
async function startArmed(method: string) {
  const world = await startPromoteWorld('gitea-1.22.6', { protection: { contexts: ['other'] } });
  world.repo.setStatus(world.head, { context: 'other', status: 'pending' });
  const pull = open(world);
  pull.autoMerge = { by: 'bob', method, title: null, message: null };
  return { world, pull };
}

test('on Gitea nothing that a person armed is left when the wait is over', async () => {
  const { world, pull } = await startArmed('merge');
  const result = await promote(world, ['--wait', '100ms']);
  assert.deepEqual([result.code, result.outputs['decision']], [1, 'timed-out'], result.stdout);
  assert.equal(pull.autoMerge, null);
});

test('on Gitea nothing that a person arms while it waits is left when its gate turns red', async () => {
  const { world, pull } = await startArmed('merge');
  actBefore(
    world,
    isMerge,
    () => {
      pull.autoMerge = { by: 'bob', method: 'merge', title: null, message: null };
      world.settle('failure');
    },
    2,
  );
  const result = await promote(world);
  assert.deepEqual([result.code, result.outputs['decision']], [1, 'refuse'], result.stdout);
  assert.equal(pull.autoMerge, null, result.stdout);
});

test('on Gitea a head that comes in a pause does not ride along with what a person armed', async () => {
  const { world, pull } = await startArmed('squash');
  actBefore(
    world,
    isMerge,
    () => {
      world.repo.setStatus(world.head, { context: 'other', status: 'success' });
      settleAutoMerges(world.repo);
    },
    2,
  );
  const result = await promote(world);
  assert.deepEqual([result.code, result.outputs['decision']], [0, 'promoted'], result.stdout);
  assert.equal(pull.mergedBy, 'ada');
});

test('on Gitea an arming that only another may take back does not keep it from being merged', async () => {
  for (const comes of [true, false]) {
    const { world, pull } = await startArmed('merge');
    world.forge.setFault(({ call }) => {
      if (/^DELETE /.test(call)) return { kind: 'answer', status: 403, body: { message: 'not yours' } };
      if (comes && isMerge.test(call) && world.forge.calls.filter((one) => isMerge.test(one)).length === 2)
        world.repo.setStatus(world.head, { context: 'other', status: 'success' });
      return null;
    });
    const result = await promote(world, comes ? [] : ['--wait', '100ms']);
    const expected = comes ? [0, 'promoted'] : [1, 'timed-out'];
    assert.deepEqual([result.code, result.outputs['decision']], expected, result.stdout);
    assert.equal(pull.merged, comes);
    if (!comes) assert.match(result.outputs['reason'] as string, /it may be armed, .*answered 403/);
  }
});
