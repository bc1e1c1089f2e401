import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { runScript } from './support/run-script.mjs';

const root = mkdtempSync(join(tmpdir(), 'drift-forms-'));
after(() => rmSync(root, { recursive: true, force: true }));

const env = (body: string): string => `on: push\nenv:\n${body}\n  AFTER: x y\njobs: {}\n`;
const run = (body: string): string =>
  `jobs:\n  a:\n    steps:\n      - run: |\n${body.replace(/^(?=.)/gm, '          ')}\n          echo done\n      - run: echo other\n`;

interface Form {
  name: string;
  file: string;
  text: string;
  /** Line and column of the list's name. */
  at: string;
  /** Where it is not `NAMES`. */
  key?: string;
  missing?: string[];
  extra?: string[];
  /** The file once the correction is in it, where that is worth saying. */
  pasted?: string;
}

const all = ['alpha', 'beta', 'gamma'];
const empty = { missing: all, extra: [] };

/** Each holds `alpha` and `zeta`, where nothing else is said. */
const forms: Form[] = [
  {
    name: 'a folded text with a header',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: >2+ # of them\n    alpha\n    zeta\n'),
  },
  {
    name: 'a literal text with empty lines',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: |\n\n    alpha\n\n    zeta\n'),
  },
  {
    name: 'what looks like a comment in a literal text',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: |\n    alpha\n    # beta\n    zeta'),
    missing: ['gamma'],
    extra: ['#', 'zeta'],
  },
  {
    name: 'a text over lines, in quotes',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: "alpha \\\n    zeta"'),
  },
  { name: 'a text with escapes', file: 'w.yml', at: '3:3', text: env('  NAMES: "\\u0061lpha\\nzeta"') },
  {
    name: 'JSON in a text with escapes',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: "[\\"alpha\\", \\"zeta\\"]"'),
  },
  {
    name: 'JSON in a literal text',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: |\n    [\n      "alpha",\n      "zeta"\n    ]'),
  },
  {
    name: 'names that a parser takes for numbers',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: [1.10, 0x1]'),
    missing: all,
    extra: ['1.10', '0x1'],
  },
  {
    name: 'white space in an item',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: [" alpha", beta, gamma]'),
    missing: ['alpha'],
    extra: [' alpha'],
  },
  {
    name: 'quotes in a text',
    file: 'w.yml',
    at: '3:3',
    text: env(`  NAMES: '"alpha" beta gamma'`),
    missing: ['alpha'],
    extra: ['"alpha"'],
  },
  {
    name: 'a backslash in a text',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: alpha \\ beta gamma'),
    missing: [],
    extra: ['\\'],
  },
  {
    name: 'a dollar in an env, where nothing expands it',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: $alpha beta gamma'),
    missing: ['alpha'],
    extra: ['$alpha'],
  },
  {
    name: 'a flow list over lines with comments',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: [\n    alpha, # one\n    zeta, # two\n  ]'),
    pasted: env('  NAMES: [\n    alpha,\n    beta,\n    gamma,\n  ]'),
  },
  {
    name: 'a block list whose names keep their comments',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES:\n    # all of them\n    - zeta # goes\n    # stays\n    - alpha # stays too\n'),
    pasted: env(
      '  NAMES:\n    # all of them\n    # stays\n    - alpha # stays too\n    - beta\n    - gamma\n',
    ),
  },
  {
    name: 'an alias among the items',
    file: 'w.yml',
    at: '3:3',
    text: 'x: &one alpha\nenv:\n  NAMES: [*one, zeta]\n',
  },
  {
    name: 'an env that is an alias',
    file: 'w.yml',
    at: '2:3',
    text: 'x: &all\n  NAMES: alpha zeta\nenv: *all\n',
  },
  {
    name: 'an env that merges',
    file: 'w.yml',
    at: '2:3',
    text: 'x: &all\n  NAMES: alpha zeta\ny: &other { A: 1 }\nenv:\n  <<: [*other, *all]\n',
  },
  {
    name: 'one env in two places',
    file: 'w.yml',
    at: '2:3',
    text: 'env: &all\n  NAMES: alpha zeta\njobs: { a: { env: *all } }\n',
  },
  {
    name: 'a name behind wide characters and a byte order mark',
    file: 'w.yml',
    at: '1:17',
    text: '\ufeffenv: {"字": "x", NAMES: "alpha zeta"}\n',
  },
  { name: 'an explicit key', file: 'w.yml', at: '2:5', text: 'env:\n  ? NAMES\n  : alpha zeta\n' },
  { name: 'an empty literal text', file: 'w.yml', at: '3:3', text: env('  NAMES: |'), ...empty },
  {
    name: 'a name without a value in a flow map',
    file: 'w.yml',
    at: '1:7',
    text: 'env: {NAMES, B: 1}\n',
    ...empty,
  },
  { name: 'two pieces in quotes', file: 'w.yml', at: '5:11', text: run(`NAMES="alpha "'zeta'`) },
  { name: 'an escaped space', file: 'w.yml', at: '5:11', text: run('NAMES=alpha\\ zeta') },
  { name: 'a name over two lines', file: 'w.yml', at: '5:11', text: run('NAMES="al\\\npha zeta"') },
  {
    name: 'a backslash in single quotes',
    file: 'w.yml',
    at: '5:11',
    text: run("NAMES='alpha \\\n  beta gamma'"),
    missing: [],
    extra: ['\\'],
  },
  {
    name: 'commas in an array',
    file: 'w.yml',
    at: '5:11',
    text: run('NAMES=(alpha, beta gamma)'),
    missing: ['alpha'],
    extra: ['alpha,'],
  },
  {
    name: 'an element of two pieces',
    file: 'w.yml',
    at: '5:11',
    text: run('NAMES=("alpha"beta gamma)'),
    missing: ['alpha', 'beta'],
    extra: ['alphabeta'],
  },
  {
    name: 'an element with a space',
    file: 'w.yml',
    at: '5:11',
    text: run('NAMES=("alpha beta" gamma)'),
    missing: ['alpha', 'beta'],
    extra: ['alpha beta'],
  },
  {
    name: 'an array whose names keep their comments',
    file: 'w.yml',
    at: '5:11',
    text: run("NAMES=(\n  alpha # it's (the) first\n  'zeta' # last\n) # end"),
    pasted: run("NAMES=(\n  alpha # it's (the) first\n  beta\n  gamma\n) # end"),
  },
  {
    name: 'an array without a name, but with a comment',
    file: 'w.yml',
    at: '5:11',
    text: run('NAMES=(\n  # none yet\n)'),
    ...empty,
  },
  {
    name: 'a space that no shell takes for one, beside other signs that are none',
    file: 'w.yml',
    at: '5:11',
    text: run('NAMES=(alpha\u00a0beta gamma) # \u00a0 \f\necho \u00a0'),
    missing: ['alpha', 'beta'],
    extra: ['alpha\u00a0beta'],
  },
  {
    name: 'declare and its options',
    file: 'w.yml',
    at: '5:23',
    text: run('declare -ra NAMES=("alpha" zeta)'),
  },
  {
    name: 'the second of two that are exported',
    file: 'w.yml',
    at: '5:22',
    text: run('export A=1 NAMES="alpha zeta" B=2'),
  },
  {
    name: 'a variable of a function',
    file: 'w.yml',
    at: '5:23',
    text: run('f() { local NAMES="alpha zeta"; }'),
  },
  { name: 'a variable of one call', file: 'w.yml', at: '5:19', text: run('x | A=1 NAMES="alpha zeta" ./go') },
  {
    name: 'an assignment behind then',
    file: 'w.yml',
    at: '5:25',
    text: run('if true; then NAMES="alpha zeta"; fi'),
  },
  {
    name: 'an assignment in a case',
    file: 'w.yml',
    at: '6:15',
    text: run('case "$x" in (b) echo it\\\'s ;;\n a) NAMES="alpha zeta" ;; esac'),
  },
  {
    name: 'read with its options behind',
    file: 'w.yml',
    at: '5:19',
    text: run("read -a NAMES -r <<< 'alpha zeta'"),
  },
  {
    name: 'read with a delimiter',
    file: 'w.yml',
    at: '5:28',
    text: run('read -r -d "" -a NAMES <<< "alpha\nzeta" || true'),
  },
  {
    name: 'read with its own separator',
    file: 'w.yml',
    at: '5:26',
    text: run('IFS=, read -ra NAMES <<< "alpha,zeta"'),
  },
  {
    name: 'read, which its separators part at lines',
    file: 'w.yml',
    at: '5:38',
    text: run("IFS=$'\\n' read -r -d '' -a NAMES <<< \"zeta\""),
    missing: all,
  },
  {
    name: 'read, its here-string on the next line',
    file: 'w.yml',
    at: '5:22',
    text: run('read -r -a NAMES \\\n  <<<"alpha zeta"'),
  },
  {
    name: 'read, which takes the first line alone',
    file: 'w.yml',
    at: '5:20',
    text: run('read -ra NAMES <<< "alpha\nbeta gamma"'),
    missing: ['beta', 'gamma'],
    extra: [],
  },
  {
    name: 'read, which parts at no comma',
    file: 'w.yml',
    at: '5:20',
    text: run('read -ra NAMES <<< "alpha,beta"'),
    missing: all,
    extra: ['alpha,beta'],
  },
  {
    name: 'an assignment beside what only looks like one',
    file: 'w.yml',
    at: '9:11',
    text: run('echo "NAMES=old" > x\ncat <<-\'EOF\'\n\tNAMES="it\'s old"\n\tEOF\nNAMES="alpha zeta"'),
  },
  {
    name: 'an assignment behind signs that part commands elsewhere',
    file: 'w.yml',
    at: '9:11',
    text: run(
      '((i = 1 << 2)); [[ $x =~ ^(a|b)\'c\' && y ]]; X=$((1<<3)) Y=${#A} Z="${A//\'"\'/}" `echo "\'"`; : $(cat <<E\nit\'s )\nE\n)\nNAMES="alpha zeta"',
    ),
  },
  {
    name: 'an assignment behind expressions of the forge',
    file: 'w.yml',
    at: '6:11',
    text: run('if [ ${{ github.x == \'it\' }} ]; then echo "${{ a && \'"\' }}"; fi\nNAMES="alpha zeta"'),
  },
  {
    name: 'a list that is then read from itself',
    file: 'w.yml',
    at: '5:11',
    text: run('NAMES="alpha,zeta"\nNAMES="${NAMES//,/ }"\nread -ra NAMES <<< "$NAMES"'),
  },
  { name: 'a folded run', file: 'w.yml', at: '2:5', text: '- run: >-\n    NAMES="alpha zeta"\n    ./go\n' },
  {
    name: 'a run in double quotes',
    file: 'w.yml',
    at: '1:17',
    text: `- run: "set -e\\nNAMES=('alpha' \\"zeta\\")\\n./go"\n`,
  },
  { name: 'a run in single quotes', file: 'w.yml', at: '1:9', text: "- run: 'NAMES=''alpha zeta'' ./go'\n" },
  {
    name: 'a run that is used again',
    file: 'w.yml',
    at: '2:5',
    text: '- run: &go |\n    NAMES="alpha zeta"\n- run: *go\n',
  },
  {
    name: 'an array in a script with Windows line ends',
    file: 'go.sh',
    at: '2:1',
    text: 'set -e\r\nNAMES=(\r\n  alpha # one\r\n  zeta\r\n)\r\n',
  },
  { name: 'a file with # in its name', file: 'a#b.sh', at: '1:1', text: 'NAMES="alpha zeta"\n' },
  {
    name: 'one name on a line of its own in JSON',
    file: 'l.json',
    at: '2:3',
    text: '{\n  "NAMES": [\n    "zeta"\n  ]\n}\n',
    missing: all,
    pasted: '{\n  "NAMES": [\n    "alpha",\n    "beta",\n    "gamma"\n  ]\n}\n',
  },
  {
    name: 'one name on a line of its own in a flow list',
    file: 'w.yml',
    at: '3:3',
    text: env('  NAMES: [\n    alpha # c\n  ]'),
    extra: [],
  },
  {
    name: 'a list in a list of JSON',
    file: 'l.json',
    at: '1:23',
    key: 'a[1].n',
    text: '{"a": [{"n": ["x"]}, {"n": ["alpha", "zeta"]}]}',
  },
  {
    name: 'a key with a dot',
    file: 'l.json',
    at: '1:10',
    key: '["a.b"].c',
    text: '{"a.b": {"c": ["alpha", "zeta"]}}',
  },
  { name: 'a key with a space', file: 'l.json', at: '1:2', key: 'a b', text: '{"a b": ["alpha", "zeta"]}' },
  {
    name: 'a list that is the whole of JSON',
    file: 'l.json',
    at: '1:1',
    key: '[]',
    text: '["alpha", "zeta"]',
  },
  { name: 'words with escapes in JSON', file: 'l.json', at: '1:2', text: '{"NAMES": "alpha\\nzeta"}' },
];

/** What must end with 2: no list of that name, several, or one that is known only when it runs. */
const refused: [name: string, file: string, text: string, words: RegExp, key?: string][] = [
  ['a name outside of an env', 'w.yml', 'with:\n  NAMES: alpha beta gamma\n', /there is no/],
  ['a name in a further document', 'w.yml', 'a: b\n---\nenv: { NAMES: alpha }\n', /there is no/],
  ['an expression beside names', 'w.yml', env('  NAMES: alpha beta gamma ${{ vars.X }}'), /an expression/],
  ['an item that is an expression', 'w.yml', env('  NAMES: [alpha, beta, "${{ x }}"]'), /an expression/],
  [
    'an env that another overrides',
    'w.yml',
    `${env('  NAMES: alpha')}x: { env: { NAMES: "\${{ inputs.x }}" } }\n`,
    /lines 3, 6/,
  ],
  ['an empty item', 'w.yml', env('  NAMES: [alpha, beta, gamma, ""]'), /a name in it is empty/],
  [
    'an item without a value',
    'w.yml',
    env('  NAMES:\n    - alpha\n    -\n    - beta'),
    /a name in it is empty/,
  ],
  ['JSON in a text that holds no names', 'w.yml', env("  NAMES: '[1, 2]'"), /no string/],
  ['a glob', 'w.yml', run('NAMES=(alpha beta *)'), /an expression/],
  ['a brace', 'w.yml', run('NAMES=({alpha,beta} gamma)'), /an expression/],
  ['a command', 'w.yml', run('NAMES=($(echo alpha beta gamma))'), /an expression/],
  ['a command in backticks', 'w.yml', run('NAMES="alpha `echo beta` gamma"'), /an expression/],
  ['elements with an index', 'w.yml', run('NAMES=([0]=alpha [1]=beta [2]=gamma)'), /an expression/],
  ['one element that is set', 'w.yml', run('NAMES[0]=alpha'), /an expression/],
  ['a map', 'w.yml', run('declare -A NAMES=([alpha]=1)'), /an expression/],
  ['a default', 'w.yml', run('NAMES="${NAMES:-alpha beta gamma}"'), /an expression/],
  ['an expression in single quotes', 'w.yml', run("NAMES='${{ inputs.x }}'"), /an expression/],
  ['names that are added', 'w.yml', run('NAMES+=" alpha beta gamma"'), /an expression/],
  ['a list that is added to', 'w.yml', run('NAMES=(alpha beta gamma)\nNAMES+=("$X")'), /lines 5, 6/],
  [
    'a list that is added to by its own name',
    'w.yml',
    run('NAMES="alpha beta"\nNAMES="$NAMES gamma"'),
    /lines 5, 6/,
  ],
  [
    'a list that another may replace',
    'w.yml',
    run('NAMES="alpha beta gamma"\nif x; then NAMES="$ONLY"; fi'),
    /lines 5, 6/,
  ],
  [
    'a list that mapfile replaces',
    'w.yml',
    run('NAMES=(alpha beta gamma)\nmapfile -t NAMES < x'),
    /lines 5, 6/,
  ],
  [
    'a list in two steps',
    'w.yml',
    '- run: NAMES="alpha beta gamma"\n- run: NAMES="alpha beta gamma"\n',
    /lines 1, 2/,
  ],
  ['mapfile', 'w.yml', run('mapfile -t NAMES <<< "alpha beta gamma"'), /an expression/],
  ['a read of a file', 'w.yml', run('read -ra NAMES < names'), /an expression/],
  [
    'a read whose separators are computed',
    'w.yml',
    run('IFS=$X read -ra NAMES <<< "alpha"'),
    /an expression/,
  ],
  [
    'a read whose separators are set before',
    'w.yml',
    run('export IFS=,\nread -ra NAMES <<< "alpha,beta,gamma"'),
    /an expression/,
  ],
  [
    'a read that leaves the line break in the last name',
    'w.yml',
    run('IFS=, read -rd "" -a NAMES <<< "alpha,beta,gamma"'),
    /an expression/,
  ],
  ['a read of some characters', 'w.yml', run('read -ra NAMES -n 5 <<< "alpha beta"'), /an expression/],
  ['a read that takes backslashes out', 'w.yml', run("read -a NAMES <<< 'al\\\\pha'"), /an expression/],
  ['a field that is empty', 'w.yml', run('IFS=, read -ra NAMES <<< "alpha,,beta"'), /a name in it is empty/],
  ['a read of the rest', 'w.yml', run('read -r FIRST NAMES <<< "x alpha beta gamma"'), /an expression/],
  [
    'the argument of an option of read',
    'w.yml',
    run('read -p NAMES -ra OTHER <<< "alpha beta gamma"'),
    /there is no/,
  ],
  ['printf into a variable', 'w.yml', run('printf -v NAMES "%s" "alpha beta gamma"'), /an expression/],
  ['a here-document', 'w.yml', run('cat <<EOF\nNAMES="alpha beta gamma"\nEOF'), /there is no/],
  ['a comment', 'w.yml', run('# NAMES="alpha beta gamma"'), /there is no/],
  [
    'a comment, which a folded run makes of what follows',
    'w.yml',
    '- run: >-\n    set -e # x\n    NAMES="alpha beta gamma"\n',
    /there is no/,
  ],
  [
    'an argument, which a folded run makes of what follows',
    'w.yml',
    '- run: >-\n    ./go\n    NAMES="alpha beta gamma"\n',
    /there is no/,
  ],
  ['an argument of echo', 'w.yml', run('echo NAMES="alpha beta gamma"'), /there is no/],
  ['an argument of another program', 'w.yml', run('docker run -e NAMES="alpha beta gamma" x'), /there is no/],
  ['a text in quotes', 'w.yml', run('echo \'x\nNAMES="alpha beta gamma"\n\''), /there is no/],
  ['a comparison', 'w.yml', run('[[ x && NAMES=="alpha beta gamma" ]]'), /there is no/],
  ['a loop', 'w.yml', run('for NAMES in alpha beta gamma; do :; done'), /there is no/],
  ['a command whose name holds quotes', 'w.yml', run('""NAMES="alpha beta gamma"'), /there is no/],
  ['a quote that is never closed', 'go.sh', 'NAMES="alpha beta gamma', /an expression/],
  ['an array that is never closed', 'go.sh', 'NAMES=(alpha beta gamma', /an expression/],
  ['an env that is a list', 'w.yml', 'env: [{ NAMES: alpha beta gamma }]', /there is no/],
  ['a longer name', 'w.yml', run('MY_NAMES="alpha"; NAMES_2="beta"; xNAMES=1'), /there is no/],
  ['a path through a list', 'l.json', '{"a": [{"n": "alpha"}]}', /goes through a list/, 'a[].n'],
  ['a list of lists in JSON', 'l.json', '{"a": [["alpha"], ["beta"]]}', /no string/, 'a'],
  ['an item beyond the last', 'l.json', '{"a": [["alpha"]]}', /there is no/, 'a[1]'],
  ['a path that is none', 'l.json', '{"a": []}', /it is no path/, '["a\\q"]'],
];

const template = ['--template', 'org/t-{name}', '--manifest', 'm.json', '--select', 'repos[]'];

function writeFolder(name: string, files: Record<string, string>): string {
  const cwd = join(root, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(cwd, file, '..'), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  return cwd;
}

const manifest = JSON.stringify({ repos: all.map((name) => `org/t-${name}`) });

describe('the forms of a list', () => {
  test('each is found where it stands and told in its own words, and is in sync once its correction is pasted', async () => {
    const files = forms.map(({ file, text }, at) => [`${at}/${file}`, text] as const);
    const cwd = writeFolder('forms', { 'm.json': manifest, ...Object.fromEntries(files) });
    const lists = forms.flatMap(({ key = 'NAMES' }, at) => ['--list', `${files[at]![0]}#${key}`]);
    const before = await runScript('cascade-list-drift-gate', [...template, ...lists, '--json'], { cwd });
    assert.equal(before.code, 1, before.stderr);
    const found: any[] = before.record.details.lists;
    assert.deepEqual(
      forms.map(({ name }, at) => {
        const { line, column, missing, extra } = found[at];
        return { name, at: `${line}:${column}`, missing, extra };
      }),
      forms.map(({ name, at, missing = ['beta', 'gamma'], extra = ['zeta'] }) => ({
        name,
        at,
        missing,
        extra,
      })),
    );
    for (const [at, { name, text, pasted }] of forms.entries()) {
      const { firstLine, lastLine, text: lines } = found[at].correction;
      const corrected = text.replaceAll('\r', '').split('\n');
      corrected.splice(firstLine - 1, lastLine - firstLine + 1, lines);
      if (pasted !== undefined) assert.equal(corrected.join('\n'), pasted, name);
      writeFileSync(join(cwd, files[at]![0]), corrected.join(text.includes('\r\n') ? '\r\n' : '\n'));
    }
    const after = await runScript('cascade-list-drift-gate', [...template, ...lists], { cwd });
    assert.equal(after.code, 0, after.stdout + after.stderr);
    assert.match(after.stdout, new RegExp(`in-sync: all ${forms.length} lists equal the manifest's 3 names`));
  });

  test('names that YAML or a shell would read otherwise are quoted in the correction', async () => {
    const repos = ['@a', '#b', 'c*', '$d', "e's", 'null', '1.10', 'x:y', '-'];
    const files = {
      'flow.yml': env('  NAMES: [alpha, zeta]'),
      'block.yml': env('  NAMES:\n    - alpha\n    - zeta'),
      'words.yml': env('  NAMES: alpha zeta'),
      'single.yml': env("  NAMES: 'alpha zeta'"),
      'array.sh': 'NAMES=(alpha zeta)\n',
      'string.sh': 'NAMES="alpha zeta"\n',
    };
    const cwd = writeFolder('quotes', { 'm.json': JSON.stringify({ repos }), ...files });
    const lists = Object.keys(files).flatMap((file) => ['--list', `${file}#NAMES`]);
    const args = ['--manifest', 'm.json', '--select', 'repos[]', ...lists];
    const before = await runScript('cascade-list-drift-gate', [...args, '--json'], { cwd });
    assert.equal(before.code, 1, before.stderr);
    for (const [at, [file, text]] of Object.entries(files).entries()) {
      const { firstLine, lastLine, text: lines } = before.record.details.lists[at].correction;
      const corrected = text.split('\n');
      corrected.splice(firstLine - 1, lastLine - firstLine + 1, lines);
      writeFileSync(join(cwd, file), corrected.join('\n'));
    }
    const after = await runScript('cascade-list-drift-gate', args, { cwd });
    assert.equal(after.code, 0, after.stdout + after.stderr);
  });

  for (const [name, file, text, words, key = 'NAMES'] of refused) {
    test(`${name} ends with 2`, async () => {
      const cwd = writeFolder(name, { 'm.json': manifest, [file]: text });
      const args = [...template, '--list', `${file}#${key}`];
      const result = await runScript('cascade-list-drift-gate', args, { cwd });
      assert.equal(result.code, 2, result.stdout + result.stderr);
      assert.match(result.stderr, words);
      assert.equal(result.stderr.trim().split('\n').length, 1);
    });
  }

  test('a name that no list of words can hold is refused, not written', async () => {
    const cwd = writeFolder('space', { 'm.json': '{"repos": ["a b", "c"]}', 'w.yml': env('  NAMES: c') });
    const args = ['--manifest', 'm.json', '--select', 'repos[]', '--list', 'w.yml#NAMES'];
    const result = await runScript('cascade-list-drift-gate', args, { cwd });
    assert.equal(result.code, 2, result.stdout);
    assert.match(result.stderr, /Cannot write the list "w\.yml#NAMES" anew: "a b", "c" cannot stand in it/);
  });

  test('an annotation names the file below the checkout, its signs escaped', async () => {
    const text = env('  NAMES: alpha');
    const cwd = writeFolder('place', { 'm.json': manifest, 'a,b:c%d.yml': text, 'sub/m.json': manifest });
    const file = join(cwd, 'a,b:c%d.yml');
    const lists = ['--list', '../a,b:c%d.yml#NAMES', '--list', `${file}#NAMES`];
    const result = await runScript('cascade-list-drift-gate', [...template, ...lists], {
      cwd: join(cwd, 'sub'),
      runner: true,
      env: { GITHUB_WORKSPACE: cwd },
    });
    assert.equal(result.code, 1, result.stdout);
    assert.equal(result.stdout.match(/^::error file=a%2Cb%3Ac%25d\.yml,line=3,col=3::/gm)?.length, 2);
  });

  test('a case that the template alone has otherwise is a warning', async () => {
    const cwd = writeFolder('case', { 'm.json': manifest, 'w.yml': env('  NAMES: alpha Beta gamma') });
    const args = ['--manifest', 'm.json', '--select', 'repos[]', '--list', 'w.yml#NAMES'];
    const result = await runScript('cascade-list-drift-gate', [...args, '--template', 'Org/t-{name}'], {
      cwd,
    });
    assert.equal(result.code, 0, result.stdout);
    assert.match(
      result.stderr,
      /^warning: w\.yml:3:3: "Org\/t-alpha" is written "org\/t-alpha" in the manifest$/m,
    );
    assert.match(result.stderr, /"Beta" is written "beta" in the manifest$/m);
  });

  test('two repositories that a list would name alike are refused', async () => {
    const cwd = writeFolder('alike', { 'm.json': '{"repos": ["org/t-b", "b"]}', 'w.yml': env('  NAMES: b') });
    const result = await runScript('cascade-list-drift-gate', [...template, '--list', 'w.yml#NAMES'], {
      cwd,
    });
    assert.equal(result.code, 2, result.stdout);
    assert.match(result.stderr, /"b" is in it twice/);
  });

  test('lists of ten thousands of names are compared', async () => {
    const repos = Array.from({ length: 20_000 }, (_, at) => `r${at}`);
    const cwd = writeFolder('many', {
      'm.json': JSON.stringify({ repos }),
      'w.yml': `env:\n  NAMES: ${repos.slice(1).reverse().join(' ')}\n`,
      'go.sh': `NAMES=(\n${repos.map((name) => `x${name}\n`).join('')})\n`,
    });
    const args = [
      '--manifest',
      'm.json',
      '--select',
      'repos[]',
      '--json',
      '--list',
      'w.yml#NAMES',
      '--list',
      'go.sh#NAMES',
    ];
    const { code, record, stderr } = await runScript('cascade-list-drift-gate', args, { cwd });
    assert.equal(code, 1, stderr.slice(0, 2000));
    assert.deepEqual(record.details.lists[0].missing, ['r0']);
    assert.equal(record.details.lists[1].extra.length, 20_000);
  });
});
