import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { sleepInParts, systemClock, type Clock } from '../lib/clock.ts';
import { createHttp, HttpFault, type HttpCall } from '../lib/http.ts';
import { describeFailure } from '../lib/http-fault.ts';
import { backoff, isPassing, isRateLimit, readRetryDelay } from '../lib/http-retry.ts';
import { assertSafeUrl, isLoopback } from '../lib/http-url.ts';
import { createRedactor } from '../lib/redact.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const servers: Server[] = [];
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on loopback that notes what it was asked. */
async function serve(handler: Handler) {
  const seen: { method: string; url: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    request.resume();
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    handler(request, response, seen.length);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { seen, url: `http://127.0.0.1:${port}`, other: `http://localhost:${port}` };
}

/** Time that passes only by sleeping. */
function fakeClock(): Clock & { slept: number[] } {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    async sleep(ms) {
      slept.push(ms);
      now += ms;
    },
  };
}

function client(more: { clock?: Clock; timeoutMs?: number; deadlineMs?: number } = {}) {
  const redactor = createRedactor();
  redactor.hide('secret-token-1');
  const http = createHttp({
    timeoutMs: 2000,
    deadlineMs: 30_000,
    retryMs: 10,
    allowPlainHttp: false,
    agent: 'switchyard-test/1',
    redactor,
    clock: fakeClock(),
    ...more,
  });
  const send = (url: string, call: Partial<HttpCall> = {}) => http.send({ purpose: 'read it', url, ...call });
  return { http, send };
}

const credentials = {
  authorization: 'Bearer secret-token-1',
  cookie: 'a=b',
  'x-gitea-token': 'secret-token-1',
  accept: 'application/json',
};

describe('redirects', () => {
  test('another origin gets no credentials, the same one does', async () => {
    const target = await serve((_, response) => response.end('{}'));
    const hop = await serve((request, response) =>
      request.url === '/near'
        ? response.writeHead(302, { location: '/far' }).end()
        : response.writeHead(307, { location: `${target.url}/x?sig=1` }).end(),
    );
    const answer = await client().send(`${hop.url}/near`, { headers: credentials });
    assert.deepEqual([answer.status, answer.path], [200, '/x']);
    assert.deepEqual(
      hop.seen.map(({ headers }) => headers.authorization),
      ['Bearer secret-token-1', 'Bearer secret-token-1'],
    );
    const { authorization, cookie, accept, 'x-gitea-token': custom } = target.seen[0]?.headers ?? {};
    assert.deepEqual(
      [authorization, cookie, custom, accept],
      [undefined, undefined, undefined, 'application/json'],
    );
  });

  test('credentials do not come back with the way back', async () => {
    const first = await serve((request, response) =>
      request.url === '/1'
        ? response.writeHead(302, { location: `${second.url}/2` }).end()
        : response.end('{}'),
    );
    const second = await serve((_, response) =>
      response.writeHead(302, { location: `${first.url}/3` }).end(),
    );
    await client().send(`${first.url}/1`, { headers: credentials });
    assert.equal(first.seen[1]?.headers.authorization, undefined);
  });

  const writes: [string, number, 'same' | 'other', number | null][] = [
    ['a 307 at the same origin is followed with its body', 307, 'same', 201],
    ['a 308 at the same origin is followed with its body', 308, 'same', 201],
    ['a 302 is not turned into a read', 302, 'same', null],
    ['a 307 to another origin is refused', 307, 'other', null],
  ];
  for (const [name, status, where, expected] of writes) {
    test(`a write: ${name}`, async () => {
      const server = await serve((request, response) => {
        if (request.url === '/final') response.writeHead(201).end('{}');
        else
          response
            .writeHead(status, { location: where === 'same' ? '/final' : `${server.other}/final` })
            .end();
      });
      const sent = client().send(`${server.url}/first`, { method: 'POST', body: '{}', headers: credentials });
      if (expected !== null) assert.equal((await sent).status, expected);
      else await assert.rejects(sent, (error: HttpFault) => error.kind === 'redirect' && error.maybeSent);
      assert.equal(server.seen.length, expected === null ? 1 : 2);
      assert.ok(server.seen.every(({ method }) => method === 'POST'));
    });
  }

  test('a question that is asked by POST goes to no other origin', async () => {
    const target = await serve((_, response) => response.end('{}'));
    const hop = await serve((_, response) => response.writeHead(302, { location: target.url }).end());
    const sent = client().send(`${hop.url}/graphql`, { method: 'POST', body: '{}', reads: true });
    await assert.rejects(sent, (error: HttpFault) => error.kind === 'redirect');
    assert.equal(target.seen.length, 0);
  });

  const refused: [string, string, RegExp][] = [
    ['a loop', '/again', /after 5 redirects/],
    ['plain http of another host', 'http://example.com/', /its target is not https/],
    ['another scheme', 'ftp://127.0.0.1/', /its target is not https/],
  ];
  for (const [name, location, words] of refused) {
    test(`${name} is refused`, async () => {
      const server = await serve((_, response) => response.writeHead(302, { location }).end());
      await assert.rejects(client().send(`${server.url}/again`), words);
    });
  }

  test('one without a target, or with one that is no URL, is handed back', async () => {
    const server = await serve((request, response) =>
      response.writeHead(302, request.url === '/bad' ? { location: 'http://[' } : {}).end('moved'),
    );
    assert.equal((await client().send(`${server.url}/none`)).status, 302);
    assert.equal((await client().send(`${server.url}/bad`)).status, 302);
  });

  test('it is handed back where the caller follows it', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: '/x' }).end());
    assert.equal((await client().send(`${server.url}/`, { keepRedirect: true })).status, 302);
  });
});

