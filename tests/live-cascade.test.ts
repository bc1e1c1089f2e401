import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { callLive, createLiveRepository, settledStatuses, skipLive } from './support/live-gitea.mjs';
import { runScript } from './support/run-script.mjs';

const vendor = join(dirname(fileURLToPath(import.meta.url)), '..', 'vendor');
const file = '.runtime-version';

const publish = `name: Publish
on:
  push:
    branches: [main]
    paths: ['.runtime-version']
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: |
          git init -q . && git fetch -q --depth 1 "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY.git" "$GITHUB_SHA"
          git checkout -q FETCH_HEAD
          test "$(node vendor/resolve-version.mjs)" = "$(cat .runtime-version)"
`;

/** A job that tries to cascade with its own token, and says by a status how that ended. */
const fromJob = (target: string): string => `name: Fan
on:
  push:
    paths: ['start-fan']
jobs:
  fan:
    runs-on: ubuntu-latest
    steps:
      - env:
          GITHUB_TOKEN: \${{ secrets.GITHUB_TOKEN }}
        run: |
          git init -q . && git fetch -q --depth 1 "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY.git" "$GITHUB_SHA"
          git checkout -q FETCH_HEAD
          code=0
          node vendor/cascade.mjs --version 9.9.9 --target ${target} --record record.json || code=$?
          node -e '
            const { reason } = JSON.parse(require("fs").readFileSync("record.json", "utf8"));
            const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_SHA, GITHUB_TOKEN } = process.env;
            fetch(\`\${GITHUB_API_URL}/repos/\${GITHUB_REPOSITORY}/statuses/\${GITHUB_SHA}\`, {
              method: "POST",
              headers: { authorization: \`token \${GITHUB_TOKEN}\`, "content-type": "application/json" },
              body: JSON.stringify({ context: "told", state: "success", description: \`\${process.argv[1]}: \${reason}\` }),
            });' "$code"
`;

