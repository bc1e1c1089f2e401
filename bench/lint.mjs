// The linter beside a bundle that does nothing but parse the same files with the package `yaml`, in one run: 60 files
// of 2.5 kB (cold, at most 1.5 times its time) and 2,400 (at most twice). actionlint and zizmor stand beside them where
// they are installed; they answer other questions.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { findTool } from '../tests/support/tools.mjs';
import { hold, inMs, lacking, reportRows, show } from './report.mjs';
import { median, printTable } from './table.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const turns = Number(process.argv[2] ?? '7');
const scratch = mkdtempSync(join(tmpdir(), 'bench-lint-'));
const parser = join(scratch, 'parse.mjs');
const linter = join(root, 'vendor', 'lint-workflow-yaml.mjs');

await build({
  stdin: {
    contents: `import { readdirSync, readFileSync } from 'node:fs';
      import { LineCounter, parseDocument } from 'yaml';
      const folder = '.github/workflows/';
      let errors = 0;
      for (const file of readdirSync(folder)) {
        errors += parseDocument(readFileSync(folder + file, 'utf8'), { lineCounter: new LineCounter() }).errors.length;
      }
      console.log(errors);`,
    resolveDir: root,
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node18',
  outfile: parser,
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
});

/** @param {number} number a workflow of about 2.5 kB, with what real ones have */
function workflow(number) {
  const jobs = Array.from(
    { length: 3 },
    (_, job) => `  job-${job}:
    name: Job ${job}
    runs-on: ubuntu-latest${job > 0 ? `\n    needs: [job-${job - 1}]` : ''}
    strategy:
      matrix:
        node: [18, 20, 22]
        os: [a, b]
    env:
      MODE: ci # of this job
      TOKEN: \${{ secrets.TOKEN }}
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - name: Set up
        uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node }}
      - name: Test
        run: |
          set -euo pipefail
          for file in $(find . -name '*.test.mjs'); do
            node --test "$file" || echo "$file failed" >> failures.txt
          done
          if [ -s failures.txt ]; then cat failures.txt; exit 1; fi
      - if: \${{ always() && github.event_name == 'push' }}
        run: ./report "$GITHUB_SHA"
`,
  );
  return `name: Workflow ${number}\non:\n  push:\n    branches: [main, 'release/**']\n  pull_request:\n    paths: ['src/**', '!**/*.md']\npermissions:\n  contents: read\njobs:\n${jobs.join('')}`;
}

/** @param {number} count */
function makeFolder(count) {
  const folder = join(scratch, String(count));
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true });
  for (let file = 0; file < count; file++) {
    writeFileSync(join(folder, '.github', 'workflows', `w${file}.yml`), workflow(file));
  }
  return folder;
}

/** @param {string} cwd @param {string} command @param {string[]} args */
function time(cwd, command, ...args) {
  const started = process.hrtime.bigint();
  const { status, error, stderr } = spawnSync(command, args, {
    cwd,
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error || status === null || (command === process.execPath && status > 1))
    throw new Error(`${command} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const rows = [];
let failed = false;
try {
  for (const [count, limit] of /** @type {const} */ ([
    [60, 1.5],
    [2400, 2],
  ])) {
    const folder = makeFolder(count);
    /** @type {number[]} */ const parsed = [];
    /** @type {number[]} */ const linted = [];
    for (let turn = 0; turn < turns; turn++) {
      parsed.push(time(folder, process.execPath, parser));
      linted.push(time(folder, process.execPath, linter, '--format', 'text'));
    }
    const ratio = median(linted) / median(parsed);
    failed ||= ratio > limit;
    rows.push([`${count} files, parsed with yaml`, median(parsed).toFixed(0), '1.00', '']);
    rows.push([
      `${count} files, lint-workflow-yaml`,
      median(linted).toFixed(0),
      ratio.toFixed(2),
      `at most ${limit}`,
    ]);
    const what = `lint-workflow-yaml of ${count} files`;
    reportRows({
      what,
      ours: inMs(median(linted)),
      instead: `a parser of the same files alone, ${inMs(median(parsed))}`,
      ...hold(median(linted), median(parsed), limit),
      quoted: true,
    });
    if (count !== 60) {
      const perSecond = (count / median(linted)) * 1000;
      rows.push(['files a second', perSecond.toFixed(0), '', 'at least 1,200']);
      reportRows({
        what: 'its files a second',
        ours: perSecond.toFixed(0),
        instead: '1200',
        ...hold(1200, perSecond, 1),
      });
    }
    for (const [name, ...args] of /** @type {const} */ ([
      ['actionlint', '-shellcheck=', '-pyflakes='],
      ['zizmor', '--offline', '--no-progress', '.'],
    ])) {
      const tool = findTool(name);
      if (tool === null) {
        reportRows({
          what,
          ours: inMs(median(linted)),
          instead: `nothing: ${name} is not installed`,
          ...lacking,
        });
        continue;
      }
      if (name === 'actionlint') spawnSync('git', ['init', '-q'], { cwd: folder });
      const took = time(folder, tool, ...args);
      rows.push([
        `${count} files, ${name}`,
        took.toFixed(0),
        (took / median(parsed)).toFixed(2),
        'for comparison',
      ]);
      const instead = `${name}, which asks other questions, ${inMs(took)}`;
      reportRows({ what, ours: inMs(median(linted)), instead, ...show(median(linted), took) });
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
printTable(['what', 'ms (median)', 'ratio', 'limit'], rows);
process.exitCode = failed ? 1 : 0;
