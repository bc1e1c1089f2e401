import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { missingDockerRegistry, startDockerRegistry } from './support/registry/docker-registry.mjs';
import { makeImage, makeIndex, makeMultiPlatform, type Image } from './support/registry/images.mjs';
import { startRegistry } from './support/registry/registry.mjs';
import { runScript, type ScriptResult } from './support/run-script.mjs';
import { pushLine, startWorld } from './support/world.mjs';

const login = { REGISTRY_USERNAME: 'ci', REGISTRY_PASSWORD: 'right-password' };
const users = { ci: 'right-password' };
const { forge, repo, token } = await startWorld('gitea-1.25.4');
const [first, second, third] = pushLine(repo, 3) as [string, string, string];
const side = repo.commit({ branch: 'side', parents: [first], message: 'side', files: { side: 'x' } });
after(() => forge.close());

function ask(images: string[], args: string[], env: Record<string, string> = {}): Promise<ScriptResult> {
  return runScript('ancestry', [...images.flatMap((image) => ['--image', image]), ...args], {
    env: { HOME: '/nonexistent', ...jobEnvironment(forge, { token }), ...env },
    runner: true,
  });
}

const amd64 = { os: 'linux', architecture: 'amd64' };
const provenance = makeImage({ labels: null, architecture: 'unknown' });
const attested = (image: Image, mark: object): Image =>
  makeIndex([
    { image, platform: amd64 },
    { image: provenance, ...mark },
  ]);

/** What `latest` is, who the candidate is, and what is decided. */
const rows: [string, Image | null, string, string, number, string][] = [
  ['an older build', makeImage({ revision: first }), second, 'ahead', 0, first],
  ['the same build', makeImage({ revision: second }), second, 'identical', 0, second],
  ['a newer build', makeImage({ revision: third }), second, 'behind', 1, third],
  ['another line', makeImage({ revision: side }), second, 'diverged', 1, side],
  ['Docker schema 2', makeImage({ revision: first, docker: true }), second, 'ahead', 0, first],
  ['two platforms and provenance', makeMultiPlatform(first), second, 'ahead', 0, first],
  [
    'a Docker manifest list',
    makeIndex([{ image: makeImage({ revision: first, docker: true }), platform: amd64 }], { docker: true }),
    second,
    'ahead',
    0,
    first,
  ],
  [
    'platforms that disagree',
    makeMultiPlatform(first, { arm: third }),
    second,
    'disagree',
    1,
    `${first},${third}`,
  ],
  [
    'platforms that disagree, all older',
    makeMultiPlatform(first, { arm: second }),
    third,
    'ahead',
    0,
    `${first},${second}`,
  ],
  [
    'an annotation that disagrees',
    makeMultiPlatform(first, { annotation: third }),
    second,
    'disagree',
    1,
    `${first},${third}`,
  ],
  ['one platform without label', makeMultiPlatform(first, { arm: null }), second, 'ahead', 0, first],
  ['only the annotation has it', makeMultiPlatform(null, { annotation: first }), second, 'ahead', 0, first],
  [
    'an attestation by annotation alone',
    attested(makeImage({ revision: first }), {
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
    }),
    second,
    'ahead',
    0,
    first,
  ],
  [
    'an attestation by platform alone',
    attested(makeImage({ revision: first }), { platform: { os: 'unknown', architecture: 'unknown' } }),
    second,
    'ahead',
    0,
    first,
  ],
  ['no label', makeImage({ labels: { other: 'x' } }), second, 'unlabelled', 0, ''],
  ['no labels', makeImage({ labels: null }), second, 'unlabelled', 0, ''],
  ['no label on any platform', makeMultiPlatform(null), second, 'unlabelled', 0, ''],
  ['half a SHA', makeImage({ revision: first.slice(0, 7) }), second, 'unknown', 3, ''],
  ['a branch for a label', makeImage({ revision: 'main' }), second, 'unknown', 3, ''],
  [
    'an index of attestations alone',
    makeIndex([{ image: provenance, platform: { os: 'unknown', architecture: 'unknown' } }]),
    second,
    'unknown',
    3,
    '',
  ],
  ['an index of nothing', makeIndex([]), second, 'unknown', 3, ''],
  ['no such tag', null, second, 'absent', 0, ''],
];

const lost = missingDockerRegistry();
const shelves = [
  ['the embedded registry', null, () => startRegistry(), {}],
  ['the embedded Gitea', null, () => startRegistry({ mode: 'gitea', users }), login],
  ['the embedded GHCR', null, () => startRegistry({ mode: 'ghcr', users }), login],
  ["Docker's own registry with a login", lost, () => startDockerRegistry({ users }), login],
] as const;

for (const [name, missing, start, env] of shelves) {
  describe(`ancestry --image on ${name}`, { skip: missing ?? false }, () => {
    let shelf: Awaited<ReturnType<typeof startRegistry>> | Awaited<ReturnType<typeof startDockerRegistry>>;
    before(async () => {
      shelf = await start();
    });
    after(() => shelf.close());
    for (const [index, [what, image, candidate, decision, code, current]] of rows.entries()) {
      test(`${what} is ${decision}`, async () => {
        const repository = `acme/app-${index}`;
        await shelf.push(
          repository,
          image ?? makeImage({ revision: first }),
          image === null ? 'other' : 'latest',
        );
        const result = await ask([`${shelf.host}/${repository}`], ['--sha', candidate], env);
        assert.equal(result.outputs['decision'] ?? 'unknown', decision, result.stdout + result.stderr);
        assert.equal(result.code, code);
        if (code !== 3) assert.equal(result.outputs['current'], current);
        if (decision === 'unlabelled') assert.match(result.stdout, /::warning::/);
      });
    }
  });
}

