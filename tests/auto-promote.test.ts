import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { isQueued, mergeFromQueue, openPull } from './support/forge/pulls.mjs';
import { startPromoteWorld } from './support/promote-world.mjs';
import { runScript } from './support/run-script.mjs';

const flavours = ['gitea-1.22.6', 'gitea-1.25.4', 'github'] as const;
const quick = ['--poll', '20ms', '--push-grace', '150ms', '--absent-grace', '0ms'];
type World = Awaited<ReturnType<typeof startPromoteWorld>>;

function promote(world: World, args: string[] = [], more: Record<string, string> = {}) {
  const wait = args.includes('--wait') ? [] : ['--wait', '400ms'];
  return runScript('auto-promote', ['--workflow', 'ci.yml', '--enabled', ...quick, ...wait, ...args], {
    env: jobEnvironment(world.forge, { token: world.token, branch: 'staging', more }),
    runner: true,
  });
}

function writesOf(world: World): string[] {
  return world.forge.requests
    .filter(
      ({ method, call, body }) =>
        method !== 'GET' && !(call === 'POST /graphql' && /^query/.test(body.query)),
    )
    .map(({ call }) => call);
}

for (const flavour of flavours) {
  describe(`auto-promote on ${flavour}`, () => {
    const worlds: World[] = [];
    const start = async (settings = {}) => {
      const world = await startPromoteWorld(flavour, settings);
      worlds.push(world);
      return world;
    };
    after(() => Promise.all(worlds.map(({ forge }) => forge.close())));

    test('promotes a green head once, and then has nothing to do', async () => {
      const world = await start();
      const first = await promote(world, ['--dispatch', 'publish.yml']);
      assert.equal(first.code, 0, first.stdout + first.stderr);
      assert.equal(first.outputs['decision'], 'promoted');
      assert.equal(first.outputs['proceed'], 'true');
      assert.equal(first.outputs['pr'], '1');
      const head = world.repo.branches.get('main') as string;
      assert.equal(first.outputs['merge_sha'], head);
      assert.deepEqual(world.repo.commitOf(head).parents, [world.before, world.head]);
      const dispatched = JSON.parse(first.outputs['dispatched'] as string);
      assert.deepEqual(
        dispatched.map(({ file, by }: { file: string; by: string }) => ({ file, by })),
        [{ file: 'publish.yml', by: 'push' }],
      );
      assert.match(
        world.repo.pulls[0]?.body ?? '',
        /Ships 1 commit .*feature \(#7\)[\s\S]*Pull requests: #7/s,
      );
      const merge = world.forge.requests.find(({ call }) => /\/merge$/.test(call) && /POST|PUT/.test(call));
      assert.equal(merge?.body.head_commit_id ?? merge?.body.sha, world.head);
      const count = writesOf(world).length;
      const again = await promote(world, ['--dispatch', 'publish.yml']);
      assert.equal(again.outputs['decision'], 'nothing-to-do', again.stdout);
      assert.equal(again.code, 0);
      assert.equal(again.outputs['proceed'], 'false');
      assert.equal(writesOf(world).length, count);
      assert.deepEqual(world.forge.unexpected, []);
    });

    test('refuses a red head, and defers one whose tests still run', async () => {
      const red = await start({ conclusion: 'failure' });
      const refused = await promote(red);
      assert.deepEqual([refused.code, refused.outputs['decision']], [1, 'refuse'], refused.stdout);
      assert.deepEqual(writesOf(red), []);
      const running = await start({ conclusion: 'pending' });
      const deferred = await promote(running, ['--defer-code', '7']);
      assert.deepEqual([deferred.code, deferred.outputs['decision']], [7, 'defer'], deferred.stdout);
      assert.deepEqual(writesOf(running), []);
    });

    test('a head whose tests were suppressed is refused', async () => {
      const world = await start({ conclusion: 'none' });
      const result = await promote(world);
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'refuse'], result.stdout);
      assert.deepEqual(writesOf(world), []);
    });

    test('writes nothing when not enabled, held, or on a dry run, and says what it would do', async () => {
      const world = await start();
      const disabled = await promote(world, [], { AUTO_PROMOTE_ENABLED: '' }).then(() =>
        runScript('auto-promote', ['--workflow', 'ci.yml', ...quick, '--dry-run'], {
          env: jobEnvironment(world.forge, { token: world.token }),
          runner: true,
        }),
      );
      assert.equal(disabled.outputs['decision'], 'disabled', disabled.stdout);
      const fresh = await start();
      const dry = await promote(fresh, ['--dry-run']);
      assert.deepEqual([dry.code, dry.outputs['decision'], dry.outputs['proceed']], [0, 'promoted', 'false']);
      assert.match(dry.stdout, /dry run: would merge/);
      const held = await promote(fresh, ['--hold', 'freeze until Monday']);
      assert.deepEqual([held.code, held.outputs['decision']], [0, 'held']);
      assert.match(held.stdout, /freeze until Monday/);
      for (const word of ['yes', '1', 'True!', 'false']) {
        const env = { ...jobEnvironment(fresh.forge, { token: fresh.token }), AUTO_PROMOTE_ENABLED: word };
        const other = await runScript('auto-promote', ['--workflow', 'ci.yml', ...quick], { env });
        assert.equal(other.code, 0, other.stderr);
        assert.match(other.stdout, /^auto-promote: disabled: /m, word);
      }
      const off = await runScript('auto-promote', ['--workflow', 'ci.yml', ...quick], {
        env: jobEnvironment(fresh.forge, { token: fresh.token }),
        runner: true,
      });
      assert.deepEqual([off.code, off.outputs['decision']], [0, 'disabled'], off.stdout);
      assert.match(off.stdout, /would: merge/);
      assert.deepEqual(writesOf(fresh), []);
      const forced = await runScript('auto-promote', ['--workflow', 'ci.yml', ...quick, '--force'], {
        env: jobEnvironment(fresh.forge, { token: fresh.token }),
        runner: true,
      });
      assert.equal(forced.outputs['decision'], 'promoted', forced.stdout);
    });

    test('four at once make one pull request and one merge', async () => {
      const world = await start();
      const results = await Promise.all(
        [1, 2, 3, 4].map(() => promote(world, ['--dispatch', 'publish.yml'])),
      );
      for (const { code, outputs, stdout } of results) {
        assert.equal(code, 0, stdout);
        assert.match(outputs['decision'] as string, /^(promoted|nothing-to-do)$/);
      }
      assert.equal(world.repo.pulls.filter(({ merged }) => merged).length, 1);
      assert.equal(world.repo.pulls.filter(({ state }) => state === 'open').length, 0);
      assert.equal(world.repo.pushes.filter((push) => push.branch === 'main').length, 2);
      assert.equal(world.repo.runs.filter((run) => run.event === 'workflow_dispatch').length, 0);
    });

    test('branches with the same files have nothing to promote', async () => {
      const world = await start();
      world.repo.pushCommit({ branch: 'staging', files: { 'src/feature': null }, message: 'take it back' });
      world.settle();
      const result = await promote(world);
      assert.equal(result.outputs['decision'], 'nothing-to-do', result.stdout);
      assert.deepEqual(writesOf(world), []);
    });

    test('a hotfix on main is merged over, and refused by fast-forward', async () => {
      const world = await start();
      world.repo.pushCommit({ branch: 'main', files: { hotfix: '1' }, message: 'hotfix' });
      const refused = await promote(world, ['--method', 'fast-forward']);
      assert.deepEqual([refused.code, refused.outputs['decision']], [1, 'refuse'], refused.stdout);
      assert.match(refused.stdout, /run sync-branch first/);
      assert.match(refused.stdout, /^next: node vendor\/sync-branch\.mjs --from main --to staging$/m);
      const told = await promote(world, ['--method', 'fast-forward', '--repo', 'acme/app'], {
        GITHUB_REPOSITORY: '',
      });
      assert.match(
        told.stdout,
        /^next: node vendor\/sync-branch\.mjs --from main --to staging --repo acme\/app$/m,
      );
      const merged = await promote(world);
      assert.equal(merged.outputs['decision'], 'promoted', merged.stdout);
    });

    test('fast-forward moves main to the very commit', async () => {
      const world = await start();
      const result = await promote(world, ['--method', 'fast-forward']);
      assert.equal(result.outputs['decision'], 'promoted', result.stdout + result.stderr);
      assert.equal(world.repo.branches.get('main'), world.head);
    });

    test('a pull request from a fork with a branch of the same name is not ours', async () => {
      const world = await start();
      openPull(world.repo, { title: 'theirs', head: 'staging', base: 'main', headOwner: 'mallory' });
      const result = await promote(world);
      assert.deepEqual([result.outputs['decision'], result.outputs['pr']], ['promoted', '2'], result.stdout);
      assert.equal(world.repo.pulls[0]?.state, 'open');
    });

    test('a conflict ends at once, and says so', async () => {
      const world = await start();
      world.repo.pushCommit({ branch: 'main', files: { 'src/feature': 'other' }, message: 'hotfix' });
      const result = await promote(world);
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
      assert.match(result.stdout, /conflict/);
    });

    test('a review that is missing is named, and nothing is left armed', async () => {
      const world = await start({ protection: { approvals: 1 } });
      const result = await promote(world);
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
      assert.match(result.outputs['reason'] as string, /review: .*approv/);
      assert.equal(world.repo.pulls[0]?.autoMerge, null);
    });

    test('a required check that still runs is waited for; the time being over says so', async () => {
      const world = await start({ protection: { contexts: ['other / check'] } });
      world.repo.setStatus(world.head, { context: 'other / check', status: 'pending' });
      const result = await promote(world);
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'timed-out'], result.stdout);
      assert.match(
        result.outputs['reason'] as string,
        /check "other \/ check", still pending.*run again to resume/,
      );
      const waiting = promote(world, ['--wait', '5s']);
      setTimeout(
        () => world.repo.setStatus(world.head, { context: 'other / check', status: 'success' }),
        400,
      );
      const resumed = await waiting;
      assert.equal(resumed.outputs['decision'], 'promoted', resumed.stdout);
      assert.equal(world.repo.pulls.length, 1);
    });

    test('a required check that nothing reports is named', async () => {
      const world = await start({ protection: { contexts: ['never'] } });
      const result = await promote(world);
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
      assert.match(result.outputs['reason'] as string, /missing check "never"/);
    });

    test('a head that moves meanwhile never rides along', async () => {
      const world = await start({ protection: { contexts: ['other / check'] } });
      world.repo.setStatus(world.head, { context: 'other / check', status: 'pending' });
      const waiting = promote(world, ['--wait', '5s']);
      await new Promise((done) => setTimeout(done, 400));
      world.repo.pushCommit({ branch: 'staging', files: { 'src/late': '1' }, message: 'late' });
      world.settle('failure');
      const late = world.repo.branches.get('staging') as string;
      setTimeout(() => world.repo.setStatus(late, { context: 'other / check', status: 'success' }), 300);
      const result = await waiting;
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'refuse'], result.stdout);
      assert.equal(world.repo.branches.get('main'), world.before);
    });

    test('a pull request that is closed by hand ends the wait', async () => {
      const world = await start({ protection: { contexts: ['other / check'] } });
      world.repo.setStatus(world.head, { context: 'other / check', status: 'pending' });
      const waiting = promote(world, ['--wait', '5s']);
      while (world.repo.pulls[0] === undefined) await new Promise((done) => setTimeout(done, 20));
      await new Promise((done) => setTimeout(done, 100));
      Object.assign(world.repo.pulls[0] as object, {
        state: 'closed',
        lastHead: world.head,
        autoMerge: null,
      });
      const result = await waiting;
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
      assert.match(result.outputs['reason'] as string, /closed without a merge/);
    });

    test('a merge whose push run is missing is not called done', async () => {
      const world = await start({ runsOnMain: false });
      const result = await promote(world, ['--dispatch', 'publish.yml'], {
        DISPATCH_TOKEN: world.dispatchToken,
      });
      const last = world.forge.requests.filter(({ call }) => call.includes('/dispatches'));
      if (flavour === 'gitea-1.22.6') {
        assert.deepEqual([result.code, result.outputs['decision']], [1, 'dispatch-failed'], result.stdout);
        assert.match(
          result.stdout,
          /::error::Cannot see publish.yml run on main: .*no dispatch; run: git fetch/,
        );
        assert.equal(last.length, 0);
        return;
      }
      assert.deepEqual([result.code, result.outputs['decision']], [0, 'promoted'], result.stdout);
      assert.equal(JSON.parse(result.outputs['dispatched'] as string)[0].by, 'dispatch');
      assert.equal(last.length, 1);
      assert.match(String(last[0]?.headers.authorization), new RegExp(world.dispatchToken));
      assert.doesNotMatch(result.stdout, new RegExp(world.dispatchToken));
    });

    test('a run that died after the merge is made good by the next', async () => {
      const world = await start({ runsOnMain: false });
      assert.equal((await promote(world)).outputs['decision'], 'promoted');
      const result = await promote(world, ['--dispatch', 'publish.yml']);
      const expected = flavour === 'gitea-1.22.6' ? [1, 'dispatch-failed'] : [0, 'nothing-to-do'];
      assert.deepEqual([result.code, result.outputs['decision']], expected, result.stdout);
      if (flavour === 'gitea-1.22.6') return;
      assert.equal(world.repo.runs.filter((run) => run.event === 'workflow_dispatch').length, 1);
      const third = await promote(world, ['--dispatch', 'publish.yml']);
      assert.equal(third.outputs['decision'], 'nothing-to-do');
      assert.equal(world.repo.runs.filter((run) => run.event === 'workflow_dispatch').length, 1);
    });

    test('a gate that cannot be read is no 0 where it is not enabled either', async () => {
      const world = await start();
      const part = flavour === 'gitea-1.22.6' ? /\/status/ : /\/actions\/runs/;
      world.forge.setFault((request) =>
        part.test(request.path) ? { kind: 'answer', status: 502, body: '<html>' } : null,
      );
      const env = jobEnvironment(world.forge, { token: world.token });
      const result = await runScript('auto-promote', ['--workflow', 'ci.yml', ...quick], {
        env,
        runner: true,
      });
      assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    });

    test('a merge that the server makes and loses the answer of is found, not made twice', async () => {
      const world = await start();
      let lost = false;
      world.forge.setFault((request) => {
        if (lost || request.method === 'GET' || !/\/merge$/.test(request.path)) return null;
        lost = true;
        return { kind: 'after-write', then: 'reset' };
      });
      const result = await promote(world);
      assert.equal(result.outputs['decision'], 'promoted', result.stdout + result.stderr);
      assert.equal(world.repo.pushes.filter((push) => push.branch === 'main').length, 2);
    });

    test('what cannot be read is not told', async () => {
      for (const part of ['/branches/', '/pulls', '/commits/', '/git/trees/']) {
        const world = await start();
        world.forge.setFault((request) =>
          request.method === 'GET' && request.path.includes(part)
            ? { kind: 'answer', status: 502, body: '<html>' }
            : null,
        );
        const result = await promote(world);
        if (part === '/commits/' && flavour !== 'gitea-1.22.6') continue;
        assert.deepEqual(
          [result.code, result.outputs['decision']],
          [3, 'unknown'],
          `${part}\n${result.stdout}`,
        );
      }
    });
  });
}

