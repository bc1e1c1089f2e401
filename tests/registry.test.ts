import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { CouldNotTell } from '../lib/errors.ts';
import { decideJudgement } from '../lib/promote/judge.ts';
import { decideLook, decideOver } from '../lib/promote/move.ts';
import { decideHeld } from '../lib/promote/roll-back.ts';
import { decideReadBack, decideSettle } from '../lib/promote/watch.ts';
import type { Relation } from '../lib/forge/forge.ts';
import { parseChallenges, refuseRealm } from '../lib/registry/challenge.ts';
import type { Registry } from '../lib/registry/client.ts';
import { findCredentials } from '../lib/registry/credentials.ts';
import { readDockerLogin } from '../lib/registry/docker-config.ts';
import { parseManifest, readConfigLabel } from '../lib/registry/manifest.ts';
import { fetchManifest } from '../lib/registry/fetch-manifest.ts';
import { fetchTagList } from '../lib/registry/fetch-tags.ts';
import { parseImageName, parseMovingReference } from '../lib/registry/reference.ts';
import { makeMultiPlatform, TYPES } from './support/registry/images.mjs';

describe('references', () => {
  const good: [string, string, string][] = [
    ['ghcr.io/o/app', 'ghcr.io', 'o/app'],
    ['localhost/app', 'localhost', 'app'],
    ['localhost:5000/a/b/c', 'localhost:5000', 'a/b/c'],
    ['127.0.0.1:5000/a', '127.0.0.1:5000', 'a'],
    ['[::1]:5000/a', '[::1]:5000', 'a'],
    ['registry.example:443/a__b/c-d.e', 'registry.example:443', 'a__b/c-d.e'],
    ['nginx', 'registry-1.docker.io', 'library/nginx'],
    ['o/app', 'registry-1.docker.io', 'o/app'],
    ['docker.io/nginx', 'registry-1.docker.io', 'library/nginx'],
    ['index.docker.io/o/app', 'registry-1.docker.io', 'o/app'],
  ];
  for (const [text, host, path] of good) {
    test(`${text} is ${path} at ${host}`, () => {
      const image = parseImageName(text, '--image');
      assert.deepEqual([image.host, image.path, image.shown], [host, path, text]);
      assert.equal(image.credentialHost, host === 'registry-1.docker.io' ? 'index.docker.io' : host);
    });
  }
  const bad: [string, RegExp][] = [
    ['ghcr.io/O/App', /upper-case letters; give it in lower case, as ghcr.io\/o\/app$/],
    ['GHCR.io/o/app', /upper-case/],
    ['ghcr.io/o/app:latest', /holds a tag/],
    [`ghcr.io/o/app@sha256:${'a'.repeat(64)}`, /holds a digest/],
    ['https://ghcr.io/o/app', /holds a scheme/],
    ['ghcr.io/', /no image name/],
    ['ghcr.io//app', /no image name/],
    ['ghcr.io/o/app/', /no image name/],
    ['/app', /no image name/],
    ['a b', /no image name/],
    ['ghcr.io/o/-app', /no image name/],
    ['ghcr.io/../app', /no image name/],
    ['ghcr.io:0/app', /no image name/],
    ['ghcr.io:70000/app', /no image name/],
    [`ghcr.io/${'a'.repeat(256)}`, /no image name/],
    ['ghcr.io/o/app?x=1', /no image name/],
  ];
  for (const [text, words] of bad) {
    test(`"${text}" is refused`, () => {
      assert.throws(
        () => parseImageName(text, '--image'),
        (error: Error) => {
          assert.equal(error.name, 'UsageError');
          assert.match(error.message, /^Cannot use --image: /);
          assert.match(error.message, words);
          return true;
        },
      );
    });
  }
  test('a moving reference without a tag means latest, with a digest it is refused', () => {
    assert.equal(parseMovingReference('localhost:5000/a', '--image').tag, 'latest');
    assert.equal(parseMovingReference('localhost:5000/a:b', '--image').tag, 'b');
    assert.throws(
      () => parseMovingReference(`a@sha256:${'a'.repeat(64)}`, '--image'),
      /a digest never moves/,
    );
    assert.throws(() => parseMovingReference('ghcr.io/a:.x', '--image'), /is no tag/);
  });
  test('whatever is accepted makes a URL with that path and host', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let image;
        try {
          image = parseImageName(text, '--image');
        } catch {
          return;
        }
        const url = new URL(`https://${image.host}/v2/${image.path}/manifests/x`);
        assert.equal(url.pathname, `/v2/${image.path}/manifests/x`);
        assert.ok([image.host, image.host.replace(/:443$/, '')].includes(url.host));
      }),
    );
  });
});

