// What the embedded forge does beyond single answers: faults, rights, armed merges, real git, and the other servers.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { startDelayProxy } from './support/delay-proxy.mjs';
import { JOB_TOKEN, startForge } from './support/forge/forge.mjs';
import type { Fault, Forge, ForgeOptions } from './support/forge/forge.mjs';
import { openPull } from './support/forge/pulls.mjs';
import { parseOutputs, runScript } from './support/run-script.mjs';
import { startControlPlane, startTenants } from './support/tenants.mjs';
import { withoutGit } from './support/tools.mjs';

const TOKEN = '0123456789abcdef0123456789abcdef01234567';
const run = promisify(execFile);

async function open(t: TestContext, options: Partial<ForgeOptions> = {}) {
  const forge = await startForge({
    flavour: 'gitea-1.22.6',
    tokens: { [TOKEN]: { user: 'ada' } },
    ...options,
  });
  t.after(() => forge.close());
  forge.user('ada', { admin: true });
  const repo = forge.repo('acme/app');
  const sha = repo.pushCommit({ branch: 'main', message: 'first', files: { 'README.md': '# app\n' } });
  return { forge, repo, sha };
}

async function ask(
  forge: Forge,
  call: string,
  { body, authorization = `token ${TOKEN}` }: { body?: unknown; authorization?: string } = {},
) {
  const [method = 'GET', path = ''] = call.split(' ');
  const response = await fetch(forge.apiUrl + path, {
    method,
    redirect: 'manual',
    headers: authorization === '' ? {} : { authorization },
    signal: AbortSignal.timeout(1000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: () => JSON.parse(text) };
}

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'forge-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('faults', () => {
  const COMMITS = 'GET /repos/acme/app/commits';
  const broken = /fetch failed|terminated|aborted|timeout|JSON|incorrect header|unexpected end/i;
  const rows: [says: string, fault: Fault, check: (result: Awaited<ReturnType<typeof ask>>) => void][] = [
    [
      'another status',
      { kind: 'answer', status: 503, headers: { 'retry-after': '1' }, body: { message: 'busy' } },
      (r) => {
        assert.equal(r.status, 503);
        assert.equal(r.headers.get('retry-after'), '1');
        assert.equal(r.body().message, 'busy');
      },
    ],
    [
      'a page of a proxy',
      { kind: 'html-502' },
      (r) => {
        assert.equal(r.status, 502);
        assert.match(r.text, /<html>/);
      },
    ],
    [
      'a page to sign in',
      { kind: 'html-200' },
      (r) => {
        assert.equal(r.status, 200);
        assert.match(r.text, /<form/);
      },
    ],
    ['another shape', { kind: 'wrong-shape' }, (r) => assert.deepEqual(r.body(), {})],
    ['null', { kind: 'wrong-shape', shape: 'null' }, (r) => assert.equal(r.body(), null)],
    ['rows without fields', { kind: 'wrong-shape', shape: 'rows' }, (r) => assert.deepEqual(r.body(), [{}])],
    [
      'a page that is missing',
      { kind: 'drop-page' },
      (r) => {
        assert.deepEqual(r.body(), []);
        assert.equal(r.headers.get('x-total-count'), '1');
      },
    ],
    ['the token, echoed', { kind: 'echo-authorization' }, (r) => assert.ok(r.body().message.includes(TOKEN))],
    ['too much', { kind: 'huge', bytes: 100_000 }, (r) => assert.ok(r.text.length > 100_000)],
  ];
  for (const [says, fault, check] of rows) {
    it(`can be ${says}`, async (t) => {
      const { forge } = await open(t);
      forge.setFault((request) => (request.call === COMMITS ? fault : null));
      check(await ask(forge, COMMITS));
      forge.setFault(null);
      assert.equal((await ask(forge, COMMITS)).status, 200);
    });
  }

  for (const kind of ['reset', 'reset-half', 'hang', 'truncated', 'gzip-broken', 'slow-body'] as const) {
    it(`can be ${kind}`, async (t) => {
      const { forge } = await open(t);
      forge.setFault(() => ({ kind }));
      await assert.rejects(
        async () => (await ask(forge, COMMITS)).body(),
        (error: Error) => broken.test(String(error.cause ?? error) + String(error)),
      );
    });
  }

  it('can take no notice of a filter', async (t) => {
    const { forge, repo, sha } = await open(t, { flavour: 'gitea-1.25.4' });
    repo.addRun({ file: 'ci.yml', sha });
    const call = `GET /repos/acme/app/actions/runs?head_sha=${'a'.repeat(40)}`;
    assert.equal((await ask(forge, call)).body().total_count, 0);
    forge.setFault(() => ({ kind: 'ignore-filter' }));
    assert.equal((await ask(forge, call)).body().total_count, 1);
  });

  for (const then of ['reset', 502] as const) {
    it(`can come after the write: ${then}`, async (t) => {
      const { forge, repo } = await open(t);
      forge.setFault(() => ({ kind: 'after-write', then }));
      const write = ask(forge, 'POST /repos/acme/app/contents/pin', {
        body: { content: 'MQo=', message: 'pin' },
      });
      if (then === 'reset') await assert.rejects(write);
      else assert.equal((await write).status, then);
      assert.equal(repo.readFile(repo.branches.get('main') ?? '', 'pin')?.toString(), '1\n');
    });
  }

  it('leave a request that no route knows in sight', async (t) => {
    const { forge } = await open(t);
    assert.equal((await ask(forge, 'GET /repos/acme/app/nonsense')).text, '404 page not found\n');
    assert.deepEqual(
      forge.unexpected.map((request) => request.call),
      ['GET /repos/acme/app/nonsense'],
    );
  });
});

