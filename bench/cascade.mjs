// cascade beside the loop of clone, commit and push in bash, 20 repositories, 50 ms away and beside it; then 1,000 targets.
// With SWITCHYARD_LIVE_GITEA_URL and SWITCHYARD_LIVE_GITEA_TOKEN against that server, else the embedded forge over real git.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDelayProxy } from '../tests/support/delay-proxy.mjs';
import { jobEnvironment } from '../tests/support/environment.mjs';
import { startForge } from '../tests/support/forge/forge.mjs';
import { callLive, createLiveRepository, skipLive } from '../tests/support/live-gitea.mjs';
import { runScript } from '../tests/support/run-script.mjs';
import { hold, inMs, reportRows, show } from './report.mjs';
import { median, printTable } from './table.mjs';

const turns = Number(process.argv[2] ?? '3');
const count = 20;
const file = '.runtime-version';
const scratch = mkdtempSync(join(tmpdir(), 'bench-cascade-'));
const probe = join(scratch, 'probe.cjs');
const memory = join(scratch, 'memory');
writeFileSync(
  probe,
  `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(memory)}, String(process.resourceUsage().maxRSS)));\n`,
);

// What users run today. The token stands in the URL there, as it does in theirs.
const loop = `#!/usr/bin/env bash
set -euo pipefail
version=$1 base=$2
while read -r repo; do
  rm -rf "$TMPDIR/clone"
  git clone -q --depth 1 "$base/$repo.git" "$TMPDIR/clone"
  cd "$TMPDIR/clone"
  echo "$version" > ${file}
  git add ${file}
  if ! git diff --cached --quiet; then
    git -c user.name=bench -c user.email=bench@example.com commit -q -m "chore: pin runtime to $version"
    git push -q origin HEAD
  fi
  cd "$TMPDIR"
done < "$TMPDIR/targets"
`;

async function startServer() {
  if (skipLive) {
    const forge = await startForge({ flavour: 'gitea-1.22.6' });
    forge.user('ada', { admin: true });
    const token = forge.addToken({ user: 'ada' });
    const repos = Array.from({ length: count }, (_, index) => {
      const repo = forge.repo(`acme/r${index}`, { git: join(scratch, `r${index}.git`) });
      repo.pushCommit({
        branch: 'main',
        message: 'first',
        files: { [file]: '0\n', 'README.md': '#\n' },
        by: 'ada',
      });
      return repo.fullName;
    });
    return {
      name: 'the embedded forge over real git',
      url: forge.url,
      token,
      repos,
      rest: async () => {},
      close: () => forge.close(),
    };
  }
  /** @type {Awaited<ReturnType<typeof createLiveRepository>>[]} */
  const made = [];
  for (let index = 0; index < count; index++) {
    const repo = await createLiveRepository();
    repo.commit({ [file]: '0\n', 'README.md': '#\n' }, 'first');
    repo.push();
    made.push(repo);
  }
  const { body } = await callLive('GET', '/version');
  return {
    name: `a real Gitea ${body.version}`,
    url: made[0]?.url ?? '',
    token: made[0]?.token ?? '',
    repos: made.map(({ repo }) => repo),
    // What it still does about the last pushes belongs to none of the next call's time.
    rest: () => new Promise((resolve) => setTimeout(resolve, 3000)),
    close: async () => {
      for (const repo of made) await repo.remove();
    },
  };
}

/** @param {string} url @param {string} token @param {string} version @param {string[]} more */
async function cascade(url, token, version, more) {
  const result = await runScript(
    'cascade',
    ['--version', version, '--targets-file', join(scratch, 'targets'), ...more],
    {
      env: { GITHUB_SERVER_URL: url, GITEA_ACTIONS: 'true', SWITCHYARD_TOKEN: token, TMPDIR: scratch },
      coverage: false,
    },
  );
  if (result.code !== 0)
    throw new Error(`Cannot measure: cascade ended with ${result.code}: ${result.stdout}`);
  return result;
}

async function race() {
  const server = await startServer();
  try {
    return [await raceAt(server, 50), await raceAt(server, 0)].every(Boolean);
  } finally {
    await server.close();
  }
}

