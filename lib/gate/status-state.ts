import { countOf } from '../count.ts';
import type { Status } from '../forge/forge.ts';
import type { Wanted, WorkflowState } from './state.ts';

const oldestPendingMs = 24 * 3_600_000;

/** A context that a job of the file writes: whole, or only its start where the name cannot be known. */
export interface ExpectedContext {
  job: string;
  /** The event it is written for. */
  event: string;
  context?: string;
  /** The job's part of `context`, with the values of its matrix leg. */
  name?: string;
  prefix?: string;
}

export interface StatusFacts {
  wanted: Wanted;
  expected: readonly ExpectedContext[];
  /** The newest status of each context of the commit. */
  statuses: readonly Status[];
  /** Has the branch moved on from this commit? Null: not known. */
  movedOn: boolean | null;
  /** Contexts that the branch's newer head has. */
  newerContexts: ReadonlySet<string>;
  /** Was the commit pushed to the branch it is asked for, and nowhere else? Null: not asked. */
  isOfOneBranch: boolean | null;
  now: number;
}

interface Found {
  expected: ExpectedContext;
  statuses: Status[];
}

/**
 * What a file's statuses say; null where none of its contexts is there.
 * Only statuses that the server itself wrote for a run count: anyone with write access can post one of any name.
 */
export function decideStatusState(facts: StatusFacts): WorkflowState | null {
  const own = facts.statuses.filter((status) => status.byServer);
  const found = facts.expected.map((expected) => ({
    expected,
    statuses: own.filter((status) => matches(expected, status)),
  }));
  if (found.every(({ statuses }) => statuses.length === 0)) return null;
  const events = [...new Set(facts.expected.map(({ event }) => event))];
  const present = events
    .map((event) => found.filter(({ expected }) => expected.event === event))
    .filter((rows) => rows.some(({ statuses }) => statuses.length > 0));
  const states = present.map((rows) => decideEvent(rows, facts));
  return (
    states.find(({ state }) => state === 'failure') ??
    states.find(({ state }) => state === 'unknown') ??
    states.find(({ state }) => state === 'running') ??
    (states[0] as WorkflowState)
  );
}

function matches(expected: ExpectedContext, status: Status): boolean {
  if (expected.context !== undefined) return status.context === expected.context;
  return status.context.startsWith(expected.prefix ?? '') && status.context.endsWith(` (${expected.event})`);
}

function decideEvent(rows: readonly Found[], facts: StatusFacts): WorkflowState {
  const { wanted } = facts;
  const all = rows.flatMap(({ statuses }) => statuses);
  const failed = all.find((status) => ['failure', 'error'].includes(status.state));
  if (failed) return { wanted, state: 'failure', why: describeFailure(failed, facts) };
  const pending = all.filter((status) => status.state === 'pending');
  const dead = pending.map((status) => describeDead(status, facts)).find((why) => why !== null);
  if (dead) return { wanted, state: 'failure', why: dead };
  const strange = all.find((status) => !['success', 'skipped', 'pending'].includes(status.state));
  if (strange)
    return {
      wanted,
      state: 'unknown',
      why: `"${strange.context}" has the state "${strange.state}", which is not known`,
    };
  if (pending[0])
    return { wanted, state: 'running', why: `"${pending[0].context}" is pending: ${pending[0].description}` };
  const late = rows.find(({ statuses }) => statuses.length === 0);
  if (late) return { wanted, state: 'running', why: `the job "${late.expected.job}" has no status yet` };
  const torn = all.find(isTorn);
  if (torn && facts.isOfOneBranch !== true) return { wanted, state: 'unknown', why: describeTorn(torn) };
  return decideGreen(rows, facts);
}

function decideGreen(rows: readonly Found[], { wanted }: StatusFacts): WorkflowState {
  const named =
    wanted.job === null ? rows : rows.filter(({ expected }) => isJob(expected, wanted.job as string));
  if (named.length === 0) return { wanted, state: 'failure', why: `the file has no job "${wanted.job}"` };
  const statuses = named.flatMap((row) => row.statuses);
  const ran = statuses.filter((status) => !isSkipped(status));
  const skipped = statuses.find(isSkipped);
  if (wanted.job !== null && skipped)
    return { wanted, state: 'failure', why: `the job "${wanted.job}" was skipped` };
  if (ran.length === 0) return { wanted, state: 'failure', why: 'every job was skipped, so no job ran' };
  return {
    wanted,
    state: 'success',
    why: `${ran.length} of ${countOf(statuses.length, 'job')} ran and succeeded`,
  };
}

function isJob({ job, name }: ExpectedContext, wanted: string): boolean {
  return job === wanted || name === wanted || name?.startsWith(`${wanted} (`) === true;
}

/** Gitea 1.22.6 writes `success` for a job that never ran (seen); later versions write `skipped`. */
function isSkipped(status: Status): boolean {
  return status.state === 'skipped' || /^has been skipped$/i.test(status.description.trim());
}

function describeFailure(status: Status, { movedOn }: StatusFacts): string {
  if (/cancelled/i.test(status.description) && movedOn === true)
    return `"${status.context}" was cancelled by a newer push`;
  return `"${status.context}" is ${status.state}: ${status.description}`;
}

/** Did another run of the commit fail a context that is green by its newest status? */
export function isTorn({ state, failedRuns = [] }: Status): boolean {
  return state === 'success' && failedRuns.length > 0;
}

/** A status names neither branch nor tag (seen on 1.22.6). */
function describeTorn({ context, failedRuns = [], targetUrl }: Status): string {
  const run = /\/runs\/(\d+)\//.exec(targetUrl)?.[1] ?? '';
  return `"${context}" is green in run ${run} and failed in run ${failedRuns.join(', ')} of this commit, and the server does not say which of them is of this branch; start run ${failedRuns.join(', ')} again, from its page`;
}

/** Gitea 1.22.6 leaves jobs of a run that a newer push replaced pending for ever (seen). */
function describeDead(status: Status, facts: StatusFacts): string | null {
  if (facts.movedOn === true && facts.newerContexts.has(status.context)) {
    return `"${status.context}" is still pending, but the branch has moved on and its newer head has the same job: this run was replaced`;
  }
  if (facts.now - status.createdAt > oldestPendingMs) {
    return `"${status.context}" has been pending for more than 24 h (${status.description}): no runner took it`;
  }
  return null;
}