describe('rights on Gitea', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  const forms: [authorization: string, status: number][] = [
    [`token ${TOKEN}`, 200],
    [`Bearer ${TOKEN}`, 200],
    [`bearer ${TOKEN}`, 200],
    [`Token ${TOKEN}`, 401],
    [basic(`anybody:${TOKEN}`), 200],
    [basic(`${TOKEN}:x-oauth-basic`), 200],
    [basic('ada:wrong'), 401],
    ['', 401],
  ];
  for (const [authorization, status] of forms) {
    it(`answers ${status} to "${authorization.slice(0, 12)}…"`, async (t) => {
      const { forge } = await open(t);
      assert.equal((await ask(forge, 'GET /user', { authorization })).status, status);
    });
  }

  it('keeps the words of a server fault from all but administrators', async (t) => {
    const { forge } = await open(t, { tokens: { [TOKEN]: { user: 'ada' }, b: { user: 'bob' } } });
    const call = `GET /repos/acme/app/commits?sha=${'a'.repeat(40)}`;
    assert.match((await ask(forge, call)).body().message, /^object does not exist/);
    assert.equal((await ask(forge, call, { authorization: 'token b' })).body().message, '');
  });

  it('sends a renamed repository on with 307, GitHub with 301', async (t) => {
    for (const [flavour, status] of [
      ['gitea-1.22.6', 307],
      ['github', 301],
    ] as const) {
      const { forge, repo } = await open(t, { flavour });
      forge.world.rename(repo, 'acme/new');
      const answer = await ask(forge, 'GET /repos/acme/app/branches/main');
      assert.equal(answer.status, status);
      const next = new URL(answer.headers.get('location') ?? '', forge.url);
      const followed = await ask(forge, `GET ${next.href.slice(forge.apiUrl.length)}`);
      assert.equal(followed.body().name, 'main');
    }
  });

  it('serves GitHub Enterprise below /api/v3', async (t) => {
    const { forge } = await open(t, { flavour: 'github', enterprise: true });
    assert.equal(new URL(forge.apiUrl).pathname, '/api/v3');
    assert.equal((await ask(forge, 'GET /meta')).body().installed_version, '3.17.0');
  });
});