describe('ancestry --image', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  before(async () => {
    registry = await startRegistry({ mode: 'gitea', users, readers: { reader: 'other-password' } });
    registry.push('acme/old', makeImage({ revision: first }), 'latest');
    registry.push('acme/new', makeImage({ revision: third }), 'latest', 'prod');
    registry.push('acme/bare', makeImage({}), 'latest');
  });
  after(() => registry.close());

  test('two images that should move together decide together', async () => {
    const images = [`${registry.host}/acme/old`, `${registry.host}/acme/new:latest`];
    const split = await ask(images, ['--sha', second], login);
    assert.equal(split.outputs['decision'], 'disagree');
    assert.equal(split.code, 1);
    const onward = await ask(images, ['--sha', third], login);
    assert.equal(onward.outputs['decision'], 'ahead');
    const half = await ask(
      [`${registry.host}/acme/old`, `${registry.host}/acme/bare`],
      ['--sha', second],
      login,
    );
    assert.equal(half.outputs['decision'], 'ahead');
  });

  test('unlabelled is refused where that is asked for', async () => {
    const result = await ask(
      [`${registry.host}/acme/bare`],
      ['--sha', second, '--on-unlabelled', 'refuse'],
      login,
    );
    assert.equal(result.outputs['decision'], 'unlabelled');
    assert.equal(result.code, 1);
  });

  test('another label can hold the commit', async () => {
    registry.push('acme/label', makeImage({ labels: { 'vcs-ref': first } }), 'latest');
    const result = await ask([`${registry.host}/acme/label`], ['--sha', second, '--label', 'vcs-ref'], login);
    assert.equal(result.outputs['decision'], 'ahead');
  });

  test('what may not be read is unknown, never absent', async () => {
    const cases: [string, Record<string, string>][] = [
      ['nobody/nope', login],
      ['acme/nope', login],
      ['acme/old', { REGISTRY_USERNAME: 'ci', REGISTRY_PASSWORD: 'wrong-password' }],
    ];
    for (const [repository, env] of cases) {
      const result = await ask([`${registry.host}/${repository}`], ['--sha', second], env);
      assert.equal(result.code, 3, `${repository}: ${result.stdout}`);
      assert.ok(!(result.stdout + result.stderr).includes('wrong-password'));
    }
  });

  test('an answer that is no list of tags does not prove that there is no tag', async () => {
    const latin = Buffer.concat([
      Buffer.from('{"name":"acme/app'),
      Buffer.from([0xe9]),
      Buffer.from('","tags":[]}'),
    ]);
    const bodies = [
      {},
      [],
      null,
      { message: 'ok' },
      { name: 'acme/app' },
      { tags: null },
      { name: ['x'], tags: [] },
      latin,
    ];
    for (const body of bodies) {
      const odd = await startRegistry({
        fault: ({ path }) => (path.endsWith('/tags/list') ? { kind: 'answer', status: 200, body } : null),
      });
      odd.push('acme/app', makeImage({ revision: first }), 'other');
      const result = await ask([`${odd.host}/acme/app`], ['--sha', second]);
      assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], JSON.stringify(body));
      await odd.close();
    }
  });

  test('a dispatch by hand names both commits', async () => {
    const env = { ...login, GITHUB_EVENT_NAME: 'workflow_dispatch' };
    const result = await ask([`${registry.host}/acme/new`], ['--sha', second], env);
    assert.equal(result.outputs['decision'], 'overridden');
    assert.match(result.stdout, new RegExp(`::warning::.*${second}.*${third}`));
  });

  test('a dispatch by hand names a commit once, however many platforms carry it', async () => {
    const both = makeMultiPlatform(third);
    registry.push('acme/both', both, 'latest');
    const env = { ...login, GITHUB_EVENT_NAME: 'workflow_dispatch' };
    const result = await ask([`${registry.host}/acme/both`], ['--sha', second], env);
    assert.deepEqual([result.outputs['decision'], result.outputs['current']], ['overridden', third]);
  });

  test('bad calls are refused before any request', async () => {
    const seen = registry.seen.length;
    const image = `${registry.host}/acme/new`;
    const cases: [string[], string[], RegExp][] = [
      [[image, image], ['--sha', second], /given twice/],
      [[image, `${image}:latest`], ['--sha', second], /given twice/],
      [[image], ['--sha', second, '--current', first], /--image with --current/],
      [[], ['--sha', second], /--image or --current/],
      [[`${image}@sha256:${'a'.repeat(64)}`], ['--sha', second], /a digest never moves/],
      [['ghcr.io/O/app'], ['--sha', second], /upper-case/],
    ];
    for (const [images, args, words] of cases) {
      const result = await ask(images, args, login);
      assert.equal(result.code, 2, result.stdout);
      assert.match(result.stdout, words);
    }
    assert.equal(registry.seen.length, seen);
  });
});