describe('attempts', () => {
  const statuses = [408, 429, 500, 502, 503, 504] as const;
  for (const status of statuses) {
    test(`a read that meets ${status} twice is answered at the third attempt`, async () => {
      const server = await serve((_, response, count) =>
        response.writeHead(count < 3 ? status : 200).end('{}'),
      );
      const clock = fakeClock();
      assert.equal((await client({ clock }).send(`${server.url}/`)).status, 200);
      assert.equal(server.seen.length, 3);
      const [first = 0, second = 0] = clock.slept;
      assert.ok(first >= 10 && first <= 12.5 && second >= 20 && second <= 25, String(clock.slept));
    });
  }

  for (const status of [400, 401, 403, 404, 409, 422, 501]) {
    test(`${status} is an answer at once`, async () => {
      const server = await serve((_, response) => response.writeHead(status).end('no'));
      assert.equal((await client().send(`${server.url}/`)).status, status);
      assert.equal(server.seen.length, 1);
    });
  }

  test('four attempts, and then the last answer', async () => {
    const server = await serve((_, response) => response.writeHead(500).end('boom'));
    assert.equal((await client().send(`${server.url}/`)).status, 500);
    assert.equal(server.seen.length, 4);
  });

  const noRepeat: [string, Partial<HttpCall>, number][] = [
    ['a write that met 500', { method: 'POST', body: '{}' }, 1],
    ['a POST that only reads', { method: 'POST', body: '{}', reads: true }, 4],
    ['an answer that is final', { isFinal: (status, body) => status === 500 && body === 'boom' }, 1],
    ['a call with two attempts', { attempts: 2 }, 2],
  ];
  for (const [name, call, count] of noRepeat) {
    test(`${name} is sent ${count} times`, async () => {
      const server = await serve((_, response) => response.writeHead(500).end('boom'));
      assert.equal((await client().send(`${server.url}/`, call)).status, 500);
      assert.equal(server.seen.length, count);
    });
  }

  test('a write whose connection breaks may have landed, and is not sent again', async () => {
    const server = await serve((request) => request.socket.destroy());
    await assert.rejects(
      client().send(`${server.url}/`, { method: 'PUT', body: 'x' }),
      (error: HttpFault) => error.kind === 'reset' && error.maybeSent,
    );
    assert.equal(server.seen.length, 1);
  });

  test('a write that reached nobody was not sent, and is tried again', async () => {
    const server = await serve(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const clock = fakeClock();
    await assert.rejects(
      client({ clock }).send(`${server.url}/`, { method: 'POST', body: 'x' }),
      (error: HttpFault) =>
        error.kind === 'unreachable' &&
        !error.maybeSent &&
        error.message.includes(`reached no server at ${server.url} (ECONNREFUSED) after 4 attempts; `),
    );
    assert.equal(clock.slept.length, 3);
  });

  test('a rate limit is tried again for writes too: nothing was done', async () => {
    const server = await serve((_, response, count) => response.writeHead(count < 2 ? 429 : 201).end('{}'));
    assert.equal((await client().send(`${server.url}/`, { method: 'POST', body: '{}' })).status, 201);
  });

  test('no whole answer within the time', async () => {
    const server = await serve((_, response) => void response.writeHead(200).write('{'));
    const clock = { now: Date.now, sleep: async () => {} };
    await assert.rejects(
      client({ clock, timeoutMs: 60, deadlineMs: 5000 }).send(`${server.url}/`, { attempts: 2 }),
      (error: HttpFault) => error.kind === 'time-out' && /within 60 ms after 2 attempts/.test(error.message),
    );
  });
});

describe('a server that asks for patience', () => {
  const rows: [string, Record<string, string>, number][] = [
    ['seconds', { 'retry-after': '7' }, 7000],
    ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }, 9000],
    ['a date that is over', { 'retry-after': 'Thu, 01 Jan 2025 00:00:09 GMT' }, 0],
    ['the reset of its limit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1767225605' }, 5000],
  ];
  for (const [name, headers, ms] of rows) {
    test(`gets it: ${name}`, async () => {
      const server = await serve((_, response, count) =>
        count < 2 ? response.writeHead(429, headers).end('slow') : response.end('{}'),
      );
      const clock = fakeClock();
      assert.equal((await client({ clock }).send(`${server.url}/`)).status, 200);
      assert.deepEqual(clock.slept, [ms]);
    });
  }

  const tooLong: [string, Record<string, string>, RegExp][] = [
    ['31 seconds', { 'retry-after': '31' }, /come back in 31 s, at 2026-01-01T00:00:31\.000Z/],
    ['an hour', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1767229200' }, /come back in 60 min/],
    ['an absurd time', { 'retry-after': '9'.repeat(300) }, /come back in some minutes/],
  ];
  for (const [name, headers, words] of tooLong) {
    test(`is not waited for where it does not fit: ${name}`, async () => {
      const server = await serve((_, response) => response.writeHead(403, headers).end('rate limit'));
      const clock = fakeClock();
      await assert.rejects(client({ clock }).send(`${server.url}/`), (error: HttpFault) => {
        assert.match(error.message, words);
        return error.kind === 'rate-limited' && !error.maybeSent;
      });
      assert.deepEqual([server.seen.length, clock.slept.length], [1, 0]);
    });
  }

  test('what it says is read, or is nothing', () => {
    const read = (headers: Record<string, string>, text = '') =>
      readRetryDelay({ headers: new Headers(headers), text }, { now: 0 });
    assert.equal(read({ 'retry-after': '1.5' }), 1500);
    assert.equal(read({ 'retry-after': '-1' }), null);
    assert.equal(read({ 'retry-after': 'soon' }), null);
    assert.equal(read({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '5' }), null);
    assert.equal(read({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'x' }), null);
    assert.equal(read({}, '{"message":"retry-after: 250ms, allowed: 1/s"}'), 250);
    assert.equal(read({}, 'Retry-After: 2 m'), 120_000);
    assert.equal(read({}), null);
  });

  test('nothing that a server sends makes a pause below zero or no number', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('1', '9', '-', '.', 'e', ' ', 'Jan', ':') }), (text) => {
        const headers = new Headers({ 'retry-after': text.trim() });
        const delay = readRetryDelay({ headers, text }, { now: 1e12 });
        assert.ok(delay === null || delay >= 0, String(delay));
      }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const pause = backoff(attempt, 500, random);
          assert.ok(pause >= 500 * 2 ** (attempt - 1) && pause <= 625 * 2 ** (attempt - 1));
        },
      ),
    );
  });

  test('which 403 is a rate limit', () => {
    const limited = (headers: Record<string, string>, body = '', status = 403) =>
      isRateLimit(status, new Headers(headers), body);
    assert.deepEqual(
      [
        limited({}),
        limited({}, '', 429),
        limited({ 'retry-after': '1' }),
        limited({ 'x-ratelimit-remaining': '0' }),
      ],
      [false, true, true, true],
    );
    assert.deepEqual(
      [
        limited({}, 'You have exceeded a secondary rate limit'),
        limited({}, 'abuse detection'),
        limited({}, 'no', 404),
      ],
      [true, true, false],
    );
    assert.deepEqual([200, 401, 404, 501, 408, 503].map(isPassing), [false, false, false, false, true, true]);
  });
});

