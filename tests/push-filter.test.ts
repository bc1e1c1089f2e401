import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePattern as compileForGitea } from '../lib/workflow/patterns-gitea.ts';
import { compilePattern as compileForGitHub } from '../lib/workflow/patterns-github.ts';
import { decidePushFilter, type PushFilters } from '../lib/workflow/push-filter.ts';
import recorded from './testdata/push-filters.json' with { type: 'json' };

test('agrees with what a real Gitea 1.22.6 ran, for every recorded push and workflow', () => {
  let verdicts = 0;
  for (const { ref, changed, ran } of recorded.results) {
    for (const { id, push } of recorded.workflows) {
      const decision = decidePushFilter(push as PushFilters, { ref, changed }, 'gitea-1.22');
      assert.equal(
        decision.due,
        ran.includes(id),
        `${id} ${JSON.stringify(push)} on ${ref} ${changed.join()}`,
      );
      verdicts++;
    }
  }
  assert.equal(verdicts, 930);
});

const main = 'refs/heads/main';
const tag = 'refs/tags/v1';
const decisions: [
  sentence: string,
  PushFilters | null,
  string,
  string[] | null,
  'github' | 'gitea-1.22' | 'gitea-1.24',
  string,
][] = [
  ['no push in `on:`', null, main, ['a'], 'gitea-1.22', 'event'],
  ['no filters, changes unknown', {}, main, null, 'gitea-1.22', 'due'],
  [
    'branch excluded decides without the changes',
    { branches: ['dev'], paths: ['a'] },
    main,
    null,
    'gitea-1.22',
    'branches',
  ],
  ['paths need the changes', { branches: ['main'], paths: ['a'] }, main, null, 'gitea-1.22', 'unknown'],
  ['only negatives never match, whatever changed', { paths: ['!a'] }, main, null, 'gitea-1.22', 'paths'],
  ['an empty list of paths filters nothing', { paths: [] }, main, null, 'gitea-1.22', 'due'],
  ['empty commit under paths', { paths: ['**'] }, main, [], 'gitea-1.22', 'paths'],
  ['empty commit under paths-ignore', { 'paths-ignore': ['x'] }, main, [], 'gitea-1.22', 'paths'],
  [
    'a pattern that does not compile never matches',
    { paths: ['a', '[!b]'] },
    main,
    null,
    'gitea-1.22',
    'pattern',
  ],
  [
    'a negative in paths-ignore ignores the rest',
    { 'paths-ignore': ['docs/**', '!docs/k'] },
    main,
    ['src/a'],
    'gitea-1.22',
    'paths',
  ],
  ['only branches: a tag is out', { branches: ['**'] }, tag, null, 'gitea-1.22', 'branches'],
  ['only tags: a branch is out', { tags: ['**'] }, main, null, 'github', 'tags'],
  [
    'branches and tags: one suffices for a branch',
    { branches: ['main'], tags: ['v*'] },
    main,
    null,
    'github',
    'due',
  ],
  [
    'branches and tags: one suffices for a tag',
    { branches: ['main'], tags: ['v*'] },
    tag,
    null,
    'gitea-1.22',
    'due',
  ],
  [
    'branches and tags: the one for this kind is named',
    { branches: ['dev'], tags: ['v*'] },
    main,
    null,
    'gitea-1.22',
    'branches',
  ],
  [
    'three ref filters can never all be met by a branch',
    { branches: ['main'], tags: ['v*'], 'tags-ignore': ['x'] },
    main,
    null,
    'gitea-1.22',
    'tags',
  ],
  ['1.22 filters tags by path', { paths: ['src/**'] }, tag, ['docs/a'], 'gitea-1.22', 'paths'],
  ['1.24 does not', { paths: ['src/**'] }, tag, null, 'gitea-1.24', 'due'],
  ['nor does GitHub', { paths: ['src/**'] }, tag, null, 'github', 'due'],
  ['a wrong key never runs on Gitea', { unknownKeys: ['branch'] }, main, null, 'gitea-1.22', 'event'],
  ['an empty pattern never matches', { branches: [''] }, main, null, 'gitea-1.24', 'branches'],
];

for (const [sentence, filters, ref, changed, profile, expected] of decisions) {
  test(`push filter: ${sentence}`, () => {
    const decision = decidePushFilter(filters, { ref, changed }, profile);
    assert.equal(
      decision.due === false ? decision.by : decision.due === true ? 'due' : decision.due,
      expected,
    );
    if (decision.due !== true) assert.ok(decision.why.length > 0);
  });
}

const patterns: [pattern: string, text: string, gitea: boolean | null, github?: boolean | null][] = [
  ['[_a-z]', '_', true],
  ['[a-]', 'a', null, true],
  ['[!a]', 'b', null, false],
  ['[.]', '.', null, true],
  ['[]', 'a', null],
  ['[a', 'a', null],
  ['[a-c-e]', '-', true, true],
  ['v[0-9]+', 'v12', true],
  ['v[0-9]+', 'v', false],
  ['a++', 'a', null],
  ['a+?', 'aa', true],
  ['*?', 'ab', true],
  ['*+', 'ab', null],
  ['+a', '+a', true],
  ['?', '?', true],
  ['**/x', 'x', true],
  ['**/x', 'a/b/x', true],
  ['**/x', 'ax', false],
  ['**', 'a/b', true],
  ['*', 'a/b', false],
  ['{a,b}', 'a', false],
  ['{a,b}', '{a,b}', true],
  ['./a', 'a', false],
  ['\\*', '*', true],
  ['a\\', 'a', null],
  ['ü?x', 'x', true],
  ['Main', 'main', false],
  ['', 'a', false],
];

for (const [pattern, text, gitea, github = gitea] of patterns) {
  test(`pattern ${pattern} against ${text}`, () => {
    assert.equal(compileForGitea(pattern)?.(text) ?? null, gitea, 'Gitea');
    assert.equal(compileForGitHub(pattern)?.(text) ?? null, github, 'GitHub');
  });
}

test('a pattern with many stars costs no time on a long path', () => {
  const matches = compileForGitea(`${'**a'.repeat(60)}b`);
  const start = performance.now();
  assert.equal(matches?.('a'.repeat(4000)), false);
  assert.ok(performance.now() - start < 2000);
});

test('on GitHub a negative entry takes back what one before it ignored, on Gitea it ignores all else', () => {
  const filters = { 'paths-ignore': ['docs/**', '!docs/keep.md'] };
  const due = (changed: string, rules: 'github' | 'gitea') =>
    decidePushFilter(filters, { ref: 'refs/heads/main', changed: [changed] }, rules).due;
  assert.deepEqual(
    [due('src/a.ts', 'github'), due('docs/keep.md', 'github'), due('docs/a.md', 'github')],
    [true, true, false],
  );
  assert.equal(due('src/a.ts', 'gitea'), false);
});
