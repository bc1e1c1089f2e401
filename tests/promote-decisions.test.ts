import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  classifyRefusal,
  decideEnd,
  findBlocker,
  isPassing,
  mayLift,
} from '../lib/promote-branch/blocker.ts';
import { matchesGlob } from '../lib/promote-branch/glob.ts';
import { findOpenChecks } from '../lib/promote-branch/required-checks.ts';
import type { Pull } from '../lib/promote-branch/ports.ts';
import { writePullText } from '../lib/promote-branch/pull-text.ts';

const pull: Pull = {
  number: 1,
  url: '',
  state: 'open',
  head: 'a'.repeat(40),
  mergeSha: null,
  mergedAt: null,
  armed: false,
  queued: false,
  draft: false,
  mergeable: 'yes',
};

describe('what a refused merge names', () => {
  const rows: [string, string, boolean][] = [
    ['Required status check "ci / build" is expected.', 'check', true],
    ['Required status checks have not succeeded: 1 expected.', 'check', true],
    ['not allowed to merge [reason: Not all required status checks successful]', 'check', true],
    ['At least 1 approving review is required by reviewers with write access.', 'review', true],
    ['not allowed to merge [reason: Does not have enough approvals]', 'review', true],
    ['not allowed to merge [reason: There are requested changes]', 'review', true],
    ['A conversation must be resolved before this pull request can be merged.', 'conversation', true],
    ['Changes must be made through the merge queue', 'queue', true],
    ['Head branch is out of date. Review and try the merge again.', 'behind', false],
    ['not allowed to merge [reason: The head branch is behind the base branch]', 'behind', false],
    ['Pull Request is still a draft', 'draft', false],
    ['Work in progress PRs cannot be merged', 'draft', false],
    ['Pull Request is not mergeable', 'conflict', false],
    ['Merge Conflict Error', 'conflict', false],
    ['Update is not a fast forward', 'conflict', false],
    ['Merge commits are not allowed on this repository.', 'other', false],
    ['', 'other', false],
  ];
  for (const [words, kind, lifts] of rows) {
    test(`${words || 'nothing'}: ${kind}`, () => {
      const blocker = classifyRefusal(words);
      assert.deepEqual([blocker.kind, mayLift(blocker)], [kind, lifts]);
    });
  }

  test('what passes by itself is tried again', () => {
    assert.ok(isPassing('Base branch was modified. Review and try the merge again.'));
    assert.ok(isPassing('PushOutOfDate Error: remote moved'));
    assert.ok(!isPassing('Pull Request is not mergeable'));
  });
});

describe('how a wait ends', () => {
  const words = 'words';
  const none = { missing: [], pending: [], failed: [] };
  const rows: [string, Parameters<typeof decideEnd>, string, RegExp][] = [
    ['a review', [{ kind: 'review', words }, pull, null], 'blocked', /^review: words/],
    ['a conversation', [{ kind: 'conversation', words }, pull, null], 'blocked', /^conversation/],
    ['the queue', [{ kind: 'queue', words }, pull, null], 'timed-out', /^queue/],
    ['a check unread', [{ kind: 'check', words }, pull, null], 'timed-out', /^check: words/],
    ['no check open', [{ kind: 'check', words }, pull, none], 'timed-out', /^check: words/],
    [
      'pending',
      [{ kind: 'check', words }, pull, { ...none, pending: ['a'] }],
      'timed-out',
      /"a", still pending/,
    ],
    [
      'missing',
      [{ kind: 'check', words }, pull, { ...none, missing: ['a', 'b'] }],
      'blocked',
      /missing check "a", "b"/,
    ],
    [
      'failed',
      [{ kind: 'check', words }, pull, { ...none, failed: ['a'], pending: ['b'] }],
      'blocked',
      /failed check "a"/,
    ],
    [
      'doubt',
      [{ kind: 'mergeability', words }, { ...pull, mergeable: 'doubt' }, null],
      'blocked',
      /^conflict/,
    ],
    [
      'no answer',
      [{ kind: 'mergeability', words }, { ...pull, mergeable: 'unknown' }, null],
      'timed-out',
      /^mergeability/,
    ],
  ];
  for (const [name, args, decision, reason] of rows) {
    test(name, () => {
      const end = decideEnd(...args);
      assert.equal(end.decision, decision);
      assert.match(end.reason, reason);
    });
  }

  test('what the pull request shows stands in the way before any merge', () => {
    const kinds = (more: Partial<Pull>) => findBlocker({ ...pull, ...more })?.kind ?? null;
    assert.equal(kinds({}), null);
    assert.equal(kinds({ draft: true }), 'draft');
    assert.equal(kinds({ mergeable: 'no' }), 'conflict');
    assert.equal(kinds({ queued: true }), 'queue');
    assert.equal(kinds({ mergeable: 'unknown' }), 'mergeability');
    assert.equal(kinds({ mergeable: 'doubt' }), 'mergeability');
  });
});

