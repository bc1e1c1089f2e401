import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { missingDockerRegistry, startDockerRegistry } from './support/registry/docker-registry.mjs';
import { makeImage, makeIndex, makeMultiPlatform, type Image } from './support/registry/images.mjs';
import { startRegistry, type RegistryOptions } from './support/registry/registry.mjs';
import { runScript, type ScriptResult } from './support/run-script.mjs';
import { pushLine, startWorld } from './support/world.mjs';

type World = Awaited<ReturnType<typeof startWorld>>;
interface Shelf {
  url: string;
  host: string;
  push(repository: string, image: Image, ...tags: string[]): string | Promise<string>;
  digest(repository: string, tag: string): string | null | Promise<string | null>;
  close(): Promise<void>;
}

const lost = missingDockerRegistry();
const login = { REGISTRY_USERNAME: 'ci', REGISTRY_PASSWORD: 'right-password' };
const users = { ci: 'right-password' };
const short = (sha: string): string => `staging-${sha.slice(0, 7)}`;

let world: World;
let line: string[];
before(async () => {
  world = await startWorld('gitea-1.25.4');
  line = pushLine(world.repo, 5);
});
after(() => world.forge.close());

/** promote-image with everything a job has; the images are `acme/platform` and `acme/tenant` of the host. */
function promote(
  host: string,
  sha: string,
  args: string[] = [],
  { env = {}, images = ['acme/platform', 'acme/tenant'] } = {} as {
    env?: Record<string, string>;
    images?: string[];
  },
): Promise<ScriptResult> {
  const named = images.flatMap((image) => ['--image', `${host}/${image}`]);
  return runScript('promote-image', [...named, '--sha', sha, '--settle', '120ms', ...args], {
    env: { HOME: '/nonexistent', ...jobEnvironment(world.forge, { token: world.token }), ...env },
    runner: true,
  });
}

function expect(result: ScriptResult, decision: string, code: number): void {
  assert.equal(result.outputs['decision'], decision, result.stdout + result.stderr);
  assert.equal(result.code, code, result.stdout + result.stderr);
  assert.equal(result.outputs['proceed'], String(['promoted', 'unchanged', 'dry-run'].includes(decision)));
  assert.match(result.stdout, new RegExp(`^promote-image: ${decision}: `, 'm'));
}

const shelves: [string, string | null, () => Promise<Shelf>, Record<string, string>][] = [
  ['the embedded registry, open', null, () => startRegistry({ mode: 'docker' }), {}],
  [
    'the embedded registry, with a login',
    null,
    () => startRegistry({ mode: 'docker-htpasswd', users }),
    login,
  ],
  ['the embedded Gitea', null, () => startRegistry({ mode: 'gitea', users }), login],
  ['the embedded GHCR', null, () => startRegistry({ mode: 'ghcr', users }), login],
  ["Docker's own registry, open", lost, () => startDockerRegistry(), {}],
  ["Docker's own registry, with a login", lost, () => startDockerRegistry({ users }), login],
];

