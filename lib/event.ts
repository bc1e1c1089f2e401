import { CouldNotTell } from './errors.ts';
import { readText } from './read-file.ts';
import type { Environment } from './script.ts';
import { Shape, ShapeError } from './shape.ts';

/** The run whose end started ours. */
export interface UpstreamRun {
  headSha: string;
  headBranch: string | null;
  /** The workflow file: GitHub `.github/workflows/x.yml`, Gitea 1.25 `x.yml@refs/heads/main`. */
  path: string | null;
  event: string | null;
  status: string | null;
  conclusion: string | null;
  /** Where its commit comes from; Gitea's payload does not say, which is no fork. */
  origin: 'same' | 'gone' | { fork: string };
}

export interface Event {
  readonly name: string | undefined;
  /** The whole payload; throws CouldNotTell where the file cannot be read. Null where there is none. */
  payload(): Shape | null;
  /** The triggering run of a `workflow_run` event, null on any other. Throws CouldNotTell. */
  workflowRun(): UpstreamRun | null;
  /** The push of a `push` event, where it is the one that ended at this commit. Throws CouldNotTell. */
  push(sha: string): { before: string | null; ref: string } | null;
}

/** The event that started this job, read when it is first asked for. */
export function readEvent(environment: Environment): Event {
  const name = environment.get('GITHUB_EVENT_NAME');
  const file = environment.get('GITHUB_EVENT_PATH');
  let cached: Shape | null | undefined;
  const payload = (): Shape | null => (cached ??= file === undefined ? null : readPayload(file));
  return {
    name,
    payload,
    workflowRun() {
      if (name !== 'workflow_run') return null;
      const body = payload();
      if (body === null) throw cannotRead('a workflow_run event', 'GITHUB_EVENT_PATH is not set');
      return read(file ?? '', () => readUpstream(body, environment.get('GITHUB_REPOSITORY')));
    },
    push(sha) {
      const body = name === 'push' ? payload() : null;
      if (body === null) return null;
      return read(file ?? '', () => readPush(body, sha));
    },
  };
}

function readPayload(file: string): Shape {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    throw cannotRead(`"${file}"`, (error as Error).message, error);
  }
  try {
    return new Shape(JSON.parse(text), 'the event');
  } catch (error) {
    throw cannotRead(`"${file}"`, 'it is not JSON', error);
  }
}

/** Reads from the payload; a field that is not as it must be is CouldNotTell. */
export function read<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ShapeError) throw cannotRead(`"${file}"`, error.message, error);
    throw error;
  }
}

function cannotRead(what: string, found: string, cause?: unknown): CouldNotTell {
  return new CouldNotTell(
    `Cannot read the event from ${what}: ${found}; check GITHUB_EVENT_PATH, or unset it and give what it names as options`,
    { cause },
  );
}

function readUpstream(payload: Shape, ours: string | undefined): UpstreamRun {
  const run = payload.field('workflow_run');
  return {
    headSha: run.field('head_sha').sha(),
    headBranch: run.optional('head_branch')?.text() ?? null,
    path: run.optional('path')?.text() ?? null,
    event: run.optional('event')?.text() ?? null,
    status: run.optional('status')?.text() ?? null,
    conclusion: run.optional('conclusion')?.text() ?? null,
    origin: readOrigin(payload, run, ours),
  };
}

function readOrigin(payload: Shape, run: Shape, ours: string | undefined): UpstreamRun['origin'] {
  const fields = run.raw() as Record<string, unknown>;
  if (!('head_repository' in fields)) return 'same';
  if (fields['head_repository'] === null) return 'gone';
  const from = run.field('head_repository').field('full_name').text();
  const here = ours ?? payload.field('repository').field('full_name').text();
  return from.toLowerCase() === here.toLowerCase() ? 'same' : { fork: from };
}

function readPush(payload: Shape, sha: string): { before: string | null; ref: string } | null {
  if (payload.optional('after')?.text().toLowerCase() !== sha) return null;
  const before = payload.field('before').sha();
  return { before: /^0+$/.test(before) ? null : before, ref: payload.field('ref').text() };
}
