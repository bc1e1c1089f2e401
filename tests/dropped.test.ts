import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDrop } from '../lib/workflow/dropped.ts';
import { PROFILES, type Profile } from '../lib/workflow/profile.ts';
import { decidePushFilter } from '../lib/workflow/push-filter.ts';
import { readWorkflow } from '../lib/workflow/workflow.ts';
import recorded from './testdata/workflow-shapes.json' with { type: 'json' };

const versions: Record<keyof (typeof recorded.shapes)[number]['ran'], Profile> = {
  '1.22.6': 'gitea-1.22',
  '1.23.8': 'gitea-1.23',
  '1.24.7': 'gitea-1.24',
  '1.25.4': 'gitea-1.25',
};

function runsOnPush(text: string, profile: Profile): boolean {
  if (findDrop(text, profile)) return false;
  const push = readWorkflow(text).on.get('push')?.filters ?? null;
  return decidePushFilter(push, { ref: 'refs/heads/main', changed: ['a'] }, profile).due === true;
}

for (const [version, profile] of Object.entries(versions)) {
  test(`agrees with what a real Gitea ${version} did with each of 105 shapes`, () => {
    assert.equal(recorded.shapes.length, 105);
    const wrong = recorded.shapes.filter(
      ({ text, ran }) => runsOnPush(text, profile) !== ran[version as keyof typeof ran],
    );
    assert.deepEqual(
      wrong.map(({ name }) => name),
      [],
    );
  });
}

const jobs = 'jobs: {a: {runs-on: x, steps: [{run: echo}]}}\n';
const job = (keys: string): string => `on: push\njobs: {a: {runs-on: x, ${keys}}}\n`;
const step = (keys: string): string => job(`steps: [{${keys}}]`);
const block = (key: string, header: string, ...lines: string[]): string =>
  `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - ${key}: ${header}\n${lines.map((line) => `${line}\n`).join('')}`;