describe('challenges', () => {
  const rows: [string, string | null, [string, Record<string, string>][]][] = [
    ['none', null, []],
    ['Basic', 'Basic realm="basic-realm"', [['basic', { realm: 'basic-realm' }]]],
    [
      'Bearer',
      'Bearer realm="https://a/token",service="s",scope="repository:a/b:pull,push"',
      [['bearer', { realm: 'https://a/token', service: 's', scope: 'repository:a/b:pull,push' }]],
    ],
    [
      'two that were joined',
      'Bearer realm="https://a",scope="*", Basic realm="Gitea Package API"',
      [
        ['bearer', { realm: 'https://a', scope: '*' }],
        ['basic', { realm: 'Gitea Package API' }],
      ],
    ],
    [
      'quotes, spaces and upper case',
      'BEARER  Realm = "a\\"b" , X=y',
      [['bearer', { realm: 'a"b', x: 'y' }]],
    ],
    [
      'a bare scheme',
      'Negotiate, Basic realm=x',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
  ];
  for (const [name, header, wanted] of rows) {
    test(name, () => {
      assert.deepEqual(
        parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]),
        wanted,
      );
    });
  }
  test('no header makes it fail or hang', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseChallenges(text))));
  });
});

describe('token services', () => {
  const rows: [string, string, boolean, RegExp | null][] = [
    ['https://auth.example/token', 'https://r.example', false, null],
    ['http://auth.example/token', 'https://r.example', false, /plain http although/],
    ['http://auth.example/token', 'https://r.example', true, /plain http although/],
    ['http://auth.example/token', 'http://r.example', true, null],
    ['http://auth.example/token', 'http://127.0.0.1:5000', false, /outside this machine/],
    ['http://127.0.0.1:1/token', 'http://127.0.0.1:5000', false, null],
    ['http://localhost:1/token', 'http://127.0.0.1:5000', false, null],
    ['https://10.0.0.1/token', 'https://10.0.0.2', false, null],
    ...[
      'https://10.0.0.1',
      'https://172.16.0.1',
      'https://172.31.255.1',
      'https://192.168.1.1',
      'https://169.254.169.254',
      'https://127.0.0.1',
      'https://2130706433',
      'https://0x7f.1',
      'https://localhost',
      'https://a.localhost',
      'https://localhost.',
      'https://0.0.0.0',
      'https://[::1]',
      'https://[::]',
      'https://[fe80::1]',
      'https://[fd00::1]',
      'https://[::ffff:10.0.0.1]',
    ].map((realm): [string, string, boolean, RegExp] => [
      realm,
      'https://r.example',
      false,
      /private address/,
    ]),
    ['https://172.32.0.1', 'https://r.example', false, null],
    ['https://user:pass@auth.example', 'https://r.example', false, /credentials/],
    ['/token', 'https://r.example', false, /no URL/],
    ['', 'https://r.example', false, /no URL/],
    ['file:///etc/passwd', 'https://r.example', false, /no http URL/],
  ];
  for (const [realm, registry, insecure, wanted] of rows) {
    test(`${realm} of ${registry}${insecure ? ' with --insecure' : ''}`, () => {
      const answer = refuseRealm(realm, new URL(registry), insecure);
      if (wanted === null) assert.equal(answer, null);
      else assert.match(answer ?? '', wanted);
    });
  }
});

