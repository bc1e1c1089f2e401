// The embedded Gitea answers what real servers answered: each recorded request is sent to a world in the same state.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { startForge, JOB_TOKEN } from './support/forge/forge.mjs';
import type { Forge } from './support/forge/forge.mjs';
import type { Repository } from './support/forge/repository.mjs';
import { compareAnswer, readRecording, ShaPairs } from './support/recordings.ts';
import type { Exchange, Leeway } from './support/recordings.ts';

const ADMIN = 'a'.repeat(40);
const NOBODY = 'b'.repeat(40);
const READ_ONLY = 'c'.repeat(40);
const STRANGER = 'd'.repeat(40);
const NO_USER_SCOPE = 'e'.repeat(40);
const JOB = 'f'.repeat(40);

/** Tokens that the recorder called only `<other>`. */
const OTHER_TOKENS: Record<string, string> = {
  'user, token of nobody': NOBODY,
  'user, token without read:user': NO_USER_SCOPE,
  'private repo without permission': STRANGER,
  'update with read-only scope': READ_ONLY,
  'update without permission': STRANGER,
  'update with a bad token': NOBODY,
};

/** What the recorded server did not decide by the state of the world; everything else must be equal. */
const LEEWAY: Record<string, { why: string; leeway: Leeway }> = {
  'actions-statuses.json': {
    why: 'the rows of a combined status have no order of their own',
    leeway: { anyOrder: true },
  },
  'repository.json': { why: 'size is that of the folder on disk', leeway: { looseKeys: ['size'] } },
  'job-token.json': {
    why: 'size is that of the folder on disk; one header was recorded',
    leeway: { looseKeys: ['size'], onlyHeaders: ['content-type'] },
  },
  'push-record.json': {
    why: 'ids count rows of all watchers; two headers were recorded',
    leeway: { looseKeys: ['id'], onlyHeaders: ['x-total-count', 'link'] },
  },
  'contents-race.json': {
    why: "the recorder gave the server's folder another name",
    leeway: { anyLength: true },
  },
  'token-pushes.json': {
    why: 'mergeable of a merged pull request is whatever was found out last',
    leeway: { looseKeys: ['mergeable'] },
  },
};

/** Replays one file of exchanges after another, and knows which are left. */
class Replay {
  private left = new Map<string, Exchange[]>();
  readonly shas = new ShaPairs(false);
  readonly exactShas = new ShaPairs(true);

  constructor(
    private server: string,
    private forge: Forge,
  ) {
    const folder = new URL(`./testdata/recordings/${server}/`, import.meta.url);
    // The registry has a server and a test of its own.
    const files = readdirSync(folder).filter((file) => file !== 'container-registry.json');
    for (const file of files) this.left.set(file, readRecording(server, file));
  }

  /** The next exchange of a file, without sending it. */
  peek(file: string, note?: string): Exchange {
    const exchange = this.left.get(file)?.find((each) => note === undefined || each.note === note);
    assert.ok(exchange, `${this.server}/${file} has no "${note ?? 'more'}"`);
    return exchange;
  }