describe('long lists on GitHub', () => {
  it('compares with 250 commits and 300 files at most, and pages the record of pushes by cursor', async (t) => {
    const { forge, repo, sha } = await open(t, { flavour: 'github' });
    repo.setBranch('long', sha);
    for (let i = 0; i < 260; i++)
      repo.commit({ branch: 'long', message: `${i}`, files: { [`f/${i}`]: '', [`g/${i}`]: '' } });
    const whole = (await ask(forge, 'GET /repos/acme/app/compare/main...long')).body();
    assert.deepEqual([whole.ahead_by, whole.commits.length, whole.files.length], [260, 250, 300]);
    const small = (await ask(forge, 'GET /repos/acme/app/compare/main...long?per_page=1&page=2')).body();
    assert.deepEqual([small.ahead_by, small.commits.length, small.files], [260, 1, undefined]);

    for (let i = 0; i < 5; i++) repo.pushCommit({ branch: 'main', message: `push ${i}` });
    const seen: string[] = [];
    let next: string | undefined = '/repos/acme/app/activity?ref=main&per_page=2';
    while (next) {
      const page = await ask(forge, `GET ${next}`);
      seen.push(...page.body().map((push: { after: string }) => push.after));
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]?.slice(forge.apiUrl.length);
    }
    assert.deepEqual(seen, repo.pushes.map((push) => push.after).reverse());
  });
});

describe('armed merges', () => {
  it('wait on Gitea for the checks', async (t) => {
    const { forge, repo, sha } = await open(t);
    const head = repo.pushCommit({ branch: 'staging', files: { a: '1\n' }, parents: [sha] });
    repo.protect('main', { contexts: ['CI / e2e (push)'], push: false });
    openPull(repo, { title: 'Promote', head: 'staging', base: 'main' });
    const merge = (body: object) =>
      ask(forge, 'POST /repos/acme/app/pulls/1/merge', { body: { Do: 'merge', ...body } });
    assert.match((await merge({})).text, /Not all required status checks successful/);
    assert.equal((await merge({ merge_when_checks_succeed: true })).status, 201);
    assert.equal((await merge({ merge_when_checks_succeed: true })).status, 409);
    repo.setStatus(head, { context: 'CI / e2e (push)', status: 'failure' });
    assert.equal((await ask(forge, 'GET /repos/acme/app/pulls/1/merge')).status, 404);
    repo.setStatus(head, { context: 'CI / e2e (push)', status: 'success' });
    assert.equal((await ask(forge, 'GET /repos/acme/app/pulls/1/merge')).status, 204);
    assert.deepEqual(repo.commitOf(repo.branches.get('main') ?? '').parents, [sha, head]);
    assert.equal(repo.pushes[repo.pushes.length - 1]?.by, 'ada');
  });

  it('are armed on GitHub by GraphQL, by the head that was meant', async (t) => {
    const { forge, repo, sha } = await open(t, { flavour: 'github' });
    const head = repo.pushCommit({ branch: 'staging', files: { a: '1\n' }, parents: [sha] });
    openPull(repo, { title: 'Promote', head: 'staging', base: 'main' });
    const { node_id: id } = (await ask(forge, 'GET /repos/acme/app/pulls/1')).body();
    const query =
      'mutation($input: EnablePullRequestAutoMergeInput!) { enablePullRequestAutoMerge(input: $input) { pullRequest { id } } }';
    const arm = async (expectedHeadOid: string) =>
      (
        await ask(forge, 'POST /graphql', {
          body: { query, variables: { input: { pullRequestId: id, mergeMethod: 'MERGE', expectedHeadOid } } },
        })
      ).body();
    assert.match((await arm(head)).errors[0].message, /clean status/);
    repo.protect('main', { contexts: ['e2e'] });
    assert.match((await arm(sha)).errors[0].message, /expected head sha/);
    assert.equal(
      (await arm(head)).data.enablePullRequestAutoMerge.pullRequest.autoMergeRequest.mergeMethod,
      'MERGE',
    );
    assert.equal((await ask(forge, 'GET /repos/acme/app/pulls/1')).body().auto_merge.merge_method, 'merge');
    const looked = await ask(forge, 'POST /graphql', {
      body: {
        query:
          'query { repository(owner: "acme", name: "app") { pullRequest(number: 1) { mergeStateStatus } } }',
      },
    });
    assert.equal(looked.body().data.repository.pullRequest.mergeStateStatus, 'BLOCKED');
    const disarm = {
      query: `mutation { disablePullRequestAutoMerge(input: {pullRequestId: "${id}"}) { clientMutationId } }`,
    };
    assert.equal((await ask(forge, 'POST /graphql', { body: disarm })).body().errors, undefined);
    await arm(head);
    repo.addRun({ file: 'e2e.yml', sha: head, branch: 'staging', jobs: [{ name: 'e2e' }] });
    assert.equal((await ask(forge, 'GET /repos/acme/app/pulls/1')).body().merged, true);
  });
});

