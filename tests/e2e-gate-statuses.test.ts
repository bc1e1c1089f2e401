import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { JOB_TOKEN } from './support/forge/forge.mjs';
import { jobEnvironment } from './support/environment.mjs';
import { runScript } from './support/run-script.mjs';
import { startWorld } from './support/world.mjs';

const job = (name: string): string =>
  `  ${name}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n`;
const ci = `name: CI\non: push\njobs:\n${job('build')}${job('test')}`;
const e2e = `name: E2E\non:\n  push:\n    paths: ["src/**"]\njobs:\n${job('e2e')}`;
const matrix = `name: M\non: push\njobs:\n  t:\n    strategy:\n      matrix: {os: [a, b], n: [1]}\n    runs-on: x\n    steps: [{run: echo}]\n`;
const guess = `name: G\non: push\njobs:\n  t:\n    name: \${{ vars.X }}\n    runs-on: x\n    steps: [{run: echo}]\n`;
const twin = `name: Twin\non: push\njobs:\n${job('one')}`;
const unnamed = `on: push\njobs:\n${job('lint')}`;
const slashes = `name: A / test (b)\non: push\njobs:\n${job('lint')}${job('u')}`.replace(
  '  u:\n',
  '  u:\n    name: unit / test\n',
);
const dropped = `name: D\non:\n  push:\n  workflow_dispatch:\n    inputs: {x: {}}\njobs:\n${job('d')}`;
const files = {
  '.gitea/workflows/ci.yml': ci,
  '.gitea/workflows/e2e.yml': e2e,
  '.gitea/workflows/matrix.yml': matrix,
  '.gitea/workflows/guess.yml': guess,
  '.gitea/workflows/twin-a.yml': twin,
  '.gitea/workflows/twin-b.yaml': twin,
  '.gitea/workflows/deep/unnamed.yml': unnamed,
  '.gitea/workflows/slashes.yml': slashes,
  '.gitea/workflows/dropped.yml': dropped,
  '.github/workflows/hidden.yml': ci,
};

const passed = { status: 'success', description: 'Successful in 3s' };
const skipped = { status: 'success', description: 'Has been skipped' };
const failed = { status: 'failure', description: 'Failing after 0s' };
const cancelled = { status: 'failure', description: 'Has been cancelled' };
const waiting = { status: 'pending', description: 'Waiting to run' };

