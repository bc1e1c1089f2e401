import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { JOB_TOKEN } from './support/forge/forge.mjs';
import { jobEnvironment } from './support/environment.mjs';
import { runScript } from './support/run-script.mjs';
import { startWorld } from './support/world.mjs';

const workflow = (on: string): string =>
  `name: CI\non:\n${on}jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n`;
const onSource = workflow('  push:\n    branches: [main]\n    paths: ["src/**"]\n');
const onAll = workflow('  push:\n    branches: [main]\n');

for (const flavour of ['github', 'gitea-1.25.4'] as const) {
  const folder = flavour === 'github' ? '.github/workflows' : '.gitea/workflows';
  describe(`e2e-gate by runs on ${flavour}`, async () => {
    const { forge, repo, token } = await startWorld(flavour);
    const events = mkdtempSync(join(tmpdir(), 'events-'));
    after(async () => {
      rmSync(events, { recursive: true });
      await forge.close();
    });
    repo.pushCommit({
      branch: 'main',
      message: 'workflows',
      files: {
        [`${folder}/ci.yml`]: onAll,
        [`${folder}/e2e.yml`]: onSource,
        [`${folder}/paths.yml`]: workflow('  push:\n    paths: ["src/**"]\n'),
      },
      by: 'ada',
    });
    let count = 0;
    const push = (files: Record<string, string> = {}, more: object = {}): string =>
      repo.pushCommit({
        branch: 'main',
        message: `commit ${count++}`,
        files: { 'src/a.ts': `${count}`, ...files },
        by: 'ada',
        ...more,
      });
    const gate = (sha: string, args: string[], more: Record<string, string> = {}) =>
      runScript('e2e-gate', ['--sha', sha, ...args], {
        env: jobEnvironment(forge, { token, more: { GATE_ABSENT_GRACE: '0s', ...more } }),
        runner: true,
      });

    const rows: [string, object, string, string, number][] = [
      ['success with a job that succeeded goes', { conclusion: 'success' }, 'success', 'go', 0],
      ['failure is refused', { conclusion: 'failure' }, 'failure', 'refuse', 1],
      ['cancelled without a newer run is refused', { conclusion: 'cancelled' }, 'failure', 'refuse', 1],
      ['skipped is refused', { conclusion: 'skipped' }, 'failure', 'refuse', 1],
      ['queued defers', { status: 'queued', conclusion: null }, 'running', 'defer', 0],
      ['in progress defers', { status: 'in_progress', conclusion: null }, 'running', 'defer', 0],
      [
        'success with every job skipped is refused',
        { conclusion: 'success', jobs: [{ name: 'build', conclusion: 'skipped' }] },
        'failure',
        'refuse',
        1,
      ],
      ['success without any job is refused', { conclusion: 'success', jobs: [] }, 'failure', 'refuse', 1],
      ['a conclusion nobody knows is not told', { conclusion: 'purple' }, 'unknown', 'unknown', 3],
      [
        'a status nobody knows is not told',
        { status: 'dreaming', conclusion: null },
        'unknown',
        'unknown',
        3,
      ],
    ];
    for (const [name, run, state, decision, code] of rows) {
      test(name, async () => {
        const sha = push();
        repo.addRun({ file: 'ci.yml', sha, event: 'push', ...run });
        const result = await gate(sha, ['--workflow', 'ci.yml']);
        assert.equal(result.code, code, result.stdout);
        assert.equal(result.outputs['decision'], decision);
        assert.equal(result.outputs['proceed'], String(decision === 'go'));
        assert.equal(result.outputs['state'], state);
        assert.deepEqual(JSON.parse(result.outputs['states'] as string), { 'ci.yml': state });
        assert.equal(result.outputs['short'], sha.slice(0, 7));
        assert.deepEqual(forge.unexpected, []);
      });
    }

    test('the newest run counts, and neither another branch, nor event, nor commit', async () => {
      const old = push();
      repo.addRun({ file: 'ci.yml', sha: old, event: 'push' });
      const sha = push();
      repo.addRun({ file: 'ci.yml', sha, event: 'push', conclusion: 'failure' });
      repo.addRun({ file: 'ci.yml', sha, event: 'push' });
      assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['decision'], 'go');
      repo.addRun({ file: 'ci.yml', sha, event: 'push', conclusion: 'failure' });
      repo.addRun({ file: 'ci.yml', sha, event: 'push', branch: 'other' });
      repo.addRun({ file: 'ci.yml', sha, event: 'workflow_dispatch' });
      repo.addRun({ file: 'xci.yml', sha, event: 'push' });
      assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['decision'], 'refuse');
      const both = ['--workflow', 'ci.yml', '--event', 'push', '--event', 'workflow_dispatch'];
      assert.equal((await gate(sha, both)).outputs['decision'], 'refuse');
      repo.addRun({ file: 'ci.yml', sha, event: 'push' });
      assert.equal((await gate(sha, both)).outputs['decision'], 'go');
    });

    test('cancelled defers while a newer run is queued', async () => {
      const sha = push();
      repo.addRun({ file: 'ci.yml', sha, event: 'push', conclusion: 'cancelled' });
      repo.addRun({ file: 'ci.yml', sha, event: 'push', status: 'queued', conclusion: null });
      assert.equal((await gate(sha, ['--workflow', 'ci.yml'])).outputs['decision'], 'defer');
      assert.equal((await gate(sha, ['--workflow', 'ci.yml', '--defer-code', '7'])).code, 7);
    });

    test('a run that names no branch is not "no run"', async () => {
      const sha = repo.pushCommit({
        branch: 'main',
        message: 'docs',
        files: { 'docs/b.md': `${count++}` },
        by: 'ada',
      });
      repo.addRun({ file: 'e2e.yml', sha, event: 'push', conclusion: 'failure', branch: null });
      const result = await gate(sha, ['--workflow', 'e2e.yml']);
      assert.deepEqual([result.code, result.outputs['state']], [3, 'unknown'], result.stdout);
    });

    test('what is started by hand only was never due, and nobody started it: refused', async () => {
      const sha = push({ [`${folder}/hand.yml`]: workflow('  workflow_dispatch:\n') });
      assert.equal(
        (await gate(sha, ['--workflow', 'hand.yml', '--event', 'any'])).outputs['state'],
        'missing',
      );
      assert.equal((await gate(sha, ['--workflow', 'hand.yml'])).outputs['state'], 'filtered');
    });

    test('a file that names no event, or is none, filters nothing', async () => {
      const sha = push({
        [`${folder}/none.yml`]: 'name: x\njobs: {}\n',
        [`${folder}/text.yml`]: 'hello world\n',
      });
      assert.equal((await gate(sha, ['--workflow', 'none.yml'])).outputs['state'], 'missing');
      assert.equal((await gate(sha, ['--workflow', 'text.yml'])).outputs['state'], 'missing');
    });

    test('a file that GitHub calls invalid filters nothing there: it runs for nobody', async () => {
      const odd: Record<string, string> = {
        pattern: 'push:\n    paths: ["src/[z-a]"]',
        both: 'push:\n    paths: ["src/**"]\n    paths-ignore: [x]',
        key: 'push:\n    branch: [dev]\n    paths: ["src/**"]',
        null: 'push:\n    paths:',
        event: 'pusch:',
      };
      const files = Object.entries(odd).map(([name, on]) => [`${folder}/${name}.yml`, workflow(`  ${on}\n`)]);
      push(Object.fromEntries(files));
      const docs = { branch: 'main', message: 'docs', files: { 'docs/x.md': `${count++}` }, by: 'ada' };
      const names = Object.keys(odd).flatMap((name) => ['--workflow', `${name}.yml`]);
      const result = await gate(repo.pushCommit(docs), names);
      const wanted = flavour === 'github' ? 'missing' : 'filtered';
      const states = JSON.parse(result.outputs['states'] ?? '{}') as Record<string, string>;
      assert.deepEqual(
        Object.values(states),
        Object.keys(odd).map(() => wanted),
        result.stdout,
      );
      if (flavour === 'github')
        assert.match(result.stdout, /GitHub runs no invalid file: .*pattern\.yml:3:3: .*"src\/\[z-a\]"/);
    });

    test('on a tag, the filters for tags decide', async () => {
      const sha = push({ [`${folder}/tag.yml`]: workflow('  push:\n    tags: ["v*"]\n') });
      const event = join(events, `${count++}.json`);
      writeFileSync(event, JSON.stringify({ ref: 'refs/tags/v1', before: '0'.repeat(40), after: sha }));
      const more = {
        GITHUB_EVENT_NAME: 'push',
        GITHUB_EVENT_PATH: event,
        GITHUB_REF: 'refs/tags/v1',
        GITHUB_REF_NAME: 'v1',
      };
      const result = await gate(sha, ['--workflow', 'tag.yml'], more);
      assert.deepEqual([result.code, result.outputs['state']], [1, 'missing'], result.stdout);
    });

    test('GATE_WORKFLOWS has one a line, or several between commas or spaces; a name may hold spaces', async () => {
      const sha = push();
      for (const file of ['ci.yml', 'my flow.yml']) repo.addRun({ file, sha, event: 'push' });
      for (const list of [
        'my flow.yml\rci.yml',
        'ci.yml , my flow.yml',
        'my flow.yml=build\r\nci.yml ci.yml',
      ]) {
        const result = await gate(sha, [], { GATE_WORKFLOWS: list });
        assert.equal(result.code, 0, result.stdout);
        assert.deepEqual(Object.keys(JSON.parse(result.outputs['states'] as string)).sort(), [
          'ci.yml',
          'my flow.yml',
        ]);
      }
    });

    test('FILE=JOB wants that job to have run', async () => {
      const sha = push();
      const jobs = [{ name: 'build' }, { name: 'e2e, all', conclusion: 'skipped' }];
      repo.addRun({ file: 'ci.yml', sha, event: 'push', jobs });
      assert.equal((await gate(sha, ['--workflow', 'ci.yml=build'])).code, 0);
      assert.equal((await gate(sha, ['--workflow', 'ci.yml=e2e, all'])).code, 1);
      assert.equal((await gate(sha, ['--workflow', 'ci.yml=nope'])).code, 1);
      const byVariable = await gate(sha, [], { GATE_WORKFLOWS: 'ci.yml\nci.yml=e2e, all' });
      assert.deepEqual([byVariable.code, byVariable.outputs['states']], [1, '{"ci.yml":"failure"}']);
    });

    test('FILE=JOB finds a job that only an earlier attempt ran, and believes the newest one that ran it', async () => {
      if (flavour !== 'github') return;
      const sha = push();
      const jobs = [
        { name: 'build', attempt: 1 },
        { name: 'e2e', attempt: 1, conclusion: 'failure' },
        { name: 'e2e', attempt: 2 },
        { name: 'late', attempt: 1 },
        { name: 'late', attempt: 2, conclusion: 'skipped' },
      ];
      repo.addRun({ file: 'ci.yml', sha, event: 'push', attempt: 2, jobs });
      const rows = { 'ci.yml=build': 0, 'ci.yml=e2e': 0, 'ci.yml=late': 1, 'ci.yml=none': 1, 'ci.yml': 0 };
      for (const [wanted, code] of Object.entries(rows))
        assert.equal((await gate(sha, ['--workflow', wanted])).code, code, wanted);
    });

    test('worst wins: refuse, then not told, then defer', async () => {
      const sha = push();
      repo.addRun({ file: 'ci.yml', sha, event: 'push' });
      repo.addRun({ file: 'e2e.yml', sha, event: 'push', status: 'queued', conclusion: null });
      const both = ['--workflow', 'ci.yml', '--workflow', `${folder}/e2e.yml`];
      assert.equal((await gate(sha, both)).outputs['decision'], 'defer');
      repo.addRun({ file: 'ci.yml', sha, event: 'push', conclusion: 'purple' });
      assert.equal((await gate(sha, both)).outputs['decision'], 'unknown');
      repo.addRun({ file: 'e2e.yml', sha, event: 'push', conclusion: 'failure' });
      assert.equal((await gate(sha, both)).outputs['decision'], 'refuse');
    });

    test('no run, because the path filter excludes the push: goes', async () => {
      const sha = repo.pushCommit({
        branch: 'main',
        message: 'docs',
        files: { 'docs/x.md': `${count++}` },
        by: 'ada',
      });
      const result = await gate(sha, ['--workflow', 'e2e.yml']);
      assert.equal(result.code, 0, result.stdout);
      assert.equal(result.outputs['state'], 'filtered');
    });

    test("the push of another repository's event says nothing about this one", async () => {
      const last = repo.commit({ branch: 'main', message: 'code', files: { 'src/b.ts': `${count++}` } });
      const sha = repo.commit({ branch: 'main', message: 'docs', files: { 'docs/x.md': `${count++}` } });
      repo.push({ branch: 'main', by: 'ada' });
      const file = join(events, `${count++}.json`);
      writeFileSync(file, JSON.stringify({ ref: 'refs/heads/main', before: last, after: sha }));
      const event = { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: file };
      const own = await gate(sha, ['--workflow', 'e2e.yml'], event);
      assert.deepEqual([own.code, own.outputs['state']], [0, 'filtered'], own.stdout);
      const mirror = { ...event, GITHUB_REPOSITORY: 'acme/mirror' };
      const other = await gate(sha, ['--workflow', 'e2e.yml', '--repo', 'acme/app'], mirror);
      assert.deepEqual([other.code, other.outputs['state']], [1, 'missing'], other.stdout);
    });

    test('a push of docs is filtered over a suppressed commit, but not with --base before that', async () => {
      const served = push();
      push({}, { by: JOB_TOKEN });
      const docs = repo.pushCommit({
        branch: 'main',
        message: 'docs',
        files: { 'docs/x.md': `${count++}` },
        by: 'ada',
      });
      const plain = await gate(docs, ['--workflow', 'e2e.yml']);
      assert.deepEqual([plain.code, plain.outputs['state']], [0, 'filtered'], plain.stdout);
      const strict = await gate(docs, ['--workflow', 'e2e.yml', '--base', served]);
      assert.deepEqual([strict.code, strict.outputs['state']], [1, 'missing'], strict.stdout);
      const last = repo.commitOf(docs).parents[0] as string;
      const near = await gate(docs, ['--workflow', 'paths.yml', '--branch', 'main', '--base', last]);
      assert.deepEqual([near.code, near.outputs['state']], [0, 'filtered'], near.stdout);
    });

    test('no run although due: refused, with the command that starts it', async () => {
      const sha = push();
      const result = await gate(sha, ['--workflow', 'e2e.yml']);
      assert.equal(result.code, 1, result.stdout);
      assert.equal(result.outputs['state'], 'missing');
      // An empty commit would be filtered by its paths, and would carry the untested code along.
      assert.match(
        result.stdout,
        /^next: change a file that the path filter of e2e\.yml takes \(src\/\*\*\)/m,
      );
      const plain = await gate(sha, ['--workflow', 'ci.yml']);
      assert.match(plain.stdout, /^next: git fetch origin/m);
      // Who names no branch is told the one that was pushed.
      const anywhere = await gate(sha, ['--workflow', 'ci.yml'], { GITHUB_REF_NAME: '' });
      assert.match(anywhere.stdout, /^next: git fetch origin main /m);
      assert.equal((await gate(sha, ['--workflow', 'e2e.yml', '--absent', 'go'])).outputs['decision'], 'go');
      assert.equal(
        (await gate(sha, ['--workflow', 'e2e.yml', '--absent', 'defer'])).outputs['decision'],
        'defer',
      );
    });

    test('a push of three commits whose last touches only docs was still due', async () => {
      repo.commit({ branch: 'main', message: 'code', files: { 'src/b.ts': `${count++}` } });
      const inside = repo.commit({
        branch: 'main',
        message: 'more code',
        files: { 'src/c.ts': `${count++}` },
      });
      const tip = repo.commit({ branch: 'main', message: 'docs', files: { 'docs/y.md': `${count++}` } });
      repo.push({ branch: 'main', by: 'ada' });
      assert.equal((await gate(tip, ['--workflow', 'e2e.yml'])).outputs['state'], 'missing');
      const refused = await gate(inside, ['--workflow', 'e2e.yml']);
      assert.equal(refused.code, 1, refused.stdout);
      assert.match(refused.stdout, new RegExp(`inside the push that ended at ${tip}`));
      // Nothing stands below it.
      assert.doesNotMatch(refused.stdout, /below/);
      repo.addRun({ file: 'e2e.yml', sha: tip, event: 'push' });
      const asTip = await gate(inside, ['--workflow', 'e2e.yml', '--any-commit']);
      assert.equal(asTip.code, 0, asTip.stdout);
      assert.equal(asTip.outputs['sha'], tip);
    });

    test('a branch that is set back to a commit does not take its own push away', async () => {
      const sha = push({}, { by: JOB_TOKEN });
      repo.pushCommit({ branch: 'main', message: 'docs', files: { 'docs/x.md': `${count++}` }, by: 'ada' });
      repo.setBranch('main', sha);
      repo.push({ branch: 'main', by: 'ada', force: true });
      const result = await gate(sha, ['--workflow', 'e2e.yml']);
      assert.deepEqual([result.code, result.outputs['state']], [1, 'missing'], result.stdout);
    });

    test('a push that is said to start where it ends brings nothing that could be filtered', async () => {
      const sha = push();
      repo.push({ branch: 'main', by: 'ada' });
      const result = await gate(sha, ['--workflow', 'e2e.yml']);
      assert.deepEqual([result.code, result.outputs['state']], [3, 'unknown'], result.stdout);
    });

    test("a push with a job's own token is refused as a fact, without waiting", async () => {
      const sha = push({}, { by: JOB_TOKEN });
      const result = await gate(sha, ['--workflow', 'e2e.yml', '--absent-grace', '60s']);
      assert.equal(result.code, 1, result.stdout);
      assert.match(result.stdout, /a push with a job's own token starts nothing/);
      assert.ok(result.ms < 20_000);
    });

    test('a push to a branch that the filter excludes goes without the record of pushes', async () => {
      const sha = repo.pushCommit({
        branch: 'topic',
        parents: [push()],
        message: 'topic',
        files: { 'src/t.ts': 't' },
        by: 'ada',
      });
      const result = await gate(sha, ['--workflow', 'e2e.yml', '--branch', 'topic']);
      assert.deepEqual([result.code, result.outputs['state']], [0, 'filtered'], result.stdout);
      // What does not count is named all the same: perhaps the branch was not meant.
      repo.addRun({ file: 'e2e.yml', sha, event: 'push', branch: 'main', conclusion: 'failure' });
      const other = await gate(sha, ['--workflow', 'e2e.yml', '--branch', 'topic']);
      assert.equal(other.outputs['state'], 'filtered');
      assert.match(other.stdout, /::notice::.*run \d+ of branch "main" does not count \(--branch\)/);
    });

    test('a branch by its whole ref, or with blanks around it, is that branch and filters nothing', async () => {
      const sha = push();
      for (const branch of ['refs/heads/main', ' main\n']) {
        const result = await gate(sha, ['--workflow', 'ci.yml'], { GATE_BRANCH: branch });
        assert.deepEqual([result.code, result.outputs['state']], [1, 'missing'], result.stdout);
      }
    });

    test('a file or a commit that the server does not have is not told', async () => {
      const sha = push();
      assert.equal((await gate(sha, ['--workflow', 'nope.yml'])).code, 3);
      assert.equal((await gate('c'.repeat(40), ['--workflow', 'ci.yml'])).code, 3);
    });

    test('a late run within the grace, and a go after a wait that is read once more', async () => {
      const sha = push();
      let polls = 0;
      forge.options.onRequest = (request) => {
        if (request.path.endsWith('/actions/runs') && polls++ === 2)
          repo.addRun({ file: 'ci.yml', sha, event: 'push' });
      };
      const result = await gate(sha, ['--workflow', 'ci.yml', '--absent-grace', '20s', '--poll', '20ms']);
      delete forge.options.onRequest;
      assert.equal(result.code, 0, result.stdout);
      assert.match(result.stdout, /reading once more/);
      assert.equal(polls, 4);
    });

    test('a dispatch by hand skips the gate with a notice', async () => {
      const sha = push();
      const more = { GITHUB_EVENT_NAME: 'workflow_dispatch' };
      const result = await gate(sha, ['--workflow', 'ci.yml'], more);
      assert.equal(result.code, 0);
      assert.match(result.stdout, /^::notice::the operator dispatched/m);
      assert.equal((await gate(sha, ['--workflow', 'ci.yml', '--no-override'], more)).code, 1);
    });
  });
}

