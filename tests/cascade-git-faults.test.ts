// What a git server's network does to a cascade by git: faults that pass, that stay, and a rate limit.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';
import { withoutGit } from './support/tools.mjs';

const file = '.runtime-version';
type Fault = 'reset' | number;

describe('cascade by git through a network that fails', { skip: withoutGit }, async () => {
  const root = mkdtempSync(join(tmpdir(), 'cascade-git-faults-'));
  const scratch = join(root, 'tmp');
  mkdirSync(scratch);
  const forge = await startForge({ flavour: 'gitea-1.22.6' });
  forge.user('ada', { admin: true });
  const repos = ['one', 'two'].map((name) => {
    const repo = forge.repo(`acme/${name}`, { git: join(root, `${name}.git`) });
    repo.pushCommit({ branch: 'main', message: 'first', files: { [file]: '0.1.6\n' }, by: 'ada' });
    return repo;
  });
  let faults: { at: RegExp; left: number; fault: Fault } | null = null;
  let pushes = 0;
  const proxy = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const call = `${request.method} ${request.url}`;
      if (/POST .*one\.git\/git-receive-pack/.test(call)) pushes++;
      if (faults !== null && faults.at.test(call) && faults.left-- > 0) {
        if (faults.fault === 'reset') return void request.socket.destroy();
        response.writeHead(faults.fault, { 'content-type': 'text/plain' });
        return void response.end('no');
      }
      const { hostname, port } = new URL(forge.url);
      const { method, url: path, headers } = request;
      const onward = send({ hostname, port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      onward.end(Buffer.concat(parts));
    });
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  after(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await forge.close();
    rmSync(root, { recursive: true, force: true });
  });
  const env = {
    ...jobEnvironment(forge, { token: forge.addToken({ user: 'ada' }), repo: 'acme/runtime' }),
    GITHUB_SERVER_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    TMPDIR: scratch,
  };
  let runs = 0;
  const run = async (at: RegExp, fault: Fault, left: number) => {
    [faults, pushes] = [{ at, left, fault }, 0];
    const args = ['--version', `0.2.${++runs}`, '--target', 'acme/one', '--target', 'acme/two'];
    const how = ['--transport', 'git', '--concurrency', '1'];
    const result = await runScript('cascade', [...args, ...how], { env, runner: true });
    assert.deepEqual(readdirSync(scratch), [], 'no clone is left');
    const held = repos.map((repo) =>
      repo
        .readFile(repo.branches.get('main') ?? '', file)
        ?.toString()
        .trim(),
    );
    return { ...result, held: held.map((version) => version === `0.2.${runs}`) };
  };
  const clone = /one\.git\/info\/refs\?service=git-upload-pack/;
  const push = /POST .*one\.git\/git-receive-pack/;

  for (const fault of ['reset', 500, 429] as const) {
    test(`a clone that meets ${fault} twice is made at the third attempt`, async () => {
      const result = await run(clone, fault, 2);
      assert.match(result.stdout, /^cascade: complete: 2 updated, 0 unchanged$/m);
      assert.deepEqual(result.held, [true, true]);
    });
  }

  test('a clone that meets 500 each time fails, and stops no other', async () => {
    const result = await run(clone, 500, 100);
    assert.match(result.stdout, /^acme\/one: failed error .*returned error: 500/m);
    assert.deepEqual(result.held, [false, true]);
    assert.equal(faults?.left, 96, 'four attempts');
  });

  test('what the server refuses for good is asked for once', async () => {
    const result = await run(clone, 403, 100);
    assert.match(result.stdout, /^acme\/one: failed forbidden /m);
    assert.equal(faults?.left, 99);
  });

  for (const [name, at] of [
    ['clone', clone],
    ['push', push],
  ] as const) {
    test(`a rate limit at each ${name} is no failure of the target: it and the rest are not attempted`, async () => {
      const result = await run(at, 429, 100);
      assert.equal(result.outputs['not_attempted'], '["acme/one","acme/two"]', result.stdout);
      assert.equal(result.outputs['failed'], '[]');
      assert.equal(result.code, 1);
      assert.deepEqual(result.held, [false, false]);
      assert.equal(pushes, name === 'push' ? 3 : 0);
    });
  }
});
