// What docs/from-bash.md says of bash is what bash does, and the lines that replace it exist.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findTool, withoutGit } from './support/tools.mjs';

const text = readFileSync(new URL('../docs/from-bash.md', import.meta.url), 'utf8');
const bundles = process.env['SWITCHYARD_TEST_BUNDLES'] ?? new URL('../vendor', import.meta.url).pathname;
const sections = text.split(/^## \d+\. /m).slice(1);
/** The first block of a section. */
const snippet = (number: number): string =>
  /```bash\n([\s\S]*?)```/.exec(sections[number - 1] as string)?.[1] as string;
const lacks = ['bash', 'curl', 'jq'].filter((name) => findTool(name) === null);
const skip = lacks.length > 0 && `not installed: apt-get install -y ${lacks.join(' ')}`;

type Answer = (response: ServerResponse) => void;

const json =
  (status: number, body: unknown): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const html =
  (status: number): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html><h1>Bad Gateway</h1></html>');
const empty = (response: ServerResponse) => response.writeHead(200).end();
function half(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"state"', () => response.destroy());
}

describe('docs/from-bash.md', () => {
  test('has eleven snippets, each with the line that replaces it', () => {
    assert.equal(sections.length, 11);
    for (const section of sections) assert.match(section, /^node vendor\/[\w-]+\.mjs/m);
  });

  for (const [line, name] of text.matchAll(/^node vendor\/([\w-]+)\.mjs.*(?:\\\n.*)*$/gm)) {
    test(`its options exist: ${line.replace(/\s*\\\n\s*/g, ' ')}`, () => {
      const help = spawnSync(process.execPath, [join(bundles, `${name}.mjs`), '--help'], {
        encoding: 'utf8',
      });
      for (const [option] of line.matchAll(/--[a-z-]+/g))
        assert.match(help.stdout, new RegExp(`^  ${option}\\b`, 'm'));
    });
  }
});

describe('the snippets of docs/from-bash.md', { skip }, () => {
  let answer: Answer = empty;
  const server = createServer((request, response) => {
    request.resume();
    answer(response);
  });
  const folder = mkdtempSync(join(tmpdir(), 'from-bash-'));
  let api = '';
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As a step runs it. */
  async function run(
    script: string,
    more: { env?: Record<string, string>; flags?: string[]; cwd?: string } = {},
  ) {
    const env = {
      PATH: process.env['PATH'] as string,
      HOME: folder,
      API: api,
      R: 'o/r',
      SHA: 'a'.repeat(40),
      T: 't',
    };
    const child = spawn('bash', ['-e', ...(more.flags ?? []), '-c', script], {
      cwd: more.cwd ?? folder,
      env: { ...env, ...more.env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output: output.trim() };
  }

  test('2: the newest of no run, and of one that has not ended, is null', async () => {
    const [first] = snippet(2).split('\n') as [string];
    for (const runs of [[], [{ conclusion: null }]]) {
      answer = json(200, { workflow_runs: runs });
      assert.deepEqual(await run(first), { code: 0, output: 'null' });
    }
    answer = (response) =>
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
    assert.notEqual((await run(first)).code, 0);
    assert.deepEqual(await run(`echo "[$(${first} 2>/dev/null || true)]"`), { code: 0, output: '[]' });
  });

  test('2: all of none are green', async () => {
    const filter = /--jq '(.*)'/.exec(snippet(2))?.[1] as string;
    assert.equal((await run(`echo '{"workflow_runs": []}' | jq '${filter}'`)).output, 'true');
  });

  describe('3: the loop of crane tag', () => {
    const crane = (failing: string) =>
      `crane() { echo "$2"; case $2 in */${failing}:*) return 1 ;; esac; }\n`;
    const loop = snippet(3);

    test('stops at the second, and leaves a split pair', async () => {
      const { code, output } = await run(`${crane('tenant')}${loop}`);
      assert.equal(code, 1);
      assert.match(output, /platform:.*\n.*tenant:/);
    });

    test('is green where it is judged as a whole, although the first failed', async () => {
      const { code, output } = await run(
        `${crane('platform')}promote() {\n${loop}}\npromote || exit 1\necho green`,
      );
      assert.equal(code, 0);
      assert.match(output, /platform:.*\n.*tenant:.*\ngreen$/);
    });
  });

  test('5: the loop of git clone is green with none pushed, and climbs', { skip: withoutGit }, async () => {
    const cwd = join(folder, 'one', 'two');
    mkdirSync(cwd, { recursive: true });
    const loop = snippet(5).replace('https://x:$TOKEN@$HOST', '$BASE');
    const env = { REPOS: 'a b', BASE: join(folder, 'nowhere'), V: '1' };
    assert.deepEqual(await run(`${loop}pwd -P`, { env, cwd }), {
      code: 0,
      output: (await run('pwd -P')).output,
    });
  });

  describe('6: curl and jq', () => {
    const given: Record<string, Answer[] | 'refused'> = {
      '401, 404, 500 as JSON': [401, 404, 500].map((status) => json(status, { message: 'no' })),
      'the server refuses to connect': 'refused',
      '200 with nothing in it': [empty],
      '502 with an HTML page': [html(502)],
      '502, with `curl -f`': [html(502)],
    };
    const rows = (sections[5] as string).split('\n').filter((line) => /^\| (?!what|-)/.test(line));
    test('each row of the table is known here', () => {
      assert.deepEqual(
        rows.map((row) => row.split('|')[1]?.trim()),
        Object.keys(given),
      );
    });
    for (const row of rows) {
      const [, what, value, plain, pipefail] = row.split('|').map((cell) => cell.trim()) as string[];
      for (const [said, flags] of [
        [plain, []],
        [pipefail, ['-o', 'pipefail']],
      ] as [string, string[]][])
        test(`${what}, ${flags.at(-1) ?? 'bash -e'}: ${said}`, async () => {
          const script = `${snippet(6).replace('curl -s', what?.includes('-f') ? 'curl -sf' : 'curl -s')}echo "[$S]"`;
          const answers = given[what as string] as (typeof given)[string];
          const env = answers === 'refused' ? { API: 'http://127.0.0.1:1' } : {};
          for (const each of answers === 'refused' ? [empty] : answers) {
            answer = each;
            const { code, output } = await run(script, { flags, env });
            if (said === 'goes on') {
              assert.equal(code, 0);
              assert.equal(output, value === '(empty)' ? '[]' : `[${value?.replaceAll('`', '')}]`);
            } else {
              assert.equal(output, '');
              assert.equal(String(code), /code (\d+)/.exec(said)?.[1] ?? String(jqCode));
            }
          }
        });
    }
    let jqCode: number | null = null;
    before(async () => {
      jqCode = (await run(`echo '<html>' | jq .`)).code;
      assert.notEqual(jqCode, 0);
    });
  });

  for (const [what, said, each, curl] of [
    ['a server that refuses', '000000', null, 'curl -s'],
    ['a body that breaks off', '200000', half, 'curl -s'],
    ['a 502 with -f', '502000', html(502), 'curl -sf'],
  ] as const) {
    test(`7: ${what} gives ${said}`, async () => {
      assert.ok(sections[6]?.includes(`\`${said}\``));
      answer = each ?? empty;
      const [first] = snippet(7).replace('curl -s', curl).split('\n');
      const url = each === null ? 'http://127.0.0.1:1' : api;
      assert.equal((await run(`${first}\necho "$CODE"`, { env: { URL: url } })).output, said);
    });
  }

  test('8: the loop promotes whatever the state is', async () => {
    const loop = `sleep() { :; }\npromote() { echo promoted; }\n${snippet(8).replace('seq 30', 'seq 2')}`;
    for (const each of [html(502), json(500, { message: 'no' }), empty, json(200, { state: 'failure' })]) {
      answer = each;
      assert.deepEqual(await run(loop), { code: 0, output: 'promoted' });
    }
  });

  test('10: seven digits, a login page, dev and nothing are stale alike, and nothing equals an empty commit', async () => {
    const line = snippet(10).replace('https://$TENANT', '$TENANT');
    const env = { TENANT: api };
    for (const each of [json(200, { git_sha: 'aaaaaaa' }), html(200), json(200, { git_sha: 'dev' }), empty]) {
      answer = each;
      assert.match((await run(line, { env })).output, /is stale$/);
    }
    assert.equal((await run(line, { env: { ...env, SHA: '' } })).output, '');
  });
});