test('a new branch whose commit the default branch holds by now is not filtered by what it brought', async () => {
  const { forge, repo, token } = await startWorld('github');
  const first = repo.pushCommit({
    branch: 'main',
    message: 'workflows',
    files: { '.github/workflows/e2e.yml': workflow('  push:\n    paths: ["src/**"]\n') },
    by: 'ada',
  });
  const sha = repo.pushCommit({
    branch: 'staging',
    parents: [first],
    message: 'code',
    files: { 'src/a.ts': 'a' },
    by: 'ada',
  });
  const gate = () =>
    runScript('e2e-gate', ['--sha', sha, '--workflow', 'e2e.yml', '--branch', 'staging'], {
      env: jobEnvironment(forge, { token, more: { GATE_ABSENT_GRACE: '0s' } }),
      runner: true,
    });
  const due = await gate();
  assert.deepEqual([due.code, due.outputs['state']], [1, 'missing'], due.stdout);
  repo.setBranch('main', sha);
  const merged = await gate();
  assert.deepEqual([merged.code, merged.outputs['state']], [3, 'unknown'], merged.stdout);
  await forge.close();
});

describe('e2e-gate on a workflow_run event', async () => {
  const { forge, repo, token } = await startWorld('github');
  const folder = mkdtempSync(join(tmpdir(), 'events-'));
  after(async () => {
    rmSync(folder, { recursive: true });
    await forge.close();
  });
  const sha = repo.pushCommit({
    branch: 'main',
    message: 'x',
    files: { '.github/workflows/ci.yml': onAll },
    by: 'ada',
  });
  const base = {
    head_sha: sha,
    head_branch: 'main',
    path: '.github/workflows/ci.yml',
    event: 'push',
    status: 'completed',
    conclusion: 'success',
  };
  let count = 0;
  const gate = (run: object, args: string[] = []) => {
    const file = join(folder, `${count++}.json`);
    const repository = { full_name: 'acme/app' };
    writeFileSync(
      file,
      JSON.stringify({ repository, workflow_run: { ...base, head_repository: repository, ...run } }),
    );
    const more = { GITHUB_EVENT_NAME: 'workflow_run', GITHUB_EVENT_PATH: file, GITHUB_SHA: 'd'.repeat(40) };
    return runScript('e2e-gate', ['--absent-grace', '0s', '--workflow', 'ci.yml', ...args], {
      env: jobEnvironment(forge, { token, more }),
      runner: true,
    });
  };

  test('the run that started us is taken at its word, without a call', async () => {
    const before = forge.requests.length;
    const result = await gate({});
    assert.equal(result.code, 0, result.stdout);
    assert.equal(result.outputs['sha'], sha);
    assert.equal(forge.requests.length, before);
  });

  const asked: [string, object, string[]][] = [
    ['it failed', { conclusion: 'failure' }, []],
    ['it is another file', { path: '.github/workflows/other.yml' }, []],
    ['its event does not count', { event: 'workflow_dispatch' }, []],
    ['another branch is asked for', {}, ['--branch', 'staging']],
    ['two workflows are asked for', {}, ['--workflow', 'e2e.yml']],
    ['another commit is asked for', {}, ['--sha', 'e'.repeat(40)]],
    ['another repository is asked for', {}, ['--repo', 'acme/other']],
  ];
  for (const [name, run, args] of asked) {
    test(`the server is asked where ${name}`, async () => {
      const before = forge.requests.length;
      const result = await gate(run, args);
      assert.ok(forge.requests.length > before, result.stdout);
    });
  }

  test('a name that may be a tag filters nothing as a branch, unless a push to that branch is on record', async () => {
    const onTags = workflow('  push:\n    branches: [main]\n    tags: ["v*"]\n');
    const files = { '.github/workflows/tags.yml': onTags };
    const tagged = repo.pushCommit({ branch: 'main', message: 'tags', files, by: 'ada' });
    const args = ['--workflow', 'tags.yml', '--sha', tagged];
    const unsure = await gate({ head_branch: 'v1', head_sha: tagged }, args);
    assert.deepEqual([unsure.code, unsure.outputs['decision']], [3, 'unknown'], unsure.stdout);
    // Told where it started, it is not told what it was: a tag was due.
    const based = await gate({ head_branch: 'v1', head_sha: tagged }, [...args, '--base', sha]);
    assert.match(based.outputs['states'] ?? '', /"tags\.yml":"missing"/, based.stdout);
    const topic = repo.pushCommit({
      branch: 'v2',
      parents: [tagged],
      message: 'x',
      files: { x: 'x' },
      by: 'ada',
    });
    const known = await gate({ head_branch: 'v2', head_sha: topic }, [
      '--workflow',
      'tags.yml',
      '--sha',
      topic,
    ]);
    assert.match(known.outputs['states'] ?? '', /"tags\.yml":"filtered"/, known.stdout);
  });

  test("a fork's run is refused, also one whose repository is gone", async () => {
    const before = forge.requests.length;
    for (const head_repository of [null, { full_name: 'mallory/app' }]) {
      const result = await gate({ head_repository });
      assert.deepEqual([result.code, result.outputs['decision']], [1, 'refuse'], result.stdout);
    }
    assert.equal(forge.requests.length, before);
  });
});