describe('what is not there', () => {
  const image = parseImageName('r.example/o/app', '--image');
  /** A registry that answers each path with a body, and with `Link` where one is given. */
  const registry = (
    answers: Record<string, { status?: number; body: unknown; link?: string }>,
  ): Registry => ({
    send({ path }) {
      const { status = 200, body, link } = answers[path] ?? { status: 404, body: {} };
      const text = JSON.stringify(body);
      return Promise.resolve({
        method: 'GET',
        path,
        url: `https://r.example/v2/o/app/${path}`,
        status,
        headers: new Headers(link === undefined ? {} : { link }),
        bytes: Buffer.from(text),
        text,
      });
    },
    describe: () => 'GET answered',
    refuse: () => new CouldNotTell('refused'),
  });

  const lists: [string, Parameters<typeof registry>[0], string[] | RegExp][] = [
    ['a list', { 'tags/list': { body: { name: 'o/app', tags: ['a', 'b'] } } }, ['a', 'b']],
    ['a list of none', { 'tags/list': { body: { name: 'o/app', tags: null } } }, []],
    [
      'a list in pages, whose links may name another host',
      {
        'tags/list': {
          body: { name: 'o/app', tags: ['a'] },
          link: '<https://evil.example/x?last=a&n=1>; rel="next"',
        },
        'tags/list?last=a&n=1': {
          body: { name: 'o/app', tags: ['b'] },
          link: '</v2/o/app/tags/list?n=1>; rel="prev", </v2/o/app/tags/list?last=b&n=1>; rel=next',
        },
        'tags/list?last=b&n=1': { body: { name: 'o/app', tags: ['latest'] } },
      },
      ['a', 'b', 'latest'],
    ],
    [
      'a list whose last page names one more',
      {
        'tags/list': { body: { name: 'o/app', tags: ['a'] }, link: '<?last=a>; rel="next"' },
        'tags/list?last=a': { body: { name: 'o/app', tags: ['a'] }, link: '<?last=b>; rel="next"' },
      },
      ['a'],
    ],
    ['an object without tags', { 'tags/list': { body: { name: 'o/app' } } }, /has no "tags"/],
    ['the list of another image', { 'tags/list': { body: { name: 'x/y', tags: [] } } }, /list of "x\/y"/],
    [
      'a later page that fails',
      { 'tags/list': { body: { name: 'o/app', tags: [] }, link: '<?n=2>; rel="next"' } },
      /refused/,
    ],
  ];
  for (const [name, answers, wanted] of lists) {
    test(`the tags of ${name}`, async () => {
      const work = fetchTagList(registry(answers), image);
      if (wanted instanceof RegExp) await assert.rejects(work, { message: wanted });
      else assert.deepEqual(await work, wanted);
    });
  }

  test('only a 404 that says nothing else says that there is no manifest', async () => {
    const ask = (...codes: string[]) => {
      const errors = codes.map((code) => ({ code }));
      return fetchManifest(
        registry({ 'manifests/latest': { status: 404, body: { errors } } }),
        image,
        'latest',
      );
    };
    assert.equal(await ask('MANIFEST_UNKNOWN'), null);
    for (const codes of [[], ['DENIED', 'MANIFEST_UNKNOWN'], ['NAME_UNKNOWN']]) {
      await assert.rejects(ask(...codes), { message: 'refused' });
    }
  });
});

test('without a home of any kind there is no login that docker keeps', () => {
  const findHome = (): string => {
    throw new Error('uv_os_homedir returned ENOENT');
  };
  assert.equal(readDockerLogin('r.example', { get: () => undefined }, findHome), null);
});

