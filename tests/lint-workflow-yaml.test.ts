import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { bound, unbound } from './support/rights.mjs';
import { runScript, type ScriptResult } from './support/run-script.mjs';

const scratch: string[] = [];
after(() => {
  for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
});

function repository(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'lint-'));
  scratch.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const lint = (cwd: string, ...args: string[]): Promise<ScriptResult> =>
  runScript('lint-workflow-yaml', args, { cwd });
const lastLine = ({ stdout }: ScriptResult): string => stdout.trimEnd().split('\n').at(-1) ?? '';

const job = 'jobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n';
const sound = `name: CI\non: push\n${job}`;
const dropped =
  'name: CI\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      run: make\n';
const G = '.gitea/workflows/ci.yml';

test('a sound repository: exit 0, and the count on the last line', async () => {
  const result = await lint(repository({ [G]: sound, '.github/workflows/ci.yml': sound }));
  assert.equal(result.code, 0, result.stderr);
  assert.equal(lastLine(result), '2 files, 0 errors, 0 warnings');
});

test('a byte order mark is no column, neither in the place nor under the source line', async () => {
  for (const mark of ['', '\ufeff']) {
    const result = await lint(repository({ [G]: `${mark}name: [CI]\non: push\n${job}` }));
    assert.match(
      result.stdout,
      /^\.gitea\/workflows\/ci\.yml:1:7: error: .*\[decodes\]\n  name: \[CI\]\n        \^\^\^\^\n/m,
    );
  }
});

test('a finding: file:line:col, level, message, rule, source line and mark; exit 1', async () => {
  const result = await lint(repository({ [G]: dropped }));
  assert.equal(result.code, 1);
  assert.equal(
    result.stdout,
    [
      `${G}:7:7: error: \`jobs.test.steps\`: a mapping stands where a list must; Gitea drops the whole file without a word; give it the kind that is named [decodes]`,
      '        run: make',
      '        ^^^^^^^^^',
      '1 files, 1 errors, 0 warnings',
      '',
    ].join('\n'),
  );
});

test('nothing to look at is exit 3, and so is a path that is not there, with findings or without', async () => {
  const empty = await lint(repository({ 'README.md': '' }));
  assert.equal(empty.code, 3);
  assert.match(empty.stderr, /no workflow file was found/);
  const root = repository({ [G]: dropped });
  const missing = await lint(root, G, 'nope.yml');
  assert.equal(missing.code, 3);
  assert.match(missing.stderr, /Cannot read nope\.yml: it is not there/);
  assert.equal(lastLine(missing), '1 files, 1 errors, 0 warnings');
});

test('a file that may not be read is exit 3 and the others go on', { skip: unbound }, async () => {
  const root = repository({ [G]: sound, '.gitea/workflows/b.yml': sound });
  chmodSync(join(root, '.gitea/workflows/b.yml'), 0);
  const result = await runScript('lint-workflow-yaml', [], { ...bound, cwd: root });
  assert.equal(result.code, 3);
  assert.match(result.stderr, /b\.yml: it may not be read/);
  assert.equal(lastLine(result), '1 files, 0 errors, 0 warnings');
});

test('folders called x.yml, links in a circle and to nowhere do no harm', async () => {
  const root = repository({ [G]: sound, '.gitea/workflows/x.yml/inner.yml': sound });
  symlinkSync('.', join(root, '.gitea/workflows/loop'));
  symlinkSync('loop.yml', join(root, '.gitea/workflows/loop.yml'));
  symlinkSync('..', join(root, '.gitea/workflows/up.yml'));
  const result = await lint(root);
  assert.equal(result.code, 3);
  assert.match(result.stderr, /loop\.yml: its links lead in a circle/);
  assert.equal(lastLine(result), '2 files, 0 errors, 2 warnings');
});