test('auto-promote arms on an Enterprise Server too, with the gated head, and reads it back', async () => {
  const world = await startPromoteWorld('github', { protection: { contexts: ['other'] }, enterprise: true });
  world.repo.setStatus(world.head, { context: 'other', status: 'pending' });
  const waiting = promote(world, ['--wait', '5s'], { SWITCHYARD_FORGE: 'github' });
  while (!world.repo.pulls[0]?.autoMerge) await new Promise((done) => setTimeout(done, 20));
  const arm = world.forge.requests.find(({ body }) => /enablePullRequestAutoMerge/.test(body?.query ?? ''));
  assert.equal(arm?.body.variables.head, world.head);
  assert.equal(arm?.path, '/api/graphql');
  world.repo.setStatus(world.head, { context: 'other', status: 'success' });
  const result = await waiting;
  await world.forge.close();
  assert.equal(result.outputs['decision'], 'promoted', result.stdout);
});

test('of a token that GraphQL echoes at the end of a long sentence not even a part is printed', async () => {
  const world = await startPromoteWorld('github', { protection: { contexts: ['other'] } });
  world.repo.setStatus(world.head, { context: 'other', status: 'pending' });
  const message = `${'so many words '.repeat(14)}${world.token}`;
  world.forge.setFault(({ path }) =>
    path === '/graphql' ? { kind: 'answer', status: 200, body: { errors: [{ message }] } } : null,
  );
  const result = await promote(world, ['--wait', '2s']);
  await world.forge.close();
  assert.equal(result.code, 3, result.stdout);
  assert.match(
    result.stdout,
    /POST \/graphql answered 200 "so many words .* \*\*\*"; check that the token may write/,
  );
  const all = result.stdout + result.stderr + result.summary + JSON.stringify(result.outputs);
  for (const part of [world.token.slice(0, 4), world.token.slice(0, 12)])
    assert.ok(!all.includes(`words ${part}`), all);
});