describe('a repository in a folder', { skip: withoutGit }, () => {
  const env = (home: string) => ({
    PATH: process.env['PATH'],
    HOME: home,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
  });
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.c'];

  it('has the SHAs that git gives, and passes its check', async (t) => {
    const folder = makeFolder(t);
    const { repo } = await open(t);
    for (const files of [
      { 'a/b/c.txt': 'x', 'a.txt': 'y', 'a-b': 'z' },
      { 'a/b/c.txt': null },
      { 'tool.sh': { content: '#!/bin/sh\n', mode: '100755' } },
    ]) {
      repo.pushCommit({
        branch: 'main',
        message: 'ünïcode',
        files,
        author: { name: 'Änne', email: 'a@b.c' },
      });
    }
    repo.exportTo(join(folder, 'app.git'));
    const git = async (...args: string[]) =>
      (await run('git', ['--git-dir', join(folder, 'app.git'), ...args], { env: env(folder) })).stdout;
    assert.equal((await git('rev-parse', 'main')).trim(), repo.branches.get('main'));
    await git('fsck', '--full', '--strict');
    assert.deepEqual((await git('ls-tree', '-r', '--name-only', 'main')).trim().split('\n'), [
      'README.md',
      'a-b',
      'a.txt',
      'tool.sh',
    ]);
  });

  it('is cloned and pushed to over HTTP, and what was pushed is in the API', async (t) => {
    const folder = makeFolder(t);
    const { forge } = await open(t, { tokens: { [TOKEN]: { user: 'ada' }, job: { jobOf: 'acme/tool' } } });
    const repo = forge.repo('acme/tool', { git: join(folder, 'tool.git') });
    repo.pushCommit({ branch: 'main', files: { 'README.md': 'x\n' } });
    const clone = join(folder, 'clone');
    const git = (...args: string[]) => run('git', ['-C', clone, ...identity, ...args], { env: env(folder) });
    const as = (token: string) => `${forge.url.replace('//', `//x:${token}@`)}/acme/tool.git`;
    await run('git', ['clone', '-q', as(TOKEN), clone], { env: env(folder) });
    await git('commit', '-q', '--allow-empty', '-m', 'by git');
    await git('push', '-q', 'origin', 'HEAD:main');
    assert.equal((await ask(forge, 'GET /repos/acme/tool/branches/main')).body().commit.message, 'by git\n');
    await git('commit', '-q', '--allow-empty', '-m', 'by the job');
    await git('push', '-q', as('job'), 'HEAD:refs/heads/side');
    assert.deepEqual(
      repo.pushes.map((push) => `${push.kind} ${push.branch} ${push.by}`),
      ['branch_creation main ada', 'push main ada', `branch_creation side ${JOB_TOKEN}`],
    );
    repo.protect('main');
    await assert.rejects(
      git('push', '-q', 'origin', 'HEAD:main'),
      /Not allowed to push to protected branch main/,
    );
    await assert.rejects(
      git('push', '-q', as('nobody'), 'HEAD:side'),
      /Authentication failed|could not read/,
    );
  });
});