describe('cascade on a real Gitea with a runner', { skip: skipLive }, () => {
  let live: Awaited<ReturnType<typeof createLiveRepository>>;
  let source: Awaited<ReturnType<typeof createLiveRepository>>;
  let env: Record<string, string>;

  before(async () => {
    live = await createLiveRepository();
    source = await createLiveRepository();
    const bundle = (name: string) => ({
      [`vendor/${name}.mjs`]: readFileSync(join(vendor, `${name}.mjs`), 'utf8'),
    });
    live.commit(
      { '.gitea/workflows/publish.yml': publish, ...bundle('resolve-version'), [file]: '0.1.6\n' },
      'first',
    );
    live.push();
    source.commit(
      { '.gitea/workflows/fan.yml': fromJob(live.repo), ...bundle('cascade'), 'start-fan': '1' },
      'first',
    );
    source.push();
    env = {
      GITHUB_SERVER_URL: live.url,
      GITEA_ACTIONS: 'true',
      GITHUB_REPOSITORY: source.repo,
      SWITCHYARD_TOKEN: live.token,
    };
  });
  after(async () => {
    await live?.remove();
    await source?.remove();
  });

  const cascade = (version: string, ...more: string[]) =>
    runScript('cascade', ['--version', version, '--target', live.repo, ...more], { env, runner: true });
  const tip = async (): Promise<string> =>
    (await callLive('GET', `/repos/${live.repo}/branches/main`)).body.commit.id;
  const messages = async (): Promise<string[]> =>
    (await callLive('GET', `/repos/${live.repo}/commits?sha=main&limit=50`)).body.map(
      (row: { commit: { message: string } }) => row.commit.message.trim(),
    );

  for (const [version, transport] of [
    ['0.1.7', 'api'],
    ['0.1.8', 'git'],
  ] as const) {
    test(`by ${transport} with a user's token: one commit, whose push starts the target's own workflow`, async () => {
      const result = await cascade(version, '--transport', transport);
      assert.equal(result.code, 0, result.stdout);
      const sha = await tip();
      assert.match(result.stdout, new RegExp(`^${live.repo}: updated ${sha} `, 'm'));
      assert.equal((await messages())[0], `chore: pin runtime to ${version} (${source.repo} cascade)`);
      const statuses = await settledStatuses(live.repo, sha, 1);
      assert.deepEqual(
        statuses.map(({ context, status }) => [context, status]),
        [['Publish / publish (push)', 'success']],
      );
      const again = await cascade(version, '--transport', transport);
      assert.match(again.stdout, /^cascade: complete: 0 updated, 1 unchanged$/m);
      assert.equal(await tip(), sha);
    });
  }

  test("a job's own token is refused with the reason, and nothing is touched", async () => {
    const before = await tip();
    const head = source.git('rev-parse', 'HEAD');
    const statuses = await settledStatuses(source.repo, head, 2);
    const told = statuses.find(({ context }) => context === 'told')?.description;
    assert.match(told, /^3: .*this is the job's own token; it cannot write to other repositories/);
    assert.equal(await tip(), before);
  });

  test('six cascades at once: every updated one has its commit, and no commit is lost', async () => {
    const before = (await messages()).length;
    const versions = ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.4', '1.0.5'];
    const results = await Promise.all(versions.map((version) => cascade(version, '--attempts', '20')));
    for (const result of results)
      assert.match(result.stdout, /^cascade: complete: 1 updated/m, result.stdout);
    const after = await messages();
    assert.equal(after.length, before + versions.length);
    for (const version of versions) assert.ok(after.some((message) => message.includes(`to ${version} `)));
  });

  test('what is not there, and a check, say so', async () => {
    const missing = await cascade('1.0.9', '--check', '--target', 'nobody/nothing');
    assert.equal(missing.code, 1);
    assert.match(missing.stdout, /nobody\/nothing: failed not-found/);
    const branch = await cascade('1.0.9', '--branch', 'nope');
    assert.match(branch.stdout, /failed .* \(not-found\)/);
  });

  test('sync-branch: a fast-forward, a merge, a conflict with one pull request, a protected branch', async () => {
    const repo = await createLiveRepository();
    try {
      const sync = (...more: string[]) =>
        runScript('sync-branch', ['--from', 'main', '--to', 'staging', '--repo', repo.repo, ...more], {
          env,
          runner: true,
        });
      const decide = async (...more: string[]): Promise<string[]> => {
        const { outputs, code, stdout } = await sync(...more);
        assert.ok(code === 0 || code === 1, stdout);
        return [outputs['decision'] ?? '', outputs['pr'] ?? ''];
      };
      repo.commit({ a: '1\n', b: '1\n' }, 'first');
      repo.push();
      repo.push('staging');
      repo.commit({ a: '2\n' }, 'second');
      repo.push();
      assert.deepEqual(await decide(), ['fast-forwarded', '']);
      repo.commit({ b: '2\n' }, 'on staging');
      repo.push('staging');
      repo.git('reset', '-q', '--hard', 'HEAD~1');
      repo.commit({ a: '3\n' }, 'third');
      repo.push();
      assert.deepEqual(await decide(), ['merged', '']);
      assert.deepEqual(await decide(), ['in-sync', '']);
      repo.git('fetch', '-q', 'origin');
      repo.git('reset', '-q', '--hard', 'origin/staging');
      repo.commit({ a: 'staging\n' }, 'conflict on staging');
      repo.push('staging');
      repo.git('reset', '-q', '--hard', 'origin/main');
      repo.commit({ a: 'main\n' }, 'conflict on main');
      repo.push();
      const conflict = await sync('--pr-on-conflict');
      assert.deepEqual([conflict.code, conflict.outputs['decision']], [1, 'conflict'], conflict.stdout);
      assert.match(conflict.stdout, /^conflict: a$/m);
      assert.deepEqual(await decide('--pr-on-conflict'), ['conflict', conflict.outputs['pr'] ?? 'none']);
      repo.git('reset', '-q', '--hard', 'origin/staging');
      repo.git('fetch', '-q', 'origin');
      repo.git('merge', '-q', '-X', 'ours', '-m', 'resolved', 'origin/main');
      repo.push('staging');
      repo.git('reset', '-q', '--hard', 'origin/main');
      repo.commit({ c: '1\n' }, 'after');
      repo.push();
      const rule = { rule_name: 'staging', enable_push: false };
      assert.equal((await callLive('POST', `/repos/${repo.repo}/branch_protections`, rule)).status, 201);
      const [decision, pr] = await decide();
      assert.equal(decision, 'pr');
      assert.deepEqual(await decide(), ['pr', pr]);
    } finally {
      await repo.remove();
    }
  });
});
