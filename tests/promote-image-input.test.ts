// What promote-image does with bad input: the call, the images, the token service that a registry names.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makeImage, makeMultiPlatform, REVISION } from './support/registry/images.mjs';
import { startRegistry, type RegistryOptions } from './support/registry/registry.mjs';
import { runScript, type ScriptResult } from './support/run-script.mjs';

const sha = 'a'.repeat(40);
const older = 'b'.repeat(40);
const users = { ci: 'right-password' };
const login = { REGISTRY_USERNAME: 'ci', REGISTRY_PASSWORD: 'right-password' };
const fast = {
  HOME: '/nonexistent',
  GITHUB_REPOSITORY: 'acme/app',
  SWITCHYARD_HTTP_RETRY_MS: '1',
  SWITCHYARD_HTTP_TIMEOUT_MS: '400',
  SWITCHYARD_HTTP_DEADLINE_MS: '1200',
};

function promote(args: string[], env: Record<string, string> = {}): Promise<ScriptResult> {
  return runScript('promote-image', args, { env: { ...fast, ...env }, runner: true });
}

describe('promote-image refuses before any call', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  const folder = mkdtempSync(join(tmpdir(), 'docker-config-'));
  before(async () => {
    registry = await startRegistry();
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ credsStore: 'desktop' }));
  });
  after(async () => {
    await registry.close();
    rmSync(folder, { recursive: true });
  });
  const rows: [string, (image: string) => string[], Record<string, string>, RegExp][] = [
    ['no image', () => ['--sha', sha], {}, /--image: it is missing/],
    ['no SHA', (image) => ['--image', image], {}, /--sha/],
    [
      'half a SHA',
      (image) => ['--image', image, '--sha', 'abc1234'],
      {},
      /--sha: "abc1234" is no commit SHA/,
    ],
    ['an image with a tag', (image) => ['--image', `${image}:latest`, '--sha', sha], {}, /holds a tag/],
    [
      'an image with a digest',
      (image) => ['--image', `${image}@sha256:${'a'.repeat(64)}`, '--sha', sha],
      {},
      /holds a digest/,
    ],
    ['upper case', (image) => ['--image', `${image}/App`, '--sha', sha], {}, /upper-case/],
    ['no name at all', () => ['--image', 'https://', '--sha', sha], {}, /--image/],
    [
      'the same image twice',
      (image) => ['--image', image, '--image', image, '--sha', sha],
      {},
      /given twice/,
    ],
    [
      'the same image by two names',
      () => ['--image', 'nginx', '--image', 'docker.io/library/nginx', '--sha', sha],
      {},
      /given twice/,
    ],
    [
      '--from equal to --to',
      (image) => ['--image', image, '--sha', sha, '--from', 'x', '--to', 'x'],
      {},
      /--to: it is "x" like --from/,
    ],
    [
      'a digest as --to',
      (image) => ['--image', image, '--sha', sha, '--to', `sha256:${'a'.repeat(64)}`],
      {},
      /--to: .* is a digest/,
    ],
    [
      'a bad tag as --to',
      (image) => ['--image', image, '--sha', sha, '--to', '-x'],
      {},
      /--to: "-x" is no tag/,
    ],
    [
      'a bad tag as --from',
      (image) => ['--image', image, '--sha', sha, '--from', '{branch}'],
      {},
      /--from: "{branch}" is no tag/,
    ],
    [
      'half a digest as --from',
      (image) => ['--image', image, '--sha', sha, '--from', 'sha256:abc'],
      {},
      /--from/,
    ],
    [
      'a bad duration',
      (image) => ['--image', image, '--sha', sha, '--settle', '3'],
      {},
      /--settle: "3" is no duration/,
    ],
    ['no repository', (image) => ['--image', image, '--sha', sha], { GITHUB_REPOSITORY: '' }, /--repo/],
    [
      'a user without password',
      (image) => ['--image', image, '--sha', sha],
      { REGISTRY_USERNAME: 'u' },
      /REGISTRY_PASSWORD is not set/,
    ],
    [
      'a credential store',
      (image) => ['--image', image, '--sha', sha],
      { DOCKER_CONFIG: '@' },
      /docker-credential-desktop/,
    ],
    ['an unknown option', (image) => ['--image', image, '--sha', sha, '--force'], {}, /--force/],
  ];
  for (const [name, args, env, words] of rows) {
    test(name, async () => {
      const variables = Object.fromEntries(
        Object.entries(env).map(([key, value]) => [key, value === '@' ? folder : value]),
      );
      const result = await promote(args(`${registry.host}/acme/platform`), variables);
      assert.equal(result.code, 2, result.stdout + result.stderr);
      assert.match(result.stdout + result.stderr, words);
      assert.equal((result.stdout.match(/::error::/g) ?? []).length, 1);
      assert.equal(registry.seen.length, 0);
    });
  }
  test('images in a variable, by commas, white space and lines', async () => {
    const list = `${registry.host}/a, ${registry.host}/b\n${registry.host}/c`;
    const result = await promote(['--sha', sha, '--no-ancestry'], { PROMOTE_IMAGES: list });
    assert.equal(result.outputs['decision'], 'missing');
    for (const name of ['a', 'b', 'c'])
      assert.ok(result.outputs['reason']?.includes(`${registry.host}/${name}:staging-aaaaaaa`));
  });
  test('anonymous is said in one line', async () => {
    const result = await promote(['--image', `${registry.host}/a`, '--sha', sha, '--no-ancestry']);
    assert.equal(result.stdout.split('\n').filter((text) => /asking anonymously/.test(text)).length, 1);
  });
});

