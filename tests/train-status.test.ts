import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { readTrainConfig } from '../lib/train/config.ts';
import { makeImage } from './support/registry/images.mjs';
import { runScript } from './support/run-script.mjs';
import { startControlPlane, startTenants } from './support/tenants.mjs';
import { startIncident } from './support/train-world.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const flavours = ['gitea-1.22.6', 'gitea-1.25.4', 'github'] as const;
type World = Awaited<ReturnType<typeof startIncident>>;
const folder = mkdtempSync(join(tmpdir(), 'train-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function look(
  world: World,
  args: string[] = [],
  config: object = world.config,
  more: Record<string, string> = {},
) {
  const file = join(folder, `train-${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(file, JSON.stringify(config));
  return runScript('train-status', ['--config', file, ...args], {
    runner: true,
    env: {
      SWITCHYARD_API_URL: world.forge.apiUrl,
      SWITCHYARD_TOKEN: world.token,
      SWITCHYARD_HTTP_RETRY_MS: '1',
      SWITCHYARD_HTTP_DEADLINE_MS: '4000',
      ...more,
    },
  });
}

async function readHops(world: World, config: object = world.config, more: Record<string, string> = {}) {
  const result = await look(world, ['--format', 'json'], config, more);
  const body = JSON.parse(result.stdout);
  return {
    ...result,
    hops: Object.fromEntries(body.details.hops.map((hop: { name: string }) => [hop.name, hop])),
  };
}

/** Servers tell whole seconds, and the look itself takes some. */
function assertAge({ age_seconds: age }: { age_seconds: number }, wanted: number): void {
  assert.ok(age >= wanted && age < wanted + 30, `${age} s, not ${wanted}`);
}

for (const flavour of flavours) {
  describe(`train-status on ${flavour}`, () => {
    const worlds: World[] = [];
    const start = async (settings = {}) => {
      const world = await startIncident(flavour, settings);
      worlds.push(world);
      return world;
    };
    after(() => Promise.all(worlds.map((world) => world.close())));

    test('nine commits and seven hours behind, and nothing red: the hop, the cause, the command', async () => {
      const world = await start();
      const result = await look(world);
      assert.equal(result.code, 1, result.stdout + result.stderr);
      assert.match(result.stdout, /^staging→main +current$/m);
      assert.match(result.stdout, /^main→staging +current$/m);
      assert.match(result.stdout, /^main→\S+:latest +stalled +9 commits +7 h 12 min/m);
      assert.match(result.stdout, /e2e\.yml never ran at /);
      for (const line of result.stdout.split('\n').filter((row) => !/next:|→/.test(row)))
        assert.ok(line.length <= 80, line);
      assert.equal(result.outputs['decision'], 'stalled');
      assert.equal(result.outputs['proceed'], 'false');
      assert.match(result.outputs['hop'] as string, /^main→.*:latest$/);
      assert.match(
        result.outputs['next'] as string,
        flavour === 'github' ? /gh workflow run e2e.yml/ : /e2e\.yml/,
      );
      assert.match(result.summary, /```mermaid\nflowchart LR/);
      assert.doesNotMatch(result.stdout, /\u001b/);
      assert.deepEqual(world.forge.unexpected, []);
      assert.ok(!JSON.stringify(result).includes(world.token));
    });

    test('json holds every hop with its commits', async () => {
      const world = await start({ commits: 3 });
      const { hops, code } = await readHops(world);
      const hop = hops[`main→${world.registry.host}/acme/platform:latest`];
      assert.equal(code, 1);
      assert.deepEqual([hop.from, hop.to, hop.state, hop.commits], [world.head, world.served, 'stalled', 3]);
      assertAge(hop, 7 * 3600 + 12 * 60);
    });

    test('an image at the head is current, and within the SLO it moves', async () => {
      const world = await start();
      world.registry.push('acme/platform', makeImage({ revision: world.head }), 'latest');
      assert.equal((await look(world)).outputs['decision'], 'current');
      world.registry.push('acme/platform', makeImage({ revision: world.served }), 'latest');
      const wide = { ...world.config, slo: { age: '1d' } };
      const moving = await look(world, [], wide);
      assert.deepEqual([moving.code, moving.outputs['decision']], [0, 'moving'], moving.stdout);
      const few = await look(world, [], { ...world.config, slo: { age: '1d', commits: 8 } });
      assert.equal(few.outputs['decision'], 'stalled');
    });

    test('commits that touch nothing but what is ignored do not count', async () => {
      const world = await start();
      const { config } = world;
      const all = await look(world, [], { ...config, ignore_paths: ['canvas/**'] });
      assert.equal(all.outputs['decision'], 'current', all.stdout);
      const { hops } = await readHops(world, {
        ...config,
        ignore_paths: ['canvas/0.ts', '*.md'],
        workflows: {},
      });
      const hop = hops[`main→${world.registry.host}/acme/platform:latest`];
      assert.equal(hop.commits, flavour === 'github' ? 9 : 8);
      assert.equal(hop.commits_at_most, flavour === 'github' ? true : undefined);
    });

    test('an image without label, and a tag that is not there, are stalled; a registry that is down is unknown', async () => {
      const world = await start();
      const { config } = world;
      world.registry.push('acme/bare', makeImage({ revision: null }), 'latest');
      const name = `${world.registry.host}/acme/bare`;
      const bare = await look(world, [], { ...config, images: [{ name }] });
      assert.deepEqual([bare.code, bare.outputs['decision']], [1, 'stalled'], bare.stderr);
      assert.match(bare.outputs['cause'] as string, /^label missing/);
      const absent = await look(world, [], { ...config, images: [{ name, tag: 'next' }], workflows: {} });
      assert.deepEqual([absent.code, absent.outputs['decision']], [1, 'stalled'], absent.stderr);
      assert.match(absent.outputs['cause'] as string, /image not published: the tag next is not there/);
      const down = await look(world, [], { ...config, images: [{ name: '127.0.0.1:1/o/app' }] });
      assert.deepEqual([down.code, down.outputs['decision']], [3, 'unknown'], down.stderr);
    });

    test('an image of a commit that the repository does not know is unknown', async () => {
      const world = await start();
      world.registry.push('acme/platform', makeImage({ revision: 'e'.repeat(40) }), 'latest');
      const result = await look(world);
      assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    });

    test('a branch that lags says why: nobody promoted it, or its gate is red', async () => {
      const world = await start();
      const config = { repo: world.config.repo, branches: ['staging', 'main'], slo: { age: '1h' } };
      const at = world.now - 2 * 3_600_000;
      world.repo.pushCommit({
        branch: 'staging',
        files: { 'canvas/x': '1' },
        message: 'late',
        by: 'ada',
        at,
      });
      const idle = await look(world, [], config);
      assert.deepEqual([idle.code, idle.outputs['hop']], [1, 'staging→main'], idle.stdout);
      assert.match(idle.outputs['cause'] as string, /no pull request is open from staging to main/);
      assert.match(idle.outputs['next'] as string, /auto-promote/);
      const held = await look(world, [], config, { PROMOTE_HOLD: 'freeze' });
      assert.match(held.outputs['cause'] as string, /^held: freeze/);
      const { hops } = await readHops(world, config);
      assertAge(hops['staging→main'], 2 * 3600);
      assert.equal(hops['main→staging'].state, 'current');
    });

    test('a hotfix that was not brought back is seen', async () => {
      const world = await start();
      const at = world.now - 5 * 3_600_000;
      world.repo.pushCommit({ branch: 'main', files: { hotfix: '1' }, message: 'hotfix', by: 'ada', at });
      const config = { repo: world.config.repo, branches: ['staging', 'main'] };
      const { hops, code } = await readHops(world, config);
      assert.equal(code, 1);
      assert.deepEqual([hops['main→staging'].state, hops['main→staging'].commits], ['stalled', 1]);
      const way = `--from main --to staging --repo ${world.config.repo}`;
      assert.equal(hops['main→staging'].next, `node vendor/sync-branch.mjs ${way}`);
      const here = ['--api-url', world.forge.apiUrl, '--token-env', 'MINE'];
      const named = await look(world, ['--format', 'json', ...here], config, {
        MINE: world.token,
        SWITCHYARD_API_URL: 'https://forge.invalid/api/v1',
      });
      const next = JSON.parse(named.stdout).details.hops.find(
        (hop: { name: string }) => hop.name === 'main→staging',
      ).next;
      assert.equal(next, `node vendor/sync-branch.mjs ${way} ${here.join(' ')}`);
    });

    test('tenants are compared with the image, and repositories with the newest version', async () => {
      const world = await start();
      const { served, head, repo, forge } = world;
      const fleet = await startTenants([
        { slug: 'berlin', sha: head },
        { slug: 'lisbon', sha: served },
        { slug: 'oslo', mode: 'html' },
        { slug: 'cash$&', sha: served },
      ]);
      const { createServer } = await import('node:http');
      const list = createServer((_, response) => response.end(JSON.stringify(fleet.list)));
      await new Promise<void>((done) => list.listen(0, '127.0.0.1', done));
      const { port } = list.address() as { port: number };
      world.registry.push('acme/platform', makeImage({ revision: head }), 'latest');
      for (const version of ['1.9.0', '1.10.0', '1.2.0', 'next']) repo.setTag(`runtime-v${version}`, served);
      for (const [name, pin] of [
        ['acme/one', '1.10.0'],
        ['acme/two', '1.9.0'],
        ['acme/three', null],
      ] as const) {
        const files = pin === null ? { a: '1' } : { '.runtime-version': `${pin}\n` };
        forge
          .repo(name, { defaultBranch: 'main' })
          .pushCommit({ branch: 'main', message: 'pin', files, by: 'ada' });
      }
      const manifest = join(folder, 'manifest.json');
      writeFileSync(
        manifest,
        JSON.stringify({ all: ['one', 'two', 'three', 'gone'].map((name) => ({ repo: `acme/${name}` })) }),
      );
      const config = {
        ...world.config,
        tenants_url: `http://127.0.0.1:${port}/`,
        cascade: { manifest, select: 'all[].repo', version_from: 'tag:runtime-v*' },
      };
      const { hops, code, stderr } = await readHops(world, config);
      const image = `${world.registry.host}/acme/platform:latest`;
      const states = Object.fromEntries(
        Object.entries(hops).map(([name, hop]) => [name, (hop as { state: string }).state]),
      );
      assert.deepEqual(
        states,
        {
          'staging→main': 'current',
          'main→staging': 'current',
          [`main→${image}`]: 'current',
          [`${image}→berlin`]: 'current',
          [`${image}→lisbon`]: 'stalled',
          [`${image}→oslo`]: 'unknown',
          [`${image}→cash$&`]: 'stalled',
          'runtime-v1.10.0→acme/one': 'current',
          'runtime-v1.10.0→acme/two': 'stalled',
          'runtime-v1.10.0→acme/three': 'stalled',
          'runtime-v1.10.0→acme/gone': 'unknown',
        },
        stderr,
      );
      assert.equal(code, 1);
      assert.match(hops[`${image}→lisbon`].cause, /tenants stale: lisbon still runs/);
      assert.equal(hops['runtime-v1.10.0→acme/two'].commits, 1);
      assert.match(hops['runtime-v1.10.0→acme/gone'].cause, /acme\/gone/);
      assert.match(hops[`${image}→cash$&`].cause, /tenants stale: cash\$& still runs/);
      assert.equal(
        hops[`${image}→lisbon`].next,
        `node vendor/prod-auto-deploy.mjs rollout --sha ${head} --repo ${config.repo}`,
      );
      const untagged = await readHops(world, {
        ...config,
        cascade: { ...config.cascade, version_from: 'tag:v$1-*' },
      });
      assert.equal(
        untagged.hops['v$1-*→acme/two'].next,
        "git tag 'v$1-VERSION' && git push origin 'refs/tags/v$1-VERSION'",
      );
      await fleet.close();
      list.closeAllConnections();
      list.close();
    });

    test('a release counts from its tag, whether that is annotated or not', async () => {
      const world = await start();
      const { forge, repo, served } = world;
      const hour = 3_600_000;
      repo.setTag('v1.0.0', served);
      repo.setTag('v1.1.0', served, { at: world.now - 5 * hour });
      const pins = { branch: 'main', message: 'pin', files: { '.runtime-version': '1.0.0' }, by: 'ada' };
      forge.repo('acme/one', { defaultBranch: 'main' }).pushCommit(pins);
      const manifest = join(folder, 'one.json');
      writeFileSync(manifest, '["acme/one"]');
      const cascade = { manifest, select: '[]', version_from: 'tag:v*' };
      const config = { repo: world.config.repo, branches: ['main'], cascade };
      const late = await readHops(world, config);
      assert.equal(late.hops['v1.1.0→acme/one'].state, 'stalled', late.stderr);
      assertAge(late.hops['v1.1.0→acme/one'], (5 * hour) / 1000);
      const inTime = await readHops(world, { ...config, slo: { age: '6h' } });
      assert.equal(inTime.hops['v1.1.0→acme/one'].state, 'moving');
      repo.setTag('v1.2.0', repo.commit({ parents: [served], files: {}, at: world.now - 2 * hour }));
      const newer = await readHops(world, config);
      assertAge(newer.hops['v1.2.0→acme/one'], (2 * hour) / 1000);
    });

    test('one issue: opened, updated in place, closed when all has arrived, opened again', async () => {
      const world = await start();
      world.repo.addIssue({ title: 'another', body: 'not ours' });
      const dry = await look(world, ['--issue', '--dry-run']);
      assert.match(dry.stderr, /dry run: would open it/);
      assert.equal(world.repo.issues.length, 1);
      const first = await look(world, ['--issue']);
      assert.equal(world.repo.issues.length, 2, first.stderr);
      assert.equal(first.outputs['issue'], String(world.repo.issues[1]?.number));
      assert.match(
        world.repo.issues[1]?.body ?? '',
        /<!-- switchyard train-status acme\/platform staging main -->/,
      );
      const writes = () =>
        world.forge.requests.filter(({ method }) => method === 'PATCH' || method === 'POST').length;
      const count = writes();
      await look(world, ['--issue']);
      assert.deepEqual([world.repo.issues.length, writes()], [2, count]);
      world.registry.push('acme/platform', makeImage({ revision: world.head }), 'latest');
      await look(world, ['--issue']);
      assert.equal(world.repo.issues[1]?.state, 'closed');
      world.registry.push('acme/platform', makeImage({ revision: world.served }), 'latest');
      await look(world, ['--issue']);
      assert.deepEqual([world.repo.issues.length, world.repo.issues[1]?.state], [2, 'open']);
      const broken = { ...world.config, images: [{ name: '127.0.0.1:1/o/app' }] };
      await look(world, ['--issue'], broken);
      assert.equal(world.repo.issues[1]?.state, 'open', 'what is unknown is no recovery');
    });

    test('an issue whose answer was lost is found again', async () => {
      const world = await start();
      world.forge.setFault(({ method }) =>
        method === 'POST' ? { kind: 'after-write', then: 'reset' } : null,
      );
      const result = await look(world, ['--issue']);
      assert.deepEqual([result.code, result.outputs['issue']], [1, String(world.repo.issues[0]?.number)]);
      assert.equal(world.repo.issues.length, 1);
    });

    test('a tenant whose first answer is lost is asked again; a list without any tenant proves nothing', async () => {
      const world = await start();
      const { config, registry, head } = world;
      registry.push('acme/platform', makeImage({ revision: head }), 'latest');
      const fleet = await startTenants([
        {
          slug: 'oslo',
          sha: head,
          onRequest: (tenant, hit) => void (tenant.mode = hit === 1 ? 'reset' : 'ok'),
        },
      ]);
      const plane = await startControlPlane({ token: 'x', tenants: fleet.tenants });
      const empty = await startControlPlane({ token: 'x', tenants: new Map() });
      const ask = (url: string) =>
        look(world, [], { ...config, tenants_url: `${url}/cp/admin/tenants` }, { DEPLOY_ADMIN_TOKEN: 'x' });
      const again = await ask(plane.url);
      assert.deepEqual([again.code, again.outputs['decision']], [0, 'current'], again.stdout);
      const none = await ask(empty.url);
      assert.deepEqual([none.code, none.outputs['decision']], [3, 'unknown'], none.stdout);
      assert.match(none.outputs['cause'] as string, /the list at tenants_url is empty/);
      await Promise.all([fleet.close(), plane.close(), empty.close()]);
    });

    test('a token for the tenants with a line break in it is a usage error, before any request', async () => {
      const world = await start();
      const before = world.forge.requests.length;
      const result = await look(world, [], world.config, { DEPLOY_ADMIN_TOKEN: 'sec-ret-1\r\nx' });
      assert.equal(result.code, 2, result.stdout + result.stderr);
      const all = result.stdout + result.stderr;
      assert.match(all, /Cannot use DEPLOY_ADMIN_TOKEN: it holds characters that no token has/);
      assert.doesNotMatch(all, /sec-ret-1/);
      assert.equal(world.forge.requests.length, before);
    });

    test('what the forge does not answer is unknown, never current', async () => {
      const world = await start();
      world.forge.setFault(() => ({ kind: 'answer', status: 502, body: '<html>' }));
      const result = await look(world);
      assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
      world.forge.setFault(null);
      const gone = await look(world, [], { repo: 'acme/gone', branches: ['main', 'next'] });
      assert.deepEqual([gone.code, gone.outputs['decision']], [3, 'unknown'], gone.stdout);
      assert.match(gone.outputs['cause'] as string, /branches\[0\] "main".*repo "acme\/gone"/);
    });

    test('three hundred commits in between cost at most 20 calls a hop', async () => {
      const world = await start({ commits: 300 });
      const before = world.forge.requests.length;
      const { hops } = await readHops(world, { ...world.config, branches: ['main'], workflows: {} });
      const hop = hops[`main→${world.registry.host}/acme/platform:latest`];
      assert.equal(hop.commits, 300);
      assertAge(hop, 7 * 3600 + 12 * 60);
      assert.ok(world.forge.requests.length - before <= 20, `${world.forge.requests.length - before} calls`);
    });
  });
}