/** Which rule speaks at 1.22, 1.23, 1.24 and 1.25; - where the file is taken. */
const shapes: [sentence: string, text: string, rules: string][] = [
  ['a sound file', `on: push\n${jobs}`, '- - - -'],
  ['an anchor in on that nothing uses', `on: {push: &x {branches: [main]}}\n${jobs}`, '- - - -'],
  [
    'on as an alias',
    `x: &e push\non: *e\n${jobs}`,
    'no-alias-in-on no-alias-in-on no-alias-in-on no-alias-in-on',
  ],
  [
    'an alias as an event',
    `x: &e {branches: [a]}\non: {push: *e}\n${jobs}`,
    '- no-alias-in-on no-alias-in-on no-alias-in-on',
  ],
  [
    'an alias as a filter',
    `x: &e [a]\non: {push: {branches: *e}}\n${jobs}`,
    '- no-alias-in-on no-alias-in-on no-alias-in-on',
  ],
  ['an alias as an item of a filter', `x: &e a\non: {push: {branches: [*e]}}\n${jobs}`, '- - - -'],
  [
    'a merge key in an event',
    `x: &e {branches: [a]}\non: {push: {<<: *e}}\n${jobs}`,
    '- no-alias-in-on no-alias-in-on no-alias-in-on',
  ],
  ['a null filter', `on: {push: {branches: }}\n${jobs}`, 'no-null-filter no-null-filter - -'],
  ['a number in a filter list', `on: {push: {branches: [1.0]}}\n${jobs}`, 'string-filters - - -'],
  ['a filter that is a number', `on: {push: {branches: 2024}}\n${jobs}`, 'string-filters string-filters - -'],
  ['a filter that is one text', `on: {push: {branches: main}}\n${jobs}`, '- string-filters - -'],
  [
    'dispatch inputs',
    `on: {push: , workflow_dispatch: {inputs: {a: {type: string}}}}\n${jobs}`,
    'no-dispatch-inputs - - -',
  ],
  [
    'a null dispatch input',
    `on: {push: , workflow_dispatch: {inputs: {a: }}}\n${jobs}`,
    'no-dispatch-inputs decodes decodes decodes',
  ],
  [
    'a dispatch input with a wrong kind',
    `on: {push: , workflow_dispatch: {inputs: {a: {required: x}}}}\n${jobs}`,
    'no-dispatch-inputs decodes decodes decodes',
  ],
  [
    'inputs of a call',
    `on: {push: , workflow_call: {inputs: {a: {type: string}}}}\n${jobs}`,
    'no-call-interface no-call-interface no-call-interface no-call-interface',
  ],
  ['an event whose filters are a list', `on: {push: [main]}\n${jobs}`, 'filters-not-list - - -'],
  [
    'an event in a list with filters',
    `on: [{push: {branches: [a]}}]\n${jobs}`,
    'filters-not-list filters-not-list filters-not-list filters-not-list',
  ],
  ['no events at all', `on: []\n${jobs}`, 'decodes decodes decodes decodes'],
  ['no jobs', 'on: push\njobs: {}\n', 'decodes decodes decodes decodes'],
  [
    'an empty job',
    'on: push\njobs: {a: }\n',
    'no-server-panic no-server-panic no-server-panic no-server-panic',
  ],
  ['a list as env', `on: push\nenv: [a]\n${jobs}`, 'mapping-env mapping-env mapping-env mapping-env'],
  [
    'an expression as strategy',
    job('strategy: "${{ x }}"'),
    'mapping-strategy mapping-strategy mapping-strategy mapping-strategy',
  ],
  [
    'a service given as its image',
    job('services: {db: postgres}'),
    'mapping-services mapping-services mapping-services mapping-services',
  ],
  ['a list in with', step('uses: a/b@v1, with: {a: [1]}'), 'scalar-with scalar-with scalar-with scalar-with'],
  ['continue-on-error: off', step('run: a, continue-on-error: off'), '- - - -'],
  [
    'continue-on-error: "false"',
    step('run: a, continue-on-error: "false"'),
    'literal-continue-on-error literal-continue-on-error literal-continue-on-error literal-continue-on-error',
  ],
  [
    'continue-on-error: 1',
    step('run: a, continue-on-error: 1'),
    'literal-continue-on-error literal-continue-on-error literal-continue-on-error literal-continue-on-error',
  ],
  ['a list as run', step('run: [a]'), 'decodes decodes decodes decodes'],
  ['a mapping as steps', job('steps: {run: a}'), 'decodes decodes decodes decodes'],
  ['a field that only Go knows', job('result: [a]'), 'decodes decodes decodes decodes'],
  ['run-name as a list', `run-name: [a]\non: push\n${jobs}`, '- - - decodes'],
  ['a text as concurrency', `concurrency: g\non: push\n${jobs}`, '- - no-string-concurrency -'],
  [
    'a list as concurrency',
    `concurrency: [g]\non: push\n${jobs}`,
    '- - no-string-concurrency no-string-concurrency',
  ],
  [
    'exclude of an unknown key',
    job('strategy: {matrix: {os: [a], exclude: [{v: 1}]}}'),
    'matrix-exclude-known matrix-exclude-known matrix-exclude-known matrix-exclude-known',
  ],
  [
    'include with a number as key',
    job('strategy: {matrix: {os: [a], include: [{1: a}]}}'),
    'no-server-panic no-server-panic no-server-panic no-server-panic',
  ],
  ['include as an expression', job('strategy: {matrix: {include: "${{ x }}"}}'), '- - - -'],
  [
    'an unclosed expression in runs-on',
    'on: push\njobs: {a: {runs-on: "${{ x", steps: []}}\n',
    '- - - no-server-panic',
  ],
  [
    'an unclosed expression in a list of labels',
    'on: push\njobs: {a: {runs-on: ["${{ x", b], steps: []}}\n',
    '- - - -',
  ],
  [
    'an unclosed quote in runs-on',
    'on: push\njobs: {a: {runs-on: "${{ \'a }}"}}\n',
    'no-server-panic no-server-panic no-server-panic no-server-panic',
  ],
  [
    'an unclosed quote in the name of matrix legs',
    job('name: "${{ \'a }}", strategy: {matrix: {v: [1]}}'),
    '- no-server-panic no-server-panic no-server-panic',
  ],
  [
    'cancelled() in runs-on',
    'on: push\njobs: {a: {runs-on: ["${{ failure() || Cancelled () }}"]}}\n',
    'no-server-panic no-server-panic no-server-panic no-server-panic',
  ],
  [
    'a call with too few arguments in the group of runs-on',
    'on: push\njobs: {a: {runs-on: {group: "${{ contains(format(\'a,b\', 1)) }}"}}}\n',
    'no-server-panic no-server-panic no-server-panic no-server-panic',
  ],
  [
    'a call without arguments in the name of matrix legs',
    job('name: "${{ toJSON( ) }}", strategy: {matrix: {v: [1]}}'),
    '- no-server-panic no-server-panic no-server-panic',
  ],
  [
    'a call with too few arguments in run-name',
    `run-name: "\${{ endsWith(github.ref) }}"\non: push\n${jobs}`,
    '- - - no-server-panic',
  ],
  [
    'calls that have what they need, and texts that look like calls',
    "on: push\njobs: {a: {runs-on: \"${{ contains(join(vars.X), 'cancelled()') && startsWith(vars.cancelled, 'a') }} join()\"}}\n",
    '- - - -',
  ],
  ...[
    [
      'failure() in runs-on, needs in a circle',
      '{a: {needs: b, runs-on: "${{ failure() }}"}, b: {needs: [a]}}',
    ],
    [
      'success() in runs-on, a need that is no job',
      '{a: {needs: b, runs-on: "${{ success() }}"}, b: {needs: [c]}}',
    ],
    ['failure() in runs-on, needs without a value', '{a: {needs: , runs-on: "${{ failure() }}"}}'],
  ].map(([sentence, map]): [string, string, string] => [
    `${sentence}`,
    `on: push\njobs: ${map}\n`,
    'no-server-panic no-server-panic no-server-panic no-server-panic',
  ]),
  [
    'failure() in runs-on, needs that end',
    'on: push\njobs: {a: {needs: [b, c], runs-on: "${{ failure() }}"}, b: {needs: c}, c: {}}\n',
    '- - - -',
  ],
  ['needs in a circle alone', 'on: push\njobs: {a: {needs: b}, b: {needs: a}}\n', '- - - -'],
  ['an unclosed quote in run-name', `run-name: "\${{ 'a }}"\non: push\n${jobs}`, '- - - no-server-panic'],
  [
    'a blank line before a script',
    block('run', '|', '', '          a', '          b'),
    'no-leading-blank-in-block no-leading-blank-in-block no-leading-blank-in-block no-leading-blank-in-block',
  ],
  [
    'a blank line before a folded name',
    block('name', '>', '', '          a'),
    'no-leading-blank-in-block no-leading-blank-in-block no-leading-blank-in-block no-leading-blank-in-block',
  ],
  [
    'a blank line, but a space at the end of a line',
    block('run', '|', '', '          a ', '          b'),
    '- - - -',
  ],
  ['a blank line, but a character beyond the first plane', block('run', '|', '', '          🚀'), '- - - -'],
  ['a blank line before nothing but comments', block('run', '|', '', '          # a'), '- - - -'],
  [
    'a script that begins with a tab',
    step('run: "\\ta\\nb"'),
    'no-leading-blank-in-block no-leading-blank-in-block no-leading-blank-in-block no-leading-blank-in-block',
  ],
  ['one line that begins with a space', step('run: " a"'), '- - - -'],
  ['a blank line in with', step('uses: a/b@v1, with: {a: "\\nb\\nc"}'), '- - - -'],
  [
    'an env alias to another job',
    'on: push\njobs: {a: {env: &e {A: b}, runs-on: x}, b: {env: *e, runs-on: x}}\n',
    'no-alias-across-jobs no-alias-across-jobs no-alias-across-jobs no-alias-across-jobs',
  ],
  [
    'an env alias within its job',
    'on: push\njobs: {a: {env: &e {A: b}, runs-on: x, steps: [{run: a, env: *e}]}}\n',
    '- - - -',
  ],
  [
    'an alias to an anchor in needs',
    'on: push\njobs: {z: {runs-on: x}, a: {needs: &n z, if: *n, runs-on: x}}\n',
    'no-alias-across-jobs no-alias-across-jobs no-alias-across-jobs no-alias-across-jobs',
  ],
  [
    'permissions as an alias',
    'on: push\nx: &p {a: b}\njobs: {a: {permissions: *p, runs-on: x}}\n',
    '- - - no-alias-across-jobs',
  ],
  [
    'services as an alias',
    'on: push\nx: &p {db: {image: a}}\njobs: {a: {services: *p, runs-on: x}}\n',
    '- - - -',
  ],
  [
    'a merge key among the jobs',
    'on: push\nx: &j {b: {runs-on: x}}\njobs: {<<: *j, a: {runs-on: x}}\n',
    'decodes decodes decodes decodes',
  ],
  ['a merge key in a job', 'on: push\nx: &j {env: {A: b}}\njobs: {a: {<<: *j, runs-on: x}}\n', '- - - -'],
  [
    'a recursive alias where the server looks',
    'on: push\njobs: {a: &j {runs-on: x, outputs: {o: *j}}}\n',
    'decodes decodes decodes decodes',
  ],
  ['a recursive alias under an unknown key', `x: &j {a: *j}\non: push\n${jobs}`, '- - - -'],
  [
    'an alias without its anchor',
    `x: *nope\non: push\n${jobs}`,
    'yaml-valid yaml-valid yaml-valid yaml-valid',
  ],
  ['a key twice', `on: push\nname: a\nname: b\n${jobs}`, 'yaml-valid yaml-valid yaml-valid yaml-valid'],
  ['a key twice where the server does not look', job('env: {A: b, A: c}'), '- - - -'],
  [
    'a tab as indentation',
    'on: push\njobs:\n\ta: {runs-on: x}\n',
    'yaml-valid yaml-valid yaml-valid yaml-valid',
  ],
  ['a NUL', `on: push\nname: "\0"\n${jobs}`, 'yaml-valid yaml-valid yaml-valid yaml-valid'],
  ['a broken second document', `on: push\n${jobs}---\na\nb\n\t@`, '- - - -'],
  ['a null that its tag denies', `on: push\nname: !!null x\n${jobs}`, 'decodes decodes decodes decodes'],
  ['a null that its tag denies in a matrix', job('strategy: {matrix: {v: [!!null x]}}'), '- - - -'],
  ['a null as a key of a matrix', job('strategy: {matrix: {null: x}}'), '- - - -'],
  [
    'a number that is too large for its field',
    job('strategy: {maxparallel: 18446744073709551616}'),
    'decodes decodes decodes decodes',
  ],
  [
    'a tag that ends in its handle',
    `on: push\nx: !! a\n${jobs}`,
    'yaml-valid yaml-valid yaml-valid yaml-valid',
  ],
  ['a "?" alone in a list', `on: push\nx: [?]\n${jobs}`, 'yaml-valid yaml-valid yaml-valid yaml-valid'],
  [
    'a "?" before ":" in a list',
    `on: push\nx: [? : a]\n${jobs}`,
    'yaml-valid yaml-valid yaml-valid yaml-valid',
  ],
  ['a "?" before a comma at the end of a list', `on: push\nx: [?, ]\n${jobs}`, '- - - -'],
  ['a "?" alone in braces', `on: push\nx: {?}\n${jobs}`, '- - - -'],
  ['an integer that its tag denies', `on: push\nname: !!int x\n${jobs}`, 'decodes decodes decodes decodes'],
];