describe('auto-promote with a merge queue on GitHub', () => {
  const worlds: World[] = [];
  const start = async (settings = {}) => {
    const world = await startPromoteWorld('github', { protection: { queue: true, ...settings } });
    worlds.push(world);
    return world;
  };
  after(() => Promise.all(worlds.map(({ forge }) => forge.close())));

  /** Its pull request, once it stands in the queue. */
  async function waitForEntry({ repo }: World) {
    for (;;) {
      const [pull] = repo.pulls;
      if (pull !== undefined && isQueued(repo, pull)) return pull;
      await new Promise((done) => setTimeout(done, 20));
    }
  }
  /** Until so many requests like this one came after the `from`th. */
  async function waitForCalls({ forge }: World, pattern: RegExp, count: number, from = 0) {
    const calls = () => forge.requests.slice(from).map(({ call, body }) => `${call} ${body?.query ?? ''}`);
    while (calls().filter((call) => pattern.test(call)).length < count)
      await new Promise((done) => setTimeout(done, 20));
  }
  const mutationsOf = (world: World): string[] =>
    world.forge.requests.flatMap(
      ({ body }) => /\b\w+queuePullRequest\b|\w+AutoMerge\(/.exec(body?.query ?? '') ?? [],
    );

  for (const allowAutoMerge of [true, false]) {
    test(`puts the gated head into it and waits for the merge, auto-merge ${allowAutoMerge ? 'allowed or' : 'not allowed'}`, async () => {
      const world = await start();
      world.repo.allowAutoMerge = allowAutoMerge;
      const waiting = promote(world, ['--wait', '10s', '--dispatch', 'publish.yml']);
      mergeFromQueue(world.repo, await waitForEntry(world));
      const result = await waiting;
      assert.deepEqual([result.code, result.outputs['decision']], [0, 'promoted'], result.stdout);
      assert.equal(result.outputs['merge_sha'], world.repo.branches.get('main'));
      assert.equal(JSON.parse(result.outputs['dispatched'] as string)[0].by, 'push');
      const entry = world.forge.requests.find(({ body }) => /enqueuePullRequest/.test(body?.query ?? ''));
      assert.equal(entry?.body.variables.head, world.head);
      assert.deepEqual(mutationsOf(world), ['enqueuePullRequest']);
    });
  }

  test('leaves it there when the time is over, and the next run goes on waiting', async () => {
    const world = await start();
    const first = await promote(world, ['--wait', '300ms']);
    assert.deepEqual([first.code, first.outputs['decision']], [1, 'timed-out'], first.stdout);
    assert.match(first.outputs['reason'] as string, /queue.*run again to resume/);
    const from = world.forge.requests.length;
    const waiting = promote(world, ['--wait', '10s']);
    await waitForCalls(world, /isInMergeQueue/, 2, from);
    mergeFromQueue(world.repo, await waitForEntry(world));
    assert.equal((await waiting).outputs['decision'], 'promoted');
    assert.deepEqual(mutationsOf(world), ['enqueuePullRequest']);
  });

  test('says so when the queue takes it out again, and does not put it back', async () => {
    const world = await start();
    const waiting = promote(world, ['--wait', '10s']);
    const pull = await waitForEntry(world);
    // It has asked before it put it there, after it did, and has seen it wait.
    await waitForCalls(world, /isInMergeQueue/, 4);
    pull.queuedHead = null;
    const result = await waiting;
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
    assert.match(result.outputs['reason'] as string, /the merge queue took it out again/);
    assert.deepEqual(mutationsOf(world), ['enqueuePullRequest']);
  });

  test('takes it out when its gate turns red', async () => {
    const world = await start();
    const waiting = promote(world, ['--wait', '10s']);
    const pull = await waitForEntry(world);
    world.settle('failure');
    const result = await waiting;
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'refuse'], result.stdout);
    assert.equal(isQueued(world.repo, pull), false);
    assert.deepEqual(mutationsOf(world), ['enqueuePullRequest', 'dequeuePullRequest']);
  });

  test('a review that keeps it out of the queue is named, and nothing is left armed', async () => {
    const world = await start({ approvals: 1 });
    world.forge.setFault((request) =>
      request.method === 'PUT' && /\/merge$/.test(request.path)
        ? {
            kind: 'answer',
            status: 405,
            body: JSON.stringify({ message: 'Changes must be made through the merge queue' }),
          }
        : null,
    );
    const result = await promote(world);
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'blocked'], result.stdout);
    assert.match(result.outputs['reason'] as string, /review/);
    assert.equal(world.repo.pulls[0]?.autoMerge, null);
  });

  test('a server whose GraphQL knows no queue is asked without it', async () => {
    const world = await startPromoteWorld('github', {
      protection: { contexts: ['other'] },
      enterprise: true,
    });
    worlds.push(world);
    world.forge.world.hasMergeQueue = false;
    world.repo.setStatus(world.head, { context: 'other', status: 'pending' });
    const waiting = promote(world, ['--wait', '10s'], { SWITCHYARD_FORGE: 'github' });
    while (!world.repo.pulls[0]?.autoMerge) await new Promise((done) => setTimeout(done, 20));
    world.repo.setStatus(world.head, { context: 'other', status: 'success' });
    assert.equal((await waiting).outputs['decision'], 'promoted');
  });
});

