import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Profile } from '../lib/workflow/profile.ts';
import { listStatusContexts } from '../lib/workflow/status-contexts.ts';
import { readWorkflow } from '../lib/workflow/workflow.ts';
import recorded from './testdata/workflow-shapes.json' with { type: 'json' };

function contexts(text: string, profile: Profile = 'gitea-1.22'): string[] {
  return listStatusContexts(readWorkflow(text), 'push', profile).map((expected) =>
    'context' in expected ? expected.context : `${expected.prefix}*`,
  );
}

test('agrees with the statuses that a real Gitea 1.22.6 made for each shape that ran', () => {
  const ran = recorded.shapes.filter((shape) => shape.ran['1.22.6']);
  assert.equal(ran.length, 74);
  for (const { name, text, contexts_1_22_6: seen } of ran) {
    assert.deepEqual(contexts(text).sort(), [...seen].sort(), name);
  }
});

const job = (keys: string): string => `name: CI\non: push\njobs: {a: {${keys}}}\n`;
const matrix = (values: string, keys = ''): string => job(`${keys}strategy: {matrix: {${values}}}`);

const names: [sentence: string, text: string, old: string[], later?: string[]][] = [
  ['the job id', job(''), ['CI / a (push)']],
  ['its name', job('name: Pretty name'), ['CI / Pretty name (push)']],
  ['no workflow name', 'on: push\njobs: {a: {}}\n', ['/ a (push)']],
  [
    'legs by the name of the key',
    matrix('os: [a, b], n: [1, 2]'),
    ['CI / a (1, a) (push)', 'CI / a (1, b) (push)', 'CI / a (2, a) (push)', 'CI / a (2, b) (push)'],
  ],
  [
    'an expression in the name',
    matrix('os: [u]', 'name: "B ${{ matrix.os }}", '),
    ['CI / B ${{ matrix.os }} (u) (push)'],
    ['CI / B u (push)'],
  ],
  [
    'another expression',
    matrix('os: [u]', 'name: "B ${{ github.ref }}", '),
    ['CI / B ${{ github.ref }} (u) (push)'],
    ['CI / *'],
  ],
  [
    'an expression without a matrix stays',
    job('name: "B ${{ github.ref }}"'),
    ['CI / B ${{ github.ref }} (push)'],
  ],
  [
    'values of all kinds',
    matrix('v: [1.0, 1e3, 0x1F, true, ~, 2024-01-02, {n: 1, m: 2}, [a, b]]'),
    [
      'CI / a (1) (push)',
      'CI / a (1000) (push)',
      'CI / a (2024-01-02 00:00:00 +0000 UTC) (push)',
      'CI / a (31) (push)',
      'CI / a (<nil>) (push)',
      'CI / a ([a b]) (push)',
      'CI / a (map[m:2 n:1]) (push)',
      'CI / a (true) (push)',
    ],
  ],
  [
    'large numbers',
    matrix('v: [999999.5, 1e6, 1234567.5, 1e22, 1000000, 18446744073709551616]'),
    [
      'CI / a (1.2345675e+06) (push)',
      'CI / a (1.8446744073709552e+19) (push)',
      'CI / a (1000000) (push)',
      'CI / a (1e+06) (push)',
      'CI / a (1e+22) (push)',
      'CI / a (999999.5) (push)',
    ],
  ],
  [
    'an include that adds to a leg',
    matrix('os: [a, b], include: [{os: a, v: 1}]'),
    ['CI / a (a, 1) (push)', 'CI / a (b) (push)'],
  ],
  [
    'an include that makes a leg',
    matrix('os: [a], include: [{os: b}, {v: 1}]'),
    ['CI / a (1) (push)', 'CI / a (a) (push)', 'CI / a (b) (push)'],
  ],
  [
    'an exclude',
    matrix('os: [a, b], n: [1, 2], exclude: [{os: a, n: 1}, {os: b}]'),
    ['CI / a (2, a) (push)'],
  ],
  ['a matrix that is an expression', job('strategy: {matrix: "${{ fromJSON(x) }}"}'), ['CI / a (push)']],
  ['an empty list', matrix('os: []'), ['CI / a (push)']],
  ['a long name is cut', job(`name: ${'x'.repeat(300)}`), [`CI / ${'x'.repeat(252)}… (push)`]],
];

for (const [sentence, text, old, later = old] of names) {
  test(`status contexts: ${sentence}`, () => {
    assert.deepEqual(contexts(text), old);
    assert.deepEqual(contexts(text, 'gitea-1.23'), later);
    assert.deepEqual(contexts(text, 'gitea-1.25'), later);
  });
}

test('a matrix too large to list is known by its beginning', () => {
  const values = 'abcdefgh'.split('').map((key) => `${key}: [${'1, '.repeat(40)}]`);
  assert.deepEqual(contexts(matrix(values.join(', '))), ['CI / *']);
});