test('a workflow that is a symbolic link, or in a folder that is one, is none to Gitea', async () => {
  const root = repository({ 'shared/ci.yml': sound, '.gitea/workflows/own.yml': sound.replace('CI', 'Own') });
  symlinkSync('../../shared/ci.yml', join(root, G));
  const file = await lint(root);
  assert.equal(file.code, 1, file.stdout);
  assert.match(
    file.stdout,
    /^\.gitea\/workflows\/ci\.yml:1:1: error: "\.gitea\/workflows\/ci\.yml" is a symbolic link/m,
  );
  assert.equal(lastLine(file), '2 files, 1 errors, 0 warnings');
  assert.equal((await lint(root, G)).code, 1);
  assert.equal((await lint(root, '--profile', 'github')).code, 0);
  const linked = repository({ 'real/ci.yml': sound });
  mkdirSync(join(linked, '.gitea'));
  symlinkSync('../real', join(linked, '.gitea/workflows'));
  const folder = await lint(linked);
  assert.equal(folder.code, 1, folder.stdout);
  assert.match(folder.stdout, /"\.gitea\/workflows" is a symbolic link.*it finds no workflow there/);
});

test('what `concurrency` cannot keep from being cancelled depends on what starts the file', async () => {
  const grouped = (on: string): string => `name: CI\non: ${on}\nconcurrency: deploy\n${job}`;
  const pushed = await lint(repository({ [G]: grouped('push') }));
  assert.match(pushed.stdout, /`concurrency` here: a newer push cancels/);
  assert.doesNotMatch(pushed.stdout, /schedule/);
  const timed = await lint(repository({ [G]: grouped("{schedule: [{cron: '0 4 * * *'}]}") }));
  assert.match(timed.stdout, /`concurrency` here: .*the next run of the schedule one of it that still runs/);
});

test('what is missing is not told to be of another kind', async () => {
  const texts = ['', `name: a\n${job}`, 'name: b\non: push\njobs: {}\n'];
  const root = repository(Object.fromEntries(texts.map((text, n) => [`.gitea/workflows/${n}.yml`, text])));
  const { stdout } = await lint(root);
  assert.match(stdout, /0\.yml.*; write a workflow, or delete the file \[decodes\]/);
  assert.match(stdout, /1\.yml.*no event is named.*; name one \[decodes\]/);
  assert.match(stdout, /2\.yml.*there are none.*; write one \[decodes\]/);
});

test('a file that is no YAML is one finding, and the others go on', async () => {
  const result = await lint(
    repository({ [G]: 'on: [', '.gitea/workflows/b.yml': dropped }),
    '--format',
    'json',
  );
  assert.equal(result.code, 1);
  const { findings } = JSON.parse(result.stdout).details;
  assert.deepEqual(
    findings.map(({ file, rule }: { file: string; rule: string }) => [file, rule]),
    [
      ['.gitea/workflows/b.yml', 'decodes'],
      [G, 'yaml-valid'],
    ],
  );
});

test('bytes that are no UTF-8, and a file over 1 MiB, are findings', async () => {
  const root = repository({ '.gitea/workflows/big.yml': `# ${'x'.repeat(1 << 20)}\n${sound}` });
  writeFileSync(join(root, G), Buffer.from([0x6e, 0xff, 0x0a]));
  const result = await lint(root);
  assert.equal(result.code, 1);
  assert.match(result.stdout, /big\.yml:1:1: error: the file is larger than 1 MiB/);
  assert.match(result.stdout, /ci\.yml:1:2: error: a byte here is no UTF-8/);
});

const further: [sentence: string, text: string, line: number | null][] = [
  ['a second document', `${sound}---\n${sound}`, sound.split('\n').length],
  ['one that no parser could read', `${sound}---\na: [\n`, sound.split('\n').length],
  ['one behind an end', `${sound}...\n---\na: b\n`, sound.split('\n').length + 1],
  ['one behind an empty one', `${sound}---\n---\na: b\n`, sound.split('\n').length + 1],
  ['a mark before the only one', `---\n${sound}`, null],
  ['an end mark', `${sound}...\n`, null],
  ['an empty one behind', `${sound}---\n# nothing\n`, null],
];
for (const [sentence, text, line] of further)
  test(`${sentence}: ${line === null ? 'nothing to find' : 'found'}`, async () => {
    for (const folder of ['.gitea', '.github']) {
      const result = await lint(repository({ [`${folder}/workflows/ci.yml`]: text }));
      const found = result.stdout.match(/^\S+:(\d+):1: error: .*document.*\[yaml-valid\]$/m);
      assert.equal(found?.[1] ?? null, line === null ? null : String(line), result.stdout);
      assert.equal(result.code, line === null ? 0 : 1);
    }
  });

