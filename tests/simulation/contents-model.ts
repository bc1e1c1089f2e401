import { createHash } from 'node:crypto';
import type { ForgeKind } from '../../lib/find-api.ts';
import { HttpFault, type Http, type HttpAnswer, type HttpCall } from '../../lib/http.ts';
import type { World } from './scheduler.ts';

export interface ModelCommit {
  sha: string;
  /** Who made it: a cascade's name, or `human`. */
  by: string;
  /** The version file after it; null before there is one. */
  content: string | null;
  touchesFile: boolean;
  at: number;
}

export interface ModelRepo {
  name: string;
  log: ModelCommit[];
}

export interface ModelFaults {
  /** Chances of a call: the request is lost, its answer is lost, the answer is a 500 or 502 although it was done. */
  lost: number;
  unanswered: number;
  lying: number;
  /** How long a read may show what was before the newest write (GitHub's replicas). */
  lagMs: number;
}

const blobOf = (content: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest('hex');

/** A repository with one commit, and perhaps a version. */
export function makeRepo(name: string, content: string | null): ModelRepo {
  return { name, log: [{ sha: shaOf(name, 0), by: 'human', content, touchesFile: content !== null, at: 0 }] };
}

function shaOf(name: string, count: number): string {
  return createHash('sha1').update(`${name} ${count}`).digest('hex');
}

export function tipOf(repo: ModelRepo): ModelCommit {
  return repo.log.at(-1) as ModelCommit;
}

/** Puts a commit on top; the log only ever grows, so a forced push would have no way to be made. */
export function addCommit(
  repo: ModelRepo,
  by: string,
  { content, at }: { content: string | null | undefined; at: number },
): ModelCommit {
  const tip = tipOf(repo);
  const commit: ModelCommit = {
    sha: shaOf(repo.name, repo.log.length),
    by,
    content: content === undefined ? tip.content : content,
    touchesFile: content !== undefined,
    at,
  };
  repo.log.push(commit);
  return commit;
}

/** The contents API of a forge whose calls travel through the world's time, and fail as `faults` says. */
export function makeModelHttp(
  world: World,
  kind: ForgeKind,
  { repos, by, faults }: { repos: ReadonlyMap<string, ModelRepo>; by: string; faults: ModelFaults },
): Http {
  async function send(call: HttpCall): Promise<HttpAnswer> {
    const method = call.method ?? 'GET';
    const url = new URL(call.url);
    const [owner, name, ...rest] = url.pathname.replace(/^\/repos\//, '').split('/');
    const repo = repos.get(`${owner}/${name}`);
    const reply = (status: number, body: unknown): HttpAnswer => makeAnswer(call, status, body);
    if (repo === undefined) return reply(404, { message: 'Not Found' });
    const fault = drawFault(call, method);
    if (method === 'GET') {
      return world.call(() => reply(...readAnswer(repo, rest.join('/'), url.searchParams.get('ref'))), {
        fault: () => fault,
      });
    }
    const body = JSON.parse(String(call.body)) as { content: string; sha?: string };
    const content = Buffer.from(body.content, 'base64').toString();
    // A write reads the tip, and moves it a moment later: another push in between makes it fail.
    const refusal = await world.call(() => checkBase(repo, method, body.sha));
    if (refusal !== null) return reply(422, { message: refusal });
    const before = tipOf(repo).sha;
    return world.call(
      () => {
        const now = tipOf(repo).sha;
        if (now !== before) {
          const words = `cannot lock ref 'refs/heads/main': is at ${now} but expected ${before}`;
          return kind === 'github'
            ? reply(409, { message: `is at ${now} but expected ${before}` })
            : reply(500, { message: `PushRejected Error: ${words}` });
        }
        const commit = addCommit(repo, by, { content, at: world.clock.now() });
        world.note(() => `${by} commits ${JSON.stringify(content)} to ${repo.name}`);
        if (world.random.chance(faults.lying))
          return reply(world.random.pick([500, 502, 409]), { message: '' });
        return reply(method === 'POST' ? 201 : 200, { commit: { sha: commit.sha } });
      },
      { fault: () => fault },
    );
  }

  function drawFault(call: HttpCall, method: string): { stage: 'before' | 'after'; error: HttpFault } | null {
    // Reads are tried again below this model, so they fail for good less often.
    const scale = method === 'GET' ? 0.2 : 1;
    const stage = world.random.chance(faults.lost * scale)
      ? 'before'
      : world.random.chance(faults.unanswered * scale)
        ? 'after'
        : null;
    if (stage === null) return null;
    const error = new HttpFault(`Cannot ${call.purpose}: lost the connection; run again`, {
      kind: 'reset',
      maybeSent: true,
    });
    return { stage, error };
  }

  function readAnswer(repo: ModelRepo, path: string, ref: string | null): [number, unknown] {
    if (path === '') return [200, { default_branch: 'main' }];
    const lag = faults.lagMs > 0 && world.random.chance(0.5) ? world.random.upTo(faults.lagMs) : 0;
    const named = repo.log.findIndex(({ sha }) => sha === ref);
    const shown = repo.log.filter(({ at }) => at <= world.clock.now() - lag);
    const seen = named >= 0 ? repo.log.slice(0, named + 1) : shown.length > 0 ? shown : repo.log.slice(0, 1);
    const tip = seen.at(-1) as ModelCommit;
    const touching = seen.filter(({ touchesFile }) => touchesFile);
    if (path === 'commits')
      return [
        200,
        touching
          .map(({ sha }) => ({ sha }))
          .reverse()
          .slice(0, 10),
      ];
    if (tip.content === null) return [404, { message: 'Not Found' }];
    return [
      200,
      {
        type: 'file',
        path: '.runtime-version',
        sha: blobOf(tip.content),
        encoding: 'base64',
        content: Buffer.from(tip.content).toString('base64'),
        ...(kind === 'github' ? {} : { last_commit_sha: touching.at(-1)?.sha }),
      },
    ];
  }

  const limits = { deadlineMs: 120_000, retryMs: 20 };
  return { limits, send, describe: ({ status, text }) => `answered ${status} ${text}` };
}

function checkBase(repo: ModelRepo, method: string, base: string | undefined): string | null {
  const { content } = tipOf(repo);
  if (content === null)
    return base === undefined ? null : 'repository file does not exist, sha does not match';
  if (base === undefined)
    return method === 'POST' ? 'repository file already exists' : `"sha" wasn't supplied`;
  return base === blobOf(content) ? null : 'sha does not match';
}

function makeAnswer(call: HttpCall, status: number, body: unknown): HttpAnswer {
  const text = JSON.stringify(body);
  const { pathname } = new URL(call.url);
  return {
    method: call.method ?? 'GET',
    path: pathname,
    url: call.url,
    status,
    headers: new Headers({ 'content-type': 'application/json' }),
    bytes: Buffer.from(text),
    text,
  };
}
