import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { startForge } from './support/forge/forge.mjs';
import { jobEnvironment } from './support/environment.mjs';
import { runScript } from './support/run-script.mjs';
import { withoutGit } from './support/tools.mjs';
import { pushLine, startWorld } from './support/world.mjs';

const flavours = ['gitea-1.22.6', 'gitea-1.25.4', 'github'] as const;

for (const flavour of flavours) {
  describe(`ancestry on ${flavour}`, async () => {
    const { forge, repo, token } = await startWorld(flavour);
    after(() => forge.close());
    const [first, second, third] = pushLine(repo, 3) as [string, string, string];
    const side = repo.commit({ branch: 'side', parents: [first], message: 'side', files: { side: 'x' } });
    const orphan = repo.commit({ branch: 'orphan', parents: [], message: 'orphan', files: { o: 'x' } });
    const cross = repo.commit({ branch: 'cross', parents: [side, second], message: 'cross' });
    const back = repo.commit({ branch: 'back', parents: [second, side], message: 'back' });
    const unknown = 'a'.repeat(40);

    const rows: [string, string, string, string, number, string, string][] = [
      ['a descendant goes', first, third, 'ahead', 0, '2', '0'],
      ['the same commit goes', second, second, 'identical', 0, '0', '0'],
      ['an ancestor is refused', third, first, 'behind', 1, '0', '2'],
      ['another line is refused', second, side, 'diverged', 1, '1', '1'],
      ['another line that was merged into is refused', third, cross, 'diverged', 1, '2', '1'],
      ['two merges of the same lines are refused', cross, back, 'diverged', 1, '1', '1'],
      ['a commit without common ancestor is not told', second, orphan, 'unknown', 3, '', ''],
      ['an unknown current commit is not told', unknown, second, 'unknown', 3, '', ''],
      ['an unknown candidate is not told', second, unknown, 'unknown', 3, '', ''],
    ];
    for (const [name, current, candidate, decision, code, ahead, behind] of rows) {
      test(name, async () => {
        const before = forge.unexpected.length;
        const result = await runScript('ancestry', ['--current', current, '--sha', candidate], {
          env: jobEnvironment(forge, { token }),
          runner: true,
        });
        assert.equal(result.code, code, result.stdout + result.stderr);
        assert.equal(result.outputs['decision'], decision);
        assert.equal(result.outputs['proceed'], String(code === 0));
        assert.equal(result.outputs['current'], current);
        assert.equal(result.outputs['candidate'], candidate);
        const isUncounted =
          decision === 'diverged' &&
          (flavour === 'gitea-1.22.6' || (flavour !== 'github' && candidate === back));
        const counted = isUncounted ? ['', ''] : [ahead, behind];
        assert.deepEqual([result.outputs['ahead_by'], result.outputs['behind_by']], counted);
        assert.match(result.stdout, new RegExp(`^ancestry: ${decision}: `, 'm'));
        assert.match(result.summary, code === 0 ? /✅/ : /❌|❓/);
        assert.equal(forge.unexpected.length, before);
      });
    }
  });
}

describe('ancestry', async () => {
  const { forge, repo, token } = await startWorld('gitea-1.22.6');
  after(() => forge.close());
  const line = pushLine(repo, 4);
  const [first, , , last] = line as [string, string, string, string];
  const env = jobEnvironment(forge, { token });

  test('a walk over a merge does not count', async () => {
    const branch = repo.commit({ branch: 'feature', parents: [last], message: 'feature', files: { f: '1' } });
    const main = repo.pushCommit({ branch: 'main', message: 'main goes on', files: { m: '1' }, by: 'ada' });
    const merge = repo.commit({ branch: 'main', parents: [main, branch], message: 'merge' });
    const result = await runScript('ancestry', ['--current', last, '--sha', merge], { env, runner: true });
    assert.equal(result.outputs['decision'], 'ahead');
    assert.equal(result.outputs['ahead_by'], '');
    assert.equal(result.outputs['behind_by'], '0');
  });

  test('a dispatch by hand goes, with a warning that names both commits', async () => {
    const dispatch = { ...env, GITHUB_EVENT_NAME: 'workflow_dispatch' };
    const result = await runScript('ancestry', ['--current', last, '--sha', first], {
      env: dispatch,
      runner: true,
    });
    assert.equal(result.code, 0);
    assert.equal(result.outputs['decision'], 'overridden');
    assert.match(result.stdout, new RegExp(`^::warning::.*${first}.*${last}`, 'm'));
    const strict = await runScript('ancestry', ['--current', last, '--sha', first, '--no-override'], {
      env: dispatch,
    });
    assert.equal(strict.code, 1);
  });

  test("a fork's run is refused, and the outputs name both commits all the same", async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'events-')), 'event.json');
    const run = { head_sha: last, head_branch: 'main', head_repository: { full_name: 'mallory/app' } };
    writeFileSync(file, JSON.stringify({ workflow_run: run, repository: { full_name: 'acme/app' } }));
    const result = await runScript('ancestry', ['--current', first], {
      env: { ...env, GITHUB_EVENT_NAME: 'workflow_run', GITHUB_EVENT_PATH: file },
      runner: true,
    });
    rmSync(dirname(file), { recursive: true });
    assert.equal(result.code, 1, result.stdout);
    const { decision, proceed, current, candidate } = result.outputs;
    assert.deepEqual([decision, proceed, current, candidate], ['unknown', 'false', first, last]);
    // To ask again, or to ask git, would change nothing.
    assert.doesNotMatch(result.stdout, /^next:/m);
  });

  test('an option beats the variable of the other way to name what is served', async () => {
    const more = { ANCESTRY_IMAGES: 'ghcr.io/o/app:latest' };
    const result = await runScript('ancestry', ['--current', first, '--sha', last], {
      env: { ...env, ...more },
    });
    assert.equal(result.code, 0, result.stderr);
    const both = await runScript('ancestry', ['--sha', last], {
      env: { ...env, ...more, ANCESTRY_CURRENT: first },
    });
    assert.equal(both.code, 2);
  });

  test('without a place for a temporary folder git cannot be asked, and the mend is named', async () => {
    const result = await runScript('ancestry', ['--current', first, '--sha', last, '--via', 'git'], {
      env: { ...env, TMPDIR: '/nonexistent' },
    });
    assert.equal(result.code, 3);
    assert.match(result.stdout, /unknown: Cannot make a temporary folder.*set TMPDIR/);
  });

  test('--json prints the record alone on stdout', async () => {
    const result = await runScript('ancestry', ['--current', first, '--sha', last, '--json'], { env });
    assert.equal(result.stdout.trim().split('\n').length, 1);
    const record = JSON.parse(result.stdout);
    assert.equal(record.schema, 1);
    assert.equal(record.script, 'ancestry');
    assert.deepEqual(record.subject, { repo: 'acme/app', sha: last });
    assert.equal(record.decision, 'ahead');
    assert.equal(record.proceed, true);
    assert.equal(record.details.ahead_by, 3);
    assert.match(result.stderr, /ancestry: ahead/);
  });
});