describe('credentials', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docker-config-'));
  after(() => rmSync(folder, { recursive: true }));
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const ask = (
    image: string,
    variables: Record<string, string>,
    config: unknown = undefined,
    forge: { kind: 'github' | 'gitea'; token: string | undefined } = { kind: 'github', token: 'forge-token' },
  ): string | null => {
    const file = join(folder, 'config.json');
    rmSync(file, { force: true });
    if (config !== undefined)
      writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
    const environment = { get: (name: string) => ({ DOCKER_CONFIG: folder, ...variables })[name] };
    const found = findCredentials(parseImageName(image, '--image'), environment, forge);
    return found === null ? null : `${found.username}:${found.password}`;
  };
  const rows: [string, () => string | null, string | null | RegExp][] = [
    [
      'the variables go before all',
      () => ask('ghcr.io/o/a', { REGISTRY_USERNAME: 'u', REGISTRY_PASSWORD: 'p', GITHUB_ACTOR: 'x' }),
      'u:p',
    ],
    [
      'a user alone is refused',
      () => ask('r.example/a', { REGISTRY_USERNAME: 'u' }),
      /REGISTRY_PASSWORD is not set/,
    ],
    [
      'a password alone is refused',
      () => ask('r.example/a', { REGISTRY_PASSWORD: 'p' }),
      /REGISTRY_USERNAME is not set/,
    ],
    ["GitHub's token goes to ghcr.io", () => ask('ghcr.io/o/a', { GITHUB_ACTOR: 'ada' }), 'ada:forge-token'],
    ['but not without an actor', () => ask('ghcr.io/o/a', {}), null],
    ['and to no other host', () => ask('ghcr.io.example/o/a', { GITHUB_ACTOR: 'ada' }), null],
    [
      "nor Gitea's token to ghcr.io",
      () => ask('ghcr.io/o/a', { GITHUB_ACTOR: 'ada' }, undefined, { kind: 'gitea', token: 't' }),
      null,
    ],
    [
      "docker's login",
      () => ask('r.example/a', {}, { auths: { 'r.example': { auth: base64('u:p:q') } } }),
      'u:p:q',
    ],
    [
      "docker's login by URL",
      () => ask('r.example:5000/a', {}, { auths: { 'https://r.example:5000/v1/': { auth: base64('u:p') } } }),
      'u:p',
    ],
    [
      "docker's login in plain",
      () => ask('r.example/a', {}, { auths: { 'r.example': { username: 'u', password: 'p' } } }),
      'u:p',
    ],
    [
      "Docker Hub's login",
      () => ask('o/a', {}, { auths: { 'https://index.docker.io/v1/': { auth: base64('u:p') } } }),
      'u:p',
    ],
    [
      "another host's login",
      () => ask('r.example/a', {}, { auths: { 'x.r.example': { auth: base64('u:p') } } }),
      null,
    ],
    [
      'a login beats a store',
      () =>
        ask('r.example/a', {}, { auths: { 'r.example': { auth: base64('u:p') } }, credsStore: 'desktop' }),
      'u:p',
    ],
    [
      'a store is named',
      () => ask('r.example/a', {}, { credsStore: 'desktop' }),
      /docker-credential-desktop/,
    ],
    [
      'a store behind an empty login is named',
      () => ask('r.example/a', {}, { auths: { 'r.example': {} }, credsStore: 'desktop' }),
      /docker-credential-desktop/,
    ],
    [
      'a helper of this host is named',
      () => ask('r.example/a', {}, { credHelpers: { 'r.example': 'ecr-login' } }),
      /docker-credential-ecr-login/,
    ],
    [
      'a helper of another host is not meant',
      () => ask('r.example/a', {}, { credHelpers: { 'x.example': 'ecr-login' } }),
      null,
    ],
    [
      'with variables no store is asked',
      () => ask('r.example/a', { REGISTRY_USERNAME: 'u', REGISTRY_PASSWORD: 'p' }, { credsStore: 'x' }),
      'u:p',
    ],
    [
      'an identity token is refused',
      () => ask('r.example/a', {}, { auths: { 'r.example': { auth: base64('u:'), identitytoken: 't' } } }),
      /identity token/,
    ],
    [
      'a broken login is refused',
      () => ask('r.example/a', {}, { auths: { 'r.example': { auth: base64('no colon') } } }),
      /not base64 of USER:PASSWORD/,
    ],
    ['a broken file is refused', () => ask('r.example/a', {}, '{'), /it is not JSON/],
    [
      'a file of another shape is refused',
      () => ask('r.example/a', {}, { auths: { 'r.example': { auth: 1 } } }),
      /not a string/,
    ],
    ['no file is anonymous', () => ask('r.example/a', {}), null],
  ];
  for (const [name, work, wanted] of rows) {
    test(name, () => {
      if (wanted instanceof RegExp)
        assert.throws(work, (error: Error) => error.name === 'UsageError' && wanted.test(error.message));
      else assert.equal(work(), wanted);
    });
  }
});

