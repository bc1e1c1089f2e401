// `npm run bench`: every bench, one table of ratios with their limits, and the versions of all that was compared.
// It goes to bench/results.md, and the lines that the README quotes go there. `-- --turns N` repeats each N times.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { printTable } from './table.mjs';
import { describeMachine, listVersions } from './versions.mjs';

/** Script → how often it repeats its measurements. */
const benches = { startup: 15, gate: 7, 'promote-image': 7, cascade: 3, lint: 7, verify: 5 };
const marks = /(<!-- bench -->\n)[\s\S]*(<!-- \/bench -->)/;
const folder = dirname(fileURLToPath(import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'bench-main-'));

const turns = readTurns(process.argv.slice(2));
// Best effort: what is missing all the same has a row that says so.
spawnSync('bash', [join(folder, '..', '.ci', 'tools'), 'crane', 'actionlint', 'zizmor', 'docker-registry'], {
  stdio: 'inherit',
});
/** @type {import('./report.mjs').Row[]} */
const rows = [];
for (const [name, usual] of Object.entries(benches)) {
  console.error(`${name} …`);
  rows.push(...(await runBench(name, turns ?? usual)));
}
rmSync(scratch, { recursive: true, force: true });
const head = ['What', 'Ours', 'Instead', 'Ratio', 'At most', 'Held'];
printTable(head, rows.map(cellsOf));
const versions = await listVersions();
console.log(`\n${versions.map(([name, version]) => `${name} ${version}`).join(', ')}\n${describeMachine()}`);
await write();
process.exitCode = rows.some(({ within }) => within === false) ? 1 : 0;

/** @param {string[]} args @returns {number | null} */
function readTurns(args) {
  if (args.length === 0) return null;
  const [option, value = ''] = args;
  if (option === '--turns' && /^[1-9]\d{0,2}$/.test(value)) return Number(value);
  console.error(`Cannot use "${args.join(' ')}": give nothing, or --turns N`);
  process.exit(2);
}

/** @param {string} name @param {number} times @returns {Promise<import('./report.mjs').Row[]>} */
async function runBench(name, times) {
  const report = join(scratch, name);
  const child = spawn(process.execPath, [join(folder, `${name}.mjs`), String(times)], {
    env: { ...process.env, BENCH_REPORT: report },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  await new Promise((resolve) => child.once('close', resolve));
  const found = existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n') : [];
  if (found.length > 0) return found.map((line) => JSON.parse(line));
  console.error(output);
  const instead = 'nothing: it failed, and its output stands above';
  return [
    { what: `bench/${name}.mjs`, ours: 'not measured', instead, ratio: null, limit: '', within: false },
  ];
}

/** @param {import('./report.mjs').Row} row */
function cellsOf({ what, ours, instead, ratio, limit, within }) {
  const held = within === null ? '' : within ? 'yes' : 'NO';
  return [what, ours, instead, ratio === null ? '–' : ratio.toFixed(2), limit, held];
}

async function write() {
  const repetition = Object.entries(benches).map(([name, usual]) => `${name} ${turns ?? usual}`);
  const results = `# Results of \`npm run bench\`

Medians, of pairs taken in turns on one machine (${describeMachine()}); repeated: ${repetition.join(', ')}. A ratio is ours ÷ instead.

${toTable(head, rows.map(cellsOf))}

${toTable(['What', 'Version'], versions)}
`;
  await writePage(join(folder, 'results.md'), results);
  const quoted = rows.filter((row) => row.quoted).map((row) => cellsOf(row).slice(0, 5));
  const readme = join(folder, '..', 'README.md');
  const text = readFileSync(readme, 'utf8');
  if (!marks.test(text)) throw new Error('Cannot quote the results: README.md has no <!-- bench --> block');
  await writePage(
    readme,
    text.replace(marks, (_, open, close) => `${open}\n${toTable(head.slice(0, 5), quoted)}\n\n${close}`),
  );
}

/** @param {string[]} names @param {string[][]} lines */
function toTable(names, lines) {
  return [names, names.map((_, at) => (at === 3 || at === 4 ? '--:' : '---')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** @param {string} path @param {string} text */
async function writePage(path, text) {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