for (const [sentence, text, rules] of shapes) {
  test(`dropped: ${sentence}`, () => {
    const found = Object.values(versions).map((profile) => findDrop(text, profile)?.rule ?? '-');
    assert.equal(found.join(' '), rules);
  });
}

test('a drop names the place and what the server does', () => {
  const drop = findDrop('on: push\njobs:\n  a:\n    steps:\n      - run: [a]\n', 'gitea-1.23');
  assert.deepEqual(drop, {
    rule: 'decodes',
    path: 'jobs.a.steps[0].run',
    message:
      '`jobs.a.steps[0].run`: a list stands where a text must; gitea-1.23 drops the whole file without a word',
    line: 5,
    column: 14,
    endLine: 5,
    endColumn: 17,
  });
});

test('GitHub and Forgejo drop nothing: they make a failed run', () => {
  for (const profile of ['github', 'forgejo'] as const) assert.equal(findDrop('on: [', profile), null);
});

const hostile: [sentence: string, text: string][] = [
  ['deep flow nesting', '['.repeat(1_000_000)],
  ['deep block nesting', Array.from({ length: 1400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  [
    'an alias bomb',
    `on: push\na0: &a0 [x, x]\n${Array.from({ length: 60 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`).join('')}jobs: {a: {runs-on: x, with: {a: *a60}}}\n`,
  ],
  [
    'a matrix of billions',
    job(
      `strategy: {matrix: {${'abcdefgh'
        .split('')
        .map((key) => `${key}: [${'1, '.repeat(40)}]`)
        .join(', ')}}}`,
    ),
  ],
  ['a megabyte of one line', `on: push\n# ${'x'.repeat(1 << 20)}\n${jobs}`],
  ['a long number', `on: push\nname: ${'9'.repeat(1 << 20)}\n${jobs}`],
  [
    '5,000 jobs',
    `on: push\njobs:\n${Array.from({ length: 5000 }, (_, n) => `  j${n}: {runs-on: x, steps: [{run: echo}]}\n`).join('')}`,
  ],
  ['quotes without end', `on: push\nname: "${"${{ '".repeat(20_000)}"\n${jobs}`],
];

for (const [sentence, text] of hostile) {
  test(`answers within a second: ${sentence}`, () => {
    const start = performance.now();
    for (const profile of PROFILES) findDrop(text, profile);
    assert.ok(performance.now() - start < PROFILES.length * 1000);
  });
}
