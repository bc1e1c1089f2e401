import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWorkflowText } from '../lib/gate/workflow-reading.ts';
import type { Profile } from '../lib/workflow/profile.ts';
import { decidePush } from '../lib/workflow/push-filter.ts';

const shared = 'x-f: &f {branches: [main]}\n';
const jobs = 'jobs: {a: {runs-on: x, steps: [{run: echo}]}}\n';

const rows: [name: string, on: string, profile: Profile, main: boolean, dev: boolean][] = [
  ['1.22 follows a merge under push', `${shared}on: {push: {<<: *f}}\n`, 'gitea-1.22', true, false],
  [
    '1.22 follows a merge of a list under push',
    `${shared}on: {push: {<<: [*f], tags: ['v*']}}\n`,
    'gitea-1.22',
    true,
    false,
  ],
  ['1.22 makes an event of each push', 'on: {push: , push: {branches: [main]}}\n', 'gitea-1.22', true, true],
  [
    '1.25 makes an event of each push',
    'on: {push: {branches: [dev]}, push: {branches: [main]}}\n',
    'gitea-1.25',
    true,
    true,
  ],
  [
    '1.25 keeps the push that has no list under it',
    'on:\n  push:\n  push: [main, dev]\n',
    'gitea-1.25',
    true,
    true,
  ],
  [
    '1.25 takes a list under push for a schedule',
    "on: {push: [{cron: '1 2 * * *'}]}\n",
    'gitea-1.25',
    false,
    false,
  ],
  ['1.25 takes an empty list under push for none', 'on: {push: []}\n', 'gitea-1.25', true, true],
  ['1.25 takes a merge key under push for a filter', 'on: {push: {<<: []}}\n', 'gitea-1.25', false, false],
  ['1.22 unpacks a binary text', 'on: {push: {branches: !!binary bWFpbg==}}\n', 'gitea-1.22', true, false],
  ['1.25 unpacks a binary text', 'on: {push: {branches: [!!binary bWFpbg==]}}\n', 'gitea-1.25', true, false],
];

for (const [name, on, profile, main, dev] of rows) {
  test(`a push of main and of dev: ${name}`, () => {
    const reading = readWorkflowText(
      { file: 'a.yml', path: '.gitea/workflows/a.yml', text: on + jobs },
      profile,
    );
    assert.equal(reading.drop, null);
    const due = (branch: string) =>
      decidePush(reading.pushFilters, { ref: `refs/heads/${branch}`, changed: ['a'] }, profile).due;
    assert.deepEqual([due('main'), due('dev')], [main, dev]);
    assert.equal(reading.events.includes('push'), !on.includes('cron'));
  });
}

test('two pushes under `on:` make each status once', () => {
  const text = `on: [push, push]\n${jobs}`;
  const reading = readWorkflowText({ file: 'a.yml', path: '.gitea/workflows/a.yml', text }, 'gitea-1.22');
  assert.deepEqual(
    reading.expected(['push']).map(({ context }) => context),
    ['/ a (push)'],
  );
});
