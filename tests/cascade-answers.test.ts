// Writes that a server refuses without doing them, in ways of its own.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { runScript } from './support/run-script.mjs';

const file = '.runtime-version';
const commit = 'c'.repeat(40);
type Answer = readonly [status: number, headers?: Record<string, string>];

describe('cascade and a write that is not done', async () => {
  let answers: Answer[] = [];
  let held = '0.1.6\n';
  let writes: number[] = [];
  /** One file of one repository; what stands in `answers` comes first, and then nothing is written. */
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const send = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(value));
      };
      if (request.url === '/user') return send(200, { login: 'ada', id: 1 });
      const content = Buffer.from(held);
      const sha = content.toString('hex').padEnd(40, '0').slice(0, 40);
      const row = { type: 'file', path: file, encoding: 'base64', size: content.length, sha };
      if (request.method === 'GET') return send(200, { ...row, content: content.toString('base64') });
      writes.push(Date.now());
      const [status, headers] = answers.shift() ?? [];
      if (status !== undefined) return send(status, { message: 'not now' }, headers);
      const given = JSON.parse(body) as { content: string; sha: string };
      assert.equal(given.sha, sha);
      held = Buffer.from(given.content, 'base64').toString();
      return send(200, { commit: { sha: commit } });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  server.unref();
  after(() => server.close());
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const forge = { apiUrl, options: { flavour: 'github' } };
  const run = (then: Answer[]) => {
    [answers, held, writes] = [then, '0.1.6\n', []];
    const args = ['--version', '0.1.7', '--target', 'acme/a', '--write-interval', '0s'];
    return runScript('cascade', args, {
      env: jobEnvironment(forge, { token: 't'.repeat(20) }),
      runner: true,
    });
  };

  test('is sent again no earlier than the server asks', async () => {
    const result = await run([[503, { 'retry-after': '1' }]]);
    assert.match(result.stdout, new RegExp(`^acme/a: updated ${commit} `, 'm'));
    assert.equal(writes.length, 2);
    assert.ok(writes[1]! - writes[0]! >= 990, `${writes[1]! - writes[0]!} ms`);
  });

  test('is not sent again where the server asks to stay away longer than a run may wait', async () => {
    const result = await run([[503, { 'retry-after': '3600' }]]);
    assert.equal(result.code, 1, result.stdout);
    assert.match(result.stdout, /^acme\/a: failed error .*; come back in 60 min, at \d/m);
    assert.equal(writes.length, 1);
    assert.equal(held, '0.1.6\n');
  });

  test('is sent again after a 408, as a server that had no time for it says', async () => {
    const result = await run([[408]]);
    assert.match(result.stdout, /^cascade: complete: 1 updated, 0 unchanged$/m);
    assert.equal(writes.length, 2);
  });
});
