import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyConfig, parseConfig } from '../lib/lint/config.ts';
import { lintProject } from '../lib/lint/lint.ts';
import { rules } from '../lib/lint/rules.ts';
import { parseSource } from '../lib/lint/source.ts';
import type { Profile } from '../lib/workflow/profile.ts';

/** What one rule says of unusual shapes: `line:column` of each finding, in order. */
interface Row {
  sentence: string;
  profile?: Profile;
  /** `on:` as it stands; line 1 is `name: CI`, so it begins on line 2. */
  on?: string;
  /** The whole of the file's text, instead of `on` and `job`. */
  text?: string;
  /** What stands in the job, at four columns, behind `jobs:` and its id; `on: push` puts it on line 5. */
  job?: string;
  /** The steps' script, as the line `      - run: …`; with `on: push` it is line 7. */
  run?: string;
  /** Other files that are there; a workflow among them is read. */
  others?: Record<string, string>;
  config?: object;
  at: string[];
}

const path = (profile: Profile, name = 'ci.yml'): string =>
  `${profile === 'github' ? '.github' : profile === 'forgejo' ? '.forgejo' : '.gitea'}/workflows/${name}`;

function makeText({ text, on = 'on: push', job, run }: Row): string {
  if (text !== undefined) return text;
  const body = job ?? `    runs-on: linux\n    steps:\n      - run: ${run ?? 'make'}`;
  return `name: CI\n${on}\njobs:\n  a:\n${body}\n`;
}

function findPlaces(id: string, row: Row): string[] {
  const { profile = 'gitea-1.22', others = {}, config } = row;
  const rule = rules.find((known) => known.id === id);
  assert.ok(rule, id);
  const name = path(profile);
  const names = Object.keys(others);
  const source = (file: string, text: string) => parseSource(file, Buffer.from(text), [profile]);
  const project = {
    files: [
      source(name, makeText(row)),
      ...names
        .filter((file) => /workflows\/.*\.yml$/.test(file))
        .map((file) => source(file, others[file] ?? '')),
    ],
    kindOf: (file: string) =>
      file === name || names.includes(file)
        ? ('file' as const)
        : names.some((one) => one.startsWith(`${file}/`))
          ? ('folder' as const)
          : null,
  };
  const settings =
    config === undefined ? emptyConfig : parseConfig('lint.json', JSON.stringify(config), new Set([id]));
  return lintProject(project, settings, [rule])
    .filter((finding) => finding.rule === id)
    .map(({ file, line, column }) => (file === name ? `${line}:${column}` : `${file}:${line}:${column}`));
}

const only = (steps: string): string => `    runs-on: linux\n    steps:\n${steps}`;
const called = 'on: {workflow_call: }';
const tagged = (on: string, name = 'Other'): string =>
  `name: ${name}\n${on}\njobs: {b: {runs-on: x, steps: []}}\n`;
const checks = { required_checks: { main: ['test'] }, merge_queue: ['main'] };
const testJob = 'jobs:\n  test:\n    runs-on: x\n    steps:\n      - run: make\n';

