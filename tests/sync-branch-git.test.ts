// The git transport: what it makes of this machine's settings, and what it calls the files that conflict.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';
import { withoutGit } from './support/tools.mjs';

const root = mkdtempSync(join(tmpdir(), 'sync-branch-git-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

const person = {
  GIT_AUTHOR_NAME: 'Bo',
  GIT_AUTHOR_EMAIL: 'bo@example.com',
  GIT_COMMITTER_NAME: 'Bo',
  GIT_COMMITTER_EMAIL: 'bo@example.com',
};

type Files = Record<string, string | null>;

/** acme/app on Gitea with `first` on main and staging, then each with its own files. */
async function startApart({ first = {}, main, staging }: { first?: Files; main: Files; staging: Files }) {
  const base = join(root, String(++folders));
  const home = join(base, 'home');
  mkdirSync(join(home, '.config', 'git'), { recursive: true });
  const forge = await startForge({ flavour: 'gitea-1.22.6' });
  forge.server.unref();
  forge.user('ada', { admin: true, name: 'Ada' });
  const token = forge.addToken({ user: 'ada' });
  const repo = forge.repo('acme/app', { git: join(base, 'app.git') });
  const commit = (branch: string, files: Files): string =>
    repo.pushCommit({ branch, message: `on ${branch}`, files, by: 'ada' });
  repo.setBranch('staging', commit('main', { 'seed.txt': 'seed\n', ...first }));
  const heads = { main: commit('main', main), staging: commit('staging', staging) };
  const env = { ...jobEnvironment(forge, { token }), GITHUB_SERVER_URL: forge.url, HOME: home };
  const sync = (...more: string[]) =>
    runScript('sync-branch', ['--from', 'main', '--to', 'staging', ...more], { env, runner: true });
  /** From here on such calls of git, a pattern of `sh` for all their words, end well and have done nothing. */
  const hush = (calls: string): void => {
    const path = process.env['PATH'] ?? '';
    const shim = join(base, 'bin');
    mkdirSync(shim);
    const lines = [
      '#!/bin/sh',
      `case "$*" in ${calls}) exit 0 ;; esac`,
      `PATH='${path}'`,
      'exec git "$@"',
      '',
    ];
    writeFileSync(join(shim, 'git'), lines.join('\n'), { mode: 0o755 });
    Object.assign(env, { PATH: `${shim}:${path}` });
  };
  const tip = (branch: string): string => repo.branches.get(branch) ?? '';
  return { forge, repo, heads, base, bare: join(base, 'app.git'), home, commit, sync, tip, hush };
}

describe('sync-branch by git', { skip: withoutGit }, () => {
  test("this machine's settings neither hold the merge up nor change it", async () => {
    for (const settings of [
      '[push]\n recurseSubmodules = only\n',
      '[merge]\n verifySignatures = true\n',
      '[merge]\n log = true\n',
      '[filter "lfs"]\n required = true\n smudge = false\n clean = false\n',
    ]) {
      const { forge, repo, heads, home, sync, tip } = await startApart({
        first: { '.gitattributes': '*.bin filter=lfs -text\n', 'a.bin': 'pointer\n' },
        main: { 'm.txt': 'm\n' },
        staging: { 's.txt': 's\n' },
      });
      writeFileSync(join(home, '.gitconfig'), settings);
      const result = await sync();
      assert.deepEqual([result.code, result.outputs['decision']], [0, 'merged'], settings + result.stdout);
      assert.equal(result.outputs['sha'], tip('staging'), settings);
      assert.deepEqual(repo.commitOf(tip('staging')).parents, [heads.staging, heads.main]);
      assert.equal(repo.commitOf(tip('staging')).message.trim(), 'Merge main into staging');
      await forge.close();
    }
  });

  test('a push that ends well without a word of the branch is not said to be done', async () => {
    const { forge, heads, sync, tip, hush } = await startApart({
      main: { 'm.txt': 'm\n' },
      staging: { 's.txt': 's\n' },
    });
    hush("'push '*");
    const result = await sync();
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'refused'], result.stdout);
    assert.match(result.outputs['reason'] ?? '', /names no branch it wrote \(after 3 attempts\)$/);
    assert.equal(tip('staging'), heads.staging);
    await forge.close();
  });

  test('trees that git does not name are not taken for equal ones', async () => {
    const { forge, heads, sync, tip, hush } = await startApart({
      main: { 'm.txt': 'm\n' },
      staging: { 's.txt': 's\n' },
    });
    hush("'rev-parse '*'^{tree}'");
    const result = await sync();
    assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    assert.match(result.outputs['reason'] ?? '', /^Cannot read both trees: git named 0 of 2; /);
    assert.equal(tip('staging'), heads.staging);
    await forge.close();
  });

  test("what merges by this machine's attributes and drivers alone is a conflict", async () => {
    const { forge, heads, home, sync, tip } = await startApart({
      first: { 'a.txt': '0\n', 'b.txt': '0\n', '.gitattributes': 'b.txt merge=mine\n' },
      main: { 'a.txt': 'm\n', 'b.txt': 'm\n' },
      staging: { 'a.txt': 's\n', 'b.txt': 's\n' },
    });
    writeFileSync(join(home, '.gitconfig'), '[merge "mine"]\n driver = true\n');
    writeFileSync(join(home, '.config', 'git', 'attributes'), 'a.txt merge=union\n');
    const result = await sync();
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'conflict'], result.stdout);
    assert.deepEqual(result.stdout.match(/^conflict: .*$/gm), ['conflict: a.txt', 'conflict: b.txt']);
    assert.equal(tip('staging'), heads.staging);
    await forge.close();
  });

  test('files that conflict are named as they are in the branches', async () => {
    const changed = (text: string): Files => ({ ' lead': text, 'x~HEAD': text, 'ünï ✓.txt': text });
    const { forge, sync } = await startApart({
      first: changed('0\n'),
      main: { ...changed('m\n'), docs: 'a file\n', 'out/a.md': 'a\n' },
      staging: { ...changed('s\n'), 'docs/a.md': 'in a folder\n', out: 'a file\n' },
    });
    const result = await sync('--json');
    assert.equal(result.code, 1, result.stdout);
    assert.deepEqual(result.record.details.files, [' lead', 'docs', 'out', 'x~HEAD', 'ünï ✓.txt']);
    await forge.close();
  });

  test('branches without a common history are not merged, and it is said so', async () => {
    const { forge, repo, heads, sync, tip } = await startApart({ main: {}, staging: { 's.txt': 's\n' } });
    repo.commit({ branch: 'main', parents: [], message: 'anew', files: { 'm.txt': 'm\n' } });
    const result = await sync();
    assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    assert.match(
      result.outputs['reason'] ?? '',
      /; check that both branches are meant: they share no history$/,
    );
    assert.equal(tip('staging'), heads.staging);
    await forge.close();
  });

  test('what it prints for a conflict works in a clone whose branch is behind', async () => {
    const { forge, base, bare, commit, sync } = await startApart({
      first: { 'a.txt': '0\n' },
      main: { 'a.txt': 'm\n' },
      staging: { 'a.txt': 's\n' },
    });
    const clone = join(base, 'clone');
    const run = (cwd: string, file: string, ...args: string[]) =>
      spawnSync(file, args, {
        cwd,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: base, ...person },
      });
    run(base, 'git', 'clone', '--quiet', bare, clone);
    run(clone, 'git', 'switch', '--quiet', 'staging');
    run(clone, 'git', 'switch', '--quiet', 'main');
    commit('staging', { 'later.txt': 'l\n' });
    const [command = ''] = (await sync('--json')).record.next as string[];
    const pasted = run(clone, 'sh', '-c', command);
    assert.match(pasted.stdout, /^CONFLICT \(content\): Merge conflict in a\.txt$/m, pasted.stderr);
    writeFileSync(join(clone, 'a.txt'), 'both\n');
    run(clone, 'git', 'commit', '--quiet', '--all', '--message', 'resolved');
    const pushed = run(clone, 'git', 'push', 'origin', 'staging');
    assert.equal(pushed.status, 0, pushed.stderr);
    assert.equal((await sync()).outputs['decision'], 'in-sync');
    await forge.close();
  });

  test('a server that has a part of the history alone is named as that', async () => {
    const { forge, base, bare, sync } = await startApart({
      main: { 'm.txt': 'm\n' },
      staging: { 's.txt': 's\n' },
    });
    const cut = join(base, 'cut.git');
    const url = `file://${bare}`;
    execFileSync('git', ['clone', '--quiet', '--bare', '--depth', '1', '--no-single-branch', url, cut]);
    rmSync(bare, { recursive: true });
    renameSync(cut, bare);
    const result = await sync();
    assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    assert.match(
      result.outputs['reason'] ?? '',
      /^Cannot fetch main and staging of acme\/app: .* its whole history/,
    );
    await forge.close();
  });
});
