import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { runScript } from './support/run-script.mjs';
import { startControlPlane, startTenants } from './support/tenants.mjs';
import { pushLine, startWorld } from './support/world.mjs';

type Plane = Awaited<ReturnType<typeof startControlPlane>>;

for (const flavour of ['gitea-1.22.6', 'gitea-1.25.4', 'github'] as const) {
  describe(`check-superseded on ${flavour}`, async () => {
    const { forge, repo, token } = await startWorld(flavour);
    after(() => forge.close());
    const [older, newest] = pushLine(repo, 2) as [string, string];
    const side = repo.commit({ branch: 'side', parents: [], message: 'side', files: { side: 'x' } });
    const run = (sha: string, args: string[] = [], more: Record<string, string> = {}) =>
      runScript('prod-auto-deploy', ['check-superseded', '--sha', sha, ...args], {
        env: { ...jobEnvironment(forge, { token }), ...more },
        runner: true,
      });

    test('a newer head prints that head alone and exits 0', async () => {
      const result = await run(older);
      assert.equal(result.code, 0, result.stderr);
      assert.equal(result.stdout, `${newest}\n`);
      assert.match(result.stderr, /::notice::/);
      assert.equal(result.outputs['decision'], 'superseded');
      assert.equal(result.outputs['newer'], newest);
    });

    test('the head itself is the latest', async () => {
      const result = await run(newest);
      assert.deepEqual([result.code, result.stdout], [10, '']);
      assert.equal(result.outputs['decision'], 'latest');
      assert.match(
        result.stderr,
        /^::warning::counts as the latest, because \w+ is still the head of "main"/m,
      );
    });

    const cannotTell: [string, () => ReturnType<typeof run>][] = [
      ['another branch, which does not descend from ours', () => run(older, ['--branch', 'side'])],
      ['a commit that the branch does not hold', () => run(side)],
      ['a branch that is not there', () => run(older, ['--branch', 'nope'])],
      ['no token', () => run(older, [], { SWITCHYARD_TOKEN: '' })],
      ['a wrong token', () => run(older, [], { SWITCHYARD_TOKEN: 'f'.repeat(40) })],
    ];
    for (const [name, start] of cannotTell) {
      test(`${name}: counts as the latest, with a warning that says why`, async () => {
        const result = await start();
        assert.deepEqual([result.code, result.stdout], [10, ''], result.stderr);
        assert.match(result.stderr, /^::warning::counts as the latest, because it could not be told: /m);
      });
    }

    test('a wrong call leaves stdout empty too', async () => {
      for (const args of [['--sha', 'abc'], ['--colour']]) {
        const result = await runScript('prod-auto-deploy', ['check-superseded', ...args], { runner: true });
        assert.deepEqual([result.code, result.stdout], [2, '']);
        assert.match(result.stderr, /^::error::Cannot use --/m);
      }
    });

    test('--no-strict-ancestry takes any other head for newer', async () => {
      const result = await run(older, ['--branch', 'side', '--no-strict-ancestry']);
      assert.deepEqual([result.code, result.stdout], [0, `${side}\n`]);
    });
  });
}