test(
  'two names of one commit are not told apart by git: neither ahead nor identical',
  { skip: withoutGit },
  async () => {
    const base = mkdtempSync(join(tmpdir(), 'ancestry-git-'));
    const folder = join(base, 'app.git');
    const forge = await startForge({ flavour: 'gitea-1.22.6' });
    forge.user('ada', { admin: true });
    const repo = forge.repo('acme/app', { git: folder });
    const first = repo.pushCommit({ branch: 'main', message: 'first', files: { a: '1' }, by: 'ada' });
    const last = repo.pushCommit({ branch: 'main', message: 'last', files: { a: '2' }, by: 'ada' });
    const git = (...args: string[]): string => {
      const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
      const { stdout, status, stderr } = spawnSync('git', ['-C', folder, ...who, ...args], {
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
      return stdout.trim();
    };
    git('tag', '-a', '-m', 'a tag', 'v1', last);
    const tag = git('rev-parse', 'v1');
    const ask = (current: string, candidate: string) =>
      runScript('ancestry', ['--via', 'git', '--current', current, '--sha', candidate], {
        env: {
          ...jobEnvironment(forge, { token: forge.addToken({ user: 'ada' }) }),
          GITHUB_SERVER_URL: forge.url,
        },
        runner: true,
      });
    assert.equal((await ask(first, tag)).outputs['decision'], 'ahead');
    const same = await ask(tag, last);
    assert.deepEqual([same.code, same.outputs['decision']], [3, 'unknown'], same.stdout);
    await forge.close();
    rmSync(base, { recursive: true });
  },
);

test('git compares commits of a SHA-256 repository', { skip: withoutGit }, async () => {
  const base = mkdtempSync(join(tmpdir(), 'ancestry-sha256-'));
  const folder = join(base, 'app.git');
  const forge = await startForge({ flavour: 'gitea-1.22.6' });
  forge.user('ada', { admin: true });
  forge.repo('acme/app', { git: folder });
  rmSync(folder, { recursive: true });
  const git = (...args: string[]): string => {
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
    const { stdout, status, stderr } = spawnSync('git', [...who, ...args], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  };
  const work = join(base, 'work');
  git('init', '--quiet', '--bare', '--object-format=sha256', folder);
  git('init', '--quiet', '--object-format=sha256', '--initial-branch=main', work);
  const commit = (message: string): string => {
    git('-C', work, 'commit', '--quiet', '--allow-empty', '-m', message);
    return git('-C', work, 'rev-parse', 'HEAD');
  };
  const [first, last] = [commit('first'), commit('last')];
  git('-C', work, 'push', '--quiet', folder, 'main');
  const result = await runScript('ancestry', ['--via', 'git', '--current', first, '--sha', last], {
    env: {
      ...jobEnvironment(forge, { token: forge.addToken({ user: 'ada' }) }),
      GITHUB_SERVER_URL: forge.url,
    },
    runner: true,
  });
  assert.deepEqual([result.code, result.outputs['decision']], [0, 'ahead'], result.stdout + result.stderr);
  await forge.close();
  rmSync(base, { recursive: true });
});