describe('e2e-gate by statuses on Gitea 1.22.6', async () => {
  const { forge, repo, token } = await startWorld('gitea-1.22.6');
  after(() => forge.close());
  repo.pushCommit({ branch: 'main', message: 'workflows', files, by: 'ada' });
  let count = 0;
  const push = (more: object = {}): string =>
    repo.pushCommit({
      branch: 'main',
      message: `c${count++}`,
      files: { 'src/a.ts': `${count}` },
      by: 'ada',
      ...more,
    });
  let runs = 0;
  const set = (sha: string, rows: Record<string, object>, run = ++runs): void => {
    Object.entries(rows).forEach(([context, status], index) =>
      repo.setStatus(sha, {
        context,
        targetUrl: `/acme/app/actions/runs/${run}/jobs/${index}`,
        creator: null,
        ...(status as { status: string }),
      }),
    );
  };
  const gate = (sha: string, args: string[], more: Record<string, string> = {}) =>
    runScript('e2e-gate', ['--sha', sha, ...args], {
      env: jobEnvironment(forge, { token, more: { GATE_ABSENT_GRACE: '0s', ...more } }),
      runner: true,
    });
  const [build, check] = ['CI / build (push)', 'CI / test (push)'];

  const rows: [string, Record<string, object>, string, string, RegExp][] = [
    ['all success goes', { [build]: passed, [check]: passed }, 'success', 'go', /2 of 2 jobs ran/],
    [
      'one skipped beside one that ran goes',
      { [build]: passed, [check]: skipped },
      'success',
      'go',
      /1 of 2 jobs ran/,
    ],
    ['all skipped is refused', { [build]: skipped, [check]: skipped }, 'failure', 'refuse', /no job ran/],
    ['one failure is refused', { [build]: passed, [check]: failed }, 'failure', 'refuse', /Failing after 0s/],
    [
      'a failure and a job skipped for it is refused',
      { [build]: failed, [check]: skipped },
      'failure',
      'refuse',
      /build/,
    ],
    ['one pending defers', { [build]: passed, [check]: waiting }, 'running', 'defer', /Waiting to run/],
    ['one that is not there yet defers', { [build]: passed }, 'running', 'defer', /"test" has no status yet/],
    [
      'a state nobody knows is not told',
      { [build]: passed, [check]: { status: 'odd' } },
      'unknown',
      'unknown',
      /odd/,
    ],
    [
      'pending for more than 24 h is refused',
      { [build]: passed, [check]: { ...waiting, at: Date.now() - 25 * 3_600_000 } },
      'failure',
      'refuse',
      /24 h/,
    ],
    [
      'the newest status of a context counts',
      { [build]: passed, [check]: passed, [`${check} `.trim()]: passed },
      'success',
      'go',
      /./,
    ],
  ];
  for (const count of ['50', '1', '0'])
    test(`a count of ${count} does not hide the failure on the second page`, async () => {
      const sha = push();
      set(sha, { [build]: passed, [check]: passed });
      set(sha, Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`other ${index}`, passed])));
      set(sha, { [check]: failed });
      forge.setFault((request) =>
        /\/statuses$/.test(request.path) ? { kind: 'answer', headers: { 'x-total-count': count } } : null,
      );
      const result = await gate(sha, ['--workflow', 'ci.yml']);
      forge.setFault(null);
      assert.equal(result.outputs['decision'], 'refuse', result.stdout);
      assert.match(result.outputs['reason'] ?? '', /Failing after 0s/);
    });

  for (const more of [48, 49, 99, 5000])
    test(`${more} statuses of other runs, as a schedule leaves them, hide nothing`, async () => {
      const sha = push();
      set(sha, { [build]: passed, [check]: passed });
      for (let index = 0; index < more; index++) set(sha, { 'Nightly / look (push)': passed });
      const result = await gate(sha, ['--workflow', 'ci.yml']);
      assert.equal(result.outputs['decision'], 'go', result.stdout);
    });

  for (const [name, statuses, state, decision, words] of rows) {
    test(name, async () => {
      const sha = push();
      set(sha, statuses);
      const result = await gate(sha, ['--workflow', 'ci.yml']);
      assert.equal(result.outputs['decision'], decision, result.stdout);
      assert.equal(result.code, { go: 0, defer: 0, refuse: 1, unknown: 3 }[decision]);
      assert.deepEqual(JSON.parse(result.outputs['states'] as string), { 'ci.yml': state });
      assert.match(result.stdout, words);
      assert.deepEqual(
        forge.unexpected.map((request) => request.call),
        [`GET /repos/acme/app/actions/runs?head_sha=${sha}&limit=50&page=1`].slice(
          0,
          forge.unexpected.length && 1,
        ),
      );
      forge.unexpected.length = 0;
    });
  }

  test('a rerun that failed beats the success before it', async () => {
    const sha = push();
    set(sha, { [build]: passed, [check]: passed });
    const run = runs;
    set(sha, { [check]: failed }, run);
    assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['decision'], 'refuse');
    set(sha, { [check]: passed }, run);
    assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['decision'], 'go');
  });

  test('the newest run counts where the commit was pushed to one branch alone', async () => {
    const sha = push();
    set(sha, { [build]: passed, [check]: failed });
    set(sha, { [build]: passed, [check]: passed });
    assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['decision'], 'go');
    assert.equal((await gate(sha, ['--workflow', 'ci.yml', '--branch', 'other'])).code, 3);
  });

  test('one run that failed and a later one that passed are not told apart on two branches', async () => {
    const sha = push();
    repo.branches.set('fix', sha);
    repo.push({ branch: 'fix', by: 'ada' });
    set(sha, { [build]: passed, [check]: failed });
    const run = runs;
    set(sha, { [build]: passed, [check]: passed });
    const torn = await gate(sha, ['--workflow', 'ci.yml']);
    assert.equal(torn.code, 3, torn.stdout);
    const words = `"${check}" is green in run ${run + 1} and failed in run ${run} of this commit`;
    assert.ok(torn.outputs['reason']?.includes(words), torn.outputs['reason']);
    set(sha, { [check]: passed }, run);
    assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['decision'], 'go');
  });

  test('a run of the commit that a newer push cancelled does not stand against one that passed', async () => {
    const sha = push();
    set(sha, { [build]: passed, [check]: cancelled });
    set(sha, { [build]: passed, [check]: passed });
    assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['decision'], 'go');
  });

  test('a status posted by hand or by a job counts for nothing', async () => {
    const sha = push();
    set(sha, { [build]: passed });
    repo.setStatus(sha, {
      context: check,
      status: 'success',
      creator: 'ada',
      targetUrl: '/acme/app/actions/runs/9/jobs/1',
    });
    assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['state'], 'running');
    repo.setStatus(sha, {
      context: check,
      status: 'success',
      creator: null,
      targetUrl: 'https://ci.example/7',
    });
    assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['state'], 'running');
  });

  test('more statuses than a page holds are all read', async () => {
    const sha = push();
    set(sha, { [check]: failed });
    for (let index = 0; index < 120; index++) set(sha, { [`Other / job ${index} (push)`]: passed });
    set(sha, { [build]: passed });
    assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['decision'], 'refuse');
  });

  test('what a newer push cancelled, or left pending for ever, is a failure', async () => {
    const old = push();
    set(old, { [build]: cancelled, [check]: waiting });
    const pending = push();
    set(pending, { [build]: passed, [check]: waiting });
    const head = push();
    set(head, { [build]: passed, [check]: waiting });
    assert.match((await gate(old, ['--workflow', 'ci.yml'])).stdout, /was cancelled by a newer push/);
    const left = await gate(pending, ['--workflow', 'ci.yml']);
    assert.equal(left.outputs['decision'], 'refuse', left.stdout);
    assert.match(left.stdout, /this run was replaced/);
    assert.equal((await gate(head, ['--workflow', 'ci.yml'])).outputs['decision'], 'defer');
  });

  test('legs of a matrix are named by the order of their keys', async () => {
    const sha = push();
    set(sha, { 'M / t (1, a) (push)': passed });
    assert.equal((await gate(sha, ['--workflow', 'matrix.yml'])).outputs['state'], 'running');
    set(sha, { 'M / t (1, b) (push)': passed });
    assert.equal((await gate(sha, ['--workflow', 'matrix.yml'])).outputs['state'], 'success');
  });

  test('two files that write one context cannot be told apart', async () => {
    const sha = push();
    set(sha, { 'Twin / one (push)': passed });
    const result = await gate(sha, ['--workflow', 'twin-a.yml']);
    assert.equal(result.code, 1, result.stdout);
    assert.match(result.stdout, /twin-a\.yml and twin-b\.yaml both write the status "Twin \/ one \(push\)"/);
  });

  test('a file in a sub-folder, without a name', async () => {
    const sha = push();
    set(sha, { '/ lint (push)': passed });
    const result = await gate(sha, ['--workflow', '.gitea/workflows/deep/unnamed.yml']);
    assert.deepEqual(
      [result.code, result.outputs['states']],
      [0, '{"unnamed.yml":"success"}'],
      result.stdout,
    );
  });

  test('a file that this server drops is missing, with its shape', async () => {
    const sha = push();
    const result = await gate(sha, ['--workflow', 'dropped.yml'], { GATE_ABSENT_GRACE: '60s' });
    assert.deepEqual([result.code, result.outputs['state']], [1, 'missing'], result.stdout);
    assert.match(result.stdout, /the server drops this file without a word/);
    assert.ok(result.ms < 20_000);
  });

  test('a file in the folder that .gitea hides is not there', async () => {
    const sha = push();
    assert.equal((await gate(sha, ['--workflow', 'hidden.yml'])).code, 3);
  });

  test('FILE=JOB wants that job to have run', async () => {
    const sha = push();
    set(sha, { [build]: passed, [check]: skipped });
    assert.equal((await gate(sha, ['--workflow', 'ci.yml=build'])).code, 0);
    assert.equal((await gate(sha, ['--workflow', 'ci.yml=test'])).code, 1);
    assert.equal((await gate(sha, ['--workflow', 'ci.yml=nope'])).code, 1);
  });

  test('FILE=JOB is not content with a job whose name only ends in that, or a workflow that is called so', async () => {
    const sha = push();
    set(sha, { 'A / test (b) / unit / test (push)': passed, 'A / test (b) / lint (push)': passed });
    assert.equal((await gate(sha, ['--workflow', 'slashes.yml=unit / test'])).code, 0);
    assert.equal((await gate(sha, ['--workflow', 'slashes.yml=lint'])).code, 0);
    const result = await gate(sha, ['--workflow', 'slashes.yml=test']);
    assert.equal(result.code, 1, result.stdout);
    assert.match(result.stdout, /the file has no job "test"/);
  });

  test('a merge that threw away what the branch had was due for it', async () => {
    const base = push();
    const main = push();
    const side = repo.commit({
      branch: 'side',
      parents: [base],
      message: 'docs',
      files: { 'docs/s.md': `${count++}` },
    });
    // As `git merge -s ours main` on the side makes it: no commit names the file that goes back.
    const merge = repo.pushCommit({ branch: 'main', parents: [side, main], message: 'merge', by: 'ada' });
    const result = await gate(merge, ['--workflow', 'e2e.yml']);
    assert.deepEqual([result.code, result.outputs['state']], [1, 'missing'], result.stdout);
  });

  test('filtered by its paths goes; due and absent is refused; a new branch counts its tip alone', async () => {
    const docs = repo.pushCommit({
      branch: 'main',
      message: 'docs',
      files: { 'docs/a.md': `${count++}` },
      by: 'ada',
    });
    assert.equal((await gate(docs, ['--workflow', 'e2e.yml'])).outputs['state'], 'filtered');
    const code = push();
    assert.equal((await gate(code, ['--workflow', 'e2e.yml'])).outputs['state'], 'missing');
    const byJob = push({ by: JOB_TOKEN });
    const refused = await gate(byJob, ['--workflow', 'e2e.yml'], { GATE_ABSENT_GRACE: '60s' });
    assert.match(refused.stdout, /a push with a job's own token starts nothing/);
    repo.commit({ branch: 'fresh', parents: [code], message: 'code', files: { 'src/f.ts': 'f' } });
    const fresh = repo.commit({ branch: 'fresh', message: 'docs', files: { 'docs/f.md': 'f' } });
    repo.push({ branch: 'fresh', by: 'ada' });
    const result = await gate(fresh, ['--workflow', 'e2e.yml', '--branch', 'fresh']);
    assert.equal(result.outputs['state'], 'filtered', result.stdout);
  });

  test('--base says where the push started; without any record it is not told', async () => {
    const sha = repo.commit({
      branch: 'quiet',
      parents: [],
      message: 'x',
      files: { ...files, 'src/q.ts': 'q' },
    });
    const next = repo.commit({ branch: 'quiet', message: 'docs', files: { 'docs/q.md': 'q' } });
    const blind = await gate(next, ['--workflow', 'e2e.yml', '--branch', 'quiet']);
    assert.equal(blind.code, 3, blind.stdout);
    assert.match(blind.stdout, /--base SHA/);
    const told = await gate(next, ['--workflow', 'e2e.yml', '--branch', 'quiet', '--base', sha]);
    assert.deepEqual([told.code, told.outputs['state']], [0, 'filtered'], told.stdout);
  });

  test('a job whose name cannot be known takes any context of the workflow', async () => {
    const sha = push();
    assert.notEqual((await gate(sha, ['--workflow', 'guess.yml'])).outputs['state'], 'success');
    set(sha, { 'G / ${{ vars.X }} (push)': passed });
    assert.equal((await gate(sha, ['--workflow', 'guess.yml'])).outputs['state'], 'success');
  });
});