describe('verify', async () => {
  const { forge, repo, token } = await startWorld('gitea-1.22.6');
  const [older, ours, newer] = pushLine(repo, 3) as [string, string, string];
  repo.commit({ branch: 'parked', parents: [ours], message: 'not on main' });
  const fleet = await startTenants([
    { slug: 'b-current', sha: ours },
    { slug: 'a-short', sha: ours.slice(0, 7) },
    { slug: 'newer', sha: newer },
    { slug: 'stale', sha: older },
    { slug: 'other', sha: 'b'.repeat(40) },
    { slug: 'html', mode: 'html' },
    { slug: 'dev', mode: 'dev' },
    { slug: 'field', mode: 'missing-field' },
    { slug: 'broken', mode: 'status-503', sha: ours },
    { slug: 'gone', mode: 'refuse' },
  ]);
  after(async () => {
    await fleet.close();
    await forge.close();
  });
  const env = jobEnvironment(forge, { token });
  const tenants = (...slugs: string[]): string[] =>
    slugs.flatMap((slug) => ['--tenant', `${slug}=${fleet.tenants.get(slug)?.url}`]);
  const run = (args: string[], more: Record<string, string> = {}) =>
    runScript('prod-auto-deploy', ['verify', '--sha', ours, '--wait', '0s', '--no-superseded-ok', ...args], {
      env: { ...env, ...more },
      runner: true,
    });

  test('current and ahead go, each seen twice on connections of its own', async () => {
    const before = fleet.tenants.get('b-current')?.connections ?? 0;
    const result = await run(tenants('b-current', 'a-short', 'newer'));
    assert.equal(result.code, 0, result.stdout);
    assert.equal(result.outputs['decision'], 'go');
    assert.equal((fleet.tenants.get('b-current')?.connections ?? 0) - before, 2);
    const headers = fleet.tenants.get('b-current')?.requests.at(-1)?.headers;
    assert.equal(headers?.['cache-control'], 'no-store');
    const rows = result.summary
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.split(' | ')[0]);
    assert.deepEqual(rows.slice(2), ['| a-short', '| b-current', '| newer']);
  });

  test('of a secret that a tenant echoes not even a part is printed', async () => {
    const secret = `admin-${'x1y2'.repeat(20)}`;
    const echo = await startTenants([{ slug: 'echo', sha: secret }]);
    const tenant = ['--tenant', `echo=${echo.tenants.get('echo')?.url}`];
    const result = await run(tenant, { DEPLOY_ADMIN_TOKEN: secret });
    await echo.close();
    assert.equal(result.code, 1);
    assert.match(result.stdout, /echo is unparseable: "git_sha" is a text of 86 characters, no commit SHA/);
    const all = result.stdout + result.stderr + result.summary + JSON.stringify(result.outputs);
    assert.ok(!all.includes(secret.slice(0, 12)), all);
  });

  const refusals: [string, string[], string, RegExp][] = [
    [
      'an ancestor is stale',
      ['b-current', 'stale'],
      'stale',
      /::error::stale is stale: actual=.*, expected=/,
    ],
    ['a commit that the forge does not know is stale', ['other'], 'stale', /::error::other is stale/],
    [
      'an HTML answer is unparseable',
      ['b-current', 'html'],
      'refuse',
      /::error::html is unparseable: it answers HTML/,
    ],
    ['"dev" is unparseable', ['dev'], 'refuse', /::error::dev is unparseable/],
    ['no field is unparseable', ['field'], 'refuse', /has no "git_sha"/],
    [
      'a 503 is unreachable, whatever its body says',
      ['b-current', 'broken'],
      'refuse',
      /broken is unreachable: it answers 503/,
    ],
    ['all unreachable is a failure', ['gone'], 'refuse', /none of 1 tenant could be reached/],
  ];
  for (const [name, slugs, decision, message] of refusals) {
    test(name, async () => {
      const result = await run(tenants(...slugs));
      assert.equal(result.code, 1, result.stdout);
      assert.equal(result.outputs['decision'], decision);
      assert.match(result.stdout, message);
      assert.equal(result.outputs['proceed'], 'false');
    });
  }

  test('some may be out of reach, where that is said', async () => {
    const slugs = tenants('a-short', 'b-current', 'gone');
    assert.equal((await run([...slugs, '--max-unreachable', '1'])).code, 0);
    assert.equal((await run([...slugs, '--max-unreachable', '34%'])).code, 0);
    assert.equal((await run([...slugs, '--max-unreachable', '33%'])).code, 1);
    assert.equal((await run([...tenants('gone'), '--max-unreachable', '100%'])).code, 1);
  });

  test('the log ends with every tenant in the order of the slugs, and says who did not answer', async () => {
    const result = await run([...tenants('gone', 'b-current', 'a-short'), '--max-unreachable', '1']);
    const lines = result.stdout.split('\n').filter((line) => /^\S+: (current|unreachable): /.test(line));
    assert.deepEqual(
      lines.slice(-3).map((line) => line.split(':')[0]),
      ['a-short', 'b-current', 'gone'],
      result.stdout,
    );
    assert.match(result.outputs['reason'] ?? '', /1 unreachable \(allowed\); all that answered run /);
  });

  test('a tenant that rolls while we wait goes', async () => {
    const late = await startTenants([
      { slug: 'late', sha: older, onRequest: (tenant, hit) => void (tenant.sha = hit > 2 ? ours : older) },
    ]);
    try {
      const args = [
        'verify',
        '--sha',
        ours,
        '--wait',
        '20s',
        '--poll',
        '50ms',
        '--tenant',
        `late=${late.list[0]?.url}`,
      ];
      const result = await runScript('prod-auto-deploy', [...args, '--no-superseded-ok'], { env });
      assert.equal(result.code, 0, result.stdout + result.stderr);
    } finally {
      await late.close();
    }
  });

  test('a tenant that goes back while others are waited for is stale; one that stays is asked again before a go', async () => {
    const verify = async (isBack: boolean) => {
      const pair = await startTenants([
        {
          slug: 'early',
          sha: ours,
          onRequest: (tenant, hit) => void (tenant.sha = isBack && hit > 2 ? older : ours),
        },
        { slug: 'late', sha: older, onRequest: (tenant, hit) => void (tenant.sha = hit > 4 ? ours : older) },
      ]);
      const named = pair.list.flatMap(({ slug, url }) => ['--tenant', `${slug}=${url}`]);
      const args = [
        'verify',
        '--sha',
        ours,
        '--wait',
        '1s',
        '--poll',
        '50ms',
        '--no-superseded-ok',
        ...named,
      ];
      try {
        const result = await runScript('prod-auto-deploy', args, { env, runner: true });
        return { result, asked: pair.tenants.get('early')?.requests.length };
      } finally {
        await pair.close();
      }
    };
    const back = await verify(true);
    assert.deepEqual([back.result.code, back.result.outputs['decision']], [1, 'stale'], back.result.stdout);
    assert.match(back.result.stdout, /early is stale: actual=/);
    const stays = await verify(false);
    assert.deepEqual([stays.result.code, stays.asked], [0, 4], stays.result.stdout);
  });

  test('who may be silent is asked again, and is stale where it comes back as it was', async () => {
    let stays = true;
    const flapping = await startTenants([
      { slug: 'steady', sha: ours },
      {
        slug: 'restarts',
        sha: older,
        onRequest: (tenant, hit) => void (tenant.mode = stays || hit < 2 ? 'status-503' : 'ok'),
      },
    ]);
    const args = ['verify', '--sha', ours, '--poll', '50ms', '--max-unreachable', '1', '--no-superseded-ok'];
    const named = flapping.list.flatMap(({ slug, url }) => ['--tenant', `${slug}=${url}`]);
    const verify = (wait: string) =>
      runScript('prod-auto-deploy', [...args, ...named, '--wait', wait], { env, runner: true });
    try {
      const gone = await verify('20s');
      assert.equal(gone.code, 0, gone.stdout);
      assert.ok(gone.ms < 15_000, `it waited ${gone.ms} ms for a tenant that may be silent`);
      stays = false;
      flapping.tenants.get('restarts')!.requests.length = 0;
      const back = await verify('1s');
      assert.deepEqual([back.code, back.outputs['decision']], [1, 'stale'], back.stdout);
    } finally {
      await flapping.close();
    }
  });

  test('superseded ends it without asking a tenant', async () => {
    const before = fleet.tenants.get('stale')?.requests.length;
    const result = await runScript(
      'prod-auto-deploy',
      ['verify', '--sha', ours, '--wait', '0s', ...tenants('stale')],
      { env, runner: true },
    );
    assert.equal(result.code, 0, result.stdout);
    assert.equal(result.outputs['decision'], 'superseded');
    assert.equal(result.outputs['proceed'], 'false');
    assert.equal(fleet.tenants.get('stale')?.requests.length, before);
  });

  test('an empty list, too short a list and an unreadable list', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenants-'));
    try {
      const file = join(folder, 'tenants.json');
      writeFileSync(file, '[]');
      assert.equal((await run(['--tenants-file', file])).code, 1);
      const current = `x=${fleet.tenants.get('b-current')?.url}`;
      assert.equal((await run([], { DEPLOY_TENANTS: current })).code, 0);
      assert.equal((await run(['--tenants-file', file], { DEPLOY_TENANTS: current })).code, 1);
      writeFileSync(file, JSON.stringify([{ slug: 'b-current', url: fleet.tenants.get('b-current')?.url }]));
      assert.equal((await run(['--tenants-file', file])).code, 0);
      const short = await run(['--tenants-file', file, '--expect-count', '2']);
      assert.equal(short.code, 1);
      // Nobody was asked, so nothing was waited for.
      assert.match(short.stdout, /Cannot confirm [0-9a-f]{7}: 1 tenant is listed where 2 are expected/);
      writeFileSync(file, '{"tenants":');
      assert.equal((await run(['--tenants-file', file])).code, 3);
      assert.equal((await run(['--tenants-file', join(folder, 'nope.json')])).code, 3);
      assert.equal((await run([])).code, 2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('four shards cover a fleet exactly once', async () => {
    const many = await startTenants(
      Array.from({ length: 10 }, (_, index) => ({ slug: `t${index}`, sha: ours })),
    );
    try {
      const list = many.list.map(({ slug, url }) => `${slug}=${url}`).join(',');
      for (const shard of ['1/4', '2/4', '3/4', '4/4']) {
        const result = await run(['--shard', shard, '--hits', '1'], { DEPLOY_TENANTS: list });
        assert.equal(result.code, 0, result.stdout);
      }
      assert.deepEqual(
        [...many.tenants.values()].map((tenant) => tenant.requests.length),
        Array(10).fill(1),
      );
    } finally {
      await many.close();
    }
  });
});

describe('rollout and plan', async () => {
  const { forge, repo, token } = await startWorld('gitea-1.22.6');
  const [older, ours] = pushLine(repo, 2) as [string, string];
  const healthy = {
    slug: 'a',
    phase: 'done',
    ssm_status: 'Success',
    ssm_exit_code: '0',
    healthz_ok: true,
    error: null,
  };
  const planes: Plane[] = [];
  after(async () => {
    for (const plane of planes) await plane.close();
    await forge.close();
  });
  const start = async (answer: object) => {
    const plane = await startControlPlane({ token: 'admin-token-1', answer: () => answer });
    planes.push(plane);
    return plane;
  };
  const run = (plane: Plane, args: string[] = [], sha = ours, more: Record<string, string> = {}) =>
    runScript('prod-auto-deploy', ['rollout', '--sha', sha, '--timeout', '3s', ...args], {
      env: {
        ...jobEnvironment(forge, { token }),
        DEPLOY_CP_URL: plane.url,
        DEPLOY_ADMIN_TOKEN: 'admin-token-1',
        ...more,
      },
      runner: true,
    });

  test('one POST, and every tenant healthy', async () => {
    const plane = await start({ body: { ok: true, results: [healthy] } });
    const result = await run(plane, ['--canary', 'a']);
    assert.equal(result.code, 0, result.stdout);
    assert.equal(result.outputs['decision'], 'rolled');
    // Gitea shows no summary.
    assert.match(result.stdout, /^a: healthy: done$/m);
    assert.equal(plane.requests.length, 1);
    assert.deepEqual(plane.requests[0]?.body, {
      target_tag: `staging-${ours.slice(0, 7)}`,
      canary_slug: 'a',
      soak_seconds: 60,
      batch_size: 3,
      dry_run: false,
    });
    assert.equal(plane.requests[0]?.headers['authorization'], 'Bearer admin-token-1');
  });

  test('a healthy tenant whose command failed is warned of: what answers may be the build before', async () => {
    const odd = [
      { ...healthy, slug: 'b', error: 'no space left' },
      { ...healthy, slug: 'c', ssm_exit_code: 1 },
    ];
    const plane = await start({ body: { ok: true, results: [healthy, ...odd] } });
    const result = await run(plane);
    assert.deepEqual([result.code, result.outputs['decision']], [0, 'rolled'], result.stdout);
    assert.match(
      result.stdout,
      /^::warning::b is healthy, but its rollout reports "no space left", exit code 0; /m,
    );
    assert.match(result.stdout, /^::warning::c is healthy, but its rollout reports exit code 1; run verify/m);
    assert.equal(result.stdout.match(/^::warning::/gm)?.length, 2);
  });

  test('a soak below a second is not told as none', async () => {
    const plane = await start({ body: { ok: true, results: [healthy] } });
    await run(plane, ['--soak', '400ms']);
    assert.equal(plane.requests[0]?.body.soak_seconds, 1);
  });

  const rows: [string, object, string, number][] = [
    [
      'a tenant that is not healthy',
      { body: { ok: true, results: [healthy, { ...healthy, slug: 'b', healthz_ok: false }] } },
      'failed',
      1,
    ],
    [
      'a tenant without healthz_ok',
      { body: { ok: true, results: [{ ...healthy, healthz_ok: undefined }] } },
      'failed',
      1,
    ],
    ['ok is not true', { body: { ok: 'true', results: [healthy] } }, 'failed', 1],
    ['401', { status: 401, body: { error: 'no' } }, 'failed', 1],
    ['500', { status: 500, body: { error: 'boom' } }, 'unknown', 3],
    ['an answer that is not JSON', { status: 200, body: '<html>' }, 'unknown', 3],
    ['a lost connection', { fault: { kind: 'reset' } }, 'unknown', 3],
    ['no answer in time', { fault: { kind: 'hang' } }, 'unknown', 3],
  ];
  for (const [name, answer, decision, code] of rows) {
    test(`${name}: ${decision}, and exactly one POST`, async () => {
      const plane = await start(answer);
      const result = await run(plane);
      assert.equal(result.code, code, result.stdout);
      assert.equal(result.outputs['decision'], decision);
      assert.equal(plane.requests.length, 1);
      assert.doesNotMatch(result.stdout + result.stderr + result.summary, /admin-token-1/);
      if (decision === 'unknown') {
        assert.match(
          result.stdout,
          /sent once and is not sent again: look at the control plane, or run verify/,
        );
        // Who ran it again would send a second rollout.
        assert.doesNotMatch(result.stdout, /run again/);
      }
    });
  }

  test('the command that looks at the tenants after all runs as it is printed', async () => {
    const nobody = await run(await start({ status: 500, body: {} }));
    assert.doesNotMatch(nobody.stdout, /^next: node/m);
    const tenants = ['--tenant', "it's=https://a.invalid"];
    const given = await run(await start({ status: 500, body: {} }), [...tenants, '--branch', 'prod']);
    const line = /^next: (node vendor\/.*)$/m.exec(given.stdout)?.[1] ?? '';
    assert.equal(
      line,
      `node vendor/prod-auto-deploy.mjs verify --wait 0s --sha ${ours} --tenant 'it'\\''s=https://a.invalid' --branch prod`,
    );
    const fromHere = await run(await start({ status: 500, body: {} }), [], ours, {
      DEPLOY_TENANTS: 'b=https://b.invalid\n c=https://c.invalid',
      DEPLOY_BRANCH: 'prod',
    });
    assert.match(fromHere.stdout, /^next: node \S+ verify --wait 0s --sha [0-9a-f]{40}$/m);
  });

  test('a control plane that is not there got nothing, and may be asked again', async () => {
    const plane = await start({});
    await plane.close();
    const result = await run(plane);
    assert.equal(result.code, 3);
    assert.equal(result.outputs['decision'], 'unknown');
    assert.match(
      result.stdout,
      /Cannot roll the fleet: .*reached no server.*then run again \(nothing was sent\)/,
    );
    assert.doesNotMatch(result.stdout, /sent once/);
  });

  test('stopped before the call it says that nothing was sent, after it that a second one would roll again', async () => {
    const plane = await start({ fault: { kind: 'hang' } });
    const stopWhen = (isTime: () => boolean) => (child: ChildProcess) => {
      const timer = setInterval(() => {
        if (!isTime()) return;
        clearInterval(timer);
        child.kill('SIGTERM');
      }, 5);
      child.once('exit', () => clearInterval(timer));
    };
    const call = (args: string[], isTime: () => boolean) =>
      runScript('prod-auto-deploy', ['rollout', '--sha', ours, ...args], {
        env: {
          ...jobEnvironment(forge, { token }),
          DEPLOY_CP_URL: plane.url,
          DEPLOY_ADMIN_TOKEN: 'admin-token-1',
        },
        runner: true,
        onStart: stopWhen(isTime),
      });
    const sent = await call(['--tenant', 'a=https://a.invalid'], () => plane.requests.length > 0);
    assert.equal(sent.code, 143, sent.stdout);
    assert.equal(sent.outputs['decision'], 'unknown');
    assert.equal(sent.outputs['proceed'], 'false');
    assert.match(sent.stdout, /the rollout was sent, or on its way, and whether it acted is not known/);
    assert.match(sent.stdout, /^next: node vendor\/prod-auto-deploy\.mjs verify --wait 0s .*a\.invalid/m);
    assert.doesNotMatch(sent.stdout, /run it again/);
    assert.equal(plane.requests.length, 1);

    const list = await startHanging();
    const early = await call(['--tenants-url', list.url], () => list.asked() > 0);
    await list.close();
    assert.equal(early.code, 143, early.stdout);
    assert.match(early.stdout, /stopped it half way: nothing was sent; run it again/);
    assert.equal(plane.requests.length, 1);
  });

  test('no results where tenants are listed is a failure', async () => {
    const plane = await start({ body: { ok: true, results: [] } });
    const result = await run(plane, [], ours, { DEPLOY_TENANTS: 'a=https://a.example' });
    assert.equal(result.code, 1);
  });

  test('a list that is named and empty is no fleet: nothing is sent, and plan says so too', async () => {
    const plane = await start({ body: { ok: true, results: [] } });
    const folder = mkdtempSync(join(tmpdir(), 'tenants-'));
    try {
      const file = join(folder, 'tenants.json');
      writeFileSync(file, '[]');
      const result = await run(plane, ['--tenants-file', file]);
      assert.equal(result.code, 3, result.stdout);
      assert.match(result.stdout, /the tenant list is empty/);
      assert.equal(plane.requests.length, 0);
      const env = jobEnvironment(forge, { token, sha: ours });
      const more = { DEPLOY_CP_URL: plane.url, DEPLOY_ADMIN_TOKEN: 'secret-1', DEPLOY_TENANTS_FILE: file };
      assert.equal((await runScript('prod-auto-deploy', ['plan'], { env: { ...env, ...more } })).code, 3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('superseded: nothing is sent', async () => {
    const plane = await start({ body: { ok: true, results: [healthy] } });
    const result = await run(plane, [], older);
    assert.equal(result.code, 0);
    assert.equal(result.outputs['decision'], 'superseded');
    assert.equal(plane.requests.length, 0);
  });

  test('plan names all that is missing at once, and what it would do', async () => {
    const env = jobEnvironment(forge, { token, sha: ours });
    const bare = await runScript('prod-auto-deploy', ['plan'], { env, runner: true });
    assert.equal(bare.code, 2);
    assert.match(bare.stdout, /DEPLOY_CP_URL.*DEPLOY_ADMIN_TOKEN.*DEPLOY_TENANTS/);
    const full = {
      ...env,
      DEPLOY_CP_URL: 'https://cp.example',
      DEPLOY_ADMIN_TOKEN: 'secret-1',
      DEPLOY_TENANTS: 'a=https://a.example b=https://b.example',
    };
    const ready = await runScript('prod-auto-deploy', ['plan'], { env: full, runner: true });
    assert.equal(ready.code, 0, ready.stdout);
    assert.deepEqual(
      ['decision', 'enabled', 'tenants', 'superseded', 'target_tag'].map((name) => ready.outputs[name]),
      ['ready', 'true', '2', 'false', `staging-${ours.slice(0, 7)}`],
    );
    for (const [value, code] of [
      ['true', 1],
      ['0', 1],
      ['False', 0],
      [' ', 0],
    ] as const) {
      const env = { ...full, DEPLOY_DISABLED: value };
      const result = await runScript('prod-auto-deploy', ['plan'], { env, runner: true });
      assert.deepEqual([result.code, result.outputs['enabled']], [code, String(code === 0)], value);
    }
    const folder = mkdtempSync(join(tmpdir(), 'events-'));
    for (const [index, origin] of [null, { full_name: 'mallory/app' }].entries()) {
      const file = join(folder, `${index}.json`);
      writeFileSync(file, JSON.stringify({ workflow_run: { head_sha: ours, head_repository: origin } }));
      const fork = await runScript('prod-auto-deploy', ['plan'], {
        env: { ...full, GITHUB_EVENT_NAME: 'workflow_run', GITHUB_EVENT_PATH: file },
        runner: true,
      });
      assert.deepEqual([fork.code, fork.outputs['decision']], [1, 'disabled'], fork.stdout);
      assert.match(fork.stdout, /::error::Cannot accept this workflow_run/);
    }
    rmSync(folder, { recursive: true });
  });
});

/** A server that takes calls and never answers. */
async function startHanging() {
  let calls = 0;
  const server = createServer(() => void calls++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked: () => calls,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