test('a key that stands twice in an action that a workflow uses is found', async () => {
  const uses = sound.replace(/- run: .*/, '- uses: ./act');
  const action = 'name: A\nname: B\nruns:\n  using: composite\n  steps: []\n';
  for (const folder of ['.gitea', '.github']) {
    const root = repository({ [`${folder}/workflows/ci.yml`]: uses, 'act/action.yml': action });
    const result = await lint(root);
    assert.match(result.stdout, /^act\/action\.yml:2:1: error: the key "name" is there twice/m);
    assert.equal(result.code, 1);
  }
});

test('a tracker that is no text is a wrong config', async () => {
  const root = repository({ [G]: sound, 'lint-workflow-yaml.json': '{"tracker":5}' });
  const result = await lint(root);
  assert.equal(result.code, 2);
  assert.match(result.stderr, /"tracker" is no regular expression/);
});

test('a config that begins with a byte order mark is read', async () => {
  const config = '\ufeff{"rules":{"decodes":"off"}}';
  const root = repository({ '.gitea/workflows/ci.yml': dropped, 'lint-workflow-yaml.json': config });
  assert.equal((await lint(root)).code, 0);
});

test('profiles by folder; --profile takes their place, and a finding names several', async () => {
  const root = repository({ '.github/workflows/ci.yml': dropped });
  assert.equal((await lint(root)).code, 0);
  const both = await lint(root, '--profile', 'gitea-1.22', '--profile', 'gitea-1.25');
  assert.match(both.stdout, /\(gitea-1\.22, gitea-1\.25\) \[decodes\]/);
  const one = await lint(root, '--profile', 'gitea-1.22', '--profile', 'github');
  assert.match(one.stdout, /\(gitea-1\.22\) \[decodes\]/);
  const alone = await lint(root, '--profile', 'gitea-1.22');
  assert.match(alone.stdout, /[^)] \[decodes\]/);
  const job = await runScript('lint-workflow-yaml', ['--profile', 'gitea-1.22', '--profile', 'github'], {
    cwd: root,
    runner: true,
  });
  assert.match(job.stdout, /^::error .*\(gitea-1\.22\) \[decodes\]$/m);
  const wrong = await lint(root, '--profile', 'gitea-1.21');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /gitea-1\.25 or forgejo/);
});

test('--json prints the decision record alone, with the findings', async () => {
  const result = await lint(repository({ [G]: dropped }), '--json');
  const record = JSON.parse(result.stdout);
  assert.equal(record.decision, 'findings');
  assert.deepEqual(Object.keys(record.details.findings[0]), [
    'file',
    'line',
    'column',
    'endLine',
    'endColumn',
    'rule',
    'level',
    'profile',
    'message',
    'fixable',
  ]);
  assert.equal(record.details.findings[0].profile, 'gitea-1.22');
});

test('in a runner it writes workflow commands, and the same as plain text', async () => {
  const root = repository({ [G]: dropped });
  const result = await runScript('lint-workflow-yaml', [], { cwd: root, runner: true });
  assert.match(result.stdout, /^::error file=\.gitea\/workflows\/ci\.yml,line=7,col=7::`jobs\.test\.steps`/m);
  assert.match(result.stdout, /^\.gitea\/workflows\/ci\.yml:7:7: error:/m);
  assert.equal(result.outputs['decision'], 'findings');
  assert.equal(result.outputs['errors'], '1');
});

test('at most ten annotations of a kind; the rest is in the plain text', async () => {
  const files = Array.from({ length: 12 }, (_, n) => [
    `.gitea/workflows/w${n}.yml`,
    dropped.replace('CI', `CI ${n}`),
  ]);
  const result = await lint(repository(Object.fromEntries(files)), '--format', 'github');
  assert.equal(result.stdout.match(/^::error/gm)?.length, 10);
  assert.equal(result.stdout.match(/^\.gitea.*error:/gm)?.length, 12);
});

