// What a gate costs that needs two answers (the run and its jobs) from a server 50 ms away: at most three round trips,
// the first of which opens the connection. Beside it the two calls of curl that people write instead.
import { spawn } from 'node:child_process';
import { jobEnvironment } from '../tests/support/environment.mjs';
import { runScript } from '../tests/support/run-script.mjs';
import { startDelayProxy } from '../tests/support/delay-proxy.mjs';
import { startWorld } from '../tests/support/world.mjs';
import { hold, inMs, lacking, reportRows, show } from './report.mjs';
import { median, printTable } from './table.mjs';

const roundTripMs = 50;
const turns = Number(process.argv[2] ?? '7');
const { forge, repo, token } = await startWorld('github');
const on = 'name: CI\non:\n  push:\njobs:\n  build:\n    runs-on: x\n    steps: [{ run: echo }]\n';
const sha = repo.pushCommit({
  branch: 'main',
  message: 'x',
  files: { '.github/workflows/ci.yml': on },
  by: 'ada',
});
repo.addRun({ file: 'ci.yml', sha, event: 'push' });
const near = await startDelayProxy({ target: forge.url, roundTripMs: 0 });
const far = await startDelayProxy({ target: forge.url, roundTripMs });

/** @param {string} url */
async function gate(url) {
  const env = { ...jobEnvironment(forge, { token, sha }), GITHUB_API_URL: url };
  const { code, ms, stdout } = await runScript('e2e-gate', ['--workflow', 'ci.yml'], {
    env,
    coverage: false,
  });
  if (code !== 0) throw new Error(`Cannot measure: the gate ended with ${code}: ${stdout}`);
  return ms;
}

/** @param {string} url */
function curl(url) {
  const call = (/** @type {string} */ path) =>
    `curl -sf -H "authorization: Bearer ${token}" "${url}/repos/acme/app/${path}"`;
  const text = `set -eo pipefail
id=$(${call(`actions/runs?head_sha=${sha}`)} | jq '.workflow_runs[0].id')
${call('actions/runs/$id/jobs')} | jq -e '.jobs[0].conclusion == "success"' >/dev/null`;
  const started = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', text], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve(Number(process.hrtime.bigint() - started) / 1e6)
        : reject(new Error(`curl ended with ${code}`)),
    );
  });
}

/** @param {string} name @param {(url: string) => Promise<number>} run */
async function measure(name, run) {
  await run(near.url);
  /** @type {number[]} */ const away = [];
  /** @type {number[]} */ const here = [];
  let [requests, connections] = [0, 0];
  for (let turn = 0; turn < turns; turn++) {
    here.push(await run(near.url));
    const before = [forge.requests.length, far.counts.connections];
    away.push(await run(far.url));
    requests = forge.requests.length - (before[0] ?? 0);
    connections = far.counts.connections - (before[1] ?? 0);
  }
  const spent = (median(away) - median(here)) / roundTripMs;
  return {
    spent,
    away: median(away),
    row: [
      name,
      String(requests),
      String(connections),
      median(here).toFixed(0),
      median(away).toFixed(0),
      spent.toFixed(2),
    ],
  };
}

try {
  const ours = await measure('e2e-gate', gate);
  const rows = [ours.row];
  const what = `a gate of two answers, ${roundTripMs} ms away`;
  try {
    const theirs = await measure('bash: curl and jq, twice', curl);
    rows.push(theirs.row);
    const instead = `curl and jq twice, ${inMs(theirs.away)}`;
    reportRows({ what, ours: inMs(ours.away), instead, ...show(ours.away, theirs.away), quoted: true });
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    console.log(`no comparison: ${found}`);
    reportRows({ what, ours: inMs(ours.away), instead: `nothing: ${found}`, ...lacking, quoted: true });
  }
  // A round trip is whole; what is measured beside it is the processes' own noise.
  reportRows({
    what: `its round trips`,
    ours: ours.spent.toFixed(2),
    instead: 'one more than the answers, 3',
    ...hold(Math.round(ours.spent), 3, 1),
  });
  console.log(`A gate of two answers at ${roundTripMs} ms a round trip, median of ${turns}`);
  printTable(['What', 'Requests', 'Connections', 'ms at 0', `ms at ${roundTripMs}`, 'Round trips'], rows);
  process.exitCode = ours.spent <= 3.4 ? 0 : 1;
} finally {
  await Promise.all([near.close(), far.close(), forge.close()]);
}
