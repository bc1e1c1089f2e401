import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWorkflow } from '../lib/workflow/workflow.ts';
import { YamlSyntaxError } from '../lib/yaml/read-yaml.ts';

const text = `name: CI
on:
  push:
    branches: [main, dev]
    paths: src/**
    branch: [x]
  pull_request:
    types: [opened]
  schedule: [{cron: '0 0 * * *'}]
x-steps: &checkout {uses: actions/checkout@v4}
jobs:
  build:
    name: Build
    runs-on: [self-hosted, linux]
    steps:
      - *checkout
      - name: Say
        run: |
          echo a
  test:
    needs: build
    if: always()
    runs-on: {group: g, labels: l}
`;

test('reads the events with their filters, types and wrong keys', () => {
  const { on, name } = readWorkflow(text);
  assert.equal(name, 'CI');
  assert.deepEqual([...on.keys()], ['push', 'pull_request', 'schedule']);
  assert.deepEqual(on.get('push')?.filters, {
    branches: ['main', 'dev'],
    paths: ['src/**'],
    unknownKeys: ['branch'],
  });
  assert.deepEqual(on.get('push')?.unknownKeys, ['branch']);
  assert.deepEqual(on.get('pull_request')?.types, ['opened']);
  assert.deepEqual(on.get('push')?.position, { line: 3, column: 3, endLine: 3, endColumn: 7 });
});

test('reads the three forms of on', () => {
  assert.deepEqual([...readWorkflow('on: push').on.keys()], ['push']);
  assert.deepEqual([...readWorkflow('on: [push, create]').on.keys()], ['push', 'create']);
  assert.deepEqual([...readWorkflow('"on": {push: }').on.keys()], ['push']);
  assert.deepEqual(readWorkflow('on: {push: }').on.get('push')?.filters, { unknownKeys: [] });
});

test('reads jobs and steps through aliases, with their places', () => {
  const [build, check] = readWorkflow(text).jobs;
  assert.equal(build?.name?.value, 'Build');
  assert.deepEqual(
    build?.runsOn.map(({ value }) => value),
    ['self-hosted', 'linux'],
  );
  assert.equal(build?.steps[0]?.uses?.value, 'actions/checkout@v4');
  assert.equal(build?.steps[0]?.position.line, 16);
  assert.equal(build?.steps[1]?.run?.value, 'echo a\n');
  assert.deepEqual(
    check?.needs.map(({ value }) => value),
    ['build'],
  );
  assert.equal(check?.if?.value, 'always()');
  assert.deepEqual(
    check?.runsOn.map(({ value }) => value),
    ['l', 'g'],
  );
  assert.deepEqual(check?.position, { line: 20, column: 3, endLine: 20, endColumn: 7 });
});

test('a text that is no YAML throws with the offset', () => {
  assert.throws(
    () => readWorkflow('on: push\nname: "a'),
    (error) => error instanceof YamlSyntaxError && error.offset === 15,
  );
});

test('parts of a wrong kind are left out', () => {
  const workflow = readWorkflow('on: {push: [main]}\njobs: {a: x, b: {steps: {run: a}, needs: [[c]]}}\n');
  assert.deepEqual(workflow.on.get('push')?.filters.unknownKeys, ['main']);
  assert.deepEqual(
    workflow.jobs.map(({ id, steps, needs }) => [id, steps.length, needs.length]),
    [['b', 0, 0]],
  );
});
