import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { compareLists, readTemplate } from '../lib/list/drift.ts';
import { correctList } from '../lib/list/correct-list.ts';
import { findShellLists } from '../lib/list/shell-list.ts';
import { findYamlLists } from '../lib/list/yaml-list.ts';
import { runScript } from './support/run-script.mjs';

const root = mkdtempSync(join(tmpdir(), 'drift-gate-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const repos = ['org/t-alpha', 'org/t-beta', 'org/t-gamma'];

function makeFolder(file: string, text: string): string {
  const cwd = join(root, String(++folders));
  mkdirSync(cwd);
  writeFileSync(
    join(cwd, 'm.json'),
    JSON.stringify({ workspace_templates: repos.map((repo) => ({ repo })), none: [] }),
  );
  writeFileSync(join(cwd, file), text);
  return cwd;
}

const base = ['--manifest', 'm.json', '--select', 'workspace_templates[].repo'];
const short = [...base, '--template', 'org/t-{name}'];
const gate = (cwd: string, args: string[]) =>
  runScript('cascade-list-drift-gate', args, { cwd, runner: true });

const yaml = (body: string): string => `on: push\nenv:\n${body}\njobs: {}\n`;
const shell = (body: string): string =>
  `jobs:\n  a:\n    steps:\n      - run: |\n          set -e\n${body.replace(/^/gm, '          ')}\n          echo done\n`;

/** Lists that hold `alpha` and `zeta`: missing beta and gamma, one too many. */
const forms: [name: string, file: string, text: string, line: number, column: number][] = [
  ['words in quotes', 'w.yml', yaml('  NAMES: "alpha zeta"'), 3, 3],
  ['plain words', 'w.yml', yaml('  NAMES: alpha zeta # note'), 3, 3],
  ['words over several lines', 'w.yml', yaml('  NAMES: >-\n    alpha\n    zeta'), 3, 3],
  ['a literal block', 'w.yaml', yaml('  NAMES: |\n    alpha\n    zeta'), 3, 3],
  ['words with commas', 'w.yml', yaml('  NAMES: "alpha, zeta"'), 3, 3],
  ['a flow list', 'w.yml', yaml('  NAMES: [alpha, "zeta"]'), 3, 3],
  [
    'a block list with comments',
    'w.yml',
    yaml('  NAMES:\n    - alpha # first\n    # second\n    - zeta # last'),
    3,
    3,
  ],
  ['a list without indentation', 'w.yml', yaml('  NAMES:\n  - alpha\n  - zeta'), 3, 3],
  ['JSON in a string', 'w.yml', yaml(`  NAMES: '["alpha", "zeta"]'`), 3, 3],
  ['a quoted key', 'w.yml', yaml('  "NAMES": alpha zeta'), 3, 3],
  ['an env further down', 'w.yml', `jobs:\n  a:\n    env:\n      NAMES: alpha zeta\n`, 4, 7],
  ['a list with an anchor and a tag', 'w.yml', yaml('  NAMES: &all !!seq [alpha, zeta]'), 3, 3],
  [
    'a list below its anchor, under a key with one',
    'w.yml',
    yaml('  &key NAMES: &all # of them\n    - alpha\n    - zeta'),
    3,
    8,
  ],
  ['a list whose last item is a name in quotes', 'w.yml', yaml("  NAMES:\n    - alpha\n    - 'zeta'"), 3, 3],
  ['a name in a file of several documents', 'w.yml', 'env: {NAMES: [alpha, zeta]}\n---\nx: [\n', 1, 7],
  ['an alias', 'w.yml', `x: &list [alpha, zeta]\nenv:\n  NAMES: *list\n`, 3, 3],
  ['an assignment', 'w.yml', shell('NAMES="alpha zeta"'), 6, 11],
  ['an assignment in single quotes', 'w.yml', shell("export NAMES='alpha zeta'; x=1"), 6, 18],
  ['an assignment over several lines', 'w.yml', shell('NAMES="alpha \\\n  zeta"'), 6, 11],
  ['an array', 'w.yml', shell('NAMES=(alpha zeta)'), 6, 11],
  [
    'an array with comments',
    'w.yml',
    shell('NAMES=(\n  "alpha" # it\'s the first)\n  # "beta"\n  "zeta"\n)'),
    6,
    11,
  ],
  ['a here-string', 'w.yml', shell('IFS=\' \' read -r -a NAMES <<< "alpha zeta"'), 6, 30],
  [
    'an assignment beside a comment and a loop',
    'w.yml',
    shell('# NAMES="old"\nNAMES="alpha zeta" # now\nfor x in $NAMES; do :; done'),
    7,
    11,
  ],
  ['one line of run', 'w.yml', 'x:\n  - run: NAMES="alpha zeta" ./go\n', 2, 10],
  ['one line of run in quotes', 'w.yml', 'x:\n  - run: "NAMES=\\"alpha zeta\\" ./go"\n', 2, 11],
  ['a shell script', 'go.sh', '#!/bin/sh\nreadonly NAMES="alpha zeta"\n', 2, 10],
  [
    'a shell script with an expression elsewhere',
    'go.sh',
    'NAMES="alpha zeta"\nNAMES="${NAMES//,/ }"\n',
    1,
    1,
  ],
  [
    'a file with Windows line ends',
    'w.yml',
    yaml('  NAMES:\n    - alpha\n    - zeta').replaceAll('\n', '\r\n'),
    3,
    3,
  ],
];

describe('cascade-list-drift-gate', () => {
  for (const [name, file, text, line, column] of forms) {
    test(`${name}: found, told, and pasting the correction makes it green`, async () => {
      const cwd = makeFolder(file, text);
      const args = [...short, '--list', `${file}#NAMES`];
      const result = await gate(cwd, [...args, '--record', 'r.json']);
      assert.equal(result.code, 1, result.stdout + result.stderr);
      assert.match(result.stdout, /^missing: beta, gamma$/m);
      assert.match(result.stdout, /^extra: zeta$/m);
      assert.ok(result.stdout.includes(`::error file=${file},line=${line},col=${column}::`), result.stdout);
      const { correction } = result.record.details.lists[0];
      assert.ok(result.stdout.includes(`:\n${correction.text}\n`));
      const lines = text.replaceAll('\r', '').split('\n');
      lines.splice(correction.firstLine - 1, correction.lastLine - correction.firstLine + 1, correction.text);
      writeFileSync(join(cwd, file), lines.join('\n'));
      const again = await gate(cwd, args);
      assert.equal(again.code, 0, readFileSync(join(cwd, file), 'utf8') + again.stdout);
      assert.match(
        again.stdout,
        /^cascade-list-drift-gate: in-sync: the list equals the manifest's 3 names$/m,
      );
    });
  }

  test('empty lists are all missing, and their correction pastes', async () => {
    for (const [file, text] of [
      ['w.yml', yaml('  NAMES: ""')],
      ['w.yml', yaml('  NAMES:')],
      ['w.yml', yaml('  NAMES: []')],
      ['w.yml', yaml('  NAMES: ~')],
      ['w.yml', yaml('  NAMES: null # none')],
      ['w.yml', yaml('  NAMES: &none')],
      ['w.yml', yaml('  NONE: &none\n  NAMES: *none')],
      ['w.yml', yaml('  NAMES:\n    - ')],
      ['w.yml', shell('NAMES=""')],
      ['w.yml', shell('NAMES=()')],
      ['w.yml', shell('NAMES=')],
      ['l.json', '{"NAMES": []}'],
      ['l.json', '{"NAMES": ""}'],
    ] as const) {
      const cwd = makeFolder(file, text);
      const args = [...short, '--list', `${file}#NAMES`];
      const result = await gate(cwd, [...args, '--record', 'r.json']);
      assert.equal(result.code, 1, text + result.stdout);
      assert.match(result.stdout, /^missing: alpha, beta, gamma$/m);
      const { correction } = result.record.details.lists[0];
      const lines = text.split('\n');
      lines.splice(correction.firstLine - 1, correction.lastLine - correction.firstLine + 1, correction.text);
      writeFileSync(join(cwd, file), lines.join('\n'));
      assert.equal((await gate(cwd, args)).code, 0, lines.join('\n'));
    }
  });

  test('JSON by path; several lists; names in full; case alone is a warning; ignored names', async () => {
    const cwd = makeFolder(
      'l.json',
      JSON.stringify({
        cascade: { list: repos },
        words: 'org/t-alpha ORG/T-Beta',
        names: 't-alpha T-Beta',
      }),
    );
    const lists = ['--list', 'l.json#cascade.list', '--list', 'l.json#words'];
    const drift = await gate(cwd, [...base, ...lists]);
    assert.equal(drift.code, 1);
    assert.match(drift.stdout, /1 of 2 lists differ/);
    assert.match(drift.stdout, /^::warning .*"ORG\/T-Beta" is written "org\/t-beta" in the manifest$/m);
    const ignored = await gate(cwd, [...base, ...lists, '--ignore', 'org/t-gamma']);
    assert.equal(ignored.code, 0, ignored.stdout);
    const byName = await gate(cwd, [
      ...base,
      '--list',
      'l.json#names',
      '--template',
      'org/{name}',
      '--ignore',
      't-gamma',
    ]);
    assert.equal(byName.code, 0, byName.stdout);
  });

  test('a JSON file is read as JSON: its escapes, the last of two keys, tabs, and brackets in strings', async () => {
    const text = `{"\\ud83d\\ude00": "}{", "a": {"b": []},\n\t"a": {"b\\u0063": ["alpha",\n\t"\\u0062eta", "g\\u0061mma"], "d": "]"}}`;
    const cwd = makeFolder('l.json', text);
    const args = [...short, '--list', 'l.json#a.bc'];
    const result = await gate(cwd, args);
    assert.equal(result.code, 0, result.stdout);
    writeFileSync(join(cwd, 'l.json'), text.replace('gamma', 'x').replace('g\\u0061mma', 'x'));
    const drift = await gate(cwd, args);
    assert.match(drift.stdout, /line=2,col=8::/);
    assert.match(drift.stdout, /^extra: x$/m);
    const gone = await gate(cwd, [...short, '--list', 'l.json#a.b']);
    assert.equal(gone.code, 2, gone.stdout);
  });

  test('a whole name in a list of short ones would be lengthened twice', async () => {
    const cwd = makeFolder('w.yml', yaml('  NAMES: "org/t-alpha beta gamma"'));
    const result = await gate(cwd, [...short, '--list', 'w.yml#NAMES']);
    assert.equal(result.code, 1, result.stdout);
    assert.match(result.stdout, /^missing: alpha$/m);
    assert.match(result.stdout, /^extra: org\/t-alpha$/m);
  });

  test('the corrected list of a JSON file is JSON, whatever stood in it', async () => {
    const cwd = makeFolder('l.json', '{"NAMES": [1, "alpha"]}');
    const result = await gate(cwd, [...short, '--list', 'l.json#NAMES', '--record', 'r.json']);
    const { correction } = result.record.details.lists[0];
    assert.deepEqual(JSON.parse(correction.text), { NAMES: ['alpha', 'beta', 'gamma'] });
  });

  const wrong: [string, string, string, string[], RegExp][] = [
    ['a list that is an expression', 'w.yml', yaml('  NAMES: ${{ vars.X }}'), [], /an expression/],
    ['an assignment that is an expression', 'w.yml', shell('NAMES="$OTHER"'), [], /an expression/],
    ['a name that is not found', 'w.yml', yaml('  OTHER: a'), [], /no "NAMES"/],
    ['a name that stands twice', 'w.yml', yaml('  NAMES: alpha Alpha'), [], /"Alpha" is in it twice/],
    ['a list in two places', 'w.yml', yaml('  NAMES: a') + 'x: {env: {NAMES: b}}\n', [], /lines 3, 5/],
    ['a file that is not there', 'w.yml', '', ['--list', 'no.yml#NAMES'], /no such file/],
    ['a list without a name', 'w.yml', '', ['--list', 'w.yml'], /FILE#NAME/],
    ['YAML that is none', 'w.yml', 'a: [', [], /not YAML/],
    ['JSON that is none', 'w.json', '{', ['--list', 'w.json#a'], /not JSON/],
    [
      'JSON whose list is null',
      'w.json',
      '{"a": null}',
      ['--list', 'w.json#a'],
      /neither a string nor a list/,
    ],
    ['a list of objects', 'w.yml', yaml('  NAMES: [{a: b}]'), [], /no string/],
    [
      'an empty selection',
      'w.yml',
      yaml('  NAMES: a'),
      ['--manifest', 'm.json', '--select', 'none[]'],
      /selects nothing/,
    ],
    ['a template without {name}', 'w.yml', yaml('  NAMES: a'), ['--template', 'org/x'], /\{name\}/],
  ];
  for (const [name, file, text, args, words] of wrong) {
    test(`${name} ends with 2`, async () => {
      const cwd = makeFolder(file, text);
      const all = [
        ...(args.includes('--manifest') ? [] : base),
        ...(args.includes('--list') ? [] : ['--list', `${file}#NAMES`]),
        ...args,
      ];
      const result = await runScript('cascade-list-drift-gate', all, { cwd });
      assert.equal(result.code, 2, result.stdout + result.stderr);
      assert.match(result.stderr, words);
      assert.equal(result.stderr.trim().split('\n').length, 1);
    });
  }

  test('whatever the list and the manifest, the correction holds the manifest, in order', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 6 });
    const form = readTemplate('org/{name}');
    const write = fc.constantFrom(
      (list: string[]) => `env:\n  N: "${list.join(' ')}"\n`,
      (list: string[]) => `env:\n  N: [${list.join(', ')}]\n`,
      (list: string[]) => `env:\n  N:\n${list.map((item) => `    - ${item} # x\n`).join('')}`,
      (list: string[]) => `r:\n  - run: |\n      N=(${list.map((item) => `"${item}"`).join('\n        ')})\n`,
    );
    fc.assert(
      fc.property(names, names, write, (listed, wanted, render) => {
        const source = render(listed);
        const read = (text: string): string[] => findYamlLists(text, 'N', 'f.yml')[0]!.names;
        assert.deepEqual(read(source), listed);
        const manifest = wanted.map((item) => `org/${item}`);
        const drift = compareLists(listed, manifest, { form, ignore: [] });
        assert.deepEqual(drift.wanted, wanted);
        const list = findYamlLists(source, 'N', 'f.yml')[0]!;
        const { firstLine, lastLine, text } = correctList(source, list, drift.wanted, read)!;
        const lines = source.split('\n');
        lines.splice(firstLine - 1, lastLine - firstLine + 1, text);
        assert.deepEqual(read(lines.join('\n')), wanted);
      }),
    );
  });

  test('a name is not found inside another, nor in a comment', () => {
    const text = '# N="a"\nMY_N="a"\nN_OTHER="b"\necho "${N}" # N=c\nx.N=1\nfoo-N=2\n';
    assert.deepEqual(findShellLists(text, 'N'), []);
  });

  for (const [what, text] of [
    ['commands', `NAMES="${'$(echo "'.repeat(5000)}${'")'.repeat(5000)}"\n`],
    ['expansions', `NAMES="${'${A:-'.repeat(5000)}${'}'.repeat(5000)}"\n`],
    ['sums', `NAMES="${'$(('.repeat(5000)}1${'))'.repeat(5000)}"\n`],
    ['arrays', `NAMES=${'(A='.repeat(5000)}${')'.repeat(5000)}\n`],
  ] as const) {
    test(`${what} that are nested without end are refused in one line`, async () => {
      const result = await gate(makeFolder('deep.sh', text), [...short, '--list', 'deep.sh#NAMES']);
      assert.equal(result.code, 2, result.stdout + result.stderr);
      assert.match(
        result.stdout,
        /^::error::Cannot read the shell text: it is nested more than 200 deep; .*\n$/,
      );
    });
  }
});