const table: Record<string, Row[]> = {
  'types-fire': [
    {
      sentence: 'the type itself is pointed at, not what stands first under the event',
      on: 'on:\n  pull_request:\n    branches: [main]\n    types:\n      - opened\n      - "ready_for_review"',
      at: ['7:9'],
    },
    {
      sentence: 'types known, in each form',
      on: 'on: {issues: {types: opened}, release: {types: [published]}}',
      at: [],
    },
  ],
  'no-alias-in-on': [
    {
      sentence: 'an alias whose anchor is elsewhere, which no runner can read',
      text: 'x-paths: &paths [src/**]\non:\n  push:\n    paths: *paths\n  pull_request: {branches: [&main main]}\n  create: {types: [*main]}\njobs: {a: {runs-on: x, steps: []}}\n',
      at: ['4:12'],
    },
    {
      sentence: 'as an item, as a merge, and behind an anchor of that name that comes too late',
      profile: 'gitea-1.25',
      text: 'x: &x main\non: {push: {branches: [*x, &x dev]}, create: {types: [*x]}}\njobs: {a: {runs-on: x, steps: []}}\n',
      at: ['2:24'],
    },
    {
      sentence: 'a merge into an event',
      text: 'x: &x {branches: [main]}\non: {push: {<<: *x}}\njobs: {a: {runs-on: x, steps: []}}\n',
      at: ['2:17'],
    },
    {
      sentence: 'said once where the file is dropped for it',
      profile: 'gitea-1.23',
      text: 'x: &x {branches: [main]}\non: {push: *x}\njobs: {a: {runs-on: x, steps: []}}\n',
      at: ['2:12'],
    },
    {
      sentence: 'a file that is only called, which the runner reads whole',
      text: 'x: &x {}\non: {workflow_call: *x}\njobs: {a: {runs-on: x, steps: []}}\n',
      at: [],
    },
  ],
  'filter-compiles': [
    {
      sentence: 'the pattern itself is pointed at',
      on: "on:\n  push:\n    branches:\n      - main\n      - '[!a]*'",
      at: ['6:9'],
    },
  ],
  'no-server-panic': [
    {
      sentence: 'the glob itself is pointed at',
      on: "on:\n  issues:\n    types:\n      - opened\n      - 'l['",
      at: ['6:9'],
    },
    {
      sentence: 'what ends the process of a runner, wherever it fills texts in',
      job: [
        '    if: contains(github.ref)',
        '    runs-on: linux',
        '    env: {A: &a "${{ \'a }}", B: *a}',
        '    outputs: {o: "${{ join() }}"}',
        '    steps:',
        '      - run: |',
        '          echo "${{ github.ref }} ${{ github.sha"',
        '      - uses: x/y@v1',
        "        with: {z: '${{ format(''{0}} b'', 1) }}'}",
      ].join('\n'),
      at: ['5:9', '7:14', '8:18', '10:14', '13:19'],
    },
    {
      sentence:
        'what a runner takes: other quotes, calls in texts, braces that are closed, and what it does not fill in',
      job: [
        "    if: ${{ !cancelled() && contains('contains(a)', 'it''s') }}",
        '    runs-on: linux',
        '    timeout-minutes: "${{ \'a }}"',
        '    strategy: {fail-fast: "${{ \'a }}"}',
        '    steps:',
        '      - run: |',
        '          echo "it\'s ${{ github.ref }}" # isn\'t',
        "          echo ${{ format('{{{0}}} {1}', 1, 2) }} ${{ format('}}{{', toJSON(join(github.x))) }}",
        '      - run: echo ${{ github.sha }',
      ].join('\n'),
      at: [],
    },
  ],
  'filter-can-match': [
    {
      sentence: 'types under push, which has none',
      on: 'on:\n  push:\n    branches: [main]\n    types: [opened]',
      at: ['5:5'],
    },
    {
      sentence: 'each dead path, where it stands',
      profile: 'github',
      on: 'on:\n  push:\n    paths:\n      - src/**\n      - /a\n      - "docs/"',
      at: ['6:9', '7:9'],
    },
    {
      sentence: 'names that no branch and no tag has',
      on: 'on:\n  push:\n    branches:\n      - main\n      - /main\n      - refs/heads/main\n      - "main "\n      - "a..b"\n      - ^main$\n    tags:\n      - refs/tags/v*\n      - v*',
      at: ['6:9', '7:9', '8:9', '9:9', '10:9', '12:9'],
    },
    {
      sentence: 'names with every sign that a pattern may have',
      on: "on: {push: {branches: ['**', 'a/**/b', 'release/[0-9]+.x', 'v?', 'a@b', 'refs/x', '!main']}}",
      at: [],
    },
    {
      sentence: 'paths with a part that no file has',
      on: "on: {push: {paths: ['a/../b', 'a//b', '..', 'a/./b', '.github/**', 'a/..b']}}",
      at: ['2:21', '2:31', '2:39', '2:45'],
    },
    {
      sentence: 'an empty text, which 1.22 takes for a pattern',
      on: "on: {push: {paths: ['']}}",
      at: ['2:21'],
    },
    {
      sentence: 'braces, which no forge takes for a choice',
      profile: 'github',
      on: "on: {push: {branches: ['{main,dev}']}}",
      at: ['2:24'],
    },
    {
      sentence: 'braces of a template, and a class, are names',
      profile: 'github',
      on: "on: {push: {paths: ['{{cookiecutter.name}}/**', 'src/[ab]/**']}}",
      at: [],
    },
  ],
  'vendored-script-exists': [
    { sentence: 'in a folder that a subshell goes into', run: '(cd app && node vendor/x.mjs)', at: [] },
    {
      sentence: "from the workspace, whatever the step's folder",
      job: only('      - working-directory: app\n        run: node "$GITHUB_WORKSPACE/vendor/x.mjs"'),
      others: { 'app/vendor/x.mjs': '' },
      at: ['8:14'],
    },
    {
      sentence: "the folder of the job's or the workflow's defaults counts",
      profile: 'github',
      text: `on: push\ndefaults: {run: {working-directory: ./app/}}\njobs:\n  a:\n    runs-on: x\n    steps: [{run: node vendor/x.mjs}]\n  b:\n    runs-on: x\n    defaults: {run: {working-directory: lib}}\n    steps: [{run: node vendor/x.mjs}]\n`,
      others: { 'app/vendor/x.mjs': '' },
      at: ['10:19'],
    },
    {
      sentence: 'what a command of the job has made, or put there, is none of the repository',
      run: 'cp -r tools/. vendor/ && node vendor/x.mjs',
      at: [],
    },
    {
      sentence: 'after an install',
      job: only('      - run: composer install\n      - run: node vendor/x.mjs'),
      at: [],
    },
    {
      sentence: 'a folder that only the runner knows',
      job: only('      - working-directory: /opt/x\n        run: node vendor/x.mjs'),
      at: [],
    },
    {
      sentence: 'two calls of one that is not there',
      run: 'node vendor/x.mjs; node ./vendor/x.mjs',
      at: ['7:14', '7:33'],
    },
  ],
  'local-uses-exists': [
    {
      sentence: 'in a submodule that is checked out',
      job: only('      - {uses: actions/checkout@v4, with: {submodules: true}}\n      - uses: ./sub/act'),
      at: [],
    },
    {
      sentence: 'in what was downloaded',
      job: only('      - uses: actions/download-artifact@v3\n      - uses: ./act'),
      at: [],
    },
    {
      sentence: 'in a clone',
      job: only('      - run: git -c a=b clone "$URL" act\n      - uses: ./act'),
      at: [],
    },
    {
      sentence: 'a folder with "@" in its name',
      job: only('      - uses: ./@me/act'),
      others: { '@me/act/action.yml': '' },
      at: [],
    },
    {
      sentence: 'through an anchor with settings',
      job: only('      - {uses: actions/checkout@v4, with: &w {fetch-depth: 0}}\n      - uses: "./act"'),
      at: ['8:15'],
    },
  ],
  'dispatch-target-exists': [
    ...[
      'gh api repos/$GITHUB_REPOSITORY_OWNER/site/actions/workflows/no.yml/dispatches',
      'gh api "repos/${{ github.repository_owner }}/site/actions/workflows/no.yml/dispatches"',
      'curl -X POST "$API/repos/$OTHER/actions/workflows/no.yml/dispatches"',
      'curl -X POST "$REPO_URL/actions/workflows/no.yml/dispatches"',
      'gh workflow run --repo o/site no.yml',
      'gh workflow run no.yml -f a=b -R "o/site"',
    ].map((run) => ({ sentence: `another repository: ${run}`, run, at: [] })),
    ...[
      ['curl "$API/repos/${GITHUB_REPOSITORY}/actions/workflows/no.yml/dispatches"', '7:51'],
      ['gh api repos/{owner}/{repo}/actions/workflows/no.yml/dispatches', '7:41'],
      ['gh workflow run --ref main no.yml', '7:14'],
      ['gh workflow run -R "${{ github.repository }}" no.yml', '7:14'],
      ['gh workflow run no.yml --ref x --repo "$GITHUB_REPOSITORY"', '7:14'],
    ].map(([run = '', at = '']) => ({ sentence: `this repository: ${run}`, run, at: [at] })),
    {
      sentence: 'another repository, named on a further line',
      run: '|\n          gh workflow run no.yml \\\n            --ref main \\\n            --repo "$GITHUB_REPOSITORY_OWNER/site"',
      at: [],
    },
    {
      sentence: 'an input that is not declared, on a further line',
      run: '|\n          gh workflow run b.yml \\\n            -f yes=1 \\\n            -f no="$X"',
      others: { '.gitea/workflows/b.yml': tagged('on: {workflow_dispatch: {inputs: {yes: {}}}}') },
      at: ['8:11'],
    },
    {
      sentence: 'the repository of `env`',
      profile: 'github',
      job: `    runs-on: x\n    env: {GH_REPO: o/site}\n    steps:\n      - run: gh workflow run no.yml\n      - run: gh workflow run no.yml\n        env: {GH_REPO: "\${{ github.repository }}"}`,
      at: ['9:14'],
    },
  ],
  'workflow-run-exists': [
    {
      sentence: "GitHub's own workflows",
      profile: 'github',
      on: "on: {workflow_run: {workflows: [pages-build-deployment, CodeQL, 'No']}}",
      at: ['2:65'],
    },
    {
      sentence: 'beside a file that cannot be read, whose name nobody knows',
      profile: 'github',
      on: 'on: {workflow_run: {workflows: [Broken]}}',
      others: { '.github/workflows/broken.yml': 'name: Broken\non: [' },
      at: [],
    },
  ],
  'unique-workflow-name': [
    {
      sentence: 'a file that is only called shows its name nowhere',
      profile: 'github',
      others: { '.github/workflows/b.yml': tagged(called, 'CI') },
      at: [],
    },
  ],
  'required-check-always-runs': [
    {
      sentence: 'two files of one check whose filters complete each other',
      profile: 'github',
      text: `on: {pull_request: {paths: [src/**]}}\n${testJob}`,
      others: { '.github/workflows/b.yml': `on: {pull_request: {paths-ignore: [src/**]}}\n${testJob}` },
      config: checks,
      at: [],
    },
    {
      sentence: 'two files of one check whose filters leave a gap',
      profile: 'github',
      text: `on: {pull_request: {paths: [src/**]}}\n${testJob}`,
      others: { '.github/workflows/b.yml': `on: {pull_request: {paths-ignore: [lib/**]}}\n${testJob}` },
      config: checks,
      at: ['.github/workflows/b.yml:1:21', '1:21'],
    },
    {
      sentence: 'on Gitea the event in the name says which filter counts',
      text: `name: CI\non: {push: , pull_request: {paths: [src/**]}}\n${testJob}`,
      config: { required_checks: { main: ['CI / test (push)'] } },
      at: [],
    },
  ],
  'required-check-in-merge-queue': [
    {
      sentence: 'another file reports the check for the queue',
      profile: 'github',
      text: `on: pull_request\n${testJob}`,
      others: { '.github/workflows/b.yml': `on: merge_group\n${testJob}` },
      config: checks,
      at: [],
    },
  ],
  'token-push-starts-nothing': [
    ...(
      [
        ['git push https://x:${{ secrets.GITHUB_TOKEN }}@github.com/o/r main', ['7:14']],
        ['git push https://x:$GITHUB_TOKEN@github.com/o/r HEAD:main', ['7:14']],
        ['git push https://x:${{ secrets.BOT }}@github.com/o/r main', []],
        ['git push https://x:$BOT@github.com/o/r main', []],
      ] as const
    ).map(([run, at]) => ({
      sentence: run,
      profile: 'github' as const,
      job: only(
        `      - run: ${run}\n        env: {GITHUB_TOKEN: "\${{ github.token }}", BOT: "\${{ secrets.BOT }}"}`,
      ),
      others: { '.github/workflows/b.yml': tagged('on: {push: {branches: [main]}}') },
      at: [...at],
    })),
    ...(
      [
        ['git push origin main', '8:14', 'plain'],
        ['git commit -am "x [skip ci]" && git push origin main', '', 'it says that nothing shall run'],
        ['git push origin :main', '', 'a branch is deleted'],
        ['git push --delete origin main', '', 'a branch is deleted, in words'],
      ] as const
    ).map(([run, at, sentence]) => ({
      sentence,
      profile: 'github' as const,
      job: only(`      - uses: actions/checkout@v4\n      - run: ${run.includes('"') ? `'${run}'` : run}`),
      others: { '.github/workflows/b.yml': tagged('on: {push: {branches: [main]}}') },
      at: at === '' ? [] : [at],
    })),
    {
      sentence: 'nobody but the file itself waits',
      profile: 'github',
      on: 'on: {push: {branches: [main]}}',
      job: only('      - uses: actions/checkout@v4\n      - run: git push origin main'),
      at: [],
    },
  ],
  'runner-label-exists': [
    {
      sentence: "GitHub's group is no label",
      profile: 'github',
      job: '    runs-on: {group: big, labels: Linux}\n    steps: []',
      config: { runner_labels: ['linux'] },
      at: [],
    },
    {
      sentence: 'labels of a matrix, and of what it includes',
      job: '    strategy:\n      matrix:\n        os: [linux, mac]\n        include: [{os: win}]\n    runs-on: ${{ matrix.os }}\n    steps: []',
      config: { runner_labels: ['linux'] },
      at: ['7:21', '8:24'],
    },
    {
      sentence: 'Gitea tells capitals apart',
      job: '    runs-on: Linux\n    steps: []',
      config: { runner_labels: ['linux'] },
      at: ['5:14'],
    },
  ],
  'static-matrix': [
    {
      sentence: 'a value that is no list',
      job: '    strategy: {matrix: {os: linux}}\n    runs-on: x\n    steps: []',
      at: ['5:29'],
    },
    {
      sentence: 'a list behind an alias',
      job: '    strategy: {matrix: {os: &o [a], n: *o, include: [{x: 1}], exclude: }}\n    runs-on: x\n    steps: []',
      at: [],
    },
    {
      sentence: 'the runner fills in the matrix of a file that is called',
      on: called,
      job: '    strategy: {matrix: "${{ fromJSON(inputs.m) }}"}\n    runs-on: x\n    steps: []',
      at: [],
    },
  ],
  'static-runs-on': [
    ...[
      'fromJSON(\'"wire"\')',
      'fromJSON(\'{"a":"x","b":"y"}\')[matrix.os]',
      'fromJSON(\'{"a":"x"}\').a',
      'fromJSON(\'["a","b"]\')[0]',
      'fromJSON(vars.LABELS)[matrix.os]',
      "contains(fromJSON('[\"a\"]'), matrix.os) && 'x' || 'y'",
      "join( fromJSON(vars.PARTS), '-')",
    ].map((code) => ({
      sentence: `fromJSON that gives a text: ${code}`,
      job: `    runs-on: \${{ ${code} }}\n    steps: [{run: make}]`,
      at: [],
    })),
    ...[
      'fromJSON(\'["a","b"]\')',
      'fromJSON(vars.LABELS)',
      'fromJSON(\'{"a":["x"]}\')[matrix.os]',
      "contains(fromJSON('[1]'), 1) && 'x' || fromJSON('[1]')",
      "vars.X || fromJSON('{')",
    ].map((code) => ({
      sentence: `fromJSON that may give a list: ${code}`,
      job: `    runs-on: \${{ ${code} }}\n    steps: [{run: make}]`,
      at: ['5:14'],
    })),
    ...['matrix.runner.os', 'matrix.github.x', "vars.X || 'a.needs.b'"].map((code) => ({
      sentence: `known: ${code}`,
      job: `    runs-on: \${{ ${code} }}\n    steps: []`,
      at: [],
    })),
    ...['GitHub.ref', "needs.a.outputs['x']", 'fromjson(vars.X)', 'env . X'].map((code) => ({
      sentence: `not known: ${code}`,
      job: `    runs-on: \${{ ${code} }}\n    steps: []`,
      at: ['5:14'],
    })),
    {
      sentence: 'github is known from 1.25 on',
      profile: 'gitea-1.25',
      job: '    runs-on: ${{ github.ref }}\n    steps: []',
      at: [],
    },
    {
      sentence: 'a list in what a matrix includes',
      job: "    strategy: {matrix: {include: [{os: [a, b]}]}}\n    runs-on: ${{ matrix['os'] }}\n    steps: []",
      at: ['6:14'],
    },
    { sentence: 'no runs-on at all', job: '    steps: []', at: ['4:3'] },
    { sentence: 'an empty one', job: '    runs-on: []\n    steps: []', at: ['5:5'] },
    { sentence: 'a job that calls a workflow needs none', job: '    uses: ./.gitea/workflows/b.yml', at: [] },
    {
      sentence: 'the runner fills in the label of a job that is called',
      on: called,
      job: '    runs-on: ${{ inputs.os }}\n    steps: []',
      at: [],
    },
  ],
  'job-if-after-failure': [
    {
      sentence: 'capitals',
      job: '    needs: [b]\n    if: Failure()\n    runs-on: x\n    steps: []',
      at: ['6:9'],
    },
    {
      sentence: 'the runner decides in a file that is called',
      on: called,
      job: '    needs: [b]\n    if: failure()\n    runs-on: x\n    steps: []',
      at: [],
    },
  ],
  'job-name-literal': [
    {
      sentence: 'nobody sees the jobs of a file that is called',
      on: called,
      job: '    name: "${{ inputs.x }}"\n    runs-on: x\n    steps: []',
      at: [],
    },
  ],
  'literal-continue-on-error': [
    {
      sentence: 'the runner takes an expression in a file that is called',
      on: called,
      job: only('      - run: make\n        continue-on-error: ${{ inputs.x }}'),
      at: [],
    },
  ],
  decodes: [
    {
      sentence: 'the runner cannot read a wrong kind in a file that is called',
      on: called,
      job: only('        run: make'),
      at: ['7:9'],
    },
  ],
  'deploy-survives-next-push': [
    ...[
      "startsWith(github.ref, 'refs/tags/v')",
      "${{ github.ref_type == 'tag' && true }}",
      "github.event_name == 'workflow_dispatch'",
    ].map((condition) => ({
      sentence: `no push to a branch: ${condition}`,
      job: `    if: ${condition}\n    environment: prod\n    runs-on: x\n    steps: []`,
      at: [],
    })),
    ...[
      "github.event_name == 'push'",
      "!startsWith(github.ref, 'refs/tags/')",
      "github.ref_type == 'tag' || github.ref == 'refs/heads/main'",
    ].map((condition) => ({
      sentence: `a push to a branch: ${condition}`,
      job: `    if: "${condition}"\n    environment: prod\n    runs-on: x\n    steps: []`,
      at: ['4:3'],
    })),
  ],
  'artifact-version': [
    ...[
      'upload-artifact/merge@v4',
      `upload-artifact@${'a'.repeat(40)} # v4.6.2`,
      'download-artifact@main',
    ].map((uses) => ({
      sentence: uses,
      job: only(`      - uses: actions/${uses}`),
      at: ['7:15'],
    })),
    {
      sentence: 'v3 by its commit',
      job: only(`      - uses: actions/upload-artifact@${'a'.repeat(40)} # v3.1.0`),
      at: [],
    },
  ],
  'action-runtime': [
    {
      sentence: 'by its commit',
      job: only(`      - uses: "actions/checkout@${'a'.repeat(40)}" # v6.0.1`),
      at: ['7:15'],
    },
    {
      sentence: 'an older one by its commit',
      job: only(`      - uses: actions/checkout@${'a'.repeat(40)} # v4, not v6`),
      at: [],
    },
  ],
  'resolvable-uses': [
    { sentence: 'nothing behind "@"', job: only('      - uses: actions/checkout@'), at: ['7:15'] },
  ],
  'named-workflow': [
    {
      sentence: 'no event of the file makes a status',
      text: 'on: issues\njobs: {a: {runs-on: x, steps: []}}\n',
      at: [],
    },
    {
      sentence: 'a schedule makes one',
      text: 'on: {schedule: [{cron: "@daily"}]}\njobs: {a: {runs-on: x, steps: []}}\n',
      at: ['1:1'],
    },
  ],
  'not-shadowed': [
    {
      sentence: 'the first key is pointed at, which a comment can stand above',
      text: '# lint-workflow-yaml: ignore[not-shadowed] GitHub runs it\nname: CI\non: push\njobs: {a: {runs-on: x, steps: []}}\n',
      profile: 'forgejo',
      others: {},
      at: [],
    },
  ],
  'forge-neutral-host': [
    ...[
      'curl https://api.github.com/repos/docker/buildx/releases/latest',
      'gh release view -R cli/cli',
      'gh api repos/cli/cli/releases',
      'curl https://api.github.com/meta',
    ].map((run) => ({ sentence: `a repository of GitHub: ${run}`, run, at: [] })),
    ...[
      ['curl https://api.github.com/repos/$GITHUB_REPOSITORY/pulls', '7:27'],
      ['curl https://api.github.com/repos/${{ github.repository }}/pulls', '7:27'],
      ['gh release view -R "$GITHUB_REPOSITORY"', '7:14'],
    ].map(([run = '', at = '']) => ({ sentence: `this repository: ${run}`, run, at: [at] })),
  ],
  'summary-is-seen': [
    {
      sentence: 'printed to the log behind',
      run: 'make >> $GITHUB_STEP_SUMMARY; cat "$GITHUB_STEP_SUMMARY"',
      at: [],
    },
    { sentence: 'in PowerShell', run: 'make >> $env:GITHUB_STEP_SUMMARY', at: ['7:19'] },
  ],
  'curl-status-once': [
    ...[
      "c=$(curl -sw '%{http_code}' x || { echo 000; })",
      "c=$(curl -sw '%{http_code}' x || printf '%s' 000)",
    ].map((run) => ({
      sentence: run,
      run,
      at: ['7:16'],
    })),
    {
      sentence: 'the fallback stands behind the substitution',
      run: "c=$(curl -sw '%{http_code}' x) || c=000",
      at: [],
    },
  ],
  'error-is-not-a-value': [
    ...[
      'n=$(gh api x 2>/dev/null) || true',
      'n="$(gh api x 2>/dev/null)" || n=none',
      `n=$(gh api x 2>/dev/null || echo "can't tell (yet)")`,
    ].map((run) => ({
      sentence: run,
      job: only(`      - run: |\n          ${run}`),
      at: [run.includes('"$') ? '8:14' : '8:13'],
    })),
    ...['n=$(gh api x 2>/dev/null) || code=$?', 'n=$(gh api x 2>/dev/null) || exit 1'].map((run) => ({
      sentence: run,
      run,
      at: [],
    })),
    ...['n=$(GH_TOKEN=$T gh api x 2>/dev/null || echo 0)', 'n=$(timeout 9 gh api x 2>/dev/null || true)'].map(
      (run) => ({
        sentence: run,
        run,
        at: ['7:16'],
      }),
    ),
    ...[
      'v=$(gh --version 2>/dev/null || echo none)',
      'up=$(curl http://localhost:80/ 2>/dev/null || true)',
    ].map((run) => ({
      sentence: run,
      run,
      at: [],
    })),
  ],
  'jq-first-or-default': [
    {
      sentence: 'the releases of a repository that is named',
      run: "gh release list --repo a/b --json x --jq '.[0].x'",
      at: [],
    },
    {
      sentence: 'a file that is no list of an API',
      run: "curl https://nodejs.org/index.json | jq -r '.[0].version'",
      at: [],
    },
    {
      sentence: 'a function that is fed into it, behind a call of its own',
      run: "|\n          get() { curl -fsS \"$1\"; }\n          v=$(get 'https://go.dev/dl/?mode=json' | jq -r '.[0].version')",
      at: [],
    },
    {
      sentence: 'the text of a call, kept before',
      run: '|\n          runs=$(gh api x)\n          id=$(echo "$runs" | jq -r \'.[0].id\')',
      at: ['9:31'],
    },
    { sentence: 'a list of an API', run: "curl $GITHUB_API_URL/x | jq -r '.[0].sha'", at: ['7:39'] },
  ],
  'continue-on-error-tracked': [
    ...['TRUE', '${{ true }}'].map((value) => ({
      sentence: value,
      job: only(`      - run: make\n        continue-on-error: ${value}`),
      at: ['8:9'],
    })),
    {
      sentence: 'an expression that decides',
      job: only('      - run: make\n        continue-on-error: ${{ matrix.new }}'),
      at: [],
    },
  ],
  'cron-fires': [
    {
      sentence: 'a mapping where the list must be',
      on: "on:\n  schedule:\n    cron: '0 0 * * *'",
      at: ['3:3'],
    },
    { sentence: 'an item without cron', on: "on:\n  schedule:\n    - corn: '0 0 * * *'", at: ['4:7'] },
    { sentence: 'nothing at all', on: 'on: [push, schedule]', at: ['2:12'] },
    {
      sentence: 'words, steps and zones',
      on: "on: {schedule: [{cron: 'TZ=Europe/Berlin */15 8-18/2 ? jan-MAR mon,FRI'}]}",
      at: [],
    },
  ],
};

for (const [id, rows] of Object.entries(table)) {
  for (const row of rows) {
    test(`rule ${id}: ${row.sentence}: ${row.at.length === 0 ? 'silent' : 'reported'}`, () => {
      assert.deepEqual(findPlaces(id, row), row.at);
    });
  }
}
