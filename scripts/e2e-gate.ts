import { forgeOptions, type Context } from '../lib/context.ts';
import { UsageError } from '../lib/errors.ts';
import { openForge } from '../lib/forge/forge.ts';
import { fileOfRun } from '../lib/forge/runs.ts';
import { askGate } from '../lib/gate/ask.ts';
import { gateOptions } from '../lib/gate/options.ts';
import type { GateQuestion } from '../lib/gate/question.ts';
import { verdictOfGate } from '../lib/gate/verdict.ts';
import { asText, one, onUnless, type OptionValues } from '../lib/options.ts';
import { defineCommand, type Call, type Environment, type Script, type Verdict } from '../lib/script.ts';
import { describeFork, readSubject, shaOption } from '../lib/subject.ts';

const options = {
  ...gateOptions,
  override: onUnless({
    help: 'gate on a workflow_dispatch event too, where the operator has decided',
    variables: ['GATE_OVERRIDE'],
  }),
  upstream: one({
    help: 'the workflow FILE whose success started this job: if it is the only one named, its word is taken',
    value: 'FILE',
    variables: ['GATE_UPSTREAM'],
    shown: "the event's workflow_run.path",
    parse: asText,
  }),
  ...shaOption,
  ...forgeOptions,
};

type Options = OptionValues<typeof options>;

async function main(call: Call<Options>): Promise<Verdict> {
  const { options: given } = call;
  const { context, repo, sha } = readSubject(call);
  const subject = { repo, sha };
  const fork = describeFork(context);
  if (fork !== null)
    return { ...verdictOfGate({ decision: 'refuse', states: [], sha, reason: fork }), subject };
  if (given.override && context.event.name === 'workflow_dispatch') {
    const reason = 'the operator dispatched this by hand, so the gate is skipped (--no-override gates it)';
    return { ...verdictOfGate({ decision: 'go', states: [], sha, reason }), subject };
  }
  const question = readQuestion(call, context, { repo, sha });
  const upstream = isOfEvent(repo, call) ? trustUpstream(given, context, question) : null;
  if (upstream !== null) {
    const reason = `${upstream.wanted.file}: ${upstream.why}`;
    return { ...verdictOfGate({ decision: 'go', states: [upstream], sha, reason }), subject };
  }
  const answer = await askGate(openForge(context, repo), question, {
    absent: given.absent,
    graceMs: given['absent-grace'],
    waitMs: given.wait,
    pollMs: given.poll,
    clock: call.clock,
    log: call.log,
  });
  return {
    ...verdictOfGate(answer),
    subject: { repo, sha: answer.sha },
  };
}

function readQuestion(
  call: Call<Options>,
  context: Context,
  { repo, sha }: { repo: string; sha: string },
): GateQuestion {
  const { options: given, environment, clock } = call;
  const run = context.event.workflowRun();
  if (given.branch === null && run !== null && run.headBranch === null) {
    throw new UsageError(
      'Cannot run without --branch: the event names none; give --branch B, or set GATE_BRANCH',
    );
  }
  if (given.base === sha) {
    throw new UsageError(
      'Cannot use --base: it is the commit itself, and a push from a commit to itself brings nothing; give where the push started',
    );
  }
  const chosen = given.branch ?? run?.headBranch ?? null;
  const branch = chosen ?? environment.get('GITHUB_REF_NAME') ?? null;
  const ref = chosen === null ? readRef(environment, branch) : `refs/heads/${chosen}`;
  const push = isOfEvent(repo, call) ? context.event.push(sha) : null;
  return {
    sha,
    wanted: given.workflow,
    branch,
    ref,
    mayBeTag: chosen !== null || environment.get('GITHUB_REF') === undefined,
    events: given.event.length > 0 ? given.event : ['push'],
    base: given.base,
    anyCommit: given['any-commit'],
    eventPush: ref === null || push?.ref === ref ? push : null,
    now: () => clock.now(),
  };
}

/** The ref of the job's own event: a branch or a tag; null for what is neither, as a pull request's merge. */
function readRef(environment: Environment, branch: string | null): string | null {
  const ref = environment.get('GITHUB_REF');
  if (ref !== undefined) return /^refs\/(heads|tags)\//.test(ref) ? ref : null;
  return branch === null ? null : `refs/heads/${branch}`;
}

/** Is it the repository whose event started this job? Another one's run or push says nothing about it. */
function isOfEvent(repo: string, { environment }: Call<Options>): boolean {
  return (environment.get('GITHUB_REPOSITORY') ?? repo).toLowerCase() === repo.toLowerCase();
}

/** The state of the run that started this job, where that run is all that was asked for. */
function trustUpstream(given: Options, context: Context, { sha, branch, events }: GateQuestion) {
  const run = context.event.workflowRun();
  const [wanted, ...others] = given.workflow;
  if (run === null || wanted === undefined || others.length > 0 || wanted.job !== null) return null;
  const path = given.upstream ?? run.path;
  const counts = events.includes('any') || (run.event !== null && events.includes(run.event));
  const isOurs =
    path !== null &&
    fileOfRun(path) === wanted.file &&
    (run.path === null || fileOfRun(run.path) === wanted.file);
  if (!isOurs || !counts || run.headSha !== sha || run.headBranch !== branch) return null;
  if ((run.status ?? 'completed') !== 'completed' || run.conclusion !== 'success') return null;
  return {
    wanted,
    state: 'success' as const,
    why: 'the run that started this job is that workflow, and it succeeded',
  };
}

export const script: Script = {
  name: 'e2e-gate',
  summary:
    'Answers whether the named workflows are green for one commit, and what it means when one of them never ran.',
  commands: [defineCommand({ name: '', options, main })],
  outputs: {
    decision: 'go, defer, refuse or unknown',
    proceed: 'true only for go',
    state: 'success, failure, running, filtered, missing or unknown: of the workflow that decided',
    states: 'JSON, workflow file → state',
    sha: 'the commit that was asked for; with --any-commit the tip of the push that brought it',
    short: 'its first seven digits',
    reason: 'one sentence',
  },
  exits: { 0: 'go; also defer, unless --defer-code says otherwise', 1: 'refuse: red, or missing' },
};
