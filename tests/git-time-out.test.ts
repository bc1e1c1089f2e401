// git hands the network to a helper of its own, which outlives a git that is killed, and holds its pipes.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runScript } from './support/run-script.mjs';
import { withoutGit } from './support/tools.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'git-time-out-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** A git server that takes requests and never answers. */
async function startSilent() {
  const server = createServer(() => undefined);
  const open = new Set<object>();
  const seen: string[] = [];
  server.on('request', (request) => seen.push(request.url ?? ''));
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  /** Until nobody is connected any more. */
  const left = async (): Promise<void> => {
    for (let looks = 0; open.size > 0 && looks < 1000; looks++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(open.size, 0, 'somebody goes on asking');
  };
  const close = (): void => void (server.close(), server.closeAllConnections());
  return { url, seen, left, close };
}

const call = (url: string, more: Record<string, string>, onStart?: (stop: () => void) => void) =>
  runScript(
    'cascade',
    [
      '--version',
      '1',
      '--transport',
      'git',
      '--git-url',
      `${url}/{repo}.git`,
      '--author',
      'A <a@b.example>',
      '--target',
      'acme/a',
    ],
    {
      env: { TMPDIR: scratch, ...more },
      runner: true,
      timeoutMs: 20_000,
      ...(onStart === undefined ? {} : { onStart: (child) => onStart(() => void child.kill('SIGTERM')) }),
    },
  );

test(
  'a git server that never answers is given up when the time is over, and nobody goes on asking',
  { skip: withoutGit },
  async () => {
    const server = await startSilent();
    const result = await call(server.url, { SWITCHYARD_HTTP_DEADLINE_MS: '500' });
    assert.equal(result.code, 1, `${result.signal} ${result.stdout}${result.stderr}`);
    assert.match(result.stdout, /git clone: it did not end within 500 ms/);
    assert.ok(result.ms < 10_000, `${result.ms} ms`);
    await server.left();
    assert.deepEqual(readdirSync(scratch), []);
    server.close();
  },
);

test('told to stop, it leaves no git behind that asks for ever', { skip: withoutGit }, async () => {
  const server = await startSilent();
  const result = await call(server.url, { SWITCHYARD_HTTP_DEADLINE_MS: '2000' }, async (stop) => {
    while (server.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    stop();
  });
  assert.equal(result.code, 143, result.stdout);
  await server.left();
  assert.deepEqual(readdirSync(scratch), []);
  server.close();
});
