import { readContext, requireRepo, type Context, type ForgeOptionValues } from './context.ts';
import { UsageError } from './errors.ts';
import { asSha, one } from './options.ts';
import type { Call, Environment } from './script.ts';

/** The commit in question. */
export const shaOption = {
  sha: one({
    help: 'the commit, all 40 or 64 hex digits',
    value: 'SHA',
    shown: "the event's workflow_run.head_sha, then GITHUB_SHA",
    parse: asSha,
  }),
};

type SubjectCall = Call<ForgeOptionValues & { sha: string | null }>;

/** One commit, and where it is asked for. */
export interface Commit {
  readonly context: Context;
  readonly sha: string;
}

/** One commit of one repository: what most decisions are about. */
export interface Subject extends Commit {
  readonly repo: string;
}

/** Which commit of which repository is meant, read without any call. Throws UsageError where one is not named. */
export function readSubject(call: SubjectCall): Subject {
  const commit = readCommit(call);
  return { ...commit, repo: requireRepo(commit.context) };
}

/** As `readSubject`, where no repository need be named. Throws UsageError. */
export function readCommit(call: SubjectCall): Commit {
  const context = readContext(call);
  const sha = findSha(call.options.sha, context, call.environment);
  if (sha !== null) return { context, sha };
  throw new UsageError('Cannot run without --sha: no commit is named; give --sha SHA, or set GITHUB_SHA');
}

/**
 * The commit in question: the option, else the tested commit of a `workflow_run` event (whose GITHUB_SHA is
 * the tip of the default branch), else GITHUB_SHA; null where none is named. Throws UsageError.
 */
export function findSha(given: string | null, context: Context, environment: Environment): string | null {
  const tested = given ?? context.event.workflowRun()?.headSha;
  if (tested !== undefined) return tested;
  const text = environment.get('GITHUB_SHA');
  return text === undefined ? null : asSha(text, 'GITHUB_SHA');
}

/** Why an event of a fork may decide nothing here; null where it is none. */
export function describeFork(context: Context): string | null {
  const run = context.event.workflowRun();
  if (run === null || run.origin === 'same') return null;
  const from =
    run.origin === 'gone' ? 'a repository that is gone (a deleted fork)' : `the fork "${run.origin.fork}"`;
  return `Cannot accept this workflow_run: its commit comes from ${from}; a fork's run never promotes, push the commit to this repository`;
}
