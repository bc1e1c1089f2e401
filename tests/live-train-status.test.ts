import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  callLive,
  createLiveRepository,
  settledStatuses,
  skipLive,
  waitUntil,
} from './support/live-gitea.mjs';
import { importOldCommits, pushLiveImage, removeLiveImage, startCounter } from './support/live-train.mjs';
import { runScript } from './support/run-script.mjs';

const vendor = join(dirname(fileURLToPath(import.meta.url)), '..', 'vendor');
const mostCalls = 20;

const publish = `name: Publish
on:
  push:
    branches: [main]
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - run: echo publish
`;
const e2e = `name: E2E
on:
  push:
    branches: [main]
    paths: ['server/**']
jobs:
  saas:
    runs-on: ubuntu-latest
    steps:
      - run: echo e2e
`;

describe('train-status on a real Gitea', { skip: skipLive }, () => {
  let live: Awaited<ReturnType<typeof createLiveRepository>>;
  let counter: Awaited<ReturnType<typeof startCounter>>;
  let alone: string;
  let served = '';
  let image = '';

  before(async () => {
    live = await createLiveRepository();
    counter = await startCounter(live.url);
    alone = mkdtempSync(join(tmpdir(), 'vendored-'));
    copyFileSync(join(vendor, 'train-status.mjs'), join(alone, 'train-status.mjs'));
    const files = { '.gitea/workflows/publish.yml': publish, '.gitea/workflows/e2e.yml': e2e };
    served = live.commit({ ...files, 'server/main.go': '1' }, 'first');
    live.push('main');
    live.push('staging');
    image = await pushLiveImage(live, served);
    const head = live.commit({ 'canvas/a.ts': '1' }, 'canvas');
    live.push('main');
    live.push('staging');
    await settledStatuses(live.repo, head);
  });
  after(async () => {
    counter.close();
    rmSync(alone, { recursive: true, force: true });
    await removeLiveImage(live);
    await live.remove();
  });

  async function look(config: object, ...args: string[]) {
    const file = join(alone, 'train.json');
    writeFileSync(file, JSON.stringify({ repo: live.repo, branches: ['staging', 'main'], ...config }));
    counter.calls.length = 0;
    const result = await runScript(
      'train-status',
      ['--config', file, '--record', join(alone, 'r'), ...args],
      {
        bundleDir: alone,
        runner: true,
        timeoutMs: 120_000,
        env: { GITHUB_API_URL: `${counter.url}/api/v1`, GITEA_ACTIONS: 'true', SWITCHYARD_TOKEN: live.token },
      },
    );
    const hops: { name: string; state: string; commits: number; age_seconds: number; cause: string }[] =
      result.record?.details?.hops ?? [];
    return {
      ...result,
      hop: (name: string) => hops.find((one) => one.name === name),
      calls: counter.calls.length,
    };
  }

  test('the image that stands still because a workflow never runs', async () => {
    const config = {
      images: [{ name: image }],
      workflows: { 'main→images': ['publish.yml', 'e2e.yml'] },
      slo: { age: '1d', commits: 0 },
    };
    const result = await look(config);
    console.log(result.stdout);
    assert.deepEqual(
      [result.code, result.outputs['decision']],
      [1, 'stalled'],
      result.stdout + result.stderr,
    );
    const hop = result.hop(`main→${image}:latest`);
    assert.equal(hop?.commits, 1);
    assert.match(hop?.cause ?? '', /e2e\.yml never ran at .*paths/);
    assert.equal(result.hop('staging→main')?.state, 'current');
    assert.equal(result.hop('main→staging')?.state, 'current');
    assert.ok(!JSON.stringify(result).includes(live.token));
  });

  test('one issue, opened, left as it is, and closed when all has arrived', async () => {
    const config = { images: [{ name: image }], slo: { age: '1d', commits: 0 } };
    const first = await look(config, '--issue');
    const number = first.outputs['issue'] as string;
    assert.match(number, /^\d+$/, first.stderr);
    assert.equal((await look(config, '--issue')).outputs['issue'], number);
    await pushLiveImage(live, live.git('rev-parse', 'HEAD'));
    const last = await look(config, '--issue');
    assert.deepEqual([last.code, last.outputs['decision']], [0, 'current'], last.stdout);
    const { body } = await callLive('GET', `/repos/${live.repo}/issues?state=all&type=issues`);
    assert.deepEqual(
      body.map((issue: { number: number; state: string }) => [String(issue.number), issue.state]),
      [[number, 'closed']],
    );
  });

  test('commits of last month wait since their push, and ten thousand of them cost few calls', async () => {
    const branches = ['old-staging', 'old-main'];
    importOldCommits(live, 'old-main', { count: 1 });
    importOldCommits(live, 'old-staging', { count: 3, from: 'old-main' });
    live.git('push', '-q', 'origin', ...branches);
    const isRecorded = async () => {
      const { body } = await callLive('GET', `/repos/${live.repo}/activities/feeds?limit=4`);
      return JSON.stringify(body).includes(live.git('rev-parse', 'old-staging'));
    };
    await waitUntil(isRecorded, 'the push is in the record');
    const few = await look({ branches, slo: { age: '1h' } });
    const hop = few.hop('old-staging→old-main');
    assert.deepEqual([hop?.state, hop?.commits], ['moving', 3], few.stdout);
    assert.ok((hop?.age_seconds ?? Infinity) < 120, `${hop?.age_seconds} s`);
    importOldCommits(live, 'old-staging', { count: 9_997, from: 'old-staging' });
    live.git('push', '-q', 'origin', 'old-staging');
    await waitUntil(isRecorded, 'the second push is in the record');
    const many = await look({ branches, slo: { age: '1h', commits: 100 } });
    console.log(many.stdout);
    console.log(`${many.calls} calls, ${Math.round(many.ms)} ms`);
    const long = many.hop('old-staging→old-main');
    assert.deepEqual([long?.state, long?.commits], ['stalled', 10_000], many.stdout);
    assert.ok((long?.age_seconds ?? Infinity) < 300, `${long?.age_seconds} s`);
    assert.match(long?.cause ?? '', /no pull request is open from old-staging to old-main/);
    assert.equal(many.hop('old-main→old-staging')?.state, 'current');
    assert.ok(many.calls <= mostCalls, counter.calls.join('\n'));
  });
});
