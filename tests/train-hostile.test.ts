// Names that want to be more than names, and clocks that do not agree.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { plainWords } from '../lib/train/plain-words.ts';
import { secondsSince } from '../lib/train/since.ts';
import { jobEnvironment } from './support/environment.mjs';
import { openPull } from './support/forge/pulls.mjs';
import { startPromoteWorld } from './support/promote-world.mjs';
import { runScript } from './support/run-script.mjs';

type World = Awaited<ReturnType<typeof startPromoteWorld>>;

const hostile =
  'x<script>alert(1)</script> | `y` \u001b[31mred\u001b[2J \u202egnp.exe \u0007\u0085::error::a\u2028::error::b @everyone ![i](http://e/x.png)';
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

async function look({ forge, token }: World, args: string[] = [], more: Record<string, unknown> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'train-'));
  const file = join(folder, 'train.json');
  const config = {
    repo: 'acme/app',
    branches: ['staging', 'main'],
    slo: { age: '4h', commits: 0 },
    ...more,
  };
  writeFileSync(file, JSON.stringify(config));
  const result = await runScript('train-status', ['--config', file, ...args], {
    env: jobEnvironment(forge, { token }),
    runner: true,
    recorded: true,
  });
  rmSync(folder, { recursive: true });
  return result;
}

test('a name of a check is shown as words in every format, and nothing else', async () => {
  for (const flavour of ['github', 'gitea-1.22.6'] as const) {
    const world = await startPromoteWorld(flavour, { protection: { contexts: [hostile] } });
    openPull(world.repo, { title: hostile, head: 'staging', base: 'main', by: 'ada' });
    for (const format of ['text', 'json', 'markdown', 'html']) {
      const { code, stdout, stderr, summary, outputs } = await look(world, ['--format', format]);
      assert.equal(code, 1, stdout);
      assert.match(stdout, /missing check/, format);
      for (const shown of [stdout, stderr, summary, ...Object.values(outputs)])
        assert.doesNotMatch(shown, unseen, format);
      assert.doesNotMatch(stdout, /^\s*::error::[ab]/m);
      if (format === 'html' || format === 'markdown') assert.doesNotMatch(stdout, /<script/);
    }
    await look(world, ['--issue']);
    await world.forge.close();
    const body = world.repo.issues[0]?.body ?? '';
    assert.match(body, /missing check/);
    assert.doesNotMatch(body, unseen);
    assert.doesNotMatch(body, /@everyone|(?<!\\)[`[](?:y|i)|<script/, body);
    assert.match(body, /^\| staging→main \| ⛔ stalled \|.*\\\|.*\|$/m);
  }
});

test('words are plain: no controls, no marks that turn the reading round, one line', () => {
  for (const [given, wanted] of [
    ['staging', 'staging'],
    [' a\r\n\u001b[31mb\u202ec\u2066d\u200e ', 'a [31mb c d'],
    ['Größe → 日本', 'Größe → 日本'],
  ] as const)
    assert.equal(plainWords(given), wanted);
});

test('a push that is to come makes the hop unknown, and never one that moves', async () => {
  for (const flavour of ['github', 'gitea-1.22.6'] as const) {
    const world = await startPromoteWorld(flavour);
    const at = Date.now() + 2 * 3_600_000;
    world.repo.pushCommit({ branch: 'staging', message: 'late', files: { late: '1' }, by: 'ada', at });
    for (const row of [...world.repo.pushes, ...world.repo.feed]) row.at = at;
    const { code, outputs, record } = await look(world);
    await world.forge.close();
    assert.deepEqual([code, outputs['decision']], [3, 'unknown']);
    assert.match(outputs['cause'] as string, /which is to come, .*check the clocks/);
    assert.deepEqual(
      record.details.hops.map(({ name, state }: { name: string; state: string }) => [name, state]),
      [
        ['staging→main', 'unknown'],
        ['main→staging', 'current'],
      ],
    );
  }
});

test('a clock that is a little ahead is none that is wrong', () => {
  const now = Date.UTC(2026, 3, 28, 14, 5);
  assert.deepEqual(
    [now, now - 90_000, now + 90_000].map((time) => secondsSince(time, now)),
    [0, 90, 0],
  );
  assert.throws(() => secondsSince(now + 3_600_000, now), /2026-04-28 15:05 UTC, which is to come/);
});

test('the command that promotes can be pasted: it names the workflows of the hop, or none', async () => {
  for (const [workflows, wanted] of [
    [{ 'staging→main': ['ci.yml'] }, '--from staging --to main --workflow ci.yml --force '],
    [{}, '--from staging --to main --force '],
  ] as const) {
    const world = await startPromoteWorld('github');
    const { outputs } = await look(world, [], { workflows });
    await world.forge.close();
    assert.ok(outputs['next']?.includes(wanted), outputs['next']);
  }
});
