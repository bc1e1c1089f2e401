import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { findTool } from './support/tools.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const list = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .sort()
    .map((file) => `${folder}/${file}`);
const [github, gitea] = [list('.github/workflows'), list('.gitea/workflows')];
const [githubExamples, giteaExamples] = [list('docs/examples/github'), list('docs/examples/gitea')];
/** Gitea passes over the keys that two of zizmor's audits want. */
const forGitea = ['--config', '.gitea/zizmor.yml'];

function run(command: string, ...args: string[]) {
  return spawnSync(command, args, { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
}

function assertClean({ status, stdout, stderr }: ReturnType<typeof run>): void {
  assert.equal(status, 0, stdout + stderr);
}

describe('the workflows of this repository', () => {
  test('our own linter finds nothing in them, not even a warning', () => {
    const result = run(process.execPath, 'vendor/lint-workflow-yaml.mjs', '--strict');
    assertClean(result);
    const count = github.length + gitea.length;
    assert.equal(result.stdout, `${count} files, 0 errors, 0 warnings\n`);
  });

  const actionlint = findTool('actionlint') ?? '';
  const noActionlint = actionlint === '' ? 'actionlint is not installed: .ci/tools actionlint' : false;
  const zizmor = findTool('zizmor') ?? '';
  const noZizmor = zizmor === '' ? 'zizmor is not installed: .ci/tools zizmor' : false;
  const audit = ['--offline', '--no-progress', '--strict-collection'];

  test('actionlint finds nothing in them, nor in the examples', { skip: noActionlint }, () => {
    assertClean(run(actionlint, ...github, ...gitea, ...githubExamples, ...giteaExamples));
  });

  test('zizmor finds nothing in them, pedantic as it can be', { skip: noZizmor }, () => {
    assertClean(run(zizmor, ...audit, '--persona', 'pedantic', ...github));
    assertClean(run(zizmor, ...audit, '--persona', 'pedantic', ...forGitea, ...gitea));
  });

  test('zizmor finds nothing in the examples', { skip: noZizmor }, () => {
    assertClean(run(zizmor, ...audit, ...githubExamples));
    assertClean(run(zizmor, ...audit, ...forGitea, ...giteaExamples));
  });

  const noShellcheck =
    findTool('shellcheck') === null ? 'shellcheck is not installed: .ci/tools shellcheck' : false;
  test('shellcheck finds nothing in what they call', { skip: noShellcheck }, () => {
    assertClean(run('shellcheck', '.ci/run', '.ci/tools'));
  });

  test('what is not of this repository is pinned to a commit, with the version beside it', () => {
    for (const file of [...github, ...gitea, ...githubExamples, ...giteaExamples])
      for (const [line] of readFileSync(join(root, file), 'utf8').matchAll(/^.*\buses: .*$/gm))
        assert.match(line, /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, file);
  });

  test('one action and version has one commit', () => {
    const commits = new Map<string, Set<string>>();
    for (const file of [...github, ...gitea, ...githubExamples, ...giteaExamples])
      for (const [, name, commit, version] of readFileSync(join(root, file), 'utf8').matchAll(
        /\buses: (?:https:\/\/github\.com\/)?([\w/-]+)@(\w+) # (\S+)$/gm,
      ))
        commits.set(
          `${name}@${version}`,
          (commits.get(`${name}@${version}`) ?? new Set()).add(String(commit)),
        );
    assert.deepEqual(
      [...commits].filter(([, all]) => all.size !== 1),
      [],
    );
    assert.ok(commits.size > 0);
  });

  test('both forges check the same versions of Node.js, those that the matrix knows', () => {
    const versions = [github, gitea].map((files) => {
      const ci = files.find((file) => file.endsWith('/ci.yml')) as string;
      return parse(readFileSync(join(root, ci), 'utf8')).jobs.node.strategy.matrix.version.map(String);
    });
    const known = /: (\['18'.*\]);/.exec(readFileSync(join(root, 'tests/node-matrix.mjs'), 'utf8'))?.[1];
    for (const each of versions) assert.deepEqual(each, JSON.parse((known as string).replaceAll("'", '"')));
  });
});
