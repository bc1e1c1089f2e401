// Which files GitHub's merges API leaves to be named by us: from both compares alone.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';

const lines = (...words: string[]): string => words.map((word) => `${word}\n`).join('');
const start = { 'a.txt': lines('1', '2', '3', '4', '5', '6'), 'b.txt': 'b\n' };

interface Row {
  filename: string;
  status: string;
  sha?: string;
  previous_filename?: string;
}

/**
 * acme/app on GitHub with main and staging apart. `refuse` answers every merge with a conflict; `moves` says what the
 * compare shows of a branch in place of a file removed and one added, as GitHub does.
 */
async function startApart(
  branches: Record<'main' | 'staging', Record<string, string | null>>,
  {
    refuse = true,
    moves = {},
  }: { refuse?: boolean; moves?: { main?: [string, string]; staging?: [string, string] } } = {},
) {
  const forge = await startForge({ flavour: 'github' });
  forge.server.unref();
  forge.user('ada', { admin: true });
  const token = forge.addToken({ user: 'ada' });
  const repo = forge.repo('acme/app');
  const first = repo.pushCommit({ branch: 'main', message: 'first', files: start, by: 'ada' });
  repo.setBranch('staging', first);
  for (const branch of ['main', 'staging'] as const)
    repo.pushCommit({ branch, message: `on ${branch}`, files: branches[branch], by: 'ada' });
  const [serve] = forge.server.listeners('request') as ((...args: unknown[]) => void)[];
  forge.server.removeAllListeners('request');
  forge.server.on('request', (request, response) => {
    const { method = '', url = '' } = request;
    if (refuse && method === 'POST' && url.endsWith('/merges')) {
      request.resume();
      response.writeHead(409, { 'content-type': 'application/json' });
      return response.end('{"message":"Merge conflict"}');
    }
    const head = /\/compare\/\w+\.\.\.(\w+)/.exec(url)?.[1];
    const side = (['main', 'staging'] as const).find((branch) => repo.branches.get(branch) === head);
    const move = side === undefined ? undefined : moves[side];
    if (move === undefined) return serve?.call(forge.server, request, response);
    const end = response.end.bind(response);
    response.end = (chunk: unknown): typeof response => {
      const body = JSON.parse(String(chunk)) as { files: Row[] };
      body.files = body.files.flatMap((row) => {
        if (row.filename === move[0]) return [];
        return row.filename === move[1] ? [{ ...row, status: 'renamed', previous_filename: move[0] }] : [row];
      });
      const text = JSON.stringify(body);
      return end(text);
    };
    dropLength(response);
    return serve?.call(forge.server, request, response);
  });
  const env = jobEnvironment(forge, { token });
  const sync = (...more: string[]) =>
    runScript('sync-branch', ['--from', 'main', '--to', 'staging', ...more], { env, runner: true });
  return { forge, repo, sync };
}

/** A header that counts the bytes of a body that is changed yet is left to Node. */
function dropLength(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (status: number, headers: object) => ServerResponse;
  response.writeHead = ((status: number, headers: object = {}) => {
    const rest = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length');
    return writeHead(status, Object.fromEntries(rest));
  }) as typeof response.writeHead;
}

test('a file where the other side has a folder is named, and foreseen', async () => {
  const { forge, sync } = await startApart({ main: { docs: 'x\n' }, staging: { 'docs/a.md': 'y\n' } });
  for (const more of [[], ['--dry-run']]) {
    const result = await sync(...more);
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'conflict'], result.stdout);
    assert.match(result.outputs['reason'] ?? '', /^main and staging conflict in docs$/);
  }
  await forge.close();
});

test('a conflict that the compares do not show is said to be one, without a list', async () => {
  const { forge, repo, sync } = await startApart({ main: { 'm.txt': 'm\n' }, staging: { 's.txt': 's\n' } });
  const result = await sync('--pr-on-conflict');
  assert.deepEqual([result.code, result.outputs['pr']], [1, '1'], result.stdout);
  assert.match(
    result.outputs['reason'] ?? '',
    /^main and staging conflict in files that the server does not name; pull request 1 opened$/,
  );
  assert.match(
    repo.pulls[0]?.body ?? '',
    /^The branches conflict in files that the server does not name\.$/m,
  );
  await forge.close();
});

test('a file that one side moved takes the lines of the other along, and is no conflict', async () => {
  const moved = { 'a.txt': null, 'new/a.txt': start['a.txt'] };
  const { forge, sync } = await startApart(
    {
      main: { ...moved, 'b.txt': 'main\n' },
      staging: { 'a.txt': lines('1', '2', '3', '4', '5', 'six'), 'b.txt': 'staging\n' },
    },
    { moves: { main: ['a.txt', 'new/a.txt'] } },
  );
  const result = await sync();
  assert.deepEqual(result.stdout.match(/^conflict: .*$/gm), ['conflict: b.txt'], result.stdout);
  await forge.close();
});

test('lines that conflict in a moved file are named by where it is now', async () => {
  const moved = { 'a.txt': null, 'new/a.txt': lines('1', '2', '3', '4', '5', 'main') };
  const { forge, sync } = await startApart(
    { main: moved, staging: { 'a.txt': lines('1', '2', '3', '4', '5', 'staging') } },
    { moves: { main: ['a.txt', 'new/a.txt'] } },
  );
  for (const more of [[], ['--dry-run']]) {
    const result = await sync(...more);
    assert.deepEqual([result.code, result.outputs['decision']], [1, 'conflict'], result.stdout);
    assert.deepEqual(result.stdout.match(/^conflict: .*$/gm), ['conflict: new/a.txt']);
  }
  await forge.close();
});

