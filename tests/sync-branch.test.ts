import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { mergesCleanly } from '../lib/sync/line-merge.ts';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { openPull } from './support/forge/pulls.mjs';
import { runScript, type ScriptResult } from './support/run-script.mjs';
import { withoutGit } from './support/tools.mjs';

const root = mkdtempSync(join(tmpdir(), 'sync-branch-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

const text = (...lines: string[]): string => lines.map((line) => `${line}\n`).join('');
const start = { 'a.txt': text('1', '2', '3', '4', '5', '6'), 'b.txt': 'b\n' };

/** acme/app with main and staging at one commit. */
async function startBranches(flavour: 'gitea-1.22.6' | 'gitea-1.25.4' | 'github', transport?: 'git') {
  const base = join(root, String(++folders));
  const scratch = join(base, 'tmp');
  mkdirSync(scratch, { recursive: true });
  const forge = await startForge({ flavour });
  // A test that fails must not keep the process alive.
  forge.server.unref();
  forge.user('ada', { admin: true, name: 'Ada' });
  const token = forge.addToken({ user: 'ada' });
  const repo = forge.repo('acme/app', { git: join(base, 'app.git') });
  const first = repo.pushCommit({ branch: 'main', message: 'first', files: start, by: 'ada' });
  repo.commit({ branch: 'staging', parents: [first], message: 'staging', files: { 's.txt': 's\n' } });
  repo.push({ branch: 'staging', by: 'ada' });
  repo.commit({ branch: 'staging', parents: [first], message: 'back', files: {} });
  const env = { ...jobEnvironment(forge, { token }), GITHUB_SERVER_URL: forge.url, TMPDIR: scratch };
  const commit = (branch: string, files: Record<string, string | null>, message = `on ${branch}`): string =>
    repo.pushCommit({ branch, message, files, by: 'ada' });
  const sync = (...more: string[]) =>
    runScript(
      'sync-branch',
      ['--from', 'main', '--to', 'staging', ...(transport ? ['--transport', transport] : []), ...more],
      {
        env,
        runner: true,
      },
    );
  const tip = (branch: string): string => repo.branches.get(branch) ?? '';
  return { forge, repo, first, commit, sync, tip, scratch, bare: join(base, 'app.git') };
}

test('a fast-forward that was answered 200 by somebody else, as by a login page, is not said to be done', async () => {
  const { forge, repo, commit, sync, tip } = await startBranches('github');
  repo.setBranch('staging', tip('main'));
  const before = tip('staging');
  commit('main', { 'b.txt': 'bb\n' });
  // In front of the server: what is asked for does not reach it.
  const [serve] = forge.server.listeners('request') as ((...args: unknown[]) => void)[];
  forge.server.removeAllListeners('request');
  forge.server.on('request', (request, response) => {
    if (request.method === 'PATCH') response.end('<!DOCTYPE html><title>Sign in</title>');
    else serve?.(request, response);
  });
  const result = await sync();
  assert.equal(tip('staging'), before);
  assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
});

/** Two runs: the first opens pull request `number` for the conflict, the second finds it. */
async function assertOpenedOnce(
  sync: (...more: string[]) => Promise<ScriptResult>,
  number: number,
): Promise<void> {
  for (const words of ['opened', 'is open already']) {
    const result = await sync('--pr-on-conflict');
    assert.deepEqual([result.code, result.outputs['pr']], [1, String(number)], result.stdout);
    assert.match(result.stdout, new RegExp(`pull request ${number} ${words}`));
  }
}

for (const [flavour, transport] of [
  ['gitea-1.22.6', undefined],
  ['gitea-1.25.4', undefined],
  ['github', undefined],
  ['github', 'git'],
] as const) {
  const skip = (flavour !== 'github' || transport === 'git') && withoutGit;
  describe(`sync-branch on ${flavour}${transport ? ` by ${transport}` : ''}`, { skip }, () => {
    test('in sync, then a fast-forward, then a merge commit, then in sync again', async () => {
      const { forge, repo, commit, sync, tip, scratch } = await startBranches(flavour, transport);
      repo.setBranch('staging', tip('main'));
      const same = await sync();
      assert.deepEqual(
        [same.code, same.outputs['decision'], same.outputs['sha']],
        [0, 'in-sync', tip('main')],
        same.stdout + same.stderr,
      );
      const newest = commit('main', { 'b.txt': 'bb\n' });
      const dry = await sync('--dry-run');
      assert.equal(dry.outputs['decision'], 'fast-forwarded');
      assert.notEqual(tip('staging'), newest);
      const forward = await sync();
      assert.deepEqual([forward.code, forward.outputs['decision']], [0, 'fast-forwarded'], forward.stdout);
      assert.equal(tip('staging'), newest);
      // The embedded GitHub merges whole files; git merges lines.
      const byLines = flavour !== 'github' || transport === 'git';
      const theirs = commit(
        'main',
        byLines ? { 'a.txt': text('one', '2', '3', '4', '5', '6') } : { 'c.txt': 'c\n' },
      );
      const ours = commit('staging', { 'a.txt': text('1', '2', '3', '4', '5', 'six') });
      const merged = await sync();
      assert.deepEqual([merged.code, merged.outputs['decision']], [0, 'merged'], merged.stdout);
      assert.deepEqual(repo.commitOf(tip('staging')).parents, [ours, theirs]);
      const first = byLines ? 'one' : '1';
      assert.equal(
        repo.readFile(tip('staging'), 'a.txt')?.toString(),
        text(first, '2', '3', '4', '5', 'six'),
      );
      assert.equal(merged.outputs['sha'], tip('staging'));
      if (byLines) assert.equal(repo.commitOf(tip('staging')).author.name, 'Ada');
      assert.equal((await sync()).outputs['decision'], 'in-sync');
      assert.deepEqual(readdirSync(scratch), []);
      assert.deepEqual(forge.unexpected, []);
      await forge.close();
    });

    test('equal trees on two lines are in sync, and nothing is written', async () => {
      const { forge, commit, sync, tip } = await startBranches(flavour, transport);
      commit('main', { 'c.txt': 'c\n' }, 'squashed');
      const before = commit(
        'staging',
        { 's.txt': null, 'a.txt': start['a.txt'], 'c.txt': 'c\n' },
        'the same by hand',
      );
      const result = await sync();
      assert.deepEqual([result.code, result.outputs['decision']], [0, 'in-sync'], result.stdout);
      assert.equal(tip('staging'), before);
      await forge.close();
    });

    test('a conflict names the files that conflict, and one pull request, never a second', async () => {
      const { forge, repo, commit, sync, tip } = await startBranches(flavour, transport);
      commit('main', { 'a.txt': text('main', '2', '3', '4', '5', '6'), 'b.txt': 'x\n', 'clean.txt': '1\n' });
      commit('staging', { 'a.txt': text('1', '2', '3', '4', '5', 'staging'), 'b.txt': 'y\n' });
      const before = tip('staging');
      const plain = await sync();
      assert.deepEqual([plain.code, plain.outputs['decision']], [1, 'conflict'], plain.stdout);
      assert.deepEqual(plain.stdout.match(/^conflict: .*$/gm), ['conflict: b.txt']);
      assert.equal(repo.pulls.length, 0);
      const first = await sync('--pr-on-conflict');
      assert.deepEqual([first.code, first.outputs['pr']], [1, '1'], first.stdout);
      const second = await sync('--pr-on-conflict');
      assert.deepEqual([second.code, second.outputs['pr']], [1, '1']);
      assert.match(second.stdout, /pull request 1 is open already/);
      assert.equal(repo.pulls.length, 1);
      assert.equal(tip('staging'), before);
      await forge.close();
    });

    test('a pull request of the pair that is merged or from a fork is not the one', async () => {
      const { forge, repo, commit, sync } = await startBranches(flavour, transport);
      const pair = { title: 'x', head: 'main', base: 'staging' };
      const merged = openPull(repo, pair);
      Object.assign(merged, {
        state: 'closed',
        merged: true,
        mergedAt: 1,
        mergeSha: repo.branches.get('staging'),
      });
      openPull(repo, { ...pair, headOwner: 'mallory' });
      commit('main', { 'b.txt': 'x\n' });
      commit('staging', { 'b.txt': 'y\n' });
      await assertOpenedOnce(sync, 3);
      assert.equal(repo.pulls.length, 3);
      await forge.close();
    });

    test('a pull request that somebody closed is not the open one: another is opened, once', async () => {
      const { forge, repo, commit, sync } = await startBranches(flavour, transport);
      commit('main', { 'b.txt': 'x\n' });
      commit('staging', { 'b.txt': 'y\n' });
      assert.equal((await sync('--pr-on-conflict')).outputs['pr'], '1');
      Object.assign(repo.pulls[0] ?? {}, {
        state: 'closed',
        closedAt: 1,
        lastHead: repo.branches.get('main'),
      });
      await assertOpenedOnce(sync, 2);
      assert.equal(repo.pulls.length, 2);
      await forge.close();
    });

    test('a protected branch gets a pull request, said so, and never a second', async () => {
      const { forge, repo, commit, sync, tip } = await startBranches(flavour, transport);
      commit('main', { 'c.txt': 'c\n' });
      commit('staging', { 'd.txt': 'd\n' });
      repo.protect('staging', { push: false });
      const before = tip('staging');
      for (const words of [/pull request 1 opened/, /pull request 1 is open already/]) {
        const result = await sync();
        assert.deepEqual(
          [result.code, result.outputs['decision'], result.outputs['pr']],
          [0, 'pr', '1'],
          result.stdout,
        );
        assert.match(result.stdout, /staging is protected/);
        assert.match(result.stdout, words);
        const record = JSON.parse((await sync('--json')).stdout);
        assert.deepEqual([record.decision, record.changed], ['pr', false]);
      }
      assert.equal(tip('staging'), before);
      await forge.close();
    });

    test('a merge commit alone, as of a promotion, is taken over, and is no empty pull request', async () => {
      const { forge, repo, first, commit, sync, tip } = await startBranches(flavour, transport);
      const ours = commit('staging', { 'c.txt': 'c\n' });
      const theirs = repo.commit({
        branch: 'main',
        parents: [first, ours],
        message: 'promotion',
        files: { 'c.txt': 'c\n' },
      });
      repo.push({ branch: 'main', by: 'ada' });
      repo.protect('staging', { push: false });
      for (const more of [['--dry-run'], []]) {
        // GitHub tells of protection only when it is written to.
        const foreseen = more.length > 0 && flavour === 'github' ? 'fast-forwarded' : 'in-sync';
        const result = await sync(...more);
        assert.deepEqual([result.code, result.outputs['decision']], [0, foreseen], result.stdout);
        assert.deepEqual([tip('staging'), repo.pulls.length], [ours, 0]);
      }
      repo.protect('staging', { push: true });
      assert.equal((await sync()).outputs['decision'], 'fast-forwarded');
      assert.equal(tip('staging'), theirs);
      await forge.close();
    });

    test('a missing branch and a wrong token are not told', async () => {
      const { forge, sync } = await startBranches(flavour, transport);
      const result = await runScript('sync-branch', ['--from', 'nope', '--to', 'staging'], {
        env: {
          ...jobEnvironment(forge, { token: forge.addToken({ user: 'ada' }) }),
          GITHUB_SERVER_URL: forge.url,
        },
      });
      assert.equal(result.code, 3, result.stdout);
      assert.match(result.stdout, /; check the name, and that the token may see it/);
      forge.world.tokens.clear();
      assert.equal((await sync()).code, 3);
      await forge.close();
    });
  });
}

describe('sync-branch', () => {
  test('git is not sent to a server on plain http, nor to what is no address', async () => {
    const { forge } = await startBranches('gitea-1.22.6');
    const token = forge.addToken({ user: 'ada' });
    for (const [server, words] of [
      ['http://forge.example', /Cannot use GITHUB_SERVER_URL: http:\/\/forge\.example: it is plain http/],
      ['forge.example', /Cannot use GITHUB_SERVER_URL: "forge\.example" is no URL/],
    ] as const) {
      const result = await runScript('sync-branch', ['--from', 'main', '--to', 'staging'], {
        env: { ...jobEnvironment(forge, { token }), GITHUB_SERVER_URL: server },
      });
      assert.equal(result.code, 2, result.stdout + result.stderr);
      assert.match(result.stderr, words);
    }
    assert.deepEqual([forge.calls, forge.gitRequests], [[], []]);
    await forge.close();
  });

  test(
    'a branch that moves while we merge is read again; at every attempt it is refused',
    { skip: withoutGit },
    async () => {
      const { forge, repo, commit, sync, tip } = await startBranches('gitea-1.22.6');
      commit('main', { 'c.txt': 'c\n' });
      let moves = 1;
      forge.options.onRequest = (request) => {
        if (request.path.endsWith('/branches/staging') && moves-- > 0)
          commit('staging', { [`m${moves}`]: 'x\n' }, 'human');
      };
      const result = await sync();
      assert.equal(result.outputs['decision'], 'merged', result.stdout);
      assert.ok(repo.readFile(tip('staging'), 'm0'));
      commit('main', { 'd.txt': 'd\n' });
      moves = 100;
      const lost = await sync();
      assert.deepEqual([lost.code, lost.outputs['decision']], [1, 'refused'], lost.stdout);
      assert.match(lost.stdout, /after 3 attempts/);
      await forge.close();
    },
  );

  test(
    'of several at once one says that it merged, the others that it is so',
    { skip: withoutGit },
    async () => {
      for (const flavour of ['gitea-1.22.6', 'github'] as const) {
        const { forge, repo, commit, sync, tip } = await startBranches(flavour);
        const theirs = commit('main', { 'c.txt': 'c\n' });
        const ours = commit('staging', { 'd.txt': 'd\n' });
        // The other merge is made between the look at the branches and the write.
        const due = flavour === 'github' ? /^POST \S+\/merges$/ : /^GET \S+\/branches\/staging$/;
        let other = '';
        forge.options.onRequest = ({ call }) => {
          if (other !== '' || !due.test(call)) return;
          other = repo.commit({
            branch: 'staging',
            parents: [ours, theirs],
            message: 'another run',
            files: {},
          });
        };
        const result = await sync('--record', join(root, 'record.json'));
        assert.notEqual(other, '');
        assert.deepEqual([result.code, result.outputs['decision']], [0, 'in-sync'], result.stdout);
        assert.equal(JSON.parse(readFileSync(join(root, 'record.json'), 'utf8')).changed, false);
        assert.equal(tip('staging'), other);
        await forge.close();
      }
    },
  );

  test('a merge whose answer is lost is found when read again', async () => {
    for (const then of ['reset', 502] as const) {
      const { forge, repo, commit, sync, tip } = await startBranches('github');
      const theirs = commit('main', { 'c.txt': 'c\n' });
      const ours = commit('staging', { 'd.txt': 'd\n' });
      let spoilt = 0;
      forge.setFault((request) =>
        /^POST \S+(\/merges|\/git-receive-pack)$/.test(request.call) && spoilt++ === 0
          ? { kind: 'after-write', then }
          : null,
      );
      const result = await sync();
      assert.deepEqual([result.code, result.outputs['decision']], [0, 'merged'], result.stdout);
      assert.deepEqual(repo.commitOf(tip('staging')).parents, [ours, theirs]);
      assert.equal(spoilt, 1);
      await forge.close();
    }
  });

  test('a server that fails at every write is no refusal', async () => {
    const { forge, commit, sync, tip } = await startBranches('github');
    commit('main', { 'c.txt': 'c\n' });
    const ours = commit('staging', { 'd.txt': 'd\n' });
    forge.setFault(({ method }) => (method === 'POST' ? { kind: 'reset' } : null));
    const result = await sync();
    assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    assert.match(result.stdout, /^::error::Cannot merge .* into staging of acme\/app: POST /m);
    assert.equal(tip('staging'), ours);
    await forge.close();
  });

  test('protection that only the write reveals leads to a pull request, in all its words', async () => {
    for (const [status, message] of [
      [
        403,
        "You're not authorized to push to this branch. Visit https://docs.github.com for more information.",
      ],
      [409, 'Required status check "ci" is expected.'],
      [409, '2 of 2 required status checks are expected.'],
      [422, 'At least 1 approving review is required by reviewers with write access.'],
      [422, 'Cannot update this protected ref.'],
      [422, 'Changes must be made through a pull request.'],
      [422, 'Changes must be made through the merge queue'],
    ] as const) {
      const { forge, repo, commit, sync, tip } = await startBranches('github');
      commit('main', { 'c.txt': 'c\n' });
      const ours = commit('staging', { 'd.txt': 'd\n' });
      const body = JSON.stringify({ message });
      forge.setFault(({ call }) => {
        if (/^POST .*\/merges$/.test(call)) return { kind: 'answer', status, body };
        // The embedded server spoils the answer alone; what it wrote is taken back before anyone looks.
        repo.setBranch('staging', ours);
        return null;
      });
      const result = await sync();
      assert.deepEqual([result.code, result.outputs['decision']], [0, 'pr'], result.stdout);
      assert.deepEqual([repo.pulls.length, tip('staging')], [1, ours]);
      await forge.close();
    }
  });

  test("a hook's refusal by the API is refused with its words", async () => {
    const { forge, repo, commit, sync } = await startBranches('github');
    commit('main', { 'c.txt': 'c\n' });
    commit('staging', { 'd.txt': 'd\n' });
    const body = JSON.stringify({ message: 'pre-receive hook declined: Frozen until Monday' });
    forge.setFault(({ call }) =>
      /^POST .*\/merges$/.test(call) ? { kind: 'answer', status: 422, body } : null,
    );
    const result = await sync();
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'refused'], result.stdout);
    assert.match(result.stdout, /Frozen until Monday/);
    assert.equal(repo.pulls.length, 0);
    await forge.close();
  });

  test(
    'a dry run on a branch that is known to be protected foresees the pull request',
    { skip: withoutGit },
    async () => {
      const { forge, repo, commit, sync } = await startBranches('gitea-1.22.6');
      commit('main', { 'c.txt': 'c\n' });
      repo.protect('staging', { push: false });
      const result = await sync('--dry-run');
      assert.deepEqual([result.code, result.outputs['decision']], [0, 'pr'], result.stdout);
      assert.match(result.outputs['reason'] ?? '', /a pull request would bring main over/);
      assert.equal(repo.pulls.length, 0);
      await forge.close();
    },
  );

  test('a branch that was renamed is not read by its new name', async () => {
    const { forge, commit, sync, tip } = await startBranches('github');
    commit('main', { 'c.txt': 'c\n' });
    const before = tip('staging');
    forge.setFault(({ method, path }) =>
      method === 'GET' && path.endsWith('/branches/main')
        ? {
            kind: 'answer',
            status: 301,
            headers: { location: `${forge.apiUrl}/repos/acme/app/branches/staging` },
            body: '{}',
          }
        : null,
    );
    const result = await sync();
    assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    assert.match(result.stdout, /it is about the branch .staging/);
    assert.equal(tip('staging'), before);
    await forge.close();
  });

  test('a repository of SHA-256 is merged too', { skip: withoutGit }, async () => {
    const { forge, sync, scratch, bare } = await startBranches('gitea-1.22.6');
    const work = join(scratch, 'work');
    rmSync(bare, { recursive: true });
    const git = (cwd: string, ...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
        cwd,
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim();
    git(scratch, 'init', '--quiet', '--bare', '--object-format=sha256', bare);
    git(bare, 'config', 'http.receivepack', 'true');
    git(scratch, 'init', '--quiet', '--object-format=sha256', '--initial-branch=main', work);
    git(work, 'commit', '--quiet', '--allow-empty', '-m', 'first');
    git(work, 'branch', 'staging');
    for (const branch of ['main', 'staging']) {
      git(work, 'checkout', '--quiet', branch);
      writeFileSync(join(work, branch), branch);
      git(work, 'add', '.');
      git(work, 'commit', '--quiet', '-m', branch);
      git(work, 'push', '--quiet', bare, branch);
    }
    const result = await sync();
    assert.deepEqual([result.code, result.outputs['decision']], [0, 'merged'], result.stdout);
    assert.match(result.outputs['sha'] ?? '', /^[0-9a-f]{64}$/);
    assert.equal(git(bare, 'rev-parse', 'staging'), result.outputs['sha']);
    await forge.close();
  });

  test("a hook's refusal is refused with its words", { skip: withoutGit }, async () => {
    const { forge, commit, sync, bare } = await startBranches('gitea-1.22.6');
    commit('main', { 'c.txt': 'c\n' });
    writeFileSync(join(bare, 'hooks', 'pre-receive'), '#!/bin/sh\necho "Frozen until Monday" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const result = await sync();
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'refused'], result.stdout);
    assert.match(result.stdout, /Frozen until Monday/);
    await forge.close();
  });

  test('wrong calls end with 2 before any request', async () => {
    const { forge } = await startBranches('gitea-1.22.6');
    const env = jobEnvironment(forge, { token: 'x'.repeat(40) });
    const rows = [
      ['--to', 'staging'],
      ['--from', 'main', '--to', 'main'],
      ['--from', 'a b', '--to', 'c'],
      ['--from', '-x', '--to', 'c'],
      ['--from', 'main', '--to', 'staging', '--transport', 'api'],
      ['--from', 'main', '--to', 'staging', '--transport', 'ssh'],
    ];
    for (const args of rows) {
      const result = await runScript('sync-branch', args, { env });
      assert.equal(result.code, 2, args.join(' ') + result.stdout);
      assert.equal(result.stderr.trim().split('\n').length, 1);
    }
    assert.deepEqual(forge.requests, []);
    await forge.close();
  });

  test('lines that both sides change apart merge, those that touch do not', () => {
    const base = text('1', '2', '3', '4', '5');
    assert.equal(mergesCleanly(base, text('x', '2', '3', '4', '5'), text('1', '2', '3', '4', 'y')), true);
    assert.equal(mergesCleanly(base, text('x', '2', '3', '4', '5'), text('y', '2', '3', '4', '5')), false);
    assert.equal(mergesCleanly(base, text('x', '2', '3', '4', '5'), text('1', 'y', '3', '4', '5')), false);
    assert.equal(mergesCleanly(base, text('x', '2', '3', '4', '5'), text('x', '2', '3', '4', '5')), true);
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 }).map((list) => text(...list));
    fc.assert(
      fc.property(lines, lines, lines, (one, two, three) => {
        assert.equal(mergesCleanly(one, two, three), mergesCleanly(one, three, two));
        assert.equal(mergesCleanly(one, two, two), true);
        assert.equal(mergesCleanly(one, one, two), true);
      }),
    );
  });
});