describe('tenants and the control plane', () => {
  it('answer as they are told, and count connections', async (t) => {
    const { list, tenants, close } = await startTenants([
      { slug: 'a', sha: 'abc1234' },
      { slug: 'b', mode: 'html' },
      { slug: 'c', mode: 'refuse' },
      { slug: 'd', mode: 'status-503' },
    ]);
    t.after(close);
    const look = (url: string) =>
      fetch(`${url}/buildinfo`).then(
        async (r) => `${r.status} ${(await r.text()).slice(0, 9)}`,
        () => 'refused',
      );
    assert.deepEqual(await Promise.all(list.map(({ url }) => look(url))), [
      '200 {"git_sha',
      '200 <!DOCTYPE',
      'refused',
      '503 {"git_sha',
    ]);
    const plane = await startControlPlane({ token: 'secret', tenants });
    t.after(plane.close);
    const post = (token: string) =>
      fetch(`${plane.url}/cp/admin/tenants/redeploy-fleet`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: '{"target_tag":"staging-def5678"}',
      });
    assert.equal((await post('wrong')).status, 401);
    const { ok, results } = (await (await post('secret')).json()) as { ok: boolean; results: unknown[] };
    assert.deepEqual([ok, results.length, tenants.get('a')?.sha], [true, 4, 'def5678']);
    assert.ok((tenants.get('a')?.connections ?? 0) >= 1);
  });
});

describe('the delaying proxy', () => {
  it('makes every answer a round trip late', async (t) => {
    const { forge } = await open(t);
    const proxy = await startDelayProxy({ target: forge.url, roundTripMs: 40 });
    t.after(proxy.close);
    const started = performance.now();
    assert.equal((await fetch(`${proxy.url}/api/v1/version`)).status, 200);
    assert.ok(performance.now() - started >= 78, 'connecting is one round trip, asking another');
  });

  it('lets an answer through whole whose server closes behind it, with a body and without', async (t) => {
    const server = createServer((_, response) => {
      response.setHeader('connection', 'close');
      response.setHeader('content-length', '5');
      response.end('whole');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    t.after(() => server.close());
    const { port } = server.address() as { port: number };
    const proxy = await startDelayProxy({ target: `http://127.0.0.1:${port}`, roundTripMs: 20 });
    t.after(proxy.close);
    const head = await fetch(proxy.url, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, '5']);
    assert.equal(await (await fetch(proxy.url)).text(), 'whole');
  });
});

describe('runScript', () => {
  it('gives a script a clean environment, and reads back what it left', async (t) => {
    const bundleDir = makeFolder(t);
    const text = `import { appendFileSync } from 'node:fs';
      appendFileSync(process.env.GITHUB_OUTPUT, 'a=1\\nb<<EOF\\nx\\ny=2\\nEOF\\n');
      appendFileSync(process.env.GITHUB_STEP_SUMMARY, 'sum');
      console.log(JSON.stringify(Object.keys(process.env).filter((key) => key !== 'NODE_V8_COVERAGE').sort()));
      process.exitCode = 3;`;
    writeFileSync(join(bundleDir, 'tool.mjs'), text);
    const result = await runScript('tool', ['--json'], {
      bundleDir,
      runner: true,
      env: { X: '1', Y: undefined },
    });
    assert.deepEqual(result.record, ['GITHUB_ACTIONS', 'GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'PATH', 'X']);
    assert.deepEqual([result.code, result.outputs, result.summary], [3, { a: '1', b: 'x\ny=2' }, 'sum']);
    assert.throws(() => parseOutputs('a<<EOF\nx\n'), /no line "EOF"/);
    await assert.rejects(runScript('nope', [], { bundleDir }), /is not there/);
  });

  it('kills a script that does not end', async (t) => {
    const bundleDir = makeFolder(t);
    writeFileSync(join(bundleDir, 'tool.mjs'), 'setInterval(() => {}, 1000);');
    assert.equal((await runScript('tool', [], { bundleDir, timeoutMs: 300 })).signal, 'SIGKILL');
  });
});