/** @param {Awaited<ReturnType<typeof startServer>>} server @param {number} roundTripMs */
async function raceAt(server, roundTripMs) {
  const proxy = await startDelayProxy({ target: server.url, roundTripMs });
  const script = join(scratch, 'loop.sh');
  writeFileSync(script, loop);
  writeFileSync(join(scratch, 'targets'), `${server.repos.join('\n')}\n`);
  const base = proxy.url.replace('://', `://x:${server.token}@`);
  // Not a blocking call: the proxy lives in this process.
  const runLoop = (/** @type {string} */ version) =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const child = spawn('bash', [script, version, base], {
        env: { PATH: process.env['PATH'], TMPDIR: scratch, HOME: scratch, GIT_TERMINAL_PROMPT: '0' },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      child.once('error', reject);
      child.once('close', (code) =>
        code === 0 ? resolve(performance.now() - started) : reject(new Error(`the loop ended with ${code}`)),
      );
    });
  /** @type {Record<string, number[]>} */
  const times = {};
  /** @param {string} name @param {(version: string) => Promise<number>} run */
  const measure = async (name, run) => {
    // A version of its own: the first call writes 20 commits, the second finds nothing to write.
    const version = `${Date.now()}-${name}`;
    for (const what of ['Writes', 'Idle']) {
      await server.rest();
      (times[name + what] ??= []).push(await run(version));
    }
  };
  /** @param {string[]} more */
  const ours = (more) => async (/** @type {string} */ version) =>
    (await cascade(proxy.url, server.token, version, more)).ms;
  try {
    for (let turn = 0; turn < turns; turn++) {
      await measure('loop', runLoop);
      await measure('api', ours([]));
      await measure('wide', ours(['--concurrency', String(count)]));
      await measure('git', ours(['--transport', 'git']));
    }
  } finally {
    await proxy.close();
  }
  // The limits are for servers that are some way off: beside it nearly all of the time is the server's own work.
  const isFar = roundTripMs > 0;
  /** @param {string} name */
  const of = (name) => median(times[name] ?? []);
  /** @param {string} what @param {string} name @param {string} loopName @param {number | null} [limit] */
  const row = (what, name, loopName, limit = null) => [
    what,
    (of(name) / 1000).toFixed(2),
    (of(loopName) / 1000).toFixed(2),
    (of(name) / of(loopName)).toFixed(3),
    limit === null || !isFar ? '' : String(limit),
  ];
  console.log(`\n${count} repositories on ${server.name}, ${roundTripMs} ms round trip, median of ${turns}`);
  printTable(
    ['What', 'cascade, s', 'clone loop, s', 'ratio', 'limit'],
    [
      row('20 to write, all at once', 'wideWrites', 'loopWrites', 0.3),
      row('nothing to write, all at once', 'wideIdle', 'loopIdle', 0.12),
      row('20 to write, 4 at a time', 'apiWrites', 'loopWrites'),
      row('nothing to write, 4 at a time', 'apiIdle', 'loopIdle'),
      row('20 to write, by git', 'gitWrites', 'loopWrites', null),
      row('nothing to write, by git', 'gitIdle', 'loopIdle', null),
    ],
  );
  const where = roundTripMs === 0 ? 'beside it' : `${roundTripMs} ms away`;
  /** @param {string} what @param {string} name @param {string} loopName */
  const line = (what, name, loopName) => ({
    what: `cascade ${what}, ${where}`,
    ours: inMs(of(name)),
    instead: `a loop of clone, commit, push, ${inMs(of(loopName))}`,
  });
  const judge = isFar ? hold : show;
  const held = [
    {
      ...line(`to ${count} repositories, all at once`, 'wideWrites', 'loopWrites'),
      ...judge(of('wideWrites'), of('loopWrites'), 0.3),
      quoted: true,
    },
    {
      ...line(`to ${count}, nothing to write, all at once`, 'wideIdle', 'loopIdle'),
      ...judge(of('wideIdle'), of('loopIdle'), 0.12),
      quoted: true,
    },
  ];
  const others = [
    ['4 at a time', 'apiWrites', 'loopWrites'],
    ['nothing to write, 4 at a time', 'apiIdle', 'loopIdle'],
    ['by git', 'gitWrites', 'loopWrites'],
  ].map(([what = '', name = '', loopName = '']) => ({
    ...line(`to ${count}, ${what}`, name, loopName),
    ...show(of(name), of(loopName)),
  }));
  reportRows(...held, ...others);
  return held.every(({ within }) => within !== false);
}

