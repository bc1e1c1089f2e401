import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { systemClock } from '../lib/clock.ts';
import type { Context } from '../lib/context.ts';
import { readEvent } from '../lib/event.ts';
import { openForge, type Push } from '../lib/forge/forge.ts';
import { fetchPushes } from '../lib/forge/pushes.ts';
import { profileOfVersion } from '../lib/forge/version.ts';
import { createHttp } from '../lib/http.ts';
import { createRedactor } from '../lib/redact.ts';

interface Page {
  body: unknown;
  status?: number;
  headers?: Record<string, string>;
}

let pages: Page[] = [];
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const { body, status = 200, headers = {} } = pages[asked.length - 1] ?? { body: [] };
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
after(() => {
  server.closeAllConnections();
  server.close();
});
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function read(kind: 'github' | 'gitea', answers: Page[], branch: string | null = 'main', enough = false) {
  pages = answers;
  asked.length = 0;
  const http = createHttp({
    timeoutMs: 5000,
    deadlineMs: 9000,
    retryMs: 1,
    allowPlainHttp: false,
    agent: 'test',
    redactor: createRedactor(),
    clock: systemClock,
  });
  const event = readEvent({ get: () => undefined });
  const context: Context = {
    kind,
    apiUrl: url,
    serverUrl: url,
    allowPlainHttp: false,
    repo: 'o/r',
    token: 'token-1',
    event,
    http,
  };
  return fetchPushes(
    openForge(context, 'o/r'),
    branch === null ? null : `refs/heads/${branch}`,
    () => enough,
  );
}

const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string];
const none = '0'.repeat(40);
const shown = ({ pushes }: { pushes: Push[] }): unknown[] =>
  pushes.map(({ before, after: tip, byJobToken }) => [before?.[0] ?? null, tip[0], byJobToken]);

describe("Gitea's record of pushes", () => {
  let id = 0;
  const entry = (more: object): object => ({
    id: ++id,
    op_type: 'commit_repo',
    ref_name: 'refs/heads/main',
    act_user_id: 1,
    act_user: { login: 'ada' },
    content: '',
    ...more,
  });
  const range = (before: string, tip: string, more: object = {}): object =>
    entry({
      content: JSON.stringify({ CompareURL: `o/r/compare/${before}...${tip}`, Commits: null }),
      ...more,
    });

  test('newest first by id, whatever their order is, with who pushed', async () => {
    const [a, b, c] = [
      range(one, two),
      range(two, three, { act_user_id: -2 }),
      range(three, one, { act_user: null }),
    ];
    const found = await read('gitea', [{ body: [a, c, b] }]);
    assert.deepEqual(shown(found), [
      ['3', '1', false],
      ['2', '3', true],
      ['1', '2', false],
    ]);
    assert.deepEqual(
      found.pushes.map(({ by }) => by),
      ['a deleted account', "a job's own token", 'ada'],
    );
    assert.equal(found.complete, true);
  });

  test('an entry without content makes the next one a new branch', async () => {
    const made = entry({});
    const pushed = range(one, two);
    assert.deepEqual(shown(await read('gitea', [{ body: [pushed, made] }])), [[null, '2', false]]);
  });

  test('such an entry counts also where it stands on the next page', async () => {
    const made = entry({});
    const pushed = range(one, two);
    const found = await read('gitea', [{ body: [pushed] }, { body: [made] }], 'main', true);
    assert.deepEqual(shown(found)[0], [null, '2', false]);
    assert.deepEqual(asked.length > 1, true);
  });

  const rows: [string, object, unknown[]][] = [
    ['another branch', range(one, two, { ref_name: 'refs/heads/other' }), []],
    ['another kind of entry', entry({ op_type: 'create_issue', content: 'x' }), []],
    ['a branch name as the start', range('main', two), [[null, '2', false]]],
    [
      'the first push of a repository',
      entry({ content: JSON.stringify({ CompareURL: '', HeadCommit: { Sha1: two } }) }),
      [[null, '2', false]],
    ],
  ];
  for (const [name, row, pushes] of rows) {
    test(name, async () => assert.deepEqual(shown(await read('gitea', [{ body: [row] }])), pushes));
  }

  test('a tag is a push that starts nowhere and ends at its commit, also where it has a message', async () => {
    const made = entry({
      op_type: 'push_tag',
      ref_name: 'refs/tags/v1',
      content: JSON.stringify({
        CompareURL: `o/r/compare/${none}...${three}`,
        HeadCommit: { Sha1: two },
        Commits: null,
      }),
    });
    const gone = entry({ op_type: 'delete_tag', ref_name: 'refs/tags/v1' });
    const found = await read('gitea', [{ body: [gone, made] }], null);
    assert.deepEqual(shown(found), [[null, '2', false]]);
    assert.equal(found.pushes[0]?.ref, 'refs/tags/v1');
    assert.deepEqual(shown(await read('gitea', [{ body: [gone, made] }])), []);
  });

  const bad: [string, unknown, RegExp][] = [
    ['content that is not JSON', [entry({ content: '{' })], /"content" of a push is not JSON/],
    ['content without a range', [entry({ content: '{}' })], /has no "CompareURL"/],
    [
      'a range of names',
      [entry({ content: '{"CompareURL":"o/r/compare/a...b"}' })],
      /is not BEFORE\.\.\.AFTER/,
    ],
    ['no list', {}, /not a list/],
    ['a push without its ref', [{ id: 1, op_type: 'commit_repo' }], /has no "ref_name"/],
  ];
  for (const [name, body, message] of bad) {
    test(`${name} is not told`, () => assert.rejects(read('gitea', [{ body }]), message));
  }

  test('a refusal names the permission and the other way', async () => {
    await assert.rejects(
      read('gitea', [
        {
          status: 403,
          body: { message: 'token does not have at least one of required scope(s): [read:repository]' },
        },
      ]),
      /lacks the scope read:repository.*\(it needs the permission read:repository\), or give the range's start with --base SHA/,
    );
  });

  test('a record without an end is read to its limit, and is not complete', async () => {
    const found = await read(
      'gitea',
      Array.from({ length: 30 }, () => ({ body: [range(one, two)] })),
    );
    assert.deepEqual([asked.length, found.complete], [20, false]);
    assert.equal((await read('gitea', [{ body: [] }])).complete, true);
    await assert.rejects(read('gitea', [{ body: null }]), /the body is null/);
  });
});

