import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { asBranch } from '../lib/branch-name.ts';
import { withoutGit } from './support/tools.mjs';

const good = [
  'main',
  'feat/1.2',
  'a.b',
  'a-',
  '_',
  '@',
  'a@b',
  '@a',
  'a{b}',
  'HEAD/x',
  'lock',
  'a.lock.b',
  'ß',
];
const bad = [
  ...['a b', 'a\tb', 'a\u007f', 'a~1', 'a^', 'a:b', 'a?', 'a*', 'a[b', 'a\\b', 'a..b', 'a@{b'],
  ...['.a', 'a/.b', 'a.', 'a.lock', 'a.lock/b', '/a', 'a/', 'a//b', '-a', 'HEAD'],
];

describe('a name of a branch', () => {
  const isGitBranch = (name: string): boolean => {
    // A leading dash and HEAD are what `git branch` refuses beyond the rules of refs.
    if (/^-|^HEAD$/.test(name)) return false;
    const { status, error } = spawnSync('git', ['check-ref-format', '--branch', name], { encoding: 'utf8' });
    assert.equal(error, undefined);
    return status === 0;
  };
  for (const name of good)
    test(`${JSON.stringify(name)} is one, for git too`, { skip: withoutGit }, () => {
      assert.equal(asBranch(name, '--to'), name);
      assert.equal(isGitBranch(name), true);
    });
  for (const name of bad)
    test(`${JSON.stringify(name)} is none, for git neither`, { skip: withoutGit }, () => {
      assert.throws(
        () => asBranch(name, '--to'),
        /^UsageError: Cannot use --to: ".*" is no branch; give its/,
      );
      assert.equal(isGitBranch(name), false);
    });

  test('may be given as a whole ref; other refs are none', () => {
    assert.equal(asBranch('refs/heads/feat/x', '--to'), 'feat/x');
    for (const ref of ['refs/tags/v1', 'refs/heads/', 'refs/pull/1/merge', ' '])
      assert.throws(() => asBranch(ref, '--to'), /is no branch/);
  });
});
