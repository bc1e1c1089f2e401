import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyConfig } from '../lib/lint/config.ts';
import { lintProject } from '../lib/lint/lint.ts';
import { parseSource } from '../lib/lint/source.ts';
import { PROFILES } from '../lib/workflow/profile.ts';

const script = (text: string): string =>
  `name: X\non: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          ${text}\n`;
const jobs = 'jobs: {a: {runs-on: x, steps: [{run: echo}]}}\n';
const merges = Array.from(
  { length: 40 },
  (_, n) => `x${n + 1}: &x${n + 1} {<<: [*x${n}, *x${n}], k${n}: v}\n`,
);
const bomb = Array.from({ length: 60 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`);

/** Each just under 1 MiB, or as bad as it gets with less; what must be found, if anything. */
const hostile: [sentence: string, text: string, rule?: string][] = [
  ['a million brackets', '['.repeat(1_000_000), 'yaml-valid'],
  ['a million blanks', `on: push\n${' '.repeat(1_000_000)}\n${jobs}`],
  [
    'an alias bomb',
    `on: push\na0: &a0 [x, x]\n${bomb.join('')}jobs: {a: {runs-on: x, with: {a: *a60}}}\n`,
    'decodes',
  ],
  [
    'merge keys that double',
    `on: push\nx0: &x0 {a: b}\n${merges.join('')}jobs: {a: {<<: *x40, runs-on: x}}\n`,
    'decodes',
  ],
  ['an alias to itself', 'on: push\njobs: {a: &a {runs-on: x, outputs: {o: *a}}}\n', 'decodes'],
  [
    '80,000 keys',
    `on: push\nenv:\n${Array.from({ length: 80_000 }, (_, n) => `  K${n}: v\n`).join('')}${jobs}`,
  ],
  ['a NUL', `on: push\nname: "\0"\n${jobs}`, 'yaml-valid'],
  ['substitutions that are not closed', script('$('.repeat(500_000))],
  ['quotes that are not closed', script(`gh workflow run '${"jq '".repeat(200_000)}`)],
  ['one command for a megabyte', script('kubectl a helm x git push node -a --dispatch '.repeat(20_000))],
  ['options of curl', script('$(curl -w '.concat('-w %{http_code'.repeat(200), ')\n          ').repeat(300))],
  [
    'a thousand local actions behind a thousand scripts',
    `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${Array.from({ length: 1000 }, (_, n) => `      - run: ${'git -a '.repeat(20)}\n      - uses: ./a${n}\n`).join('')}`,
    'local-uses-exists',
  ],
  [
    'five thousand vendored scripts',
    script('node vendor/a.mjs\n          '.repeat(5000)),
    'vendored-script-exists',
  ],
  [
    'calls in calls, and an if of brackets',
    `on: push\nname: x\njobs: {a: {runs-on: x, if: "${'('.repeat(200_000)}", steps: [{run: "\${{ ${'join(a, '.repeat(100_000)} }}"}]}}\n`,
    'no-server-panic',
  ],
  [
    'a format of braces',
    `on: push\nname: x\njobs: {a: {runs-on: x, steps: [{run: "\${{ format('${'{0}'.repeat(300_000)}') }}"}]}}\n`,
  ],
  [
    'long expressions',
    `on: push\nname: x\n${jobs.replace('runs-on: x', `runs-on: "${"${{ '".repeat(200_000)}"`)}`,
  ],
];

/** Coverage counts along: bare it is a tenth, and what grows with the square of the text takes a minute. */
const longestMicroseconds = 5_000_000;

for (const [sentence, text, rule] of hostile) {
  test(`ends soon: ${sentence}`, () => {
    assert.ok(text.length < 1024 * 1024);
    const start = process.cpuUsage();
    const file = parseSource('.gitea/workflows/x.yml', Buffer.from(text), ['gitea-1.22']);
    const findings = lintProject({ files: [file], kindOf: () => null }, emptyConfig);
    const { user, system } = process.cpuUsage(start);
    assert.ok(user + system < longestMicroseconds, `${user + system} µs`);
    if (rule !== undefined)
      assert.ok(
        findings.some((finding) => finding.rule === rule),
        JSON.stringify(findings.slice(0, 3)),
      );
  });
}

test('an alias to itself, and a bomb of aliases, are found under every profile', () => {
  const endless = hostile.filter(([sentence]) => ['an alias bomb', 'an alias to itself'].includes(sentence));
  assert.equal(endless.length, 2);
  for (const [sentence, text] of endless) {
    for (const profile of PROFILES) {
      const file = parseSource('.gitea/workflows/x.yml', Buffer.from(text), [profile]);
      const findings = lintProject({ files: [file], kindOf: () => null }, emptyConfig);
      const rule = profile.startsWith('gitea') ? 'decodes' : 'yaml-valid';
      assert.ok(findings.filter((finding) => finding.rule === rule).length === 1, `${sentence}: ${profile}`);
    }
  }
});

test('aliases that end are no finding, however many there are', () => {
  const many = `x: &x {a: b}\ny: [${'*x, '.repeat(50_000)}*x]\n`;
  for (const profile of ['github', 'forgejo'] as const) {
    const file = parseSource('.gitea/workflows/x.yml', Buffer.from(`name: X\non: push\n${many}${jobs}`), [
      profile,
    ]);
    assert.deepEqual(lintProject({ files: [file], kindOf: () => null }, emptyConfig), []);
  }
});

test('5,000 jobs take less than a second, under all profiles less than five', () => {
  const list = Array.from(
    { length: 5000 },
    (_, n) => `  j${n}:\n    runs-on: x\n    needs: j${n}\n    steps:\n      - run: echo ${n}\n`,
  );
  const text = `name: X\non: push\njobs:\n${list.join('')}`;
  const start = process.cpuUsage();
  const file = parseSource('.gitea/workflows/x.yml', Buffer.from(text), PROFILES);
  lintProject({ files: [file], kindOf: () => null }, emptyConfig);
  const { user, system } = process.cpuUsage(start);
  assert.ok(user + system < 5_000_000);
});