describe('what comes back', () => {
  test('16 MiB is read, one byte more is not', async () => {
    const size = 16 * 1024 * 1024;
    const server = await serve((request, response) =>
      response.end(Buffer.alloc(request.url === '/more' ? size + 1 : size, 'x')),
    );
    assert.equal((await client({ timeoutMs: 20_000 }).send(`${server.url}/`)).bytes.length, size);
    await assert.rejects(
      client({ timeoutMs: 20_000 }).send(`${server.url}/more`),
      (error: HttpFault) => error.kind === 'too-large' && /more than 16 MiB/.test(error.message),
    );
  });

  test('a body that stops half way is tried again, and is no answer', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a":', () => response.destroy());
    });
    await assert.rejects(client().send(`${server.url}/`), (error: HttpFault) => error.kind === 'reset');
    assert.equal(server.seen.length, 4);
  });

  test('what claims to be packed and is not', async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
    );
    await assert.rejects(client().send(`${server.url}/`), (error: HttpFault) => error.kind === 'undecodable');
  });

  test('a HEAD has no body, whatever its length says', async () => {
    const server = await serve((_, response) => response.writeHead(200, { 'content-length': '9' }).end());
    const answer = await client().send(`${server.url}/`, { method: 'HEAD' });
    assert.deepEqual([answer.status, answer.text], [200, '']);
  });

  test('a call that may take longer than fetch waits gets its answer too', async () => {
    const server = await serve((request, response) => response.end(JSON.stringify(request.headers)));
    const call = { method: 'POST', body: '{}', timeoutMs: 400_000, deadlineMs: 400_000 } as const;
    const answer = await client().send(`${server.url}/`, call);
    assert.equal(JSON.parse(answer.text)['user-agent'], 'switchyard-test/1');
    const gone = await serve((request) => request.socket.destroy());
    await assert.rejects(client().send(`${gone.url}/`, call), (error: HttpFault) => error.maybeSent);
  });

  test('is described by method, path, status and words, without secrets and query', async () => {
    const server = await serve((request, response) =>
      response
        .writeHead(404)
        .end(request.url?.startsWith('/html') ? '<html><title>No</title>' : 'no secret-token-1 here'),
    );
    const { http, send } = client();
    assert.equal(http.describe(await send(`${server.url}/a?b=c`)), 'GET /a answered 404 "no *** here"');
    assert.equal(
      http.describe(await send(`${server.url}/html`)),
      'GET /html answered 404 with an HTML page, "No"',
    );
  });

  test('every second call may ask for a connection of its own', async () => {
    const server = await serve((_, response) => response.end('{}'));
    await client().send(`${server.url}/`, { fresh: true });
    assert.equal(server.seen[0]?.headers.connection, 'close');
  });
});