test('the pull request lists what ships, calls nobody, and counts what it leaves out', () => {
  const commits = [
    { sha: 'a'.repeat(40), subject: 'Fix it (#12)' },
    { sha: 'b'.repeat(40), subject: 'Merge pull request #13 from o/x' },
    { sha: 'c'.repeat(40), subject: "Merge pull request 'y' (#14) from y into staging" },
    { sha: 'd'.repeat(40), subject: 'thanks @ada <b>' },
    { sha: 'e'.repeat(40), subject: 'Take (#3) back (#15)' },
    { sha: 'f'.repeat(40), subject: "Merge pull request 'Mend (#4) again' (#16) from z into staging" },
  ];
  const { title, body } = writePullText(
    { from: 'staging', to: 'main' },
    { ahead: 130, behind: 0, sameTree: false, commits },
  );
  assert.equal(title, 'Promote staging to main');
  assert.match(body, /Ships 130 commits/);
  assert.match(body, /and 124 more/);
  assert.match(body, /Pull requests: #12, #13, #14, #15, #16$/);
  assert.doesNotMatch(body, /@ada|<b>/);
});

describe('checks that a branch demands', () => {
  const rows: [glob: string, fits: string[], others: string[]][] = [
    ['CI / build (push)', ['CI / build (push)'], ['CI / build', 'ci / build (push)']],
    ['CI / *', ['CI / build (push)', 'CI / '], ['CI/build', 'Other / CI / x']],
    ['*(push)', ['a / b (push)', '(push)'], ['a (push) ']],
    ['*a*b*', ['ab', 'xaxbx'], ['ba']],
    ['jo? [0-9]', ['job 1'], ['job x', 'job 12']],
    ['[!ab]x', ['cx'], ['ax', 'bx', 'x']],
    ['{lint,test {a,b}} / *', ['lint / x', 'test b / '], ['test / x', 'test c / x']],
    ['build \\[1\\]', ['build [1]'], ['build 1']],
    ['a{b', ['a{b'], ['ab']],
    ['', [''], ['x']],
  ];
  for (const [glob, fits, others] of rows)
    test(`"${glob}" on Gitea`, () => {
      for (const name of fits) assert.ok(matchesGlob(name, glob), name);
      for (const name of others) assert.ok(!matchesGlob(name, glob), name);
    });

  test('no glob makes it slow', () => {
    const started = performance.now();
    matchesGlob('a'.repeat(2000), `${'*a'.repeat(200)}b`);
    matchesGlob('a', '{a,b}'.repeat(200));
    matchesGlob('a', '{'.repeat(5000));
    assert.ok(performance.now() - started < 5000);
  });

  test('are missing, failed or pending by all that they match on Gitea, by their name on GitHub', () => {
    const present = new Map([
      ['CI / a', 'passed'],
      ['CI / b', 'pending'],
      ['Scan / c', 'failed'],
    ] as const);
    const required = ['CI / a', 'CI / *', '* / c', 'Docs / *'];
    assert.deepEqual(findOpenChecks(required, present, 'gitea'), {
      missing: ['Docs / *'],
      pending: ['CI / *'],
      failed: ['* / c'],
    });
    assert.deepEqual(findOpenChecks(required, present, 'github').missing, ['CI / *', '* / c', 'Docs / *']);
  });
});