test('SARIF is valid by its schema', async () => {
  const result = await lint(
    repository({ [G]: dropped, '.gitea/workflows/ü #b?.yml': sound.replace('name: CI\n', '') }),
    '--format',
    'sarif',
  );
  const schema = JSON.parse(
    readFileSync(new URL('testdata/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8'),
  );
  // The schema is written for draft 4, whose keywords here are those of draft 7 but for these two.
  delete schema.$schema;
  delete schema.id;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  const validate = ajv.compile(schema);
  const log: any = JSON.parse(result.stdout);
  assert.equal(validate(log), true, JSON.stringify(validate.errors));
  assert.equal(log.runs[0].results.length, 2);
  const [first, second] = log.runs[0].results;
  // An address that a reader can take apart again: neither a fragment nor a query begins in it.
  const { uri } = second.locations[0].physicalLocation.artifactLocation;
  assert.equal(new URL(uri, 'file:///r/').pathname, '/r/.gitea/workflows/%C3%BC%20%23b%3F.yml');
  assert.equal(log.runs[0].tool.driver.rules[first.ruleIndex].id, first.ruleId);
  assert.equal(validate({ ...log, runs: [{ ...log.runs[0], tool: undefined }] }), false);
});

const fixable: [sentence: string, before: string, after: string][] = [
  [
    'a blank first line',
    sound.replace('- run: make test', '- run: |  # why\r\n\r\n          make test\r\n          echo é ü'),
    sound.replace('- run: make test', '- run: |  # why\r\n          make test\r\n          echo é ü'),
  ],
  [
    'a number among patterns',
    sound.replace('on: push', 'on: {push: {branches: [main, 1.0]}} # a'),
    sound.replace('on: push', "on: {push: {branches: [main, '1.0']}} # a"),
  ],
  [
    'several numbers among patterns at once',
    sound.replace('on: push', 'on: {push: {branches: [1.0, main, 2024-01-01], tags: 2}}'),
    sound.replace('on: push', "on: {push: {branches: ['1.0', main, '2024-01-01'], tags: ['2']}}"),
  ],
  [
    'a quoted boolean',
    sound.replace('make test', "make test\n        continue-on-error: 'true' # until #1"),
    sound.replace('make test', 'make test\n        continue-on-error: true # until #1'),
  ],
];

for (const [sentence, before, fixed] of fixable) {
  test(`--fix mends ${sentence}, leaves all else as it is, and has nothing to do the second time`, async () => {
    const root = repository({ [G]: `\ufeff${before}` });
    const first = await lint(root, '--fix');
    assert.match(first.stdout, /^fixed \.gitea\/workflows\/ci\.yml:\d+ \[/m);
    assert.equal(first.code, 0, first.stdout);
    assert.equal(readFileSync(join(root, G), 'utf8'), `\ufeff${fixed}`);
    assert.doesNotMatch((await lint(root, '--fix')).stdout, /fixed/);
    assert.equal(readFileSync(join(root, G), 'utf8'), `\ufeff${fixed}`);
  });
}

test('--fix on a full disk costs no file: exit 3, and what stands where is as it was', async () => {
  const [, before] = fixable[0] as (typeof fixable)[number];
  const root = repository({ [G]: before });
  const result = await runScript('lint-workflow-yaml', ['--fix'], {
    cwd: root,
    node: 'bash',
    nodeArgs: ['-c', 'ulimit -f 0; exec "$0" "$@"', process.execPath],
    coverage: false,
  });
  assert.equal(readFileSync(join(root, G), 'utf8'), before);
  assert.deepEqual(readdirSync(join(root, '.gitea/workflows')), ['ci.yml']);
  assert.equal(result.code, 3);
  assert.match(
    result.stderr,
    /^error: Cannot fix \.gitea\/workflows\/ci\.yml: EFBIG.*; it is as it was: mend the disk/m,
  );
  assert.doesNotMatch(result.stdout + result.stderr, /a fault of our own/);
});

test('--fix of two files of which one cannot be written back says which is fixed, and which is not', async () => {
  const [, before, after] = fixable[2] as (typeof fixable)[number];
  const long = `${before}# as it was agreed\n`.padEnd(3000, '# and so on\n');
  const root = repository({ [G]: before, '.gitea/workflows/long.yml': long });
  const result = await runScript('lint-workflow-yaml', ['--fix', '--json'], {
    cwd: root,
    node: 'bash',
    nodeArgs: ['-c', 'ulimit -f 1; exec "$0" "$@"', process.execPath],
    coverage: false,
  });
  assert.equal(readFileSync(join(root, G), 'utf8'), after);
  assert.equal(readFileSync(join(root, '.gitea/workflows/long.yml'), 'utf8'), long);
  assert.deepEqual(readdirSync(join(root, '.gitea/workflows')).sort(), ['ci.yml', 'long.yml']);
  assert.equal(result.code, 3);
  const record = JSON.parse(result.stdout) as {
    changed: boolean;
    reason: string;
    details: { fixed: { file: string }[] };
  };
  assert.equal(record.changed, true);
  assert.deepEqual([...new Set(record.details.fixed.map(({ file }) => file))], [G]);
  assert.match(record.reason, /^Cannot fix \.gitea\/workflows\/long\.yml: EFBIG/);
});

test('--fix that was killed half way through a file is mended by the next', async () => {
  const [, before, after] = fixable[2] as (typeof fixable)[number];
  const root = repository({ [G]: before });
  const killed = await runScript('lint-workflow-yaml', ['--fix'], {
    cwd: root,
    nodeArgs: ['--import', new URL('faults/cut-at-write.mjs', import.meta.url).href],
    env: { CUT_AT: '1', CUT_SIGNAL: 'SIGKILL', CUT_HALF: 'yes' },
    coverage: false,
  });
  assert.equal(killed.signal, 'SIGKILL');
  assert.equal(readFileSync(join(root, G), 'utf8'), before);
  assert.equal(readdirSync(join(root, '.gitea/workflows')).length, 2);
  const result = await lint(root, '--fix');
  assert.equal(result.code, 0, result.stdout + result.stderr);
  assert.equal(readFileSync(join(root, G), 'utf8'), after);
  assert.deepEqual(readdirSync(join(root, '.gitea/workflows')), ['ci.yml']);
});

test('--fix leaves a link a link, and a file as it may be run and read', async () => {
  const [, before, fixed] = fixable[0] as (typeof fixable)[number];
  const root = repository({ 'shared/ci.yml': before, '.gitea/workflows/other.yml': sound });
  chmodSync(join(root, 'shared/ci.yml'), 0o750);
  symlinkSync('../../shared/ci.yml', join(root, G));
  assert.equal((await lint(root, '--fix', '--profile', 'github')).code, 0);
  assert.equal(readFileSync(join(root, 'shared/ci.yml'), 'utf8'), before);
  // That it is a link is left to say, and for no edit.
  assert.equal((await lint(root, '--fix')).code, 1);
  assert.equal(readFileSync(join(root, 'shared/ci.yml'), 'utf8'), fixed);
  assert.ok(lstatSync(join(root, G)).isSymbolicLink());
  assert.equal(lstatSync(join(root, 'shared/ci.yml')).mode & 0o777, 0o750);
});

test('what a fix could change the meaning of is left alone', async () => {
  const text = sound.replace(
    '- run: make test',
    '- name: >\n\n          a\n        run: |2\n\n            make test\n        continue-on-error: >-\n          true\n        id: a',
  );
  const root = repository({ [G]: text });
  const result = await lint(root, '--fix');
  assert.equal(result.code, 1);
  assert.equal(readFileSync(join(root, G), 'utf8'), text);
});

const limited = sound.replace('    steps', '    timeout-minutes: 5\n    steps');

test('--strict and --max-warnings make warnings fail', async () => {
  const root = repository({ [G]: limited });
  assert.equal((await lint(root)).code, 0);
  assert.equal((await lint(root, '--strict')).code, 1);
  assert.equal((await lint(root, '--max-warnings', '1')).code, 0);
  assert.equal((await lint(root, '--max-warnings', '0')).code, 1);
});

const ignores: [sentence: string, comment: string, rules: string[]][] = [
  [
    'a reason on the line above',
    '    # lint-workflow-yaml: ignore[honoured-keys] the runner has its own\n    timeout-minutes: 5\n',
    [],
  ],
  [
    'a reason on the line',
    '    timeout-minutes: 5 # lint-workflow-yaml: ignore[honoured-keys] the runner has its own\n',
    [],
  ],
  [
    'two above each other',
    '    # lint-workflow-yaml: ignore[honoured-keys] so\n    # lint-workflow-yaml: ignore[job-name-literal] so\n    timeout-minutes: 5\n',
    ['ignore-valid'],
  ],
  [
    'no reason',
    '    timeout-minutes: 5 # lint-workflow-yaml: ignore[honoured-keys]\n',
    ['honoured-keys', 'ignore-valid'],
  ],
  [
    'an unknown rule',
    '    timeout-minutes: 5 # lint-workflow-yaml: ignore[honored-keys] typo\n',
    ['honoured-keys', 'ignore-valid'],
  ],
  ['nothing to hide', '    # lint-workflow-yaml: ignore[honoured-keys] gone\n', ['ignore-valid']],
];

for (const [sentence, comment, expected] of ignores) {
  test(`ignore comment: ${sentence}`, async () => {
    const root = repository({ [G]: sound.replace('    steps', `${comment}    steps`) });
    const { findings } = JSON.parse((await lint(root, '--json')).stdout).details;
    assert.deepEqual(findings.map(({ rule }: { rule: string }) => rule).sort(), expected);
  });
}

test("a shell's comment inside a script speaks of the line below", async () => {
  const script =
    '- run: |\n          # lint-workflow-yaml: ignore[summary-is-seen] also in the log\n          echo >> $GITHUB_STEP_SUMMARY';
  const result = await lint(repository({ [G]: sound.replace('- run: make test', script) }));
  assert.equal(lastLine(result), '1 files, 0 errors, 0 warnings');
});

test('the config turns rules off, changes levels and passes over files', async () => {
  const root = repository({
    [G]: limited,
    '.gitea/workflows/old/x.yml': dropped.replace('CI', 'Old'),
    'lint-workflow-yaml.json': '{"rules":{"honoured-keys":"error"},"ignore":[".gitea/workflows/old/**"]}',
  });
  assert.equal(lastLine(await lint(root)), '1 files, 1 errors, 0 warnings');
  writeFileSync(join(root, 'other.json'), '{"rules":{"honoured-keys":"off","decodes":"warning"}}');
  assert.equal(lastLine(await lint(root, '--config', 'other.json')), '2 files, 0 errors, 1 warnings');
});

const wrongConfigs: [text: string, complaint: RegExp][] = [
  ['{', /no JSON/],
  ['[]', /no JSON object/],
  ['{"rule":{}}', /there is no key "rule"/],
  ['{"rules":{"nope":"off"}}', /there is no rule "nope"/],
  ['{"rules":{"decodes":"maybe"}}', /"maybe"/],
  ['{"runner_labels":"a"}', /no list of texts/],
  ['{"required_checks":[]}', /no object/],
  ['{"tracker":"("}', /no regular expression/],
];

for (const [text, complaint] of wrongConfigs) {
  test(`a config that is wrong is exit 2: ${text}`, async () => {
    const result = await lint(repository({ [G]: sound, 'lint-workflow-yaml.json': text }));
    assert.equal(result.code, 2);
    assert.match(result.stderr, complaint);
  });
}

test('a config that is named and not there is exit 2', async () => {
  const result = await lint(repository({ [G]: sound }), '--config', 'nope.json');
  assert.equal(result.code, 2);
  assert.match(result.stderr, /nope\.json: it is not there/);
});

test('--explain and --list-rules', async () => {
  const root = repository({});
  const explained = await lint(root, '--explain', 'decodes');
  assert.equal(explained.code, 0);
  assert.match(explained.stdout, /^decodes \(error; gitea-1\.22, /);
  assert.match(explained.stdout, /ignore\[decodes\]/);
  assert.equal((await lint(root, '--explain', 'nope')).code, 2);
  assert.equal((await lint(root, '--list-rules')).stdout.trimEnd().split('\n').length, 51);
});

test('local actions are read with the workflows that use them', async () => {
  const root = repository({
    '.github/workflows/ci.yml': sound.replace('- run: make test', '- uses: ./.github/actions/a'),
    '.github/actions/a/action.yml': 'name: [',
  });
  const result = await lint(root);
  assert.match(result.stdout, /actions\/a\/action\.yml:\d+:\d+: error: .*\[yaml-valid\]/);
  assert.equal(lastLine(result), '2 files, 1 errors, 0 warnings');
});

test('a file that is named alone is judged with those beside it, of which nothing is said', async () => {
  const waiting = (name: string): string =>
    `name: ${name} waits\non: {workflow_run: {workflows: [${name}]}}\n${job}`;
  const root = repository({
    '.github/workflows/ci.yml': sound,
    '.github/workflows/a.yml': waiting('CI'),
    '.github/workflows/b.yml': waiting('No'),
    '.github/workflows/c.yml': sound.replace('CI', 'CI waits'),
  });
  assert.equal(lastLine(await lint(root, '.github/workflows/a.yml')), '1 files, 0 errors, 1 warnings');
  assert.equal(lastLine(await lint(root, '.github/workflows/b.yml')), '1 files, 1 errors, 0 warnings');
  assert.equal(lastLine(await lint(root, '.github/workflows/ci.yml')), '1 files, 0 errors, 0 warnings');
  writeFileSync(join(root, 'lint-workflow-yaml.json'), '{"ignore":[".github/workflows/ci.yml"]}');
  assert.equal(lastLine(await lint(root)), '3 files, 1 errors, 2 warnings');
});

test('a submodule in `paths` is one entry and changes as a file does; a folder does not', async () => {
  const root = repository({
    [G]: sound.replace('on: push', 'on: {push: {paths: [sub, src]}}'),
    'sub/.git': 'gitdir: ../.git/modules/sub\n',
    'sub/a': '',
    'src/a': '',
  });
  const result = await lint(root);
  assert.match(result.stdout, /:2:26: warning: .*"src" matches no path; write "src\/\*\*"/);
  assert.equal(lastLine(result), '1 files, 0 errors, 1 warnings');
});

test('an ignore comment of a rule that has no say under this profile is not idle', async () => {
  const text = limited.replace(
    '    timeout-minutes',
    '    # lint-workflow-yaml: ignore[honoured-keys] GitHub honours it\n    timeout-minutes',
  );
  const root = repository({ '.github/workflows/ci.yml': text });
  for (const profile of ['github', 'gitea-1.22'])
    assert.equal(lastLine(await lint(root, '--profile', profile)), '1 files, 0 errors, 0 warnings');
});

test('the steps of a composite action are looked at, by the forge of the workflow that uses it', async () => {
  const uses = sound.replace('- run: make test', '- uses: ./act');
  const action = [
    'name: A',
    'runs:',
    '  using: composite',
    '  steps:',
    '    - uses: actions/upload-artifact@v4',
    `    - run: c=$(curl -sw '%{http_code}' x || echo 000)`,
    '      shell: bash',
    '',
  ].join('\n');
  const root = repository({ [G]: uses, 'act/action.yml': action });
  const result = await lint(root);
  assert.match(result.stdout, /^act\/action\.yml:5:13: warning: .*\[artifact-version\]$/m);
  assert.match(result.stdout, /^act\/action\.yml:6:14: error: .*\[curl-status-once\]$/m);
  assert.equal(lastLine(result), '2 files, 1 errors, 1 warnings');
  const other = repository({ '.github/workflows/ci.yml': uses, 'act/action.yml': action });
  assert.equal(lastLine(await lint(other)), '2 files, 1 errors, 0 warnings');
});

test('files of folders are found by their path, and a repository by its root', async () => {
  const root = repository({
    [G]: sound,
    '.github/workflows/ci.yml': sound,
    '.github/workflows/sub/x.yml': dropped,
  });
  assert.equal(lastLine(await lint(tmpdir(), root)), '2 files, 0 errors, 0 warnings');
  assert.equal(lastLine(await lint(tmpdir(), join(root, '.gitea'))), '1 files, 0 errors, 0 warnings');
  assert.equal(lastLine(await lint(root, G)), '1 files, 0 errors, 0 warnings');
});