describe('an attempt that got no answer', () => {
  const failed = (message: string, code?: string): Error =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(message), code ? { code } : {}) });
  const rows: [string, Error, string, boolean, RegExp][] = [
    [
      'a bad certificate',
      failed('self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
      'unreachable',
      false,
      /NODE_EXTRA_CA_CERTS/,
    ],
    ['a host without address', failed('getaddrinfo', 'ENOTFOUND'), 'unreachable', true, /check the URL/],
    ['a port that fetch refuses', failed('bad port'), 'unreachable', false, /check the URL/],
    [
      'a packed body that breaks',
      failed('incorrect header check', 'Z_DATA_ERROR'),
      'undecodable',
      true,
      /a proxy may/,
    ],
    [
      'a connection that was lost',
      failed('other side closed', 'UND_ERR_SOCKET'),
      'reset',
      true,
      /server is well/,
    ],
    [
      'several at once',
      new AggregateError([failed('x', 'ECONNREFUSED')]),
      'unreachable',
      true,
      /check the URL/,
    ],
  ];
  for (const [name, error, kind, passing, mend] of rows) {
    test(`${name}: ${kind}`, () => {
      const failure = describeFailure(error, 'https://one.example', createRedactor());
      assert.deepEqual([failure.kind, failure.passing], [kind, passing]);
      assert.match(failure.mend, mend);
    });
  }
  test('what is thrown and no error is told in its words', () => {
    assert.match(
      describeFailure('odd', 'https://one.example', createRedactor()).found,
      /lost the connection \(odd\)/,
    );
  });
});