for (const [name, missing, start, env] of shelves) {
  describe(`promote-image on ${name}`, { skip: missing ?? false }, () => {
    let shelf: Shelf;
    before(async () => {
      shelf = await start();
    });
    after(() => shelf.close());

    test('moves a pair from nothing, then forward, then not backwards', async () => {
      const [first, second] = [line[0], line[1]] as [string, string];
      const digests: Record<string, string[]> = { 'acme/platform': [], 'acme/tenant': [] };
      for (const sha of [first, second]) {
        digests['acme/platform']?.push(
          await shelf.push('acme/platform', makeImage({ revision: sha }), short(sha)),
        );
        digests['acme/tenant']?.push(await shelf.push('acme/tenant', makeMultiPlatform(sha), short(sha)));
      }
      const held = async (): Promise<(string | null)[]> => [
        await shelf.digest('acme/platform', 'latest'),
        await shelf.digest('acme/tenant', 'latest'),
      ];
      const [one, two] = [0, 1].map((index) => [
        digests['acme/platform']?.[index],
        digests['acme/tenant']?.[index],
      ]);

      const fresh = await promote(shelf.host, first, [], { env });
      expect(fresh, 'promoted', 0);
      assert.deepEqual(await held(), one);
      assert.equal(fresh.outputs['changed'], 'true');
      const names = [`${shelf.host}/acme/platform`, `${shelf.host}/acme/tenant`] as const;
      assert.deepEqual(JSON.parse(fresh.outputs['previous'] ?? ''), { [names[0]]: null, [names[1]]: null });
      assert.deepEqual(JSON.parse(fresh.outputs['digests'] ?? ''), {
        [names[0]]: one?.[0],
        [names[1]]: one?.[1],
      });

      const again = await promote(shelf.host, first, [], { env });
      expect(again, 'unchanged', 0);
      assert.equal(again.outputs['changed'], 'false');

      const dry = await promote(shelf.host, second, ['--dry-run'], { env });
      expect(dry, 'dry-run', 0);
      assert.equal(dry.outputs['changed'], 'false');
      assert.deepEqual(await held(), one);

      const forward = await promote(shelf.host, second, [], { env });
      expect(forward, 'promoted', 0);
      assert.deepEqual(await held(), two);
      assert.deepEqual(JSON.parse(forward.outputs['previous'] ?? ''), {
        [names[0]]: one?.[0],
        [names[1]]: one?.[1],
      });

      const back = await promote(shelf.host, first, [], { env });
      expect(back, 'refused', 1);
      assert.match(back.outputs['reason'] ?? '', /is older than/);
      assert.deepEqual(await held(), two);

      const dispatched = await promote(shelf.host, first, [], {
        env: { ...env, GITHUB_EVENT_NAME: 'workflow_dispatch' },
      });
      expect(dispatched, 'promoted', 0);
      assert.match(dispatched.stdout, new RegExp(`::warning::.*${first}.*${second}`));
      assert.deepEqual(await held(), one);
    });

    test('one missing source refuses both', async () => {
      const sha = line[2] as string;
      await shelf.push('acme/platform', makeImage({ revision: sha }), short(sha));
      const before = await shelf.digest('acme/platform', 'latest');
      const result = await promote(shelf.host, sha, [], { env });
      expect(result, 'missing', 1);
      assert.match(result.outputs['reason'] ?? '', new RegExp(`acme/tenant:${short(sha)} is not there`));
      assert.equal(await shelf.digest('acme/platform', 'latest'), before);
    });

    test('a source of another commit is refused, unless the check is off', async () => {
      const sha = line[3] as string;
      const digest = await shelf.push(
        'acme/odd',
        makeImage({ revision: line[0] as string, salt: 'odd' }),
        short(sha),
      );
      const result = await promote(shelf.host, sha, [], { env, images: ['acme/odd'] });
      expect(result, 'refused', 1);
      assert.match(result.outputs['reason'] ?? '', /--no-label-check/);
      const forced = await promote(shelf.host, sha, ['--no-label-check'], { env, images: ['acme/odd'] });
      expect(forced, 'promoted', 0);
      assert.equal(await shelf.digest('acme/odd', 'latest'), digest);
    });

    test('a digest can be promoted, and the bytes stay what they were', async () => {
      const sha = line[1] as string;
      const index = makeMultiPlatform(sha, { salt: 'by digest' });
      await shelf.push('acme/digest', index, 'some-tag');
      const result = await promote(shelf.host, sha, ['--from', index.manifest.digest, '--to', 'prod'], {
        env,
        images: ['acme/digest'],
      });
      expect(result, 'promoted', 0);
      assert.equal(await shelf.digest('acme/digest', 'prod'), index.manifest.digest);
    });
  });
}

