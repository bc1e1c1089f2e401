import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  createLiveRepository,
  settledStatuses,
  skipLive,
  waitUntil,
  callLive,
} from './support/live-gitea.mjs';
import { runScript } from './support/run-script.mjs';

const vendor = join(dirname(fileURLToPath(import.meta.url)), '..', 'vendor');

const ci = `name: CI
on:
  push:
    branches: [main]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: echo build
  after:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: echo after
`;
const e2e = `name: E2E
on:
  push:
    paths: ['src/**']
jobs:
  e2e:
    runs-on: ubuntu-latest
    steps:
      - run: echo e2e
`;
const pusher = `name: Pusher
on:
  push:
    paths: ['start-pusher']
jobs:
  push:
    runs-on: ubuntu-latest
    steps:
      - env:
          JOB_TOKEN: \${{ secrets.GITHUB_TOKEN }}
        run: |
          git clone -q "http://x:$JOB_TOKEN@\${GITHUB_SERVER_URL#http://}/$GITHUB_REPOSITORY.git" here
          cd here && git config user.name job && git config user.email job@example.com
          mkdir -p src && echo job > src/by-job && git add -A && git commit -q -m 'by a job' && git push -q origin HEAD:main
`;

describe('a real Gitea with a runner', { skip: skipLive }, () => {
  let live: Awaited<ReturnType<typeof createLiveRepository>>;
  let alone: string;
  const commits: Record<string, string> = {};

  before(async () => {
    live = await createLiveRepository();
    alone = mkdtempSync(join(tmpdir(), 'vendored-'));
    for (const name of ['e2e-gate', 'ancestry', 'prod-auto-deploy']) {
      copyFileSync(join(vendor, `${name}.mjs`), join(alone, `${name}.mjs`));
    }
    const files = {
      '.gitea/workflows/ci.yml': ci,
      '.gitea/workflows/e2e.yml': e2e,
      '.gitea/workflows/pusher.yml': pusher,
    };
    commits['green'] = live.commit({ ...files, 'src/a': '1' }, 'green');
    live.push();
    await settledStatuses(live.repo, commits['green'], 3);
    commits['docs'] = live.commit({ 'docs/a': '1' }, 'docs only');
    live.push();
    await settledStatuses(live.repo, commits['docs'], 2);
    commits['red'] = live.commit({ '.gitea/workflows/ci.yml': ci.replace('echo build', 'exit 1') }, 'red');
    live.push();
    await settledStatuses(live.repo, commits['red'], 2);
    commits['starter'] = live.commit({ 'start-pusher': '1' }, 'starts the pusher');
    live.push();
    await waitUntil(async () => {
      const { body } = await callLive('GET', `/repos/${live.repo}/branches/main`);
      commits['byJob'] = body.commit.id;
      return commits['byJob'] !== commits['starter'];
    }, 'the job has pushed');
  });
  after(async () => {
    await live?.remove();
    if (alone) rmSync(alone, { recursive: true });
  });

  const run = (name: string, args: string[]) =>
    runScript(name, args, {
      bundleDir: alone,
      cwd: alone,
      runner: true,
      coverage: false,
      env: {
        GITHUB_API_URL: `${live.url}/api/v1`,
        GITHUB_SERVER_URL: live.url,
        GITHUB_REPOSITORY: live.repo,
        GITHUB_REF_NAME: 'main',
        GITEA_ACTIONS: 'true',
        SWITCHYARD_TOKEN: live.token,
      },
    });
  const gates: [string, string, string, string, number, RegExp][] = [
    ['a green commit goes', 'green', 'ci.yml', 'success', 0, /2 of 2 jobs ran and succeeded/],
    [
      'a red commit is refused',
      'red',
      'ci.yml',
      'failure',
      1,
      /"CI \/ build \(push\)" is failure|ended as failure/,
    ],
    ['one filtered by its path goes', 'docs', 'e2e.yml', 'filtered', 0, /no changed path matches|paths/],
    [
      "one pushed with the job's own token is refused",
      'byJob',
      'e2e.yml',
      'missing',
      1,
      /a push with a job's own token starts nothing/,
    ],
  ];
  for (const [name, commit, file, state, code, words] of gates) {
    test(`e2e-gate: ${name}`, async () => {
      const result = await run('e2e-gate', [
        '--sha',
        commits[commit] as string,
        '--workflow',
        file,
        '--absent-grace',
        '2s',
        '--poll',
        '1s',
      ]);
      assert.equal(result.code, code, result.stdout);
      assert.equal(result.outputs['state'], state);
      assert.match(result.stdout, words);
      process.stdout.write(result.stdout.replaceAll(/^/gm, '# '));
    });
  }

  test('e2e-gate: a job that was skipped because another failed is refused', async () => {
    const result = await run('e2e-gate', ['--sha', commits['red'] as string, '--workflow', 'ci.yml=after']);
    assert.equal(result.code, 1, result.stdout);
    process.stdout.write(result.stdout.replaceAll(/^/gm, '# '));
  });

  test('ancestry: forward goes, backward is refused, by the API and by git', async () => {
    for (const via of ['api', 'git']) {
      const forward = await run('ancestry', [
        '--current',
        commits['green'] as string,
        '--sha',
        commits['red'] as string,
        '--via',
        via,
      ]);
      assert.deepEqual(
        [forward.code, forward.outputs['decision'], forward.outputs['ahead_by']],
        [0, 'ahead', '2'],
        forward.stdout,
      );
      const backward = await run('ancestry', [
        '--current',
        commits['red'] as string,
        '--sha',
        commits['green'] as string,
        '--via',
        via,
      ]);
      assert.deepEqual(
        [backward.code, backward.outputs['decision'], backward.outputs['behind_by']],
        [1, 'behind', '2'],
        backward.stdout,
      );
      process.stdout.write(backward.stdout.replaceAll(/^/gm, '# '));
    }
  });

  test('check-superseded: an older commit is superseded, the head is the latest', async () => {
    const older = await run('prod-auto-deploy', ['check-superseded', '--sha', commits['green'] as string]);
    assert.deepEqual([older.code, older.stdout], [0, `${commits['byJob']}\n`], older.stderr);
    const latest = await run('prod-auto-deploy', ['check-superseded', '--sha', commits['byJob'] as string]);
    assert.deepEqual([latest.code, latest.stdout], [10, ''], latest.stderr);
  });
});