describe("GitHub's record of pushes", () => {
  const row = (before: string, tip: string, more: object = {}): object => ({
    ref: 'refs/heads/main',
    before,
    after: tip,
    activity_type: 'push',
    actor: { login: 'ada' },
    ...more,
  });
  const next = (cursor: string) => ({
    link: `<${url}/x?after=${cursor}>; rel="next", <${url}/x>; rel="first"`,
  });

  test('follows the cursor, and leaves out other branches and deletions', async () => {
    const found = await read('github', [
      {
        body: [
          row(one, two),
          row(two, three, { ref: 'refs/heads/other' }),
          row(two, none, { activity_type: 'branch_deletion' }),
        ],
        headers: next('c1'),
      },
      {
        body: [
          row(none, one),
          row(two, three, { activity_type: 'branch_creation', actor: { login: 'github-actions[bot]' } }),
        ],
      },
    ]);
    assert.deepEqual(shown(found), [
      ['1', '2', false],
      [null, '1', false],
      [null, '3', true],
    ]);
    assert.deepEqual(asked, [
      '/repos/o/r/activity?per_page=100&ref=refs%2Fheads%2Fmain',
      '/repos/o/r/activity?per_page=100&ref=refs%2Fheads%2Fmain&after=c1',
    ]);
    assert.equal(found.complete, true);
  });

  test('of any branch, and by an account that is gone', async () => {
    const found = await read(
      'github',
      [{ body: [row(one, two, { ref: 'refs/heads/x', actor: null })] }],
      null,
    );
    assert.deepEqual([found.pushes[0]?.ref, found.pushes[0]?.by], ['refs/heads/x', 'a deleted account']);
    assert.equal(asked[0], '/repos/o/r/activity?per_page=100');
  });

  test('ends as soon as it is enough', async () => {
    const found = await read('github', [{ body: [row(one, two)], headers: next('c1') }], 'main', true);
    assert.deepEqual([asked.length, found.complete], [1, false]);
  });

  test('a page that points at itself is not told', async () => {
    const page = { body: [row(one, two)], headers: next('same') };
    await assert.rejects(read('github', [page, page, page]), /its next page is the same page/);
  });

  test('a refusal names the permission', async () => {
    await assert.rejects(
      read('github', [{ status: 403, body: { message: 'Resource not accessible' } }]),
      /contents: read/,
    );
  });
});

describe("a server's version", () => {
  const rows: [string, string][] = [
    ['1.22.6', 'gitea-1.22'],
    ['v1.24.0', 'gitea-1.24'],
    ['1.25.4+dev-1-gabc', 'gitea-1.25'],
    ['1.21.0', 'gitea-1.22'],
    ['1.30.0', 'gitea-1.25'],
    ['12.0.0+gitea-1.22.0', 'forgejo'],
  ];
  for (const [version, profile] of rows)
    test(version, () => assert.equal(profileOfVersion(version), profile));
  test('one that is none', () => assert.throws(() => profileOfVersion('main'), /no Gitea version/));
});