describe('promote-image', () => {
  /** A registry with the pair at commit 0 and builds of the others. */
  async function startPair(
    options: RegistryOptions = {},
    { tagged = true } = {},
  ): Promise<{
    registry: Awaited<ReturnType<typeof startRegistry>>;
    digest: (repository: string, sha: string) => string;
  }> {
    const registry = await startRegistry(options);
    after(() => registry.close());
    for (const repository of ['acme/platform', 'acme/tenant']) {
      line.forEach((sha, index) => {
        const tags = index === 0 && tagged ? [short(sha), 'latest'] : [short(sha)];
        registry.push(repository, makeImage({ revision: sha, salt: repository }), ...tags);
      });
    }
    return { registry, digest: (repository, sha) => registry.digest(repository, short(sha)) as string };
  }

  const isPut = (seen: { method: string; path: string }, repository: string): boolean =>
    seen.method === 'PUT' && seen.path.startsWith(`/v2/${repository}/`);

  test('a failure half way takes back what was moved', async () => {
    const { registry, digest } = await startPair({
      fault: (seen) =>
        isPut(seen, 'acme/tenant')
          ? { kind: 'answer', status: 403, body: { errors: [{ code: 'DENIED', message: 'no' }] } }
          : null,
    });
    const [old, sha] = [line[0], line[1]] as [string, string];
    const result = await promote(registry.host, sha);
    expect(result, 'rolled-back', 1);
    assert.equal(registry.digest('acme/platform', 'latest'), digest('acme/platform', old));
    assert.equal(result.outputs['changed'], 'false');
  });

  test('a tag that did not exist before stays, and is listed', async () => {
    const { registry } = await startPair(
      { fault: (seen) => (isPut(seen, 'acme/tenant') ? { kind: 'answer', status: 403, body: {} } : null) },
      { tagged: false },
    );
    const result = await promote(registry.host, line[1] as string);
    expect(result, 'partial', 1);
    assert.match(result.outputs['reason'] ?? '', /acme\/platform \(it did not exist before\)/);
    assert.match(result.stdout, /next: .*acme\/platform:latest did not exist before and stays at sha256:/);
    assert.ok(registry.seen.every(({ method }) => method !== 'DELETE'));
  });

  test('a new tag that the registry took but does not show yet is listed all the same', async () => {
    let isSlow = false;
    const { registry, digest } = await startPair(
      {
        fault: (seen) => {
          if (isPut(seen, 'acme/tenant')) return { kind: 'answer', status: 403, body: {} };
          isSlow ||= isPut(seen, 'acme/platform');
          const isRead = seen.method !== 'PUT' && seen.path === '/v2/acme/platform/manifests/latest';
          if (!isSlow || !isRead) return null;
          return { kind: 'answer', status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] } };
        },
      },
      { tagged: false },
    );
    const sha = line[1] as string;
    const result = await promote(registry.host, sha);
    // By and by it shows.
    assert.equal(registry.digest('acme/platform', 'latest'), digest('acme/platform', sha));
    expect(result, 'partial', 1);
    assert.equal(result.outputs['changed'], 'true');
    assert.match(result.stdout, /next: .*acme\/platform:latest did not exist before and stays at sha256:/);
  });

  test('a tag that another run took back before we could did not stay unwritten', async () => {
    let taken = false;
    const pair = await startPair({
      fault: (seen) => (isPut(seen, 'acme/tenant') ? { kind: 'answer', status: 403, body: {} } : null),
      before: (seen) => {
        if (taken || !isPut(seen, 'acme/tenant')) return;
        taken = true;
        const tags = pair.registry.repositories.get('acme/platform')?.tags;
        tags?.set('latest', pair.digest('acme/platform', line[0] as string));
      },
    });
    const result = await promote(pair.registry.host, line[1] as string);
    expect(result, 'rolled-back', 1);
    assert.doesNotMatch(result.stdout, /nothing was written/);
    assert.equal(result.outputs['changed'], 'false');
  });

  test('a tag that cannot be taken back is listed with the command', async () => {
    let puts = 0;
    const { registry, digest } = await startPair({
      fault: (seen) =>
        seen.method === 'PUT' && ++puts > 1 ? { kind: 'answer', status: 403, body: {} } : null,
    });
    const [old, sha] = [line[0], line[1]] as [string, string];
    const result = await promote(registry.host, sha);
    expect(result, 'partial', 1);
    const command = `--image ${registry.host}/acme/platform --from ${digest('acme/platform', old)} --to latest --sha ${sha} --no-ancestry --no-label-check`;
    assert.ok(result.stdout.includes(`node vendor/promote-image.mjs ${command}`), result.stdout);
  });

  test('the commands that are listed work as they stand, wherever they are pasted', async () => {
    let puts = 0;
    let isDown = true;
    const { registry, digest } = await startPair({
      fault: (seen) =>
        isDown && seen.method === 'PUT' && ++puts > 1 ? { kind: 'answer', status: 403, body: {} } : null,
    });
    const [old, sha] = [line[0], line[1]] as [string, string];
    const env = { HOME: '/nonexistent', MINE: world.token };
    const where = ['--api-url', world.forge.apiUrl, '--repo', 'acme/app', '--token-env', 'MINE'];
    const args = [
      '--sha',
      sha,
      '--settle',
      '120ms',
      '--label',
      'org.opencontainers.image.revision',
      ...where,
    ];
    const images = ['acme/platform', 'acme/tenant'].flatMap((image) => [
      '--image',
      `${registry.host}/${image}`,
    ]);
    const result = await runScript('promote-image', [...images, ...args], { env, runner: true });
    expect(result, 'partial', 1);
    isDown = false;
    const command = (words: string): string[] =>
      new RegExp(`^next: .*${words} by: node vendor/promote-image\\.mjs (.*)$`, 'm')
        .exec(result.stdout)?.[1]
        ?.split(' ') ?? [];
    assert.equal(registry.digest('acme/platform', 'latest'), digest('acme/platform', sha));
    expect(await runScript('promote-image', command('back'), { env, runner: true }), 'promoted', 0);
    assert.equal(registry.digest('acme/platform', 'latest'), digest('acme/platform', old));
    expect(await runScript('promote-image', command('mended,'), { env, runner: true }), 'promoted', 0);
    assert.equal(registry.digest('acme/tenant', 'latest'), digest('acme/tenant', sha));
  });

  test('a login that may read but not write is told so, and nothing else is tried', async () => {
    for (const [mode, env] of [
      ['ghcr', login],
      ['gitea', login],
      ['gitea', {}],
    ] as const) {
      const { registry } = await startPair({ mode, readers: users });
      const result = await promote(registry.host, line[1] as string, [], { env });
      expect(result, 'unknown', 3);
      assert.match(result.outputs['reason'] ?? '', /token may read but not write: packages: write/);
      assert.ok(registry.writes().every(({ path }) => path.startsWith('/v2/acme/platform/')));
    }
  });

  for (const status of [202, 204, 206, 304])
    test(`a write that lands and is answered with ${status} is promoted, by one PUT an image`, async () => {
      const { registry, digest } = await startPair({
        fault: (seen) => (seen.method === 'PUT' ? { kind: 'answer', status } : null),
      });
      const sha = line[1] as string;
      const result = await promote(registry.host, sha);
      expect(result, 'promoted', 0);
      assert.equal(registry.digest('acme/platform', 'latest'), digest('acme/platform', sha));
      assert.equal(registry.writes().length, 2);
    });

  test('a lost answer is settled by reading before anything is sent twice', async () => {
    for (const fault of [
      { kind: 'reset' },
      { kind: 'answer', status: 500, body: 'oops' },
      { kind: 'html-502' },
    ] as const) {
      let puts = 0;
      const { registry, digest } = await startPair({
        fault: (seen) => (isPut(seen, 'acme/platform') && ++puts === 1 ? fault : null),
      });
      const sha = line[1] as string;
      const result = await promote(registry.host, sha);
      expect(result, 'promoted', 0);
      assert.equal(registry.digest('acme/platform', 'latest'), digest('acme/platform', sha));
      // The embedded registry acts before its answer is lost, so there was nothing to send again.
      assert.equal(puts, 1);
    }
  });

  test('an answered digest that is not ours is a failure, and the tag goes back', async () => {
    const other = `sha256:${'0'.repeat(64)}`;
    let puts = 0;
    const { registry, digest } = await startPair({
      fault: (seen) =>
        isPut(seen, 'acme/platform') && ++puts === 1
          ? { kind: 'answer', status: 201, headers: { 'docker-content-digest': other }, body: '' }
          : null,
    });
    const result = await promote(registry.host, line[1] as string);
    expect(result, 'rolled-back', 1);
    assert.equal(registry.digest('acme/platform', 'latest'), digest('acme/platform', line[0] as string));
  });

  /** Another run moves the tag just before or after something of ours. */
  function rival(
    when: (seen: { method: string; path: string }) => boolean,
    move: () => { repository: string; sha: string }[],
  ): {
    before: NonNullable<RegistryOptions['before']>;
    start: (registry: Awaited<ReturnType<typeof startRegistry>>) => void;
  } {
    let registry: Awaited<ReturnType<typeof startRegistry>> | null = null;
    let done = false;
    return {
      start: (started) => (registry = started),
      before(seen) {
        if (done || registry === null || !when(seen)) return;
        done = true;
        for (const { repository, sha } of move())
          registry.repositories
            .get(repository)
            ?.tags.set('latest', registry.digest(repository, short(sha)) as string);
      },
    };
  }

  /** The first read is that of the start, the second the look before the PUT. */
  const secondRead = (ending: string): ((seen: { method: string; path: string }) => boolean) => {
    let times = 0;
    return ({ method, path }) => method === 'GET' && path.endsWith(ending) && ++times === 2;
  };

  const both = (sha: string): { repository: string; sha: string }[] =>
    ['acme/platform', 'acme/tenant'].map((repository) => ({ repository, sha }));

  test('a tag that a newer build took before our PUT is left to it', async () => {
    const other = rival(secondRead('/platform/manifests/latest'), () => both(line[3] as string));
    const { registry, digest } = await startPair({ before: other.before });
    other.start(registry);
    const result = await promote(registry.host, line[1] as string);
    expect(result, 'superseded', 0);
    assert.equal(registry.writes().length, 0);
    assert.equal(registry.digest('acme/platform', 'latest'), digest('acme/platform', line[3] as string));
  });

  test('a tag that an older build took before our PUT is moved all the same', async () => {
    const other = rival(secondRead('/platform/manifests/latest'), () => both(line[1] as string));
    const { registry, digest } = await startPair({ before: other.before });
    other.start(registry);
    const result = await promote(registry.host, line[2] as string);
    expect(result, 'promoted', 0);
    const previous = JSON.parse(result.outputs['previous'] ?? '{}');
    assert.equal(previous[`${registry.host}/acme/platform`], digest('acme/platform', line[1] as string));
  });

  test('an older build that wins the race is put right while settling; a newer one is left', async () => {
    for (const [rivalIndex, decision, endIndex] of [
      [1, 'promoted', 2],
      [3, 'superseded', 3],
    ] as const) {
      let puts = 0;
      const other = rival(
        (seen) => seen.method === 'HEAD' && puts >= 2,
        () => both(line[rivalIndex] as string),
      );
      const { registry, digest } = await startPair({
        before: (seen, index) => {
          if (seen.method === 'PUT') puts++;
          return other.before(seen, index);
        },
      });
      other.start(registry);
      const result = await promote(registry.host, line[2] as string);
      expect(result, decision, 0);
      for (const repository of ['acme/platform', 'acme/tenant'])
        assert.equal(registry.digest(repository, 'latest'), digest(repository, line[endIndex] as string));
    }
  });

  test('a build without a label that takes the tag is left, and refused', async () => {
    let puts = 0;
    const { registry } = await startPair({
      before: (seen) => {
        if (seen.method === 'PUT') puts++;
        if (puts >= 2 && seen.method === 'HEAD')
          registry.push('acme/tenant', makeImage({ labels: null }), 'latest');
      },
    });
    const result = await promote(registry.host, line[1] as string);
    expect(result, 'refused', 1);
    assert.equal(registry.digest('acme/tenant', 'latest'), makeImage({ labels: null }).manifest.digest);
  });

  test('without ancestry no forge is asked, and a competitor is only reported', async () => {
    let puts = 0;
    const { registry, digest } = await startPair({
      before: (seen) => {
        if (seen.method === 'PUT') puts++;
        if (puts < 2 || seen.method !== 'HEAD') return;
        registry.repositories
          .get('acme/tenant')
          ?.tags.set('latest', digest('acme/tenant', line[3] as string));
      },
    });
    const calls = world.forge.requests.length;
    const result = await promote(registry.host, line[1] as string, ['--no-ancestry']);
    expect(result, 'promoted', 0);
    assert.match(result.stdout, /::warning::.*acme\/tenant: another run moved it/);
    assert.equal(registry.digest('acme/tenant', 'latest'), digest('acme/tenant', line[3] as string));
    assert.equal(world.forge.requests.length, calls);
  });

  test('--hold moves nothing and asks nobody; an empty one does not hold', async () => {
    const { registry } = await startPair();
    const held = await promote(registry.host, line[1] as string, [
      '--hold',
      'incident 12',
      '--defer-code',
      '10',
    ]);
    expect(held, 'held', 10);
    assert.equal(registry.seen.length, 0);
    expect(await promote(registry.host, line[1] as string, ['--hold', '']), 'promoted', 0);
  });

  test('a child that a retention job deleted is missing', async () => {
    const { registry } = await startPair();
    const sha = line[1] as string;
    for (const [which, index] of [
      ['a platform', 1],
      ['an attestation', 2],
    ] as const) {
      const image = makeMultiPlatform(sha, { salt: which });
      registry.push('acme/gone', image, short(sha));
      registry.repositories.get('acme/gone')?.manifests.delete(image.children[index]?.digest ?? '');
      const result = await promote(registry.host, sha, [], { images: ['acme/gone'] });
      expect(result, 'missing', 1);
      assert.match(result.outputs['reason'] ?? '', new RegExp(image.children[index]?.digest ?? 'x'));
    }
  });

  test('Docker schema 2, single and as a list, moves with its own type', async () => {
    const { registry } = await startPair();
    const sha = line[1] as string;
    const image = makeImage({ revision: sha, docker: true });
    registry.push('acme/docker', image, short(sha));
    registry.push(
      'acme/list',
      makeIndex([{ image, platform: { os: 'linux', architecture: 'amd64' } }], { docker: true }),
      short(sha),
    );
    const result = await promote(registry.host, sha, [], { images: ['acme/docker', 'acme/list'] });
    expect(result, 'promoted', 0);
    const types = registry
      .writes()
      .map(({ type }) => type)
      .sort();
    assert.deepEqual(types, [
      'application/vnd.docker.distribution.manifest.list.v2+json',
      'application/vnd.docker.distribution.manifest.v2+json',
    ]);
    assert.ok(
      registry.seen
        .filter(({ path }) => path.includes('/manifests/'))
        .every(({ accept, method }) => method === 'PUT' || accept.split(', ').length === 4),
    );
  });
});
