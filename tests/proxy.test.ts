// Behind a proxy: what the README says of Node's own NODE_USE_ENV_PROXY.
import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startPromoteWorld } from './support/promote-world.mjs';
import { runScript } from './support/run-script.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const knows = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);

/** A proxy that reaches one server alone, whatever host it is asked for, and keeps what it was asked. */
async function startProxy(target: URL) {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  // Node 26 sends plain http to the proxy whole, Node before it through a tunnel.
  const server = createServer((incoming, response) => {
    const { host, pathname, search } = new URL(incoming.url ?? '');
    asked.push(host);
    const { method, headers } = incoming;
    const outgoing = request(new URL(pathname + search, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  });
  server.on('connect', ({ url = '' }, client: Socket) => {
    asked.push(url.replace(/:80$/, ''));
    const upstream = connect(Number(target.port), target.hostname, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

test('a forge that only a proxy reaches is reached if Node is told to use it and knows how, else it is not', async (t) => {
  const { forge, token } = await startPromoteWorld('gitea-1.25.4');
  const proxy = await startProxy(new URL(forge.url));
  t.after(async () => {
    await proxy.close();
    await forge.close();
  });
  const ask = (more: Record<string, string>) =>
    runScript('auto-promote', ['--workflow', 'ci.yml', '--insecure'], {
      env: {
        ...jobEnvironment(forge, { token, branch: 'staging' }),
        SWITCHYARD_API_URL: 'http://forge.invalid/api/v1',
        HTTP_PROXY: proxy.url,
        ...more,
      },
      runner: true,
    });
  const through = await ask({ NODE_USE_ENV_PROXY: '1' });
  const expected = knows ? [0, 'disabled'] : [3, 'unknown'];
  assert.deepEqual([through.code, through.outputs['decision']], expected, through.stdout);
  assert.equal(proxy.asked.length > 0, knows);
  if (!knows) assert.match(through.stdout, /reached no server at http:\/\/forge\.invalid \(E/);
  for (const host of proxy.asked) assert.equal(host, 'forge.invalid');
  const count = proxy.asked.length;
  for (const more of [{}, { NODE_USE_ENV_PROXY: '1', NO_PROXY: 'forge.invalid' }]) {
    const direct = await ask(more);
    assert.deepEqual([direct.code, direct.outputs['decision']], [3, 'unknown'], direct.stdout);
    assert.equal(proxy.asked.length, count);
  }
  // That the proxy works at all: else an older Node that used it would not be seen either.
  const { port } = new URL(proxy.url);
  const answer = await new Promise<number | undefined>((done, fail) => {
    request({ host: '127.0.0.1', port, path: 'http://forge.invalid/api/v1/version' }, (response) => {
      response.resume();
      done(response.statusCode);
    })
      .on('error', fail)
      .end();
  });
  assert.equal(answer, 200);
  assert.equal(proxy.asked.length, count + 1);
});
