// How long a script takes to start: `--version` of each bundle beside an empty file, in turns, in a clean environment.
// At most 1.25 times the empty file, or 12 ms more, whichever is more.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reportRows } from './report.mjs';
import { median, printTable } from './table.mjs';

const vendor = join(dirname(fileURLToPath(import.meta.url)), '..', 'vendor');
const pairs = Number(process.argv[2] ?? '15');
const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
const empty = join(scratch, 'empty.mjs');
writeFileSync(empty, '');

/** @param {string[]} args */
function time(args) {
  const started = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, args, { env: {}, cwd: scratch, stdio: 'ignore' });
  if (status !== 0) throw new Error(`Cannot measure ${args.join(' ')}: it ended with ${status}`);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const rows = [];
/** @type {{ file: string, base: number, own: number }[]} */
const measured = [];
let within = true;
for (const file of readdirSync(vendor).filter((name) => name.endsWith('.mjs'))) {
  const bundle = join(vendor, file);
  time([empty]);
  time([bundle, '--version']);
  const [bare, full] = [[], []].map(() => /** @type {number[]} */ ([]));
  for (let pair = 0; pair < pairs; pair++) {
    bare?.push(time([empty]));
    full?.push(time([bundle, '--version']));
  }
  const [base, own] = [median(bare ?? []), median(full ?? [])];
  const isWithin = own <= base * 1.25 || own <= base + 12;
  within &&= isWithin;
  measured.push({ file, base, own });
  const size = `${(statSync(bundle).size / 1024).toFixed(0)} KiB`;
  rows.push([
    file,
    size,
    base.toFixed(1),
    own.toFixed(1),
    (own / base).toFixed(2),
    `+${(own - base).toFixed(1)}`,
    isWithin ? 'yes' : 'NO',
  ]);
}
rmSync(scratch, { recursive: true });
console.log(`Start-up on Node ${process.version}, median of ${pairs} pairs`);
printTable(['Bundle', 'Size', 'Empty ms', '--version ms', 'Ratio', 'More ms', 'Within'], rows);
const [slowest] = measured.sort((one, two) => two.own / two.base - one.own / one.base);
if (slowest === undefined) throw new Error('Cannot measure: vendor/ is empty; run "node build.mjs"');
reportRows({
  what: `start-up, the slowest of ${measured.length} scripts (${slowest.file})`,
  ours: `${slowest.own.toFixed(1)} ms`,
  instead: `node empty.mjs, ${slowest.base.toFixed(1)} ms`,
  ratio: slowest.own / slowest.base,
  limit: '1.25, or 12 ms more',
  within,
  quoted: true,
});
process.exitCode = within ? 0 : 1;