/** A registry with one image at an older commit and the build of ours, as a token is needed for. */
async function startOne(options: RegistryOptions): Promise<Awaited<ReturnType<typeof startRegistry>>> {
  const registry = await startRegistry({ mode: 'ghcr', users, ...options });
  registry.push('acme/app', makeImage({ revision: older }), 'latest');
  registry.push('acme/app', makeImage({ revision: sha }), 'staging-aaaaaaa');
  return registry;
}

describe('promote-image and what images say', () => {
  const rows: [string, Parameters<typeof makeImage>[0], string, number, RegExp][] = [
    [
      'a label that is half a SHA at the source',
      { revision: 'aaaaaaa' },
      'refused',
      1,
      /says it is of "aaaaaaa"/,
    ],
    ['no label at the source', { labels: {} }, 'promoted', 0, /moved/],
    ['no labels at all at the source', { labels: null }, 'promoted', 0, /moved/],
    ['an upper-case SHA', { revision: sha.toUpperCase() }, 'promoted', 0, /moved/],
  ];
  for (const [name, image, decision, code, words] of rows) {
    test(name, async () => {
      const registry = await startRegistry();
      registry.push('acme/app', makeImage(image), 'staging-aaaaaaa');
      const result = await promote([
        '--image',
        `${registry.host}/acme/app`,
        '--sha',
        sha,
        '--no-ancestry',
        '--settle',
        '0s',
      ]);
      await registry.close();
      assert.equal(result.outputs['decision'], decision, result.stdout);
      assert.equal(result.code, code);
      assert.match(result.outputs['reason'] ?? '', words);
    });
  }
  test('one platform of another commit is refused by its name', async () => {
    const registry = await startRegistry();
    registry.push('acme/app', makeMultiPlatform(sha, { arm: older }), 'staging-aaaaaaa');
    const result = await promote(['--image', `${registry.host}/acme/app`, '--sha', sha, '--no-ancestry']);
    await registry.close();
    assert.equal(result.code, 1);
    assert.match(result.outputs['reason'] ?? '', /linux\/arm64 says it is of "b{40}"/);
  });
  test('bytes that are not what their digest says are not promoted', async () => {
    for (const part of ['manifest', 'config'] as const) {
      const registry = await startRegistry();
      const image = makeImage({ revision: sha });
      registry.push('acme/app', image, 'staging-aaaaaaa');
      const repository = registry.repositories.get('acme/app');
      if (part === 'manifest') {
        const bytes = Buffer.from(`${image.manifest.bytes.toString()} `);
        repository?.manifests.set(image.manifest.digest, { ...image.manifest, bytes });
      } else {
        for (const digest of image.blobs.keys())
          repository?.blobs.set(digest, Buffer.from(`{"config":{"Labels":{"${REVISION}":"${sha}"}}}`));
      }
      const result = await promote(['--image', `${registry.host}/acme/app`, '--sha', sha, '--no-ancestry']);
      await registry.close();
      assert.equal(result.outputs['decision'], 'unknown', result.stdout);
      assert.equal(result.code, 3);
      assert.equal(result.outputs['changed'], 'false');
      assert.deepEqual(JSON.parse(result.outputs['digests'] as string), {});
      assert.deepEqual(JSON.parse(result.outputs['previous'] as string), {});
      assert.equal(registry.writes().length, 0);
    }
  });
});

describe('promote-image and token services', () => {
  const rows: [string, string, RegExp][] = [
    ['on plain http elsewhere', 'http://auth.example/token', /outside this machine, so it was not contacted/],
    ['that is no URL', '/token', /is no URL/],
  ];
  for (const [name, realm, words] of rows) {
    test(`one ${name} is not contacted`, async () => {
      const registry = await startOne({ realm: () => realm });
      const result = await promote(
        ['--image', `${registry.host}/acme/app`, '--sha', sha, '--no-ancestry'],
        login,
      );
      await registry.close();
      assert.equal(result.code, 3, result.stdout);
      assert.match(result.outputs['reason'] ?? '', words);
      assert.ok(registry.seen.every(({ authorization }) => authorization === null));
    });
  }
  test("a private one of a registry that is not this machine's is not contacted, nor is plain http without --insecure", async () => {
    const registry = await startOne({});
    // The same machine under an address that does not say so.
    const image = `[::ffff:127.0.0.1]:${registry.host.split(':')[1]}/acme/app`;
    const plain = await promote(['--image', image, '--sha', sha, '--no-ancestry'], login);
    assert.equal(plain.code, 3, plain.stdout);
    assert.match(plain.outputs['reason'] ?? '', /does not speak https.*--insecure/);
    assert.equal(registry.seen.length, 0);
    const insecure = await promote(
      ['--image', image, '--sha', sha, '--no-ancestry', '--insecure', '--settle', '0s'],
      login,
    );
    assert.equal(insecure.outputs['decision'], 'promoted', insecure.stdout);
    await registry.close();
  });
});