describe('manifests', () => {
  const parse = (value: unknown, type: string | null = TYPES.manifest): unknown =>
    parseManifest(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), type);
  const config = { digest: `sha256:${'a'.repeat(64)}` };
  const rows: [string, () => unknown, RegExp][] = [
    ['what is no JSON', () => parse('{'), /the manifest is not JSON/],
    ['an empty object', () => parse({}), /schema version 2/],
    ['schema 1', () => parse({ schemaVersion: 1 }), /schema version 2/],
    ['a foreign type', () => parse({ schemaVersion: 2 }, 'text/html'), /not one of image and index/],
    ['no type at all', () => parse({ schemaVersion: 2 }, null), /not one of image and index/],
    ['an image without config', () => parse({ schemaVersion: 2, layers: [] }), /no "config"/],
    ['an image without layers', () => parse({ schemaVersion: 2, config }), /no "layers"/],
    ['an index without manifests', () => parse({ schemaVersion: 2 }, TYPES.index), /no "manifests"/],
    [
      'a digest that leads elsewhere',
      () => parse({ schemaVersion: 2, layers: [], config: { digest: '../x' } }),
      /no sha256 digest/,
    ],
  ];
  for (const [name, work, wanted] of rows) test(`${name} is refused`, () => assert.throws(work, wanted));
  test('attestations are told by annotation or by platform, either alone', () => {
    const child = { mediaType: TYPES.manifest, digest: config.digest, size: 1 };
    const manifests = [
      { ...child, platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
      { ...child, platform: { os: 'unknown', architecture: 'unknown' } },
      { ...child, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
      child,
    ];
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }));
    const { children } = parseManifest(bytes, `${TYPES.index}; charset=utf-8`);
    assert.deepEqual(
      children.map(({ platform, isAttestation }) => [platform, isAttestation]),
      [
        ['linux/arm/v7', false],
        ['unknown/unknown', true],
        ['platform not named', true],
        ['platform not named', false],
      ],
    );
    assert.equal(makeMultiPlatform('x').children.length, 3);
  });
  test('labels', () => {
    const read = (value: unknown): string | null => readConfigLabel(Buffer.from(JSON.stringify(value)), 'k');
    assert.equal(read({ config: { Labels: { k: 'v' } } }), 'v');
    for (const none of [
      {},
      { config: null },
      { config: {} },
      { config: { Labels: null } },
      { config: { Labels: {} } },
    ])
      assert.equal(read(none), null);
    for (const wrong of [null, [], { config: 1 }, { config: { Labels: { k: 1 } } }])
      assert.throws(() => read(wrong), { name: 'ShapeError' });
  });
});

