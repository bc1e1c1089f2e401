// What people do to the pull request while a promotion waits for it, and what is said of what others did.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { openPull, settleAutoMerges } from './support/forge/pulls.mjs';
import { startPromoteWorld } from './support/promote-world.mjs';
import { runScript } from './support/run-script.mjs';

const flavours = ['gitea-1.22.6', 'gitea-1.25.4', 'github'] as const;
type World = Awaited<ReturnType<typeof startPromoteWorld>>;

/** A promotion that waits for a check; at the fourth look at the pull request somebody is at work on it. */
async function promoteWhile(
  flavour: (typeof flavours)[number],
  { before = () => undefined, act }: { before?: (world: World) => void; act: (world: World) => void },
) {
  const world = await startPromoteWorld(flavour, { protection: { contexts: ['other'] } });
  const { forge, repo, head, token } = world;
  repo.setStatus(head, { context: 'other', status: 'pending' });
  repo.setBranch('release', world.before);
  before(world);
  let looks = 0;
  forge.setFault(({ call }) => {
    if (/^GET \S+\/pulls\/1$/.test(call) && ++looks === 4) act(world);
    return null;
  });
  const pace = ['--poll', '20ms', '--absent-grace', '0ms', '--wait', '20s'];
  const result = await runScript('auto-promote', ['--workflow', 'ci.yml', '--enabled', ...pace], {
    env: jobEnvironment(forge, { token, branch: 'staging' }),
    runner: true,
    recorded: true,
  });
  await forge.close();
  const moved = ['main', 'release'].filter((branch) => repo.branches.get(branch) !== world.before);
  return { ...world, result, moved };
}

for (const flavour of flavours) {
  test(`one that goes to another branch now is merged nowhere on ${flavour}`, async () => {
    const { result, moved, repo } = await promoteWhile(flavour, {
      act({ repo }) {
        // GitHub takes the arming back when the base is changed.
        Object.assign(repo.pulls[0] ?? {}, { base: 'release', autoMerge: null });
      },
    });
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
    assert.match(result.stdout, /it goes to "release" now, and no longer to "main"; change its base back/);
    assert.deepEqual([moved, result.outputs['merge_sha']], [[], '']);
    assert.equal(repo.pulls[0]?.autoMerge, null, 'nothing is left armed');
    assert.equal(result.record.changed, true, 'it was opened');
  });
}

test('one that the server merged into another branch is no promotion', async () => {
  const { result, moved } = await promoteWhile('github', {
    act({ repo, head }) {
      Object.assign(repo.pulls[0] ?? {}, { base: 'release' });
      repo.setStatus(head, { context: 'other', status: 'success' });
      settleAutoMerges(repo);
    },
  });
  assert.deepEqual([result.code, result.outputs['decision']], [1, 'refuse'], result.stdout);
  assert.match(result.stdout, /#1 was merged into "release", where somebody had taken it meanwhile/);
  assert.deepEqual([moved, result.outputs['proceed']], [['release'], 'false']);
});

test('one that is armed to merge by squash is armed anew, to merge', async () => {
  const { result, repo, before, head } = await promoteWhile('github', {
    before({ repo }) {
      const pull = openPull(repo, { title: 'Promote staging to main', head: 'staging', base: 'main' });
      pull.autoMerge = { by: 'ada', method: 'squash', title: null, message: null };
    },
    act({ repo, head }) {
      repo.setStatus(head, { context: 'other', status: 'success' });
      settleAutoMerges(repo);
    },
  });
  assert.deepEqual([result.code, result.outputs['decision']], [0, 'promoted'], result.stdout);
  assert.deepEqual(repo.commitOf(repo.branches.get('main') ?? '').parents, [before, head]);
});

test('one that is found as a draft is left as it is, and the record says that nothing changed', async () => {
  for (const flavour of flavours) {
    const { forge, repo, token } = await startPromoteWorld(flavour);
    openPull(repo, { title: 'WIP: Promote', head: 'staging', base: 'main', draft: true });
    const args = ['--workflow', 'ci.yml', '--enabled', '--absent-grace', '0ms'];
    const env = jobEnvironment(forge, { token, branch: 'staging' });
    const result = await runScript('auto-promote', args, { env, runner: true, recorded: true });
    await forge.close();
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
    assert.equal(result.record.changed, false, flavour);
  }
});

test('a run that an earlier process dispatched is not said to be dispatched again', async () => {
  const { forge, repo, token } = await startPromoteWorld('github', { runsOnMain: false });
  const args = ['--workflow', 'ci.yml', '--enabled', '--dispatch', 'publish.yml'];
  const pace = ['--poll', '20ms', '--absent-grace', '0ms', '--push-grace', '150ms', '--wait', '5s'];
  const env = jobEnvironment(forge, { token, branch: 'staging' });
  const promote = () => runScript('auto-promote', [...args, ...pace], { env, runner: true, recorded: true });
  const first = await promote();
  assert.match(first.outputs['reason'] as string, /; dispatched publish\.yml$/);
  repo.pushCommit({ branch: 'main', files: { hotfix: '1' }, message: 'hotfix', by: 'ada' });
  const again = await promote();
  await forge.close();
  assert.equal(again.outputs['reason'], 'staging has nothing that main lacks');
  assert.equal(again.outputs['dispatched'], first.outputs['dispatched']);
  assert.equal(again.record.changed, false);
  assert.equal(repo.runs.filter(({ event }) => event === 'workflow_dispatch').length, 1);
});

test('a check that a Gitea demands by a glob is pending, and not told to be missing', async () => {
  const { forge, repo, head, token } = await startPromoteWorld('gitea-1.22.6', {
    protection: { contexts: ['oth*'] },
  });
  repo.setStatus(head, { context: 'other', status: 'pending' });
  const args = [
    '--workflow',
    'ci.yml',
    '--enabled',
    '--absent-grace',
    '0ms',
    '--poll',
    '20ms',
    '--wait',
    '100ms',
  ];
  const env = jobEnvironment(forge, { token, branch: 'staging' });
  const result = await runScript('auto-promote', args, { env, runner: true });
  await forge.close();
  assert.deepEqual([result.code, result.outputs['decision']], [1, 'timed-out'], result.stdout);
  assert.match(result.stdout, /check "oth\*", still pending/);
});