  async next(file: string, note?: string, options: { exact?: boolean } = {}): Promise<void> {
    const exchange = this.peek(file, note);
    this.left.get(file)?.splice(this.left.get(file)?.indexOf(exchange) ?? 0, 1);
    const shas = options.exact ? this.exactShas : this.shas;
    const { method, path, authorization, body } = exchange.request;
    const token = authorization?.includes('<job token>') ? JOB : (OTHER_TOKENS[exchange.note] ?? ADMIN);
    const response = await fetch(this.forge.url + shas.translate(path), {
      method,
      headers: {
        ...(authorization === null ? {} : { authorization: `token ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: shas.translate(JSON.stringify(body)) }),
    });
    const answered = { status: response.status, headers: response.headers, text: await response.text() };
    try {
      const leeway = LEEWAY[file]?.leeway ?? {};
      compareAnswer(exchange, answered, { host: this.forge.url, shas, leeway });
    } catch (error) {
      throw new Error(`${this.server}/${file} "${exchange.note}": ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  async all(file: string, options: { exact?: boolean } = {}): Promise<void> {
    while (this.left.get(file)?.length) await this.next(file, undefined, options);
  }

  leftOver(): string[] {
    return [...this.left].flatMap(([file, exchanges]) => exchanges.map(({ note }) => `${file}: ${note}`));
  }
}

describe('the embedded Gitea 1.22.6', () => {
  let clock = Date.parse('2026-11-21T03:21:01Z');
  const at = (time: string) => (clock = Date.parse(`2026-11-21T${time}Z`));
  let forge: Forge;
  let replay: Replay;
  let app: Repository;
  let tok: Repository;

  before(async () => {
    forge = await startForge({
      flavour: 'gitea-1.22.6',
      now: () => clock,
      tokens: {
        [ADMIN]: { user: 'root1', scopes: ['all'] },
        [STRANGER]: { user: 'stranger', scopes: ['all'] },
        [READ_ONLY]: { user: 'root1', scopes: ['read:repository'] },
        [NO_USER_SCOPE]: { user: 'root1', scopes: ['read:repository'] },
        [JOB]: { jobOf: 'acme/tok' },
      },
    });
    forge.user('root1', { id: 1, admin: true, email: 'r@example.com' });
    forge.user('stranger', { id: 2 });
    forge.user('acme', { id: 4, kind: 'Organization' });
    replay = new Replay('gitea-1.22.6', forge);
    app = makeRepository('app', 1, '03:24:12');
    makeRepository('tpl-priv', 3, '03:24:12').private = true;
    at('03:24:13');
    forge.repo('acme/empty', { id: 4 });
    makeRepository('arch', 5, '03:24:13').archived = true;
    makeRepository('prot', 6, '03:24:13').protect('main');
  });

  after(() => forge.close());

  function makeRepository(name: string, id: number, time: string): Repository {
    at(time);
    const repo = forge.repo(`acme/${name}`, { id });
    repo.addFeed({ op: 'create_repo', by: 'root1', ref: '', content: '', at: clock });
    repo.commit({ branch: 'main', message: 'Initial commit', files: { 'README.md': `# ${name}\n\n` } });
    repo.pushedTips.set('main', repo.branches.get('main') ?? '');
    return repo;
  }

  it('tells who asks', () => replay.all('identity.json'));

  it('describes repositories', () => replay.all('repository.json', { exact: true }));

  it('reads and writes files, with the SHAs that git would give', async () => {
    for (const [time, count] of [
      ['03:24:13', 7],
      ['03:24:14', 20],
    ] as const) {
      at(time);
      for (let i = 0; i < count && replay.leftOver().some((each) => each.startsWith('contents.json')); i++) {
        await replay.next('contents.json', undefined, { exact: true });
      }
    }
  });

  it('lets one of eight racing writes win', async () => {
    app.racers = 8;
    for (const [prefix, winner, time] of [
      ['racer', 7, '03:24:14'],
      ['racer on another file', 6, '03:24:15'],
    ] as const) {
      at(time);
      const racers = [winner, ...[0, 1, 2, 3, 4, 5, 6, 7].filter((racer) => racer !== winner)];
      await Promise.all(
        racers.map((racer) => replay.next('contents-race.json', `${prefix} ${racer}`, { exact: true })),
      );
    }
    app.racers = 0;
  });

  it('lists commits', () => replay.all('commits.json', { exact: true }));

  it('keeps statuses', async () => {
    const sha = app.branches.get('main') ?? '';
    for (let i = 0; i < 5; i++) await replay.next('statuses.json', undefined, { exact: true });
    for (let i = 0; i < 60; i++) {
      at(i < 29 ? '03:24:17' : '03:24:18');
      const body = { context: `ctx ${i % 55}`, state: i < 55 ? 'pending' : 'success', description: `d${i}` };
      const response = await fetch(`${forge.apiUrl}/repos/acme/app/statuses/${sha}`, {
        method: 'POST',
        headers: { authorization: `token ${ADMIN}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      assert.equal(response.status, 201, await response.text());
    }
    await replay.all('statuses.json', { exact: true });
  });

  it('compares branches by name only', async () => {
    at('03:24:17');
    const main = app.branches.get('main') ?? '';
    app.commit({
      branch: 'staging',
      parents: [main],
      message: 'feat: staging work',
      files: { 'only-staging': 's\n' },
    });
    app.push({ branch: 'staging' });
    await replay.all('compare.json', { exact: true });
  });

  it('lacks what 1.22.6 lacks, in plain text', () => replay.all('absent-apis.json', { exact: true }));

  it('merges pull requests', async () => {
    at('03:24:18');
    while (replay.peek('pulls.json').note !== 'merge')
      await replay.next('pulls.json', undefined, { exact: true });
    at('03:24:19');
    await replay.all('pulls.json', { exact: true });
  });

  it('shows the statuses of jobs as they come', async () => {
    const ci = makeRepository('ci', 7, '03:25:30');
    const exchanges = readRecording('gitea-1.22.6', 'actions-statuses.json');
    for (const exchange of exchanges) {
      seedStatuses(ci, exchange, exchanges);
      await replay.next('actions-statuses.json');
    }
  });

  it('starts nothing for a push with the job token, and cannot write files with it', async () => {
    tok = makeRepository('tok', 8, '03:27:47');
    const statuses = (time: string, sha: string, rows: [context: string, status: string, run?: number][]) =>
      rows.forEach(([context, status, run]) =>
        tok.setStatus(sha, {
          context,
          status,
          description: describeStatus(context, status),
          targetUrl: run === undefined ? '' : `/acme/tok/actions/runs/${run}/jobs/0`,
          creator: context === 'from job' ? JOB_TOKEN : null,
          at: `2026-11-21T${time}Z`,
        }),
      );
    const passed = (time: string, sha: string, runs: [number, number], tokResult: string) =>
      statuses(time, sha, [
        ['Tok / t (push)', 'pending', runs[0]],
        ['Side / t (push)', 'pending', runs[1]],
        ['from job', 'success'],
        ['Tok / t (push)', tokResult, runs[0]],
        ['Side / t (push)', 'success', runs[1]],
      ]);

    const wf = tok.commit({
      branch: 'main',
      message: 'wf',
      files: { '.gitea/workflows/tok.yml': 'name: Tok\n' },
    });
    tok.push({ branch: 'main', at: '2026-11-21T03:27:49Z' });
    at('03:27:50');
    tok.addIssue({ title: 'from job', user: JOB_TOKEN });
    const author = { name: 'a', email: 'a@b.c' };
    tok.commit({
      branch: 'side',
      parents: [wf],
      message: 'by git with the job token',
      files: { side: 'x\n' },
      author,
    });
    tok.push({ branch: 'side', by: JOB_TOKEN });
    passed('03:27:50', wf, [1, 2], 'success');
    replay.shas.pair('fb888e537eafc0399c49df292b0abc8d63fdd5f6', wf);
    replay.shas.pair('108b1b35019ea19e5f3d40a460706a9ab19d0fde', tok.branches.get('side') ?? '');
    for (let i = 0; i < 3; i++) await replay.next('token-pushes.json');

    at('03:27:59');
    await replay.next('token-pushes.json', 'create by contents API with a user token');
    pushSeenAt(tok, '03:28:00');
    passed('03:28:01', tok.branches.get('main') ?? '', [3, 4], 'failure');
    await replay.next('token-pushes.json');
    at('03:28:01');
    tok.addIssue({ title: 'from job', user: JOB_TOKEN });
    at('03:28:03');
    await replay.next('token-pushes.json', 'with skip ci in the message');
    pushSeenAt(tok, '03:28:05');
    await replay.next('token-pushes.json', 'commit with [skip ci]');

    at('03:28:06');
    tok.setBranch('staging', tok.branches.get('main') ?? '');
    tok.push({ branch: 'staging' });
    const feat = tok.commit({ branch: 'staging', message: 'feat', files: { feature: 'x\n' } });
    tok.push({ branch: 'staging', at: '2026-11-21T03:28:07Z' });
    statuses('03:28:07', feat, [
      ['Side / t (push)', 'pending', 6],
      ['Side / t (push)', 'success', 6],
    ]);
    replay.shas.pair('bc80006713430f4a1933dd7e775816c8d7577e80', feat);
    await replay.next('token-pushes.json', 'staging head');
    at('03:28:10');
    await replay.next('token-pushes.json', 'pr');
    await replay.next('token-pushes.json', 'merge');
    pushSeenAt(tok, '03:28:12');
    await replay.next('token-pushes.json', 'main after merge');

    const merged = tok.branches.get('main') ?? '';
    statuses('03:28:12', merged, [
      ['Tok / t (push)', 'pending', 7],
      ['Side / t (push)', 'pending', 8],
    ]);
    at('03:28:13');
    await replay.all('job-token.json');
    statuses('03:28:13', merged, [
      ['Tok / t (push)', 'failure', 7],
      ['Side / t (push)', 'success', 8],
    ]);
    await replay.all('token-pushes.json');
  });

  it('keeps a record of pushes', async () => {
    at('04:50:01');
    const author = { name: 'a', email: 'a@b.c' };
    const commit = (branch: string, message: string, parents?: string[]) =>
      tok.commit({ branch, message, author, files: { [message]: 'x\n' }, ...(parents ? { parents } : {}) });
    for (let i = 1; i <= 12; i++) commit('main', `multi ${i}`);
    at('04:50:03');
    tok.push({ branch: 'main' });
    at('04:50:01');
    const main = tok.branches.get('main') ?? '';
    commit('fresh', 'fresh 1', [main]);
    const second = commit('fresh', 'fresh 2');
    commit('fresh', 'fresh 3');
    at('04:50:03');
    tok.push({ branch: 'fresh' });
    at('04:50:01');
    commit('fresh', 'amended', [second]);
    at('04:50:03');
    tok.push({ branch: 'fresh', force: true });
    await replay.all('push-record.json');
  });

  it('has answered every recorded request, and no other', () => {
    assert.deepEqual(replay.leftOver(), []);
    assert.deepEqual(forge.unexpected, []);
    assert.deepEqual(forge.errors, []);
  });
});

/** The server notes a push a second or two after the commit was made. */
function pushSeenAt(repo: Repository, time: string): void {
  const entry = repo.feed[repo.feed.length - 1];
  assert.equal(entry?.op, 'commit_repo');
  entry.at = Date.parse(`2026-11-21T${time}Z`);
}

function describeStatus(context: string, status: string): string {
  if (context === 'from job') return '';
  if (status === 'pending') return 'Waiting to run';
  if (status === 'failure') return 'Failing after 1s';
  return context === 'Tok / t (push)' ? 'Successful in 1s' : 'Successful in 0s';
}

interface RecordedStatus {
  id: number;
  status: string;
  context: string;
  description: string;
  target_url: string;
  created_at: string;
}

function rowsOf(exchange: Exchange): RecordedStatus[] {
  const { body } = exchange.response;
  return (Array.isArray(body) ? body : (body as { statuses: RecordedStatus[] | null }).statuses) ?? [];
}

/**
 * Appends the rows that the server had by the time of an exchange. Rows that no exchange shows were superseded, so any
 * row of a context that has a newer one stands for them.
 */
function seedStatuses(repo: Repository, exchange: Exchange, all: Exchange[]): void {
  const sha = exchange.request.path.split('/')[7] ?? '';
  const known = new Map(
    all
      .filter((each) => each.request.path.includes(sha))
      .flatMap(rowsOf)
      .map((row) => [row.id, row] as const),
  );
  const shown = rowsOf(exchange).sort((a, b) => a.id - b.id);
  const last = shown[shown.length - 1]?.id ?? 0;
  for (let id = (repo.statuses.get(sha)?.length ?? 0) + 1; id <= last; id++) {
    const row = known.get(id) ?? shown.find((each) => each.id > id);
    assert.ok(row);
    repo.setStatus(sha, {
      context: row.context,
      status: row.status,
      description: row.description,
      targetUrl: row.target_url,
      at: row.created_at,
    });
  }
}

interface RecordedRun {
  id: number;
  path: string;
  event: string;
  head_sha: string;
  status: string;
  conclusion?: string;
  started_at: string;
  completed_at: string;
}

describe('the embedded Gitea 1.25.4', () => {
  let clock = Date.parse('2026-11-21T03:30:32Z');
  const at = (time: string) => (clock = Date.parse(`2026-11-21T${time}Z`));
  let forge: Forge;
  let replay: Replay;
  let repo: Repository;

  before(async () => {
    const tokens = { [ADMIN]: { user: 'root1' } };
    forge = await startForge({ flavour: 'gitea-1.25.4', now: () => clock, tokens });
    forge.user('root1', { id: 1, admin: true, email: 'r@example.com' });
    forge.user('acme', { id: 2, kind: 'Organization' });
    replay = new Replay('gitea-1.25.4', forge);
    repo = forge.repo('acme/app', { id: 1 });
    repo.commit({ branch: 'main', message: 'Initial commit', files: { 'README.md': '# app\n\n' } });
    at('03:31:28');
    const files = Object.fromEntries(
      ['After', 'CI', 'Fail', 'Slow'].map((name) => [
        `.gitea/workflows/${name.toLowerCase()}.yml`,
        `name: ${name}\n`,
      ]),
    );
    replay.shas.pair(
      'a34ebf369ea713311ff57eae97824433fe3fce6a',
      repo.pushCommit({ branch: 'main', message: 'wf', files }),
    );
  });

  after(() => forge.close());

  /** Puts the runs into the state that the next exchange shows; runs that the server made itself are moved on. */
  function seedRuns(exchange: Exchange): void {
    const { workflow_runs: rows } = exchange.response.body as { workflow_runs: RecordedRun[] };
    for (const row of [...rows].sort((a, b) => a.id - b.id)) {
      const time = (text: string) => (text.startsWith('1970') ? null : Date.parse(text));
      const sha = replay.shas.translate(row.head_sha);
      const file = row.path.slice(0, row.path.indexOf('@'));
      const existing = repo.runs.find((run) => run.id === row.id);
      const jobs = row.id === 1 ? JOBS : [{ name: 'j', status: row.status }];
      const run = existing ?? repo.addRun({ file, sha, event: row.event, jobs });
      Object.assign(run, {
        status: row.status,
        conclusion: row.conclusion ?? null,
        startedAt: time(row.started_at),
        completedAt: time(row.completed_at),
      });
    }
  }

  const JOBS = [
    { name: 'build', labels: ['host'], startedAt: '2026-11-21T03:31:30Z' },
    { name: 'skipped', conclusion: 'skipped', labels: ['host'], startedAt: '2026-11-21T03:31:31Z' },
  ];

  it('answers as recorded', async () => {
    at('03:31:30');
    for (const note of ['runs, just pushed', 'runs, after 7 s']) {
      seedRuns(replay.peek('runs.json', note));
      await replay.next('runs.json', note);
    }
    at('03:31:36');
    const newer = repo.pushCommit({ branch: 'main', message: 'newer', files: { slow2: 'x\n' } });
    replay.shas.pair('935709e8adfe402318b3af060f5bb96c6c13040f', newer);
    const atEnd = replay.peek('runs.json', 'runs at the end');
    seedRuns(replay.peek('runs.json', 'runs, after a newer push'));
    const sha = replay.shas.translate('a34ebf369ea713311ff57eae97824433fe3fce6a');
    seedFinalStatuses(replay.peek('runs.json', 'statuses combined'), sha);
    while (replay.peek('runs.json').note !== 'dispatch') await replay.next('runs.json');

    const { workflow_runs: rows } = atEnd.response.body as { workflow_runs: RecordedRun[] };
    seedRuns({
      ...atEnd,
      response: { ...atEnd.response, body: { workflow_runs: rows.filter((row) => row.id < 9) } },
    });
    while (replay.peek('runs.json').note !== 'runs after the dispatch') await replay.next('runs.json');
    seedRuns(replay.peek('runs.json'));
    while (replay.peek('runs.json').note !== 'runs at the end') await replay.next('runs.json');
    seedRuns(atEnd);
    await replay.all('runs.json');
    assert.deepEqual(replay.leftOver(), []);
    assert.deepEqual(forge.unexpected, []);
    assert.deepEqual(forge.errors, []);
  });

  function seedFinalStatuses(exchange: Exchange, sha: string): void {
    const rows = rowsOf(exchange);
    for (let id = 1; id <= 8; id++) {
      const row = rows.find((each) => each.id === id) ?? rows[id - 1];
      assert.ok(row);
      const { context, status, description, target_url: targetUrl, created_at: time } = row;
      repo.setStatus(sha, { context, status, description, targetUrl, at: time });
    }
  }
});