describe('which URL may be called', () => {
  const rows: [string, boolean, RegExp | null][] = [
    ['https://host/path', false, null],
    ['http://127.0.0.1:3000', false, null],
    ['http://[::1]:3000', false, null],
    ['http://localhost', false, null],
    ['http://gitea.localhost', false, null],
    ['http://host', true, null],
    ['http://host', false, /it is plain http, where tokens can be read; give https, or --insecure/],
    ['http://127.0.0.1.example.com', false, /plain http/],
    ['http://localhost.example.com', false, /plain http/],
    ['ftp://host', true, /its scheme is not https/],
    ['file:///etc/passwd', true, /its scheme is not https/],
    ['host/path', false, /is no URL/],
    ['', false, /is no URL/],
  ];
  for (const [url, insecure, words] of rows) {
    test(`${url || 'nothing'}${insecure ? ' with --insecure' : ''}`, () => {
      if (words === null) assert.equal(assertSafeUrl(url, insecure).href, new URL(url).href);
      else assert.throws(() => assertSafeUrl(url, insecure), { name: 'UsageError', message: words });
    });
  }

  test('loopback is this machine alone', () => {
    assert.deepEqual(['127.0.0.1', '127.9.9.9', '[::1]', '10.0.0.1', '0.0.0.0'].map(isLoopback), [
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

test('a time-out longer than a timer of Node takes is no time-out at once', async () => {
  const server = await serve((_, response) => void setTimeout(() => response.end('{}'), 50));
  const answer = await client({ clock: systemClock, deadlineMs: 90 * 86_400_000 }).send(server.url, {
    timeoutMs: 60 * 86_400_000,
    method: 'POST',
  });
  assert.equal(answer.status, 200);
});

test('a pause longer than a timer of Node takes is made of several', async () => {
  const parts: number[] = [];
  await sleepInParts(60 * 86_400_000, async (ms) => void parts.push(ms));
  assert.ok(parts.every((ms) => ms < 2 ** 31));
  assert.equal(
    parts.reduce((sum, ms) => sum + ms, 0),
    60 * 86_400_000,
  );
});
