// 200 tenants that take 20 ms each: asked twice within 2 s, in less than 120 MB; four shards cover them exactly once.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobEnvironment } from '../tests/support/environment.mjs';
import { runScript } from '../tests/support/run-script.mjs';
import { startTenants } from '../tests/support/tenants.mjs';
import { pushLine, startWorld } from '../tests/support/world.mjs';
import { hold, inMs, lacking, reportRows, show } from './report.mjs';
import { median, printTable } from './table.mjs';

const turns = Number(process.argv[2] ?? '5');
const count = 200;
const { forge, repo, token } = await startWorld('gitea-1.22.6');
const [sha] = /** @type {[string]} */ (pushLine(repo, 1));
const fleet = await startTenants(
  Array.from({ length: count }, (_, at) => ({ slug: `tenant-${at}`, sha, delayMs: 20 })),
);
const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
const list = join(scratch, 'tenants.json');
const probe = join(scratch, 'probe.cjs');
const memory = join(scratch, 'memory');
writeFileSync(list, JSON.stringify(fleet.list));
writeFileSync(
  probe,
  `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(memory)}, String(process.resourceUsage().maxRSS)));\n`,
);

/** @param {string[]} args */
async function verify(args) {
  const result = await runScript(
    'prod-auto-deploy',
    ['verify', '--sha', sha, '--wait', '0s', '--no-superseded-ok', '--tenants-file', list, ...args],
    { env: jobEnvironment(forge, { token }), nodeArgs: ['--require', probe], coverage: false },
  );
  if (result.code !== 0)
    throw new Error(`Cannot measure: verify ended with ${result.code}: ${result.stdout}`);
  return { ms: result.ms, megabytes: Number(readFileSync(memory, 'utf8')) / 1024 };
}

/** What people write: one tenant after the other, each asked twice. */
function loop() {
  const text = `set -eo pipefail
while read -r url; do
  for hit in 1 2; do [ "$(curl -sf "$url/buildinfo" | jq -r .git_sha)" = "$1" ]; done
done < "$2"`;
  const urls = join(scratch, 'urls');
  writeFileSync(urls, fleet.list.map(({ url }) => `${url}\n`).join(''));
  const started = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', text, 'loop', sha, urls], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve(Number(process.hrtime.bigint() - started) / 1e6)
        : reject(new Error(`the loop of curl and jq ended with ${code}`)),
    );
  });
}

try {
  const runs = [];
  for (let turn = 0; turn < turns; turn++) runs.push(await verify([]));
  const ms = median(runs.map((run) => run.ms));
  const megabytes = Math.max(...runs.map((run) => run.megabytes));
  const hits = () => [...fleet.tenants.values()].map((tenant) => tenant.requests.length);
  const before = hits();
  for (const shard of ['1/4', '2/4', '3/4', '4/4']) await verify(['--hits', '1', '--shard', shard]);
  const covered = hits().filter((seen, at) => seen - (before[at] ?? 0) === 1).length;
  /** @type {number | string} */
  const looped = await loop().catch((/** @type {Error} */ error) => error.message);
  console.log(`verify of ${count} tenants at 20 ms each, median of ${turns}`);
  printTable(
    ['Figure', 'Measured', 'Limit', 'Ratio'],
    [
      ['ms, each asked twice', ms.toFixed(0), '2000', (ms / 2000).toFixed(2)],
      typeof looped === 'number'
        ? ['ms beside a loop of curl and jq', ms.toFixed(0), looped.toFixed(0), (ms / looped).toFixed(2)]
        : [`no comparison: ${looped}`, '', '', ''],
      ['peak memory, MB', megabytes.toFixed(0), '120', (megabytes / 120).toFixed(2)],
      ['asked once by four shards', String(covered), String(count), (covered / count).toFixed(2)],
    ],
  );
  const what = `verify of ${count} tenants that take 20 ms, each asked twice`;
  reportRows(
    typeof looped === 'number'
      ? {
          what,
          ours: inMs(ms),
          instead: `a loop of curl and jq, ${inMs(looped)}`,
          ...show(ms, looped),
          quoted: true,
        }
      : { what, ours: inMs(ms), instead: `nothing: ${looped}`, ...lacking, quoted: true },
    { what: 'its time', ours: inMs(ms), instead: '2000 ms', ...hold(ms, 2000, 1) },
    {
      what: 'its peak memory',
      ours: `${megabytes.toFixed(0)} MB`,
      instead: '120 MB',
      ...hold(megabytes, 120, 1),
    },
  );
  process.exitCode = ms <= 2000 && megabytes < 120 && covered === count ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true });
  await Promise.all([fleet.close(), forge.close()]);
}