async function fan() {
  const forge = await startForge({ flavour: 'gitea-1.22.6' });
  forge.user('ada', { admin: true });
  const token = forge.addToken({ user: 'ada' });
  const names = Array.from({ length: 1000 }, (_, index) => `acme/t${index}`);
  for (const name of names) {
    forge.repo(name).pushCommit({ branch: 'main', message: 'm', files: { [file]: '1\n' }, by: 'ada' });
  }
  writeFileSync(join(scratch, 'many'), names.join('\n'));
  const env = jobEnvironment(forge, { token, repo: 'acme/runtime' });
  /** @param {string} version @param {string[]} more */
  const run = async (version, more) => {
    const before = forge.requests.length;
    const args = ['--version', version, '--targets-file', join(scratch, 'many'), ...more];
    const { code, stdout, ms } = await runScript('cascade', args, {
      env,
      nodeArgs: ['--require', probe],
      coverage: false,
    });
    if (code !== 0) throw new Error(`Cannot measure: cascade ended with ${code}: ${stdout.slice(-2000)}`);
    const megabytes = Number(readFileSync(memory, 'utf8')) / 1024;
    return { requests: (forge.requests.length - before - 1) / names.length, megabytes, ms };
  };
  const updated = await run('2', []);
  const unchanged = await run('2', []);
  const before = forge.requests.length;
  const reports = [1, 2, 3, 4].map((index) => join(scratch, `shard-${index}.json`));
  for (const [index, report] of reports.entries())
    await run('3', ['--shard', `${index + 1}/4`, '--report', report]);
  const written = forge.requests
    .slice(before)
    .filter(({ method }) => method === 'PUT')
    .map(({ path }) => path);
  const covered = new Set(written).size === 1000 && written.length === 1000;
  const merge = [
    ...reports.flatMap((report) => ['--merge-report', report]),
    '--targets-file',
    join(scratch, 'many'),
  ];
  const merged = await runScript('cascade', merge, { env, coverage: false });
  const whole = /^cascade: complete: 1000 updated, 0 unchanged$/m.test(merged.stdout);
  await forge.close();
  console.log('\n1,000 targets on the embedded forge');
  const peak = Math.max(updated.megabytes, unchanged.megabytes);
  printTable(
    ['Figure', 'Measured', 'Limit'],
    [
      ['requests per updated target', updated.requests.toFixed(2), '3'],
      ['requests per unchanged target', unchanged.requests.toFixed(2), '2'],
      ['peak memory, MB', peak.toFixed(0), '150'],
      ['wall, updated, s', (updated.ms / 1000).toFixed(1), ''],
      ['four shards write each once', covered ? 'yes' : 'no', 'yes'],
      ['their reports make one verdict', whole ? 'yes' : 'no', 'yes'],
    ],
  );
  reportRows(
    {
      what: 'cascade to 1,000: requests a target that is updated',
      ours: updated.requests.toFixed(2),
      instead: '3',
      ...hold(updated.requests, 3, 1),
    },
    {
      what: 'one that is not',
      ours: unchanged.requests.toFixed(2),
      instead: '2',
      ...hold(unchanged.requests, 2, 1),
    },
    { what: 'its peak memory', ours: `${peak.toFixed(0)} MB`, instead: '150 MB', ...hold(peak, 150, 1) },
  );
  return updated.requests <= 3 && unchanged.requests <= 2 && peak < 150 && covered && whole;
}

try {
  const results = [await race(), await fan()];
  process.exitCode = results.every(Boolean) ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
