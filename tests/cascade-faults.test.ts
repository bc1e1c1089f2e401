import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapBounded } from '../lib/concurrency.ts';
import { jobEnvironment } from './support/environment.mjs';
import { startForge } from './support/forge/forge.mjs';
import { runScript } from './support/run-script.mjs';

/** One of so many cases is run; SWITCHYARD_CASCADE_FAULTS=1 runs all. */
const part = Number(process.env['SWITCHYARD_CASCADE_FAULTS'] ?? '12');
const file = '.runtime-version';
const needed = '.github/workflows/publish.yml';

type Forge = Awaited<ReturnType<typeof startForge>>;
type Fault = NonNullable<ReturnType<NonNullable<Forge['fault']>>>;

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  body,
  headers: { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json', ...headers },
});
const faults: [name: string, fault: Fault][] = [
  ['reset', { kind: 'reset' }],
  ['reset half way', { kind: 'reset-half' }],
  ['hang', { kind: 'hang' }],
  ['401', answer(401, { message: 'user does not exist [uid: 0, name: ]' })],
  [
    '403',
    answer(403, { message: 'token does not have at least one of required scope(s): [write:repository]' }),
  ],
  ['404 JSON', answer(404, { message: "The target couldn't be found." })],
  ['404 plain', answer(404, '404 page not found\n')],
  ['409', answer(409, { message: 'is at a but expected b' })],
  ['422', answer(422, { message: 'sha does not match' })],
  ['423', answer(423, { message: 'is archived' })],
  ['429 with Retry-After', answer(429, { message: 'slow down' }, { 'retry-after': '3600' })],
  ['429', answer(429, { message: 'slow down' })],
  ['500', answer(500, { message: '' })],
  ['502 HTML', { kind: 'html-502' }],
  ['200 HTML', { kind: 'html-200' }],
  ['204', answer(204, '')],
  ['truncated', { kind: 'truncated' }],
  ['broken gzip', { kind: 'gzip-broken' }],
  ['null', { kind: 'wrong-shape', shape: 'null' }],
  ['{}', { kind: 'wrong-shape', shape: '{}' }],
  ['[]', { kind: 'wrong-shape', shape: '[]' }],
  ['text', { kind: 'wrong-shape', shape: '"text"' }],
  ['the token echoed', { kind: 'echo-authorization', status: 400 }],
  ['landed, then reset', { kind: 'after-write', then: 'reset' }],
  ['landed, then hang', { kind: 'after-write', then: 'hang' }],
  ['landed, then 500', { kind: 'after-write', then: 500 }],
  ['landed, then 403', { kind: 'after-write', then: 403 }],
];

/** One target that lags, or that has no version yet; a file is required of both. */
async function open(flavour: 'gitea-1.22.6' | 'github', isNew: boolean) {
  const forge = await startForge({ flavour });
  forge.server.unref();
  forge.user('ada', { admin: true });
  const token = forge.addToken({ user: 'ada' }, 'Sec+ret/"tok~en%20=4&2?x');
  const repo = forge.repo('acme/r1');
  const files = { [needed]: 'on: push\n', ...(isNew ? {} : { [file]: '0.1.6\n' }) };
  repo.pushCommit({ branch: 'main', message: 'first', files, by: 'ada' });
  const more = { SWITCHYARD_HTTP_TIMEOUT_MS: '250', SWITCHYARD_HTTP_DEADLINE_MS: '900' };
  const env = jobEnvironment(forge, { token, repo: 'acme/runtime', more });
  const args = [
    '--version',
    '0.1.7',
    '--target',
    'acme/r1',
    '--require-file',
    needed,
    '--write-interval',
    '0s',
  ];
  return { forge, repo, token, run: () => runScript('cascade', args, { env, runner: true }) };
}

interface Case {
  flavour: 'gitea-1.22.6' | 'github';
  isNew: boolean;
  at: number;
  call: string;
  fault: (typeof faults)[number];
  lasting: boolean;
}

/** From the requests that a healthy run makes, so that a new one cannot be forgotten. */
async function listCases(): Promise<Case[]> {
  const cases: Case[] = [];
  for (const flavour of ['gitea-1.22.6', 'github'] as const) {
    for (const isNew of [false, true]) {
      const { forge, run } = await open(flavour, isNew);
      assert.equal((await run()).code, 0);
      forge.calls.forEach((call, at) => {
        for (const fault of faults) {
          for (const lasting of [false, true]) cases.push({ flavour, isNew, at, call, fault, lasting });
        }
      });
      await forge.close();
    }
  }
  return cases;
}

async function judge({ flavour, isNew, at, call, fault, lasting }: Case): Promise<void> {
  const method = call.split(' ', 1)[0];
  const { forge, repo, token, run } = await open(flavour, isNew);
  let seen = 0;
  forge.setFault((request, index) => {
    // By what is asked, not by its number: on a busy machine an earlier read may have been asked twice.
    if (index < at || (lasting ? request.method !== method : request.call !== call)) return null;
    return lasting || seen++ === 0 ? fault[1] : null;
  });
  const result = await run();
  const name = `${flavour}${isNew ? ', new file' : ''}: ${fault[0]}${lasting ? ', and after,' : ''} at ${call}`;
  const said = `${name}\n${result.code}\n${result.stdout}${result.stderr}`;
  const printed = result.stdout + result.stderr + result.summary + JSON.stringify(result.outputs);
  const tip = repo.branches.get('main') ?? '';
  const written = repo.pushes.length - 1;
  const holds = repo.readFile(tip, file)?.toString() === '0.1.7\n';
  assert.ok([0, 1, 3].includes(result.code ?? -1), said);
  assert.ok(written <= 1, `${written} commits: ${said}`);
  assert.ok(
    !printed.includes(token) && !printed.includes(Buffer.from(token).toString('base64').slice(0, 16)),
    said,
  );
  assert.doesNotMatch(printed, /^\s+at .*\.mjs:\d+/m, said);
  // Only what is there is called updated; a skip or a quiet end would hide a target that got nothing.
  // (That a file is not there, said in JSON of a repository that is, is an answer: then it is no target.)
  const isNoTarget =
    fault[0] === '404 JSON' && !lasting && call.startsWith('GET /repos/acme/r1/contents/.github');
  if (isNoTarget) assert.equal(result.outputs['decision'], 'complete-with-skips', said);
  else if (result.code === 0) assert.ok(holds && result.outputs['updated'] === '["acme/r1"]', said);
  if (result.outputs['updated'] === '["acme/r1"]') assert.ok(holds, said);
  if (result.code === 3) assert.equal(written, 0, said);
  // What was written is said to be, wherever it could be read again.
  if (written === 1 && !lasting) assert.equal(result.code, 0, said);
  assert.deepEqual(forge.errors, []);
  await forge.close();
}

test('every request, spoilt in every way: one commit at most, and no target is said to have what it has not', async () => {
  const all = await listCases();
  const start = Math.floor(part / 2);
  const cases = all.filter((_, index) => index % part === start);
  const errors: string[] = [];
  await mapBounded(cases, 3, async (one) => {
    await judge(one).catch((error: Error) => errors.push(error.message));
  });
  console.log(`cascade: ${cases.length} of ${all.length} cases`);
  assert.deepEqual(errors, []);
});
