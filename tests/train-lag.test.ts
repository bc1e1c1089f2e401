import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { startLongTrain } from './support/long-train.mjs';
import { makeImage } from './support/registry/images.mjs';
import { startRegistry } from './support/registry/registry.mjs';
import { runScript } from './support/run-script.mjs';

const folder = mkdtempSync(join(tmpdir(), 'train-lag-'));
after(() => rmSync(folder, { recursive: true, force: true }));
type World = Awaited<ReturnType<typeof startLongTrain>>;

const mostCalls = 20;
const config = {
  repo: 'acme/platform',
  branches: ['staging', 'main'],
  workflows: { 'staging→main': ['ci.yml', 'e2e.yml'] },
  slo: { age: '30m' },
};

async function look(world: World, more: object = {}, token = world.token) {
  const file = join(folder, `train-${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(file, JSON.stringify({ ...config, ...more }));
  const before = world.forge.requests.length;
  const result = await runScript('train-status', ['--config', file, '--format', 'json'], {
    env: { SWITCHYARD_API_URL: world.forge.apiUrl, SWITCHYARD_TOKEN: token, SWITCHYARD_HTTP_RETRY_MS: '1' },
  });
  const { hops } = JSON.parse(result.stdout).details;
  // What only the way back asked is not this hop's.
  const calls = world.forge.requests
    .slice(before)
    .map(({ call }) => call)
    .filter((call) => !call.includes(`sha=${hops[1]?.from}&not=`));
  return { hop: hops[0], back: hops[1], calls, stderr: result.stderr };
}

/** Servers tell whole seconds, and the look itself takes some. */
function assertAge({ age_seconds: age }: { age_seconds: number }, wanted: number): void {
  assert.ok(age >= wanted && age < wanted + 60, `${age} s, not ${wanted}`);
}

for (const flavour of ['gitea-1.22.6', 'gitea-1.25.4', 'github'] as const) {
  describe(`a hop with ten thousand commits on ${flavour}`, () => {
    const rows: [string, Parameters<typeof startLongTrain>[1], boolean][] = [
      ['brought by one push', { pushes: 1, perPush: 10_000 }, true],
      ['brought by fifty pushes', { pushes: 50, perPush: 200 }, true],
      ['behind a merge commit of main', { pushes: 50, perPush: 200, merged: true }, true],
      ['behind more pushes than are read', { pushes: 400, perPush: 25 }, false],
      [
        'behind sixty hotfixes of main',
        { pushes: 50, perPush: 200, merged: true, hotfix: true },
        flavour === 'github',
      ],
      ['on a line that was forced', { pushes: 50, perPush: 200, rewritten: true }, true],
    ];
    for (const [name, settings, isExact] of rows) {
      test(`${name}: the right count and age in at most ${mostCalls} calls`, async () => {
        const world = await startLongTrain(flavour, settings);
        const { hop, back, calls, stderr } = await look(world);
        await world.close();
        assert.deepEqual(
          [hop.state, hop.commits, hop.commits_at_most],
          ['stalled', 10_000, undefined],
          stderr,
        );
        assert.equal(back.state, settings.rewritten || settings.merged ? 'stalled' : 'current');
        if (isExact) assertAge(hop, world.age);
        else assert.ok(hop.age_at_least && hop.age_seconds <= world.age + 60, `${hop.age_seconds} s`);
        assert.ok(calls.length <= mostCalls, `${calls.length} calls:\n${calls.join('\n')}`);
      });
    }

    test('commits that touch nothing but what is ignored are none, however many', async () => {
      const world = await startLongTrain(flavour, { pushes: 2, perPush: 5000 });
      const { hop, calls, stderr } = await look(world, { ignore_paths: ['docs/**'] });
      const some = await look(world, { ignore_paths: ['*.ts'] });
      await world.close();
      assert.deepEqual([hop.state, hop.commits], ['current', 0], stderr);
      assert.ok(calls.length <= mostCalls, `${calls.length} calls`);
      assert.deepEqual([some.hop.commits, some.hop.commits_at_most], [10_000, undefined]);
      assert.ok(some.calls.length <= mostCalls, `${some.calls.length} calls:\n${some.calls.join('\n')}`);
    });

    test('an image ten thousand commits behind costs no more, its registry counted in', async () => {
      const world = await startLongTrain(flavour, { pushes: 50, perPush: 200 });
      const registry = await startRegistry({ mode: 'gitea' });
      const revision = world.repo.branches.get('main') as string;
      registry.push('acme/app', makeImage({ revision }), 'latest');
      const { hop, calls, stderr } = await look(world, {
        branches: ['staging'],
        images: [{ name: `${registry.host}/acme/app` }],
        workflows: { 'staging→images': ['ci.yml', 'e2e.yml'] },
        ignore_paths: ['*.ts'],
      });
      const all = calls.length + registry.seen.length;
      await Promise.all([world.close(), registry.close()]);
      assert.deepEqual([hop.state, hop.commits], ['stalled', 10_000], stderr);
      assertAge(hop, world.age);
      assert.ok(all <= mostCalls, `${all} calls:\n${calls.join('\n')}`);
    });

    test('a commit that the server does not know is said to be so, to a reader too', async () => {
      const world = await startLongTrain(flavour, { pushes: 1, perPush: 3 });
      const registry = await startRegistry({ mode: 'docker' });
      registry.push('acme/app', makeImage({ revision: 'e'.repeat(40) }), 'latest');
      const images = [{ name: `${registry.host}/acme/app` }];
      const { hop, calls } = await look(world, { branches: ['main'], images }, world.readerToken);
      await Promise.all([world.close(), registry.close()]);
      assert.equal(hop.state, 'unknown');
      assert.match(hop.cause, flavour === 'github' ? /eeeeeee/ : /the server does not know eeeeeee/);
      assert.ok(calls.length <= 4, calls.join('\n'));
    });
  });
}