describe('promotion, decided', () => {
  const relations = (kinds: Record<string, Relation['kind']>): Map<string, Relation> =>
    new Map(
      Object.entries(kinds).map(([sha, kind]) => [sha, { kind, aheadBy: null, behindBy: null, why: '' }]),
    );
  const kindOf = (revisions: (string | null)[], kinds: Record<string, Relation['kind']>): string =>
    decideJudgement(
      revisions.map((revision) => ({ name: 'x', revision })),
      relations(kinds),
    ).kind;
  const rows: [string, (string | null)[], Record<string, Relation['kind']>, string][] = [
    ['no label', [null], {}, 'neither'],
    ['no witness', [], {}, 'neither'],
    ['an ancestor', ['a'], { a: 'ahead' }, 'older'],
    ['an ancestor and a platform without label', ['a', null], { a: 'ahead' }, 'older'],
    ['ours', ['a'], { a: 'identical' }, 'same'],
    ['a descendant', ['a'], { a: 'behind' }, 'newer'],
    ['another line', ['a'], { a: 'diverged' }, 'neither'],
    ['not known', ['a'], { a: 'unknown' }, 'neither'],
    ['not asked', ['a'], {}, 'neither'],
    ['older and ours', ['a', 'b'], { a: 'ahead', b: 'identical' }, 'older'],
    ['newer and ours', ['a', 'b'], { a: 'behind', b: 'identical' }, 'newer'],
    ['older and newer', ['a', 'b'], { a: 'ahead', b: 'behind' }, 'neither'],
  ];
  for (const [name, revisions, kinds, wanted] of rows)
    test(`a competitor that is ${name} is ${wanted}`, () => assert.equal(kindOf(revisions, kinds), wanted));

  test('before a PUT: ours is left, what was expected is overwritten, the rest is judged once', () => {
    const look = { ours: 'o', expected: 'e', decidedAgain: false };
    assert.deepEqual(decideLook({ ...look, seen: 'o' }), { do: 'nothing' });
    assert.deepEqual(decideLook({ ...look, seen: 'e' }), { do: 'put' });
    assert.deepEqual(decideLook({ ...look, seen: null }), { do: 'judge' });
    assert.ok('end' in decideLook({ ...look, seen: 'x', decidedAgain: true }));
    assert.equal(decideOver({ kind: 'older', why: '' }), null);
    assert.equal(decideOver({ kind: 'same', why: '' }), null);
    assert.equal(decideOver({ kind: 'newer', why: '' })?.kind, 'superseded');
    assert.equal(decideOver({ kind: 'neither', why: '' })?.kind, 'refused');
  });

  test('nothing but older and missing is ever put back over, whatever is seen', () => {
    const kinds = ['older', 'same', 'newer', 'neither', 'unjudged'] as const;
    for (const kind of kinds) assert.equal(decideSettle({ kind, why: '' }) === 'put back', kind === 'older');
    const digest = fc.constantFrom('ours', 'before', 'third', null);
    fc.assert(
      fc.property(digest, fc.nat(5000), fc.nat(5000), (seen, sincePutMs, putAgainAfterMs) => {
        const sight = decideReadBack({ seen, ours: 'ours', before: 'before', sincePutMs, putAgainAfterMs });
        if (sight === 'put again') assert.ok(seen === 'before' && sincePutMs >= putAgainAfterMs);
        assert.equal(sight === 'ours', seen === 'ours');
        assert.equal(sight === 'judge', seen === 'third' || seen === null);
      }),
    );
  });

  test('only what a PUT of ours made is taken back', () => {
    const digest = fc.constantFrom('ours', 'before', 'strange', 'third', null);
    fc.assert(
      fc.property(digest, fc.boolean(), fc.constantFrom('strange', null), (seen, written, strange) => {
        const held = decideHeld({
          seen,
          strange,
          written,
          ours: { digest: 'ours' },
          before: { digest: 'before' },
        });
        if (held === 'ours') assert.ok(written && (seen === 'ours' || seen === strange));
        if (seen === 'before') assert.equal(held, 'before');
      }),
    );
  });
});