describe('train-status', () => {
  const schema = JSON.parse(readFileSync(join(root, 'docs', 'train.schema.json'), 'utf8'));
  const validate = new Ajv({ allErrors: true }).compile(schema);
  const base = { repo: 'o/r', branches: ['staging', 'main'] };
  const cascade = { manifest: 'm.json', select: 'a[].b', version_from: 'tag:v*' };
  const good: [string, unknown][] = [
    ['the least', base],
    ['one branch', { repo: 'o/r', branches: ['main'] }],
    ['images', { ...base, images: [{ name: 'ghcr.io/o/a', tag: 'latest' }, { name: 'ghcr.io/o/a' }] }],
    [
      'all of it',
      {
        $schema: './train.schema.json',
        ...base,
        tenants_url: 'https://x.example.com/list',
        cascade: { ...cascade, file: '.v' },
        workflows: { 'main→images': ['publish.yml', 'e2e.yaml'] },
        slo: { age: '4h', commits: 10 },
        ignore_paths: ['docs/**', '*.md'],
      },
    ],
  ];
  const bad: [string, unknown, RegExp][] = [
    ['no object', [], /the whole is a list; it wants an object/],
    ['no repo', { branches: ['main'] }, /repo is missing/],
    ['no branches', { repo: 'o/r' }, /branches is missing/],
    ['a repo without owner', { ...base, repo: 'r' }, /repo is "r"; it wants owner\/name/],
    ['no branch at all', { ...base, branches: [] }, /branches is an empty list/],
    [
      'a branch twice',
      { ...base, branches: ['main', 'next', 'main'] },
      /branches\[2\] is "main" again; it wants each branch once/,
    ],
    [
      'a branch that is a number',
      { ...base, branches: ['main', 1] },
      /branches\[1\] is a number; it wants a branch name/,
    ],
    ['a branch with a space', { ...base, branches: ['my main'] }, /branches\[0\] is "my main"/],
    [
      'an unknown key',
      { ...base, brnaches: [] },
      /brnaches is no key that is known; it wants one of repo, branches/,
    ],
    [
      'an unknown key inside',
      { ...base, slo: { days: 1 } },
      /slo\.days is no key that is known; it wants one of age, commits/,
    ],
    ['images as text', { ...base, images: 'x' }, /images is a string; it wants a list/],
    ['an image without name', { ...base, images: [{ tag: 'latest' }] }, /images\[0\]\.name is missing/],
    ['an image name in capitals', { ...base, images: [{ name: 'O/App' }] }, /images\[0\]\.name is "O\/App"/],
    [
      'an image twice',
      {
        ...base,
        images: [
          { name: 'a/b', tag: 'c' },
          { tag: 'c', name: 'a/b' },
        ],
      },
      /images\[1\] is "a\/b" again/,
    ],
    ['a tag with a slash', { ...base, images: [{ name: 'a/b', tag: 'x/y' }] }, /images\[0\]\.tag is "x\/y"/],
    [
      'an SLO that is no duration',
      { ...base, slo: { age: '4 hours' } },
      /slo\.age is "4 hours"; it wants a duration, as/,
    ],
    ['an SLO that is a number', { ...base, slo: { age: 4 } }, /slo\.age is a number; it wants a duration/],
    ['negative commits', { ...base, slo: { commits: -1 } }, /slo\.commits is -1; it wants a whole number/],
    ['half a commit', { ...base, slo: { commits: 1.5 } }, /slo\.commits is 1\.5/],
    [
      'a tenants URL that is none',
      { ...base, tenants_url: 'x' },
      /tenants_url is "x"; it wants an http\(s\) URL/,
    ],
    [
      'a cascade without select',
      { ...base, cascade: { manifest: 'm', version_from: 'tag:v*' } },
      /cascade\.select is missing/,
    ],
    [
      'a version from elsewhere',
      { ...base, cascade: { ...cascade, version_from: 'v*' } },
      /cascade\.version_from is "v\*"; it wants tag:PREFIX\*/,
    ],
    [
      'a hop without arrow',
      { ...base, workflows: { main: ['x.yml'] } },
      /workflows\.main is this key; it wants a hop/,
    ],
    [
      'a workflow by display name',
      { ...base, workflows: { 'a→b': ['My CI'] } },
      /workflows\["a→b"\]\[0\] is "My CI"; it wants a workflow file/,
    ],
    ['no workflow', { ...base, workflows: { 'a→b': [] } }, /workflows\["a→b"\] is an empty list/],
    ['null', { ...base, slo: null }, /slo is null; it wants an object/],
    ['an empty pattern', { ...base, ignore_paths: [''] }, /ignore_paths\[0\] is ""/],
  ];
  for (const [name, value] of good) {
    test(`${name} is good to the script and to the schema`, () => {
      readTrainConfig(JSON.stringify(value), 'train.json');
      assert.ok(validate(value), JSON.stringify(validate.errors));
    });
  }
  for (const [name, value, message] of bad) {
    test(`${name} is refused by the script, naming the key, and by the schema`, () => {
      assert.throws(() => readTrainConfig(JSON.stringify(value), 'train.json'), message);
      assert.ok(!validate(value));
    });
  }

  test('a wrong file ends before any request', async () => {
    const file = join(folder, 'wrong.json');
    const env = { SWITCHYARD_API_URL: 'http://127.0.0.1:9' };
    for (const [text, message] of [
      ['{', /it is not JSON/],
      ['{"repo":"o/r","branches":["main"],"slo":{"age":"1"}}', /slo\.age is "1"/],
    ] as const) {
      writeFileSync(file, text);
      const result = await runScript('train-status', ['--config', file], { env });
      assert.equal(result.code, 2);
      assert.match(result.stderr, message);
    }
    for (const args of [[], ['--config', join(folder, 'none.json')], ['--config', file, '--format', 'xml']]) {
      assert.equal((await runScript('train-status', args, { env })).code, 2, args.join(' '));
    }
  });

  test('the heartbeat is written, and watched by another job', async () => {
    const world = await startIncident('github');
    const beat = join(folder, 'beat.json');
    const check = (age = '1h') =>
      runScript('train-status', ['--check-heartbeat', beat, '--max-age', age], { runner: true });
    const never = await check();
    assert.deepEqual([never.code, never.outputs['decision']], [1, 'stale']);
    await look(world, ['--heartbeat', beat]);
    await world.close();
    const fresh = await check();
    assert.deepEqual([fresh.code, fresh.outputs['decision']], [0, 'fresh'], fresh.stderr);
    writeFileSync(beat, JSON.stringify({ at: new Date(Date.now() - 7_200_000).toISOString() }));
    assert.deepEqual([(await check()).code, (await check('1d')).code], [1, 0]);
    for (const text of [
      '',
      '{}',
      '{"at":"soon"}',
      JSON.stringify({ at: new Date(Date.now() + 7_200_000).toISOString() }),
    ]) {
      writeFileSync(beat, text);
      assert.equal((await check()).code, 3, text);
    }
  });

  test('a list of tenants that does not come is unknown, and says which', async () => {
    const world = await startIncident('github');
    world.registry.push('acme/platform', makeImage({ revision: world.head }), 'latest');
    const result = await look(world, [], { ...world.config, tenants_url: 'http://127.0.0.1:1/list' });
    await world.close();
    assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
    assert.match(result.outputs['hop'] as string, /→tenants$/);
    assert.match(result.outputs['cause'] as string, /127\.0\.0\.1:1|\/list/);
  });

  const pty = spawnSync('script', ['--version']).status === 0;
  test(
    'colour comes on a terminal alone, and not with NO_COLOR',
    { skip: pty ? false : 'no script(1) here: install util-linux to have a terminal' },
    async () => {
      const world = await startIncident('github');
      const file = join(folder, 'coloured.json');
      writeFileSync(file, JSON.stringify(world.config));
      const show = async (more: Record<string, string>): Promise<string> => {
        const command = `"${process.execPath}" "${join(root, 'vendor', 'train-status.mjs')}" --config "${file}"`;
        const env = { PATH: process.env['PATH'], SWITCHYARD_API_URL: world.forge.apiUrl, ...more };
        const child = spawn('script', ['-qec', command, '/dev/null'], {
          env: { ...env, SWITCHYARD_TOKEN: world.token },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let shown = '';
        for await (const chunk of child.stdout) shown += chunk;
        return shown;
      };
      const [bright, plain] = [await show({}), await show({ NO_COLOR: '1' })];
      await world.close();
      assert.match(bright, /\u001b\[31;1mstalled\u001b\[0m/);
      assert.match(plain, /latest +stalled/);
      assert.doesNotMatch(plain, /\u001b\[\d+(;\d+)*m/);
    },
  );

  test('files that cannot be written are warnings: the decision stands, and the train is printed', async (t) => {
    const world = await startIncident('github');
    t.after(() => world.close());
    const nowhere = join(folder, 'no', 'such', 'place');
    const result = await look(world, ['--out', nowhere, '--heartbeat', nowhere]);
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'stalled'], result.stderr);
    assert.match(result.stdout, /^main→\S+:latest +stalled/m);
    assert.match(result.stderr, /^::warning::Cannot write --out ".*": ENOENT/m);
    assert.match(result.stderr, /^::warning::Cannot write --heartbeat ".*": ENOENT/m);
  });

  test('a token that an image echoes stands in no file, no issue and no log, not even in part', async (t) => {
    const world = await startIncident('github');
    t.after(() => world.close());
    world.registry.push('acme/platform', makeImage({ revision: `is ${world.token}` }), 'latest');
    for (const format of ['text', 'json', 'markdown', 'html']) {
      const out = join(folder, `echo.${format}`);
      const result = await look(world, ['--format', format, '--out', out, '--issue']);
      assert.equal(result.code, 3, result.stderr);
      const all = readFileSync(out, 'utf8') + result.stderr + result.summary;
      assert.match(all, /no whole commit SHA/);
      assert.ok(!all.includes(world.token.slice(0, 12)), all);
    }
    const written = JSON.stringify(world.forge.requests.map(({ body }) => body));
    assert.ok(!written.includes(world.token.slice(0, 12)), written);
  });

  test('html goes to a file, and stdout stays empty', async () => {
    const world = await startIncident('github');
    const out = join(folder, 'train.html');
    const result = await look(world, ['--format', 'html', '--out', out]);
    const markdown = await look(world, ['--format', 'markdown']);
    await world.close();
    assert.equal(result.stdout, '');
    assert.ok(existsSync(out));
    const page = readFileSync(out, 'utf8');
    assert.match(page, /<h1>The train is stuck<\/h1>/);
    assert.doesNotMatch(page, /<script|https?:\/\/(?!127)[^"]*\.(css|js|woff)|@import/);
    assert.match(markdown.stdout, /\| Hop \| State \|/);
  });
});
