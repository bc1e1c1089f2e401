import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeMessage } from '../lib/cascade/message.ts';
import { takeShard } from '../lib/cascade/targets.ts';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';

const folder = mkdtempSync(join(tmpdir(), 'cascade-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const file = '.runtime-version';
type Flavour = 'gitea-1.22.6' | 'gitea-1.25.4' | 'github';

/** A forge with targets acme/r1 …, each at 0.1.6. */
async function startTargets(flavour: Flavour, count: number) {
  const forge = await startForge({ flavour });
  // A test that fails must not keep the process alive.
  forge.server.unref();
  forge.user('ada', { admin: true });
  const token = forge.addToken({ user: 'ada' });
  const repos = Array.from({ length: count }, (_, index) => {
    const repo = forge.repo(`acme/r${index + 1}`);
    repo.pushCommit({
      branch: 'main',
      message: 'first',
      files: { 'README.md': '#\n', [file]: '0.1.6\n' },
      by: 'ada',
    });
    return repo;
  });
  const env = jobEnvironment(forge, { token, repo: 'acme/runtime' });
  const at = (repo: (typeof repos)[number]) =>
    repo.readFile(repo.branches.get('main') ?? '', file)?.toString();
  const log = (repo: (typeof repos)[number]): string[] => {
    const messages: string[] = [];
    for (let sha = repo.branches.get('main'); sha !== undefined; sha = repo.commitOf(sha).parents[0]) {
      messages.push(repo.commitOf(sha).message);
    }
    return messages;
  };
  return { forge, repos, token, env, at, log };
}

const targets = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => ['--target', `acme/r${index + 1}`]).flat();
const fast = ['--write-interval', '0s'];
const writes = (calls: readonly string[]): string[] => calls.filter((call) => !call.startsWith('GET '));

for (const flavour of ['gitea-1.22.6', 'gitea-1.25.4', 'github'] as const) {
  describe(`cascade on ${flavour}`, () => {
    test('writes what lags, leaves what is there, makes what is missing, and a second run writes nothing', async () => {
      const { forge, repos, env, at, log } = await startTargets(flavour, 3);
      const [one, two, three] = repos as [(typeof repos)[0], (typeof repos)[0], (typeof repos)[0]];
      two.pushCommit({ branch: 'main', message: 'there', files: { [file]: '0.1.7\n' }, by: 'ada' });
      three.pushCommit({ branch: 'main', message: 'gone', files: { [file]: null }, by: 'ada' });
      const report = join(folder, `${flavour}.json`);
      const args = ['--version', '0.1.7', ...targets(3), ...fast, '--report', report];
      const result = await runScript('cascade', args, { env, runner: true });
      assert.equal(result.code, 0, result.stdout + result.stderr);
      assert.deepEqual(repos.map(at), ['0.1.7\n', '0.1.7\n', '0.1.7\n']);
      assert.equal(log(one)[0]?.trim(), 'chore: pin runtime to 0.1.7 (acme/runtime cascade)');
      assert.match(result.stdout, /^cascade: complete: 2 updated, 1 unchanged$/m);
      assert.deepEqual(JSON.parse(result.outputs['updated'] ?? ''), ['acme/r1', 'acme/r3']);
      assert.deepEqual(JSON.parse(result.outputs['unchanged'] ?? ''), ['acme/r2']);
      assert.equal(result.outputs['changed'], 'true');
      const rows = JSON.parse(readFileSync(report, 'utf8'));
      assert.deepEqual(
        rows.targets.map((row: { target: string; state: string; sha?: string }) => [
          row.target,
          row.state,
          row.sha,
        ]),
        [
          ['acme/r1', 'updated', one.branches.get('main')],
          ['acme/r2', 'unchanged', undefined],
          ['acme/r3', 'updated', three.branches.get('main')],
        ],
      );
      assert.equal(writes(forge.calls).length, 2);
      const before = forge.requests.length;
      const again = await runScript('cascade', args, { env, runner: true });
      assert.match(again.stdout, /^cascade: complete: 0 updated, 3 unchanged$/m);
      assert.equal(again.outputs['changed'], 'false');
      assert.equal(forge.requests.length - before, 4, 'GET /user and one read a target');
      assert.deepEqual(forge.unexpected, []);
      await forge.close();
    });

    test('a target that fails stops no other; the verdict names classes and the command that resumes', async () => {
      const { forge, repos, env, at } = await startTargets(flavour, 4);
      repos[0]!.archived = true;
      repos[1]!.protect('main', { push: false });
      const report = join(folder, `${flavour}-fail.json`);
      const args = [
        '--version',
        '0.1.7',
        ...targets(4),
        '--target',
        'acme/nope',
        ...fast,
        '--report',
        report,
      ];
      const result = await runScript('cascade', args, { env, runner: true });
      assert.equal(result.code, 1, result.stdout);
      assert.match(
        result.stdout,
        /^cascade: incomplete: failed acme\/r1 \(archived\), acme\/r2 \(protected\), acme\/nope \(not-found\); 2 updated, 0 unchanged$/m,
      );
      assert.deepEqual(repos.map(at), ['0.1.6\n', '0.1.6\n', '0.1.7\n', '0.1.7\n']);
      const next = /^next: node vendor\/cascade\.mjs (.*)$/m.exec(result.stdout)?.[1];
      assert.equal(next, `--version 0.1.7 --only-failed ${report} --report ${report}`);
      const ends = result.stdout.slice(result.stdout.lastIndexOf('[5/5]')).match(/^acme\/\w+(?=: )/gm);
      assert.deepEqual(ends, ['acme/r1', 'acme/r2', 'acme/r3', 'acme/r4', 'acme/nope']);
      repos[0]!.archived = false;
      repos[1]!.protections.clear();
      forge.repo('acme/nope').pushCommit({ branch: 'main', message: 'm', files: { a: 'b' }, by: 'ada' });
      const before = forge.requests.length;
      const resumed = await runScript('cascade', [...(next ?? '').split(' '), ...fast], {
        env,
        runner: true,
      });
      assert.match(resumed.stdout, /^cascade: complete: 3 updated, 0 unchanged$/m);
      assert.ok(!forge.calls.slice(before).some((call) => /r[34]/.test(call)));
      await forge.close();
    });

    for (const then of ['reset', 500, 502, 'hang', 409, 422] as const) {
      test(`a write that lands and is answered with ${then} is one commit and updated`, async () => {
        const { forge, repos, env, log } = await startTargets(flavour, 1);
        let spoilt = 0;
        forge.setFault((request) =>
          request.method !== 'GET' && spoilt++ === 0 ? { kind: 'after-write', then } : null,
        );
        const quick = { ...env, SWITCHYARD_HTTP_TIMEOUT_MS: '500' };
        const report = join(folder, `${flavour}-${then}.json`);
        const args = ['--version', '0.1.7', ...targets(1), ...fast, '--report', report];
        const result = await runScript('cascade', args, { env: quick, runner: true });
        assert.equal(result.code, 0, result.stdout);
        assert.match(result.stdout, /^cascade: complete: 1 updated, 0 unchanged$/m);
        assert.equal(log(repos[0]!).length, 2);
        assert.equal(JSON.parse(readFileSync(report, 'utf8')).targets[0].sha, repos[0]!.branches.get('main'));
        await forge.close();
      });
    }

    test('lost races are written on top, and used-up attempts are a conflict', async () => {
      const { forge, repos, env, at, log } = await startTargets(flavour, 1);
      let pushes = 2;
      forge.options.onRequest = (request) => {
        if (request.method === 'GET' || pushes-- <= 0) return;
        repos[0]!.pushCommit({
          branch: 'main',
          message: 'human',
          files: { [file]: `0.0.${pushes}\n` },
          by: 'ada',
        });
      };
      const args = ['--version', '0.1.7', ...targets(1), ...fast];
      const result = await runScript('cascade', args, { env, runner: true });
      assert.match(result.stdout, /^cascade: complete: 1 updated/m);
      assert.equal(at(repos[0]!), '0.1.7\n');
      assert.equal(log(repos[0]!).filter((message) => message.startsWith('human')).length, 2);
      pushes = 100;
      const args2 = ['--version', '0.1.8', ...targets(1), ...fast, '--attempts', '2'];
      const before = writes(forge.calls).length;
      const lost = await runScript('cascade', args2, { env, runner: true });
      assert.equal(lost.code, 1);
      assert.match(lost.stdout, /failed acme\/r1 \(conflict\)/);
      assert.equal(writes(forge.calls).length - before, 2);
      await forge.close();
    });

    test('a file that is deleted or made between our reading and our writing is written on top', async () => {
      const { forge, repos, env, at } = await startTargets(flavour, 2);
      const away = (index: number, text: string | null): void =>
        void repos[index]!.pushCommit({
          branch: 'main',
          message: 'human',
          files: { [file]: text },
          by: 'ada',
        });
      away(1, null);
      const open = new Map([
        ['r1', () => away(0, null)],
        ['r2', () => away(1, '0.0.1\n')],
      ]);
      forge.options.onRequest = ({ method, path }) => {
        const name = /acme\/(r\d)\/contents/.exec(path)?.[1] ?? '';
        if (method === 'GET') return;
        open.get(name)?.();
        open.delete(name);
      };
      const result = await runScript('cascade', ['--version', '0.1.7', ...targets(2), ...fast], {
        env,
        runner: true,
      });
      assert.match(result.stdout, /^cascade: complete: 2 updated, 0 unchanged$/m);
      assert.deepEqual([open.size, ...repos.map(at)], [0, '0.1.7\n', '0.1.7\n']);
      await forge.close();
    });

    test('--check writes nothing: lags is 1, in sync 0, unreadable 3', async () => {
      const { forge, repos, env } = await startTargets(flavour, 2);
      const check = async (version: string, ...more: string[]) =>
        runScript('cascade', ['--version', version, ...targets(2), '--check', ...more], {
          env,
          runner: true,
        });
      repos[1]!.pushCommit({ branch: 'main', message: 'x', files: { [file]: '0.1.7\n' }, by: 'ada' });
      const lags = await check('0.1.7');
      assert.deepEqual(
        [lags.code, lags.outputs['decision'], lags.outputs['lagging']],
        [1, 'lags', '["acme/r1"]'],
      );
      repos[0]!.pushCommit({ branch: 'main', message: 'x', files: { [file]: '0.1.7\n' }, by: 'ada' });
      const synced = await check('0.1.7');
      assert.deepEqual([synced.code, synced.outputs['decision']], [0, 'in-sync']);
      const unread = await check('0.1.7', '--target', 'acme/nope');
      assert.deepEqual([unread.code, unread.outputs['decision']], [3, 'unknown']);
      assert.deepEqual(writes(forge.calls), []);
      await forge.close();
    });

    test('the required file: without it a repository is skipped, hidden it is not', async () => {
      const { forge, repos, env } = await startTargets(flavour, 2);
      const needed = '.github/workflows/publish-image.yml';
      repos[1]!.pushCommit({ branch: 'main', message: 'x', files: { [needed]: 'on: push\n' }, by: 'ada' });
      forge.repo('acme/empty');
      const args = ['--version', '0.1.7', ...targets(2), '--target', 'acme/empty', '--target', 'acme/hidden'];
      const result = await runScript('cascade', [...args, '--require-file', needed, ...fast], {
        env,
        runner: true,
      });
      assert.equal(result.code, 1);
      assert.equal(result.outputs['skipped'], '["acme/r1","acme/empty"]');
      assert.equal(result.outputs['updated'], '["acme/r2"]');
      assert.match(result.stdout, /failed acme\/hidden \(not-found\)/);
      const skips = await runScript('cascade', [...args.slice(0, -2), '--require-file', needed], {
        env,
        runner: true,
      });
      assert.equal(skips.code, 0);
      assert.match(
        skips.stdout,
        /^cascade: complete with skips: 0 updated, 1 unchanged; skipped acme\/r1, acme\/empty$/m,
      );
      await forge.close();
    });

    test('an empty repository gets its first commit, a branch that is not there is not made', async () => {
      const { forge, env } = await startTargets(flavour, 1);
      const empty = forge.repo('acme/empty');
      const result = await runScript('cascade', ['--version', '1', '--target', 'acme/empty'], {
        env,
        runner: true,
      });
      assert.equal(result.code, 0, result.stdout);
      assert.equal(empty.readFile(empty.branches.get('main') ?? '', file)?.toString(), '1\n');
      const branch = await runScript('cascade', ['--version', '1', ...targets(1), '--branch', 'nope'], {
        env,
        runner: true,
      });
      assert.match(branch.stdout, /failed acme\/r1 \(not-found\)/);
      await forge.close();
    });

    test('a downgrade is written with a warning, or skipped; what has no order is written', async () => {
      const { forge, repos, env, at } = await startTargets(flavour, 2);
      repos[1]!.pushCommit({ branch: 'main', message: 'x', files: { [file]: 'nightly\n' }, by: 'ada' });
      const args = ['--version', '0.1.5', ...targets(2), ...fast];
      const kept = await runScript('cascade', [...args, '--no-downgrade'], { env, runner: true });
      assert.equal(kept.code, 0);
      assert.match(
        kept.stdout,
        /complete with skips: 1 updated, 0 unchanged; skipped acme\/r1 \(downgrade\)/,
      );
      assert.match(kept.stdout, /^::warning::acme\/r2: cannot be ordered: nightly → 0.1.5/m);
      assert.deepEqual(repos.map(at), ['0.1.6\n', '0.1.5\n']);
      const check = await runScript('cascade', [...args, '--no-downgrade', '--check'], { env, runner: true });
      assert.equal(check.code, 0, 'what a run would skip does not lag');
      assert.equal(check.outputs['skipped'], '["acme/r1"]');
      const written = await runScript('cascade', args, { env, runner: true });
      assert.match(written.stdout, /^::warning::acme\/r1: a lower version: 0.1.6 → 0.1.5/m);
      assert.equal(at(repos[0]!), '0.1.5\n');
      await forge.close();
    });
  });
}

describe('cascade', () => {
  test("the job's own token is told so at once, and nothing is touched", async () => {
    const { forge, env } = await startTargets('gitea-1.22.6', 1);
    const token = forge.addToken({ jobOf: 'acme/r1' });
    const result = await runScript('cascade', ['--version', '1', ...targets(1)], {
      env: { ...env, SWITCHYARD_TOKEN: token },
      runner: true,
    });
    assert.equal(result.code, 3);
    assert.match(result.stdout, /this is the job's own token; it cannot write to other repositories/);
    assert.deepEqual(writes(forge.calls), []);
    await forge.close();
  });

  for (const [whose, code] of [
    ['a user', 0],
    ['a job', 3],
  ] as const) {
    test(`the first targets are read while the forge is asked who writes, and nothing is written before it says ${whose}`, async () => {
      const { forge, env, token } = await startTargets('gitea-1.22.6', 5);
      const job = forge.addToken({ jobOf: 'acme/r1' });
      let wrote = (): void => undefined;
      const aWrite = new Promise<void>((resolve) => (wrote = resolve));
      let read = (): void => undefined;
      const threeReads = new Promise<void>((resolve) => (read = resolve));
      let before: string[] = [];
      forge.options.onRequest = async ({ call }) => {
        if (!call.startsWith('GET ')) wrote();
        if (forge.calls.filter((seen) => seen.includes('/contents/')).length >= 3) read();
        if (call !== 'GET /user') return;
        await threeReads;
        // Long enough for a run that would not wait to have written.
        await Promise.race([aWrite, sleep(300)]);
        before = [...forge.calls];
      };
      const report = join(folder, 'ahead.json');
      rmSync(report, { force: true });
      const result = await runScript(
        'cascade',
        ['--version', '0.1.7', ...targets(5), '--concurrency', '3', '--report', report],
        { env: { ...env, SWITCHYARD_TOKEN: whose === 'a user' ? token : job }, runner: true },
      );
      assert.equal(result.code, code, result.stdout);
      const isRead = (name: string): boolean => before.includes(`GET /repos/acme/${name}/contents/${file}`);
      assert.deepEqual(['r1', 'r2', 'r3', 'r4', 'r5'].map(isRead), [true, true, true, false, false]);
      assert.deepEqual(writes(before), []);
      assert.equal(writes(forge.calls).length, whose === 'a user' ? 5 : 0);
      assert.equal(new Set(forge.calls).size, forge.calls.length, 'nothing is asked twice');
      assert.equal(/^\[\d\/5\]/m.test(result.stdout), whose === 'a user');
      assert.equal(existsSync(report), whose === 'a user');
      await forge.close();
    });
  }

  test('what was read long before the forge said whose token it is, is read again', async () => {
    const { forge, env, repos, at } = await startTargets('gitea-1.22.6', 2);
    repos[0]!.pushCommit({ branch: 'main', message: 'there', files: { [file]: '0.1.7\n' }, by: 'ada' });
    let asked = 0;
    forge.setFault(({ call }) => {
      if (/\/r2\/contents/.test(call) && asked < 2) return { kind: 'answer', status: 403, body: '{}' };
      if (call !== 'GET /user' || asked++ > 0) return null;
      return { kind: 'answer', status: 503, headers: { 'retry-after': '6' }, body: '{}' };
    });
    forge.options.onRequest = ({ call }) => {
      if (call !== 'GET /user' || asked !== 1) return;
      repos[0]!.pushCommit({ branch: 'main', message: 'back', files: { [file]: '0.1.6\n' }, by: 'ada' });
    };
    const result = await runScript('cascade', ['--version', '0.1.7', ...targets(2)], {
      env: { ...env, SWITCHYARD_HTTP_DEADLINE_MS: '60000' },
      runner: true,
    });
    assert.match(result.stdout, /^cascade: complete: 2 updated, 0 unchanged$/m);
    assert.deepEqual(repos.map(at), ['0.1.7\n', '0.1.7\n']);
    await forge.close();
  });

  test('an unknown token ends with 3, a missing scope for /user is a warning, a missing write scope is named', async () => {
    const { forge, env } = await startTargets('gitea-1.22.6', 1);
    const run = (token: string) =>
      runScript('cascade', ['--version', '1', ...targets(1)], {
        env: { ...env, SWITCHYARD_TOKEN: token },
        runner: true,
      });
    const unknown = await run('f'.repeat(40));
    assert.equal(unknown.code, 3);
    assert.match(unknown.stdout, /token invalid or expired/);
    assert.deepEqual(writes(forge.calls), []);
    const none = await run('');
    assert.equal(none.code, 3);
    assert.match(none.stdout, /no token was given: set SWITCHYARD_TOKEN [^;]*; nothing was touched/);
    assert.doesNotMatch(none.stdout, /expired/);
    const reads = await run(forge.addToken({ user: 'ada', scopes: ['read:repository'] }));
    assert.equal(reads.code, 1);
    assert.match(reads.stdout, /^::warning::.*read:user/m);
    assert.match(reads.stdout, /failed forbidden .*write:repository/);
    await forge.close();
  });

  test('a rate limit waits where the deadline allows, else the rest is not attempted', async () => {
    const { forge, env, repos, at } = await startTargets('github', 6);
    let limited = 0;
    const limit = (seconds: string) => () => ({
      kind: 'answer' as const,
      status: 403,
      headers: { 'retry-after': seconds },
      body: { message: 'You have exceeded a secondary rate limit.' },
    });
    forge.setFault((request) => (request.method === 'PUT' && limited++ === 1 ? limit('1')() : null));
    const args = ['--version', '0.1.7', ...targets(6), ...fast, '--concurrency', '2'];
    const waited = await runScript('cascade', args, { env, runner: true });
    assert.match(waited.stdout, /^cascade: complete: 6 updated/m);
    assert.deepEqual(new Set(repos.map(at)), new Set(['0.1.7\n']));
    limited = 0;
    const before = writes(forge.calls).length;
    forge.setFault((request) => (request.method === 'PUT' && limited++ >= 1 ? limit('3600')() : null));
    const args2 = ['--version', '0.1.8', ...targets(6), ...fast, '--concurrency', '1'];
    const stopped = await runScript('cascade', args2, { env, runner: true });
    assert.equal(stopped.code, 1);
    // The embedded server carried the second write out before it said no: that is seen, not believed.
    assert.equal(stopped.outputs['updated'], '["acme/r1","acme/r2"]');
    assert.equal(stopped.outputs['not_attempted'], '["acme/r3","acme/r4","acme/r5","acme/r6"]');
    assert.equal(stopped.outputs['failed'], '[]');
    assert.equal(writes(forge.calls).length - before, 2);
    assert.match(stopped.stdout, /come back in 60 min/);
    await forge.close();
  });

  test('a rate limit elsewhere does not make a write that may have arrived one that was not attempted', async () => {
    const { forge, env } = await startTargets('github', 2);
    let isLimited = (): void => undefined;
    const limited = new Promise<void>((resolve) => (isLimited = resolve));
    const reads = { r1: 0, r2: 0 };
    forge.setFault(({ method, path }) => {
      if (method !== 'PUT') return null;
      if (path.includes('/r1/')) return { kind: 'hang' };
      return { kind: 'answer', status: 429, headers: { 'retry-after': '3600' }, body: '{}' };
    });
    forge.options.onRequest = async ({ method, path }) => {
      const name = /\/(r[12])\/contents\//.exec(path)?.[1] as 'r1' | 'r2' | undefined;
      if (method !== 'GET' || name === undefined || ++reads[name] < 2) return;
      // The second is limited by now; only then may the first see what came of its own write.
      if (name === 'r2') isLimited();
      else await limited;
    };
    const result = await runScript('cascade', ['--version', '0.1.7', ...targets(2), ...fast], {
      env: { ...env, SWITCHYARD_HTTP_TIMEOUT_MS: '1000' },
      runner: true,
    });
    assert.equal(result.outputs['failed'], '["acme/r1"]', result.stdout);
    assert.match(result.stdout, /^acme\/r1: failed error .*gave no whole answer within/m);
    assert.equal(writes(forge.calls).length, 2);
    await forge.close();
  });

  test('on GitHub writes are a second apart over all workers', async () => {
    const { forge, env } = await startTargets('github', 3);
    const result = await runScript('cascade', ['--version', '0.1.7', ...targets(3)], { env, runner: true });
    assert.equal(result.code, 0);
    const times = forge.requests.filter(({ method }) => method === 'PUT').map(({ at }) => at);
    assert.ok(times[2]! - times[0]! >= 1700, String(times));
    await forge.close();
  });

  test('dispatch: sent once, an ambiguous answer is an error and not sent again', async () => {
    const { forge, env, repos } = await startTargets('github', 2);
    const args = ['--version', '0.1.7', ...targets(2), '--mode', 'dispatch', '--payload', 'by=me', ...fast];
    const sent = await runScript('cascade', args, { env, runner: true });
    assert.equal(sent.code, 0, sent.stdout);
    const body = forge.requests.find(({ method }) => method === 'POST')?.body;
    assert.deepEqual(body, { event_type: 'cascade', client_payload: { runtime_version: '0.1.7', by: 'me' } });
    assert.equal(repos[0]!.dispatches.length, 1);
    forge.setFault((request) => (request.path.includes('r1/') ? { kind: 'after-write', then: 502 } : null));
    const unsure = await runScript('cascade', args, { env, runner: true });
    assert.equal(unsure.outputs['failed'], '["acme/r1"]');
    assert.match(unsure.stdout, /failed acme\/r1 \(error\)/);
    assert.deepEqual(
      repos.map(({ dispatches }) => dispatches.length),
      [2, 2],
    );
    await forge.close();
  });

  test('four shards cover 1,000 targets once and their reports merge; memory and requests stay low', async () => {
    const { forge, env } = await startTargets('gitea-1.22.6', 0);
    const names = Array.from({ length: 1000 }, (_, index) => `acme/t${index}`);
    for (const name of names) {
      forge.repo(name).pushCommit({ branch: 'main', message: 'm', files: { [file]: '1\n' }, by: 'ada' });
    }
    const list = join(folder, 'many');
    writeFileSync(list, names.join('\n'));
    const reports = [1, 2, 3, 4].map((index) => join(folder, `shard-${index}.json`));
    for (const [index, report] of reports.entries()) {
      const shard = ['--shard', `${index + 1}/4`, '--report', report, '--concurrency', '8'];
      const result = await runScript('cascade', ['--version', '2', '--targets-file', list, ...shard], {
        env,
        runner: true,
      });
      assert.match(result.stdout, /^cascade: complete: 250 updated, 0 unchanged$/m);
    }
    assert.equal(new Set(writes(forge.calls)).size, 1000);
    assert.ok(forge.requests.length <= 4 + 3 * 1000, `${forge.requests.length} requests`);
    const before = forge.requests.length;
    const merge = [...reports.flatMap((report) => ['--merge-report', report]), '--targets-file', list];
    const merged = await runScript('cascade', merge, { env, runner: true });
    assert.match(merged.stdout, /^cascade: complete: 1000 updated, 0 unchanged$/m);
    assert.deepEqual(JSON.parse(merged.outputs['updated'] ?? ''), names);
    assert.equal(forge.requests.length, before);
    const lost = await runScript('cascade', merge.slice(2), { env, runner: true });
    assert.equal(lost.code, 1);
    assert.equal(JSON.parse(lost.outputs['not_attempted'] ?? '').length, 250);
    await forge.close();
  });

  test('merged reports of a check or a dry run are one too, and say which', async () => {
    const write = (name: string, states: string[]): string[] => {
      const rows = states.map((state, index) => ({ target: `o/${name}${index}`, state, message: 'm' }));
      writeFileSync(join(folder, name), JSON.stringify({ schema: 1, version: '1', targets: rows }));
      return ['--merge-report', join(folder, name)];
    };
    const rows: [string[], number, RegExp][] = [
      [write('lagging', ['unchanged', 'lags']), 1, /^cascade: lags: o\/lagging1; 1 in sync$/m],
      [[...write('unread', ['failed']), '--check'], 3, /^cascade: unknown: /m],
      [[...write('fine', ['unchanged']), '--check'], 0, /^cascade: in sync: /m],
      [write('would', ['would-update']), 0, /^cascade: complete: 1 would be updated, /m],
      [[...write('none', ['unchanged']), '--dry-run'], 0, /^cascade: complete: 0 would be updated, /m],
    ];
    for (const [args, code, words] of rows) {
      const result = await runScript('cascade', args, { runner: true });
      assert.match(result.stdout, words);
      assert.equal(result.code, code);
    }
  });

  test('the command that resumes reaches the same forge in the same way', async () => {
    const { forge, token } = await startTargets('gitea-1.22.6', 1);
    const env = { MINE: token };
    const api = ['--api-url', forge.apiUrl, '--forge', 'gitea', '--repo', 'acme/x', '--token-env', 'MINE'];
    const args = ['--version', '0.1.7', ...targets(1), ...api, '--insecure', '--dry-run'];
    const { stdout } = await runScript('cascade', args, { env, runner: true });
    const resumed = /^next: node vendor\/cascade.mjs (.*)$/m.exec(stdout)?.[1]?.split(' ') ?? [];
    assert.deepEqual(
      api.filter((word) => !resumed.includes(word)),
      [],
    );
    assert.ok(resumed.includes('--insecure'));
    assert.equal((await runScript('cascade', resumed, { env })).code, 0);
    await forge.close();
  });

  test('the command that resumes comes out of a shell as it was meant, whatever its values hold', async () => {
    const { forge, env, at, repos } = await startTargets('gitea-1.22.6', 1);
    const message = '--pin it\'s "{version}" $HOME `id`\n\n##[end] \\ of it';
    const trailer = '-x: y';
    const args = ['--version', '0.1.7', `--message=${message}`, '--trailer', trailer, ...targets(1)];
    const { stdout } = await runScript('cascade', [...args, '--dry-run'], { env, runner: true });
    const command = /^next: node (.*)$/m.exec(stdout)?.[1] ?? '';
    const words = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' }).split('\0');
    assert.ok(words.includes(`--message=${message}`), command);
    assert.ok(words.includes(`--trailer=${trailer}`), command);
    const resumed = await runScript('cascade', words.slice(1, -1), { env, runner: true });
    assert.equal(resumed.code, 0, resumed.stdout);
    assert.equal(at(repos[0]!)?.trim(), '0.1.7');
    await forge.close();
  });

  /** A run that may read nothing, and then the command that it prints once it may. */
  async function resumeRefused(
    forge: Awaited<ReturnType<typeof startForge>>,
    args: string[],
    env: Record<string, string>,
  ) {
    forge.setFault(({ call }) =>
      /^GET \S+\/contents\//.test(call) ? { kind: 'answer', status: 403, body: '{}' } : null,
    );
    const first = await runScript('cascade', args, { env, runner: true });
    assert.equal(first.code, 1, first.stdout);
    forge.setFault(null);
    const resumed = /^next: node vendor\/cascade.mjs (.*)$/m.exec(first.stdout)?.[1]?.split(' ') ?? [];
    return runScript('cascade', resumed, { env, runner: true });
  }

  test('the command that resumes takes up all of it, whatever the variables around it say', async () => {
    const { forge, repos, env, at } = await startTargets('gitea-1.22.6', 6);
    const around = { ...env, CASCADE_SHARD: '2/2', CASCADE_FILE: 'other.txt', CASCADE_TRANSPORT: 'git' };
    const report = join(folder, 'around.json');
    for (const more of [[], ['--report', report]]) {
      const version = more.length === 0 ? '0.1.7' : '0.1.8';
      const args = ['--version', version, '--file', file, '--transport', 'api', ...targets(6), ...more];
      const second = await resumeRefused(forge, args, around);
      assert.match(second.stdout, /^cascade: complete: 3 updated, 0 unchanged$/m);
      assert.deepEqual(
        repos.map((repo) => at(repo)?.trim() === version),
        [false, true, false, true, false, true],
      );
    }
    await forge.close();
  });

  test('the command that resumes writes where the run would have, whatever list and owner the variables name', async () => {
    const { forge, repos, env, at } = await startTargets('gitea-1.22.6', 2);
    const list = join(folder, 'resume-list');
    writeFileSync(list, 'upstream/r1\nupstream/r2\n');
    forge.repo('other/r1').pushCommit({ branch: 'main', message: 'm', files: { [file]: '1\n' }, by: 'ada' });
    const around = { ...env, CASCADE_OWNER: 'other', CASCADE_TARGETS: 'other/r1' };
    const report = join(folder, 'resume-owner.json');
    for (const more of [[], ['--report', report]]) {
      const version = `0.1.${7 + more.length}`;
      const args = ['--version', version, '--targets-file', list, '--owner', 'acme', ...more];
      const second = await resumeRefused(forge, args, around);
      assert.match(second.stdout, /^cascade: complete: 2 updated, 0 unchanged$/m);
      assert.deepEqual(repos.map(at), [`${version}\n`, `${version}\n`]);
    }
    await forge.close();
  });

  test('a link or submodule is there where a file is required, and nothing to be written over', async () => {
    const { forge, repos, env, at } = await startTargets('gitea-1.22.6', 1);
    for (const [type, word] of [
      ['symlink', 'link'],
      ['submodule', 'submodule'],
    ] as const) {
      // As Gitea answers for what git keeps as no file.
      const answer = (path: string) => ({
        kind: 'answer' as const,
        status: 200,
        body: { name: path, path, type, sha: 'a'.repeat(40), size: 4, content: null, encoding: null },
      });
      forge.setFault(({ call }) => (/\/contents\/need$/.test(call) ? answer('need') : null));
      const args = ['--version', `0.1.7-${word}`, ...targets(1)];
      const due = await runScript('cascade', [...args, '--require-file', 'need'], { env, runner: true });
      assert.match(due.stdout, /^cascade: complete: 1 updated, 0 unchanged$/m);
      forge.setFault(({ call }) => (/\/contents\/link$/.test(call) ? answer('link') : null));
      const before = forge.calls.length;
      const over = await runScript('cascade', [...args, '--file', 'link'], { env, runner: true });
      assert.match(over.stdout, new RegExp(`failed error \\(Cannot write link of acme/r1: it is a ${word};`));
      assert.deepEqual(writes(forge.calls.slice(before)), []);
      assert.equal(at(repos[0]!), `0.1.7-${word}\n`);
    }
    await forge.close();
  });

  test('of a secret that stands in a target not even a part is printed', async () => {
    const { forge, repos, env, token } = await startTargets('gitea-1.22.6', 1);
    const secret = `${token}${'x1y2'.repeat(20)}`;
    repos[0]!.pushCommit({ branch: 'main', message: 'oops', files: { [file]: `${secret}\n` }, by: 'ada' });
    const args = ['--version', '0.1.7', ...targets(1), '--check', '--token-env', 'MINE'];
    const result = await runScript('cascade', args, {
      env: { ...env, MINE: token, GH_TOKEN: secret },
      runner: true,
    });
    assert.match(result.stdout, /^acme\/r1: lags \(a line of \d+ characters → 0\.1\.7\)$/m);
    assert.ok(!(result.stdout + result.summary).includes(secret.slice(0, 12)));
    await forge.close();
  });

  test('what stands in the braces of a message is filled in once', () => {
    const settings = { version: '{source}', source: '{version}', trailers: [] };
    assert.equal(makeMessage('{version} {source} {other}', settings), '{source} {version} {other}');
  });

  test('a shard is every N-th of the sorted list from the I-th on, in the order of the list', () => {
    const list = ['o/e', 'o/B', 'o/a', 'o/d', 'o/C'];
    assert.deepEqual(takeShard(list, { index: 1, of: 2 }), ['o/e', 'o/a', 'o/C']);
    assert.deepEqual(takeShard(list, { index: 2, of: 2 }), ['o/B', 'o/d']);
    assert.deepEqual(takeShard(list, { index: 6, of: 9 }), []);
  });

  test('the source of the list: a manifest, an owner put in its place, duplicates in any case', async () => {
    const { forge, env, repos, at } = await startTargets('gitea-1.22.6', 2);
    const manifest = join(folder, 'manifest.json');
    const rows = ['other/r2', 'Acme/R1', 'acme/r1'].map((repo) => ({ repo }));
    writeFileSync(manifest, JSON.stringify({ workspace_templates: rows }));
    const args = ['--version-file', join(folder, 'version'), '--manifest', manifest, '--owner', 'acme'];
    writeFileSync(join(folder, 'version'), '0.1.7\nmore\n');
    const select = ['--select', 'workspace_templates[].repo'];
    const dry = await runScript('cascade', [...args, ...select, '--dry-run'], { env, runner: true });
    assert.match(dry.stdout, /^cascade: complete: 2 would be updated, 0 unchanged, nothing was written/m);
    assert.deepEqual(writes(forge.calls), []);
    const result = await runScript('cascade', [...args, ...select], { env, runner: true });
    assert.equal(result.outputs['updated'], '["acme/r2","acme/R1"]');
    assert.deepEqual(repos.map(at), ['0.1.7\n', '0.1.7\n']);
    await forge.close();
  });

  describe('wrong calls end with 2 and one line, before any request', async () => {
    const { forge, env } = await startTargets('gitea-1.22.6', 1);
    after(() => forge.close());
    const manifest = join(folder, 'bad.json');
    writeFileSync(
      manifest,
      JSON.stringify({ none: [], numbers: [1], rows: [{ repo: 'a/b' }, { name: 'x' }] }),
    );
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '{"a": ');
    const climbing = join(folder, 'climbing.json');
    const out = { target: 'o/..', state: 'failed', message: '' };
    writeFileSync(climbing, JSON.stringify({ schema: 1, version: '1', targets: [out] }));
    const ok = ['--version', '1', '--target', 'a/b'];
    const select = (path: string): string[] => ['--version', '1', '--manifest', manifest, '--select', path];
    const rows: [string, string[], RegExp][] = [
      ['no version', ['--target', 'a/b'], /--version/],
      ['an empty version', ['--version', '', '--target', 'a/b'], /--version/],
      ['white space in the version', ['--version', '1 2', '--target', 'a/b'], /white space/],
      ['a control character in it', ['--version', '1\u0007', '--target', 'a/b'], /control character/],
      ['129 characters', ['--version', '1'.repeat(129), '--target', 'a/b'], /128/],
      [
        '[skip ci] in it',
        ['--version', '1[skip-ci]', '--message', '[Skip CI] {version}', '--target', 'a/b'],
        /skip ci/i,
      ],
      ['[ci skip] in a trailer', [...ok, '--trailer', 'x: [ci skip]'], /ci skip/],
      ['no target', ['--version', '1'], /--target/],
      ['a target without owner', ['--version', '1', '--target', 'b'], /owner\/name/],
      ['a manifest that is not JSON', ['--version', '1', '--manifest', broken, '--select', 'a'], /not JSON/],
      [
        'a manifest that is not there',
        ['--version', '1', '--manifest', 'no.json', '--select', 'a'],
        /no such file/,
      ],
      ['--manifest without --select', ['--version', '1', '--manifest', manifest], /--select/],
      ['an empty selection', select('none[]'), /selects nothing/],
      ['a selection of numbers', select('numbers[]'), /not a string/],
      ['a row without the field', select('rows[].repo'), /rows\[1\] has no "repo"/],
      ['a file with ..', [...ok, '--file', 'a/../b'], /--file/],
      ['an absolute file', [...ok, '--file', '/etc/passwd'], /--file/],
      ['a report that is none', [...ok, '--only-failed', manifest], /schema/],
      ['a report that leads out of its place', [...ok, '--only-failed', climbing], /no owner\/repo/],
      ['a shard out of range', [...ok, '--shard', '3/2'], /--shard/],
      ['dispatch on Gitea', [...ok, '--mode', 'dispatch'], /--mode commit/],
      ['a git URL without {repo}', [...ok, '--transport', 'git', '--git-url', 'https://h/r.git'], /\{repo\}/],
      [
        'a git URL that runs a command',
        [...ok, '--transport', 'git', '--git-url', 'ext::sh {repo}'],
        /--git-url/,
      ],
      ['an author without address', [...ok, '--author', 'Ada'], /--author/],
      ['two lists', [...ok, '--targets-file', broken], /together/],
    ];
    for (const [name, args, words] of rows) {
      test(name, async () => {
        const result = await runScript('cascade', args, { env });
        assert.equal(result.code, 2, result.stdout + result.stderr);
        assert.match(result.stderr, words);
        assert.equal(result.stderr.trim().split('\n').length, 1);
        assert.deepEqual(forge.requests, []);
      });
    }
    test('eleven payload keys', async () => {
      const keys = Array.from({ length: 10 }, (_, index) => ['--payload', `k${index}=v`]).flat();
      const args = [...ok, '--mode', 'dispatch', '--forge', 'github', ...keys];
      const result = await runScript('cascade', args, { env: { ...env, GITEA_ACTIONS: undefined } });
      assert.equal(result.code, 2, result.stderr);
      assert.match(result.stderr, /11 keys/);
    });
  });
});