describe('auto-promote', () => {
  const base = {
    GITHUB_API_URL: 'http://127.0.0.1:9/api/v1',
    GITHUB_REPOSITORY: 'acme/app',
    GITEA_ACTIONS: 'true',
  };
  const rows: [string, string[], RegExp][] = [
    ['no gate', [], /--workflow/],
    ['a display name', ['--workflow', 'My CI'], /"My CI" is no workflow file/],
    ['one branch twice', ['--workflow', 'ci.yml', '--from', 'main'], /Cannot promote "main" to itself/],
    ['squash', ['--workflow', 'ci.yml', '--method', 'squash'], /--method: "squash" makes new commits/],
    ['rebase', ['--workflow', 'ci.yml', '--method', 'rebase'], /--method: "rebase" makes new commits/],
    ['another method', ['--workflow', 'ci.yml', '--method', 'octopus'], /give merge or fast-forward/],
    ['a wait without unit', ['--workflow', 'ci.yml', '--wait', '30'], /--wait: "30" is no duration/],
    [
      'a dispatch with a job',
      ['--workflow', 'ci.yml', '--dispatch', 'x.yml=job'],
      /--dispatch: .* no workflow file/,
    ],
    [
      'a dispatch input without name',
      ['--workflow', 'ci.yml', '--dispatch-input', '=x'],
      /--dispatch-input: .*name=value/,
    ],
    ['an unknown option', ['--workflow', 'ci.yml', '--squash'], /--squash/],
    ['an empty branch', ['--workflow', 'ci.yml', '--from', ''], /--from/],
    [
      'a branch that can be none',
      ['--workflow', 'ci.yml', '--from', 'a..b'],
      /--from: "a\.\.b" is no branch/,
    ],
    [
      'a branch with a space',
      ['--workflow', 'ci.yml', '--to', 'main x'],
      /--to: "main x" is no branch; give/,
    ],
    [
      'one branch by two names',
      ['--workflow', 'ci.yml', '--from', 'refs/heads/main', '--to', 'main'],
      /Cannot promote "main" to itself/,
    ],
    ['a pause of no time', ['--workflow', 'ci.yml', '--poll', '0s'], /--poll: "0s" is no time at all; give/],
    [
      'a pause of none between gates',
      ['--workflow', 'ci.yml', '--gate-poll', '0ms'],
      /--gate-poll: "0ms" is/,
    ],
  ];
  test('a token for dispatches with a line break in it is a usage error, before any request', async () => {
    const env = { ...base, DISPATCH_TOKEN: 'sec-ret-1\nx' };
    const result = await runScript('auto-promote', ['--workflow', 'ci.yml'], { env });
    assert.equal(result.code, 2, result.stdout + result.stderr);
    assert.match(result.stderr, /^error: Cannot use DISPATCH_TOKEN: it holds characters that no token has/);
    assert.doesNotMatch(result.stderr, /sec-ret-1/);
  });
  for (const [name, args, message] of rows) {
    test(`${name} is a usage error, before any request`, async () => {
      const result = await runScript('auto-promote', args, { env: base });
      assert.equal(result.code, 2, result.stdout + result.stderr);
      assert.match(result.stderr, message);
    });
  }
});
