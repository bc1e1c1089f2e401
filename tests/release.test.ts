import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startGhReleases } from './support/releases/gh-releases.mjs';
import { startGiteaReleases } from './support/releases/gitea-releases.mjs';
import { runScript } from './support/run-script.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const files = readdirSync(join(root, 'vendor')).sort();
const tag = `v${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}`;
const [sha, other] = ['1'.repeat(40), '2'.repeat(40)];
const token = 'a-token-that-nobody-may-see';
const onTag = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: tag, GITHUB_SHA: sha };
const byHand = { GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main', GITHUB_SHA: sha };
const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function makeClone(): string {
  const clone = mkdtempSync(join(tmpdir(), 'release-'));
  folders.push(clone);
  for (const part of ['.ci', 'vendor', 'package.json'])
    cpSync(join(root, part), join(clone, part), { recursive: true });
  return clone;
}

function release(command: string, env: Record<string, string>, clone = root) {
  const bundleDir = join(clone, '.ci');
  return runScript('release', [command], { bundleDir, env, cwd: clone, runner: true, coverage: false });
}

describe('.ci/release.mjs check', () => {
  test('a tag of the version is the tag of the release', async () => {
    const { code, outputs, stdout } = await release('check', onTag);
    assert.deepEqual([code, outputs], [0, { tag }]);
    assert.equal(stdout, `${tag}: ${files.length} files of vendor/ are as SHA256SUMS says\n`);
  });

  test('started by hand on main, it is the one to make', async () => {
    assert.deepEqual((await release('check', byHand)).outputs, { tag });
  });

  const refused: [string, Record<string, string>, RegExp][] = [
    ['another tag', { ...onTag, GITHUB_REF_NAME: 'v0.0.1' }, /Cannot release v0\.0\.1: package\.json says/],
    ['another branch', { ...byHand, GITHUB_REF_NAME: 'topic' }, /Cannot release from topic: /],
    ['no job of a forge', {}, /Cannot release from undefined: /],
  ];
  for (const [what, env, message] of refused) {
    test(`${what} is refused`, async () => {
      const { code, stderr, outputs } = await release('check', env);
      assert.deepEqual([code, outputs], [1, {}]);
      assert.match(stderr, message);
    });
  }

  test('a script that differs from its sum is refused, and one without a sum', async () => {
    const [changed, added] = [makeClone(), makeClone()];
    appendFileSync(join(changed, 'vendor', 'ancestry.mjs'), '\n');
    assert.match((await release('check', onTag, changed)).stderr, /SHA256SUMS differs from ancestry\.mjs; /);
    cpSync(join(added, 'vendor', 'ancestry.mjs'), join(added, 'vendor', 'added.mjs'));
    assert.match((await release('check', onTag, added)).stderr, /SHA256SUMS differs from added\.mjs; /);
  });
});

for (const [name, start] of [
  ['Gitea', startGiteaReleases],
  ['GitHub', startGhReleases],
] as const) {
  describe(`.ci/release.mjs publish on ${name}`, () => {
    const within = (work: (world: Awaited<ReturnType<typeof start>>) => Promise<void>) => async () => {
      const world = await start(token);
      try {
        await work(world);
      } finally {
        await world.close();
      }
    };
    type World = Awaited<ReturnType<typeof start>>;
    const publish = async ({ env }: World, job: Record<string, string> = onTag) => {
      const result = await release('publish', { ...env, ...job });
      assert.ok(!(result.stdout + result.stderr).includes(token));
      return result;
    };
    const assertWhole = ({ tags, releases }: World): void => {
      assert.equal(tags.get(tag), sha);
      assert.equal(releases.get(tag)?.draft, false);
      const assets = [...(releases.get(tag)?.assets ?? [])].sort(([one], [two]) => (one < two ? -1 : 1));
      assert.deepEqual(
        assets.map(([file]) => file),
        files,
      );
      for (const [file, bytes] of assets) assert.ok(bytes.equals(readFileSync(join(root, 'vendor', file))));
    };

    test(
      'makes the release of a tag with all of vendor/, and run again leaves it alone',
      within(async (world) => {
        world.tags.set(tag, sha);
        const { code, stdout, stderr } = await publish(world);
        assert.equal(code, 0, stderr);
        assert.equal(stdout, `${tag} is released with ${files.length} files\n`);
        assertWhole(world);
        const before = world.writes.length;
        assert.equal((await publish(world)).stdout, `${tag} is released already, and whole\n`);
        assert.equal(world.writes.length, before);
      }),
    );

    test(
      'makes the tag where there is none',
      within(async (world) => {
        world.tags.set(`${tag}-rc`, other);
        assert.equal((await publish(world, byHand)).code, 0);
        assertWhole(world);
      }),
    );

    test(
      'fails where an upload does, and run again completes what is there',
      within(async (world) => {
        world.tags.set(tag, sha);
        world.limits.writes = 4;
        assert.equal((await publish(world)).code, 1);
        const kept = world.releases.get(tag)?.assets.size ?? 0;
        assert.ok(kept > 0 && kept < files.length);
        world.limits.writes = Infinity;
        assert.equal((await publish(world)).code, 0);
        assertWhole(world);
      }),
    );

    test(
      'a tag on another commit is refused, and nothing is written',
      within(async (world) => {
        world.tags.set(tag, other);
        const { code, stderr } = await publish(world);
        assert.equal(code, 1);
        assert.match(stderr, new RegExp(`it is on ${other}, this run is of ${sha}; `));
        assert.deepEqual(world.writes, []);
      }),
    );

    test(
      'an attached file of another content is refused, and nothing is written',
      within(async (world) => {
        world.tags.set(tag, sha);
        const assets = new Map([['SHA256SUMS', Buffer.from('tampered')]]);
        world.releases.set(tag, { draft: false, assets });
        const { code, stderr } = await publish(world);
        assert.equal(code, 1);
        assert.match(stderr, /its SHA256SUMS has another content/);
        assert.deepEqual(world.writes, []);
      }),
    );

    const silent: [string, [number, string]][] =
      name === 'Gitea'
        ? [
            [`/tags/${tag}`, [500, '{"message":""}']],
            [`/tags/${tag}`, [404, '404 page not found\n']],
            ['/releases/tags/', [502, 'Bad Gateway']],
            ['/releases/tags/', [401, `{"message":"bad token ${token}"}`]],
          ]
        : [
            ['matching-refs', [1, 'gh: Not Found (HTTP 404)']],
            ['release view', [1, 'HTTP 502: Bad Gateway']],
            ['release view', [4, 'gh: To use GitHub CLI in a GitHub Actions workflow, set GH_TOKEN']],
          ];
    for (const [part, fault] of silent) {
      test(
        `what cannot be read is no "not there": ${part} ${fault.join(' ').trim()}`.replace(token, '…'),
        within(async (world) => {
          world.tags.set(tag, sha);
          world.faults.set(part, fault);
          const { code, stderr } = await publish(world);
          assert.equal(code, 1);
          assert.match(stderr, /^::error::Cannot (release|run gh) /);
          assert.deepEqual(world.writes, []);
        }),
      );
    }
  });
}

test('on GitHub the commit of an annotated tag is the one that counts', async () => {
  const world = await startGhReleases(token);
  try {
    world.tags.set(tag, sha);
    world.annotated.set(tag, '3'.repeat(40));
    assert.equal((await release('publish', { ...world.env, ...onTag })).code, 0);
  } finally {
    await world.close();
  }
});