test('a file that both sides moved to one place merges by its lines', async () => {
  const { forge, sync } = await startApart(
    {
      main: { 'a.txt': null, 'n.txt': lines('one', '2', '3', '4', '5', '6') },
      staging: { 'a.txt': null, 'n.txt': lines('1', '2', '3', '4', '5', 'six') },
    },
    { moves: { main: ['a.txt', 'n.txt'], staging: ['a.txt', 'n.txt'] } },
  );
  const result = await sync('--dry-run');
  assert.deepEqual([result.code, result.outputs['decision']], [0, 'merged'], result.stdout);
  await forge.close();
});

test('a dry run does not foresee a merge from a list of files that is cut off', async () => {
  const many = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`f${index}.txt`, 'm\n']));
  const { forge, sync } = await startApart({
    main: { ...many, 'z.txt': 'main\n' },
    staging: { 'z.txt': 'staging\n' },
  });
  const result = await sync('--dry-run');
  assert.deepEqual([result.code, result.outputs['decision']], [3, 'unknown'], result.stdout);
  assert.match(result.outputs['reason'] ?? '', /give --transport git/);
  await forge.close();
});

test('names of files are on one line, and no Markdown, whatever stands in them', async () => {
  const names = [' lead', 'a, b', 'new\nline', 'plain name', 'x\n::error::no', '`tick`'];
  const all = (text: string) => Object.fromEntries(names.map((name) => [name, text]));
  const { forge, repo, sync } = await startApart({ main: all('m\n'), staging: all('s\n') });
  const result = await sync('--pr-on-conflict', '--record', 'record.json');
  const shown = ['" lead"', '"a, b"', '"new\\nline"', '`tick`', 'plain name', '"x\\n::error::no"'].sort();
  assert.deepEqual(
    result.stdout.match(/^conflict: .*$/gm)?.sort(),
    shown.map((name) => `conflict: ${name}`),
    result.stdout,
  );
  assert.equal(result.outputs['reason']?.includes('\n'), false);
  assert.deepEqual(
    repo.pulls[0]?.body.match(/^- .*$/gm)?.sort(),
    shown.map((name) => (name === '`tick`' ? '- `` `tick` ``' : `- \`${name}\``)).sort(),
  );
  assert.deepEqual(result.record.details.files, [...names].sort());
  await forge.close();
});

test('a conflict of very many files still fits into a sentence and a pull request', async () => {
  const names = Array.from({ length: 240 }, (_, index) => `${'long/'.repeat(60)}${index}.txt`);
  const all = (text: string) => Object.fromEntries(names.map((name) => [name, text]));
  const { forge, repo, sync } = await startApart({ main: all('m\n'), staging: all('s\n') });
  const result = await sync('--pr-on-conflict');
  assert.deepEqual([result.code, result.outputs['pr']], [1, '1'], result.stdout);
  assert.ok((result.outputs['reason'] ?? '').length < 3000);
  assert.match(result.outputs['reason'] ?? '', / and \d+ more; pull request 1 opened$/);
  // GitHub takes 65,536 characters.
  assert.ok((repo.pulls[0]?.body ?? '').length < 30_000);
  assert.match(repo.pulls[0]?.body ?? '', /^- and \d+ more$/m);
  assert.equal(result.stdout.match(/^conflict: /gm)?.length, names.length);
  await forge.close();
});

test('a dry run says whether a pull request would be opened, or which one is', async () => {
  const { forge, repo, sync } = await startApart({ main: { 'b.txt': 'm\n' }, staging: { 'b.txt': 's\n' } });
  const dry = await sync('--pr-on-conflict', '--dry-run');
  assert.deepEqual([dry.code, dry.outputs['decision'], dry.outputs['pr']], [1, 'conflict', ''], dry.stdout);
  assert.match(
    dry.outputs['reason'] ?? '',
    /; a pull request would be opened; nothing was written \(dry run\)$/,
  );
  assert.equal(repo.pulls.length, 0);
  await sync('--pr-on-conflict');
  const again = await sync('--pr-on-conflict', '--dry-run');
  assert.equal(again.outputs['pr'], '1', again.stdout);
  assert.match(again.outputs['reason'] ?? '', /; pull request 1 is open already$/);
  await forge.close();
});

test('where the server shows a part of the changes alone, the list is said to be a part', async () => {
  const many = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`f${index}.txt`, 'm\n']));
  const { forge, repo, sync } = await startApart({
    main: { ...many, 'a.txt': 'main\n', 'z.txt': 'main\n' },
    staging: { 'a.txt': 'staging\n', 'z.txt': 'staging\n' },
  });
  const result = await sync('--pr-on-conflict');
  assert.deepEqual([result.code, result.outputs['pr']], [1, '1'], result.stdout);
  const words = /^main and staging conflict in a\.txt, and maybe in others: the server shows a part of/;
  assert.match(result.outputs['reason'] ?? '', words);
  assert.match(repo.pulls[0]?.body ?? '', /^- `a\.txt`\n- and maybe others$/m);
  await forge.close();
});
