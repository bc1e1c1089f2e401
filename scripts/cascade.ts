import { chooseAuthor, hasApi, openTransport, readWriter, type Opener } from '../lib/cascade/open.ts';
import { cascadeOptions, type CascadeOptions } from '../lib/cascade/options.ts';
import type { Ending, Outcome } from '../lib/cascade/outcome.ts';
import { dispatch } from '../lib/cascade/dispatch.ts';
import { pin, type PinSettings } from '../lib/cascade/pin.ts';
import { makePlan, readVersion, type Plan } from '../lib/cascade/plan.ts';
import { mergeReports } from '../lib/cascade/report.ts';
import { openReportFile, type ReportFile } from '../lib/cascade/report-file.ts';
import { readAhead } from '../lib/cascade/read-ahead.ts';
import { makeResume } from '../lib/cascade/resume.ts';
import { runAll } from '../lib/cascade/run.ts';
import { readTargets } from '../lib/cascade/targets.ts';
import { closeCascade, describeOutcome } from '../lib/cascade/verdict.ts';
import { createWriteGate } from '../lib/cascade/write-gate.ts';
import { readContext, type Context } from '../lib/context.ts';
import { createApi } from '../lib/forge/api.ts';
import { defineCommand, type Call, type Script, type Verdict } from '../lib/script.ts';

type CascadeCall = Call<CascadeOptions>;

async function main(call: CascadeCall): Promise<Verdict> {
  const { options } = call;
  if (options['merge-report'].length > 0) return merge(call);
  const context = readContext(call);
  const plan = makePlan(call, { isGitHub: context.kind === 'github' });
  call.onStop(() => 'nothing was written');
  const opener = await openTransport(call, context);
  try {
    const isTokenUsed = context.token !== undefined || plan.mode === 'write';
    const asked = hasApi(call, context) && isTokenUsed ? readWriter(call, context) : null;
    const first = { targets: chooseFirst(plan, options), wanted: plan.wanted, clock: call.clock };
    const ahead = asked === null ? opener : readAhead(opener, first);
    const wanted = { ...plan.wanted, author: chooseAuthor(options, await asked) };
    return await fanOut(call, context, { plan: { ...plan, wanted }, opener: ahead });
  } finally {
    opener.close();
  }
}

/** The targets to read while the token's user is asked for: by the API one for each worker, where they are read at all. */
function chooseFirst({ targets, event, wanted }: Plan, { transport, concurrency }: CascadeOptions): string[] {
  const isRead = event === null || wanted.requireFile !== null;
  return isRead && transport === 'api' ? targets.slice(0, concurrency) : [];
}

async function fanOut(
  call: CascadeCall,
  context: Context,
  { plan, opener }: { plan: Plan; opener: Opener },
): Promise<Verdict> {
  const { options, log } = call;
  const { targets } = plan;
  const settings = makeSettings(call, context, plan);
  const finished = new Map<string, Outcome>();
  const begun = new Set<string>();
  const report = openReportFile(call, plan.version);
  const soFar = (): Outcome[] => targets.map((target) => finished.get(target) ?? leaveOpen(target, begun));
  const close = (outcomes: readonly Outcome[]): Verdict =>
    closeRun(call, report, { version: plan.version, mode: plan.mode, outcomes });
  call.onStop(() => close(soFar()));
  report.note(soFar);
  // A terminal has one live line; a runner's log, which nobody can overwrite, a line for each that is done.
  const inRunner = call.environment.get('GITHUB_ACTIONS') === 'true';
  log.progress(`[0/${targets.length}]`);
  const { outcomes, fault } = await runAll({
    targets,
    concurrency: options.concurrency,
    gate: settings.gate,
    work(target) {
      begun.add(target);
      return bring(target, { plan, opener, settings, context });
    },
    onDone(outcome, done) {
      finished.set(outcome.target, outcome);
      report.note(soFar);
      const line = `[${done}/${targets.length}] ${describeOutcome(outcome)}`;
      if (inRunner) log.line(line);
      else log.progress(line);
    },
  });
  if (fault !== null) {
    report.close(outcomes);
    throw fault;
  }
  return close(outcomes);
}

async function bring(
  target: string,
  room: { plan: Plan; opener: Opener; settings: PinSettings; context: Context },
): Promise<Ending> {
  const { plan, opener, settings, context } = room;
  const remote = opener.open(target, plan.wanted);
  try {
    if (plan.event === null) return await pin(remote, settings);
    const isChecked = plan.wanted.requireFile !== null;
    const event = { event: plan.event, remote: isChecked ? remote : null, settings };
    return await dispatch(createApi(context), target, event);
  } finally {
    await remote.close();
  }
}

function makeSettings(call: CascadeCall, context: Context, plan: Plan): PinSettings {
  const { options, clock } = call;
  const { deadlineMs, retryMs } = context.http.limits;
  // GitHub asks for a second between writes (docs: "Best practices for using the REST API").
  const isSpaced = context.kind === 'github' && options.transport === 'api';
  const intervalMs = options['write-interval'] ?? (isSpaced ? 1000 : 0);
  const random = Math.random;
  return {
    version: plan.version,
    mode: plan.mode,
    noDowngrade: options['no-downgrade'],
    attempts: options.attempts,
    retryMs,
    gate: createWriteGate({ clock, intervalMs, deadlineMs, retryMs, random }),
    clock,
    random,
  };
}

/** Joins the reports of shards, or of a run and what resumed it, into the verdict of the whole. */
function merge(call: CascadeCall): Verdict {
  const { options } = call;
  const { version, targets } = mergeReports(options['merge-report'], {
    order: readTargets(options),
    version: readVersion(options),
  });
  return closeRun(call, openReportFile(call, version), {
    version,
    mode: modeOf(targets, options),
    outcomes: targets,
  });
}

/** What the runs behind the reports were for: the states that only a check or a dry run has say it. */
function modeOf(targets: readonly Outcome[], options: CascadeOptions): Plan['mode'] {
  const has = (wanted: Outcome['state']): boolean => targets.some(({ state }) => state === wanted);
  if (options.check || has('lags')) return 'check';
  return options['dry-run'] || has('would-update') ? 'dry-run' : 'write';
}

function closeRun(
  call: CascadeCall,
  report: ReportFile,
  run: { version: string; mode: Plan['mode']; outcomes: readonly Outcome[] },
): Verdict {
  const { log } = call;
  const { version, outcomes } = run;
  log.line('');
  for (const outcome of outcomes) {
    log.line(describeOutcome(outcome));
    if (outcome.warning !== undefined) log.warning(`${outcome.target}: ${outcome.warning}`);
  }
  log.line('');
  const isReadable = report.close(outcomes);
  return closeCascade({ ...run, resume: makeResume(version, outcomes, { ...call, isReadable }) });
}

/** A target that a run did not come to the end of. */
function leaveOpen(target: string, begun: ReadonlySet<string>): Outcome {
  const message = begun.has(target)
    ? 'the run was stopped while it was at work on it, so it may be written'
    : 'the run was stopped before it ended';
  return { target, state: 'not-attempted', message };
}

export const script: Script = {
  name: 'cascade',
  summary:
    'Fans a version out to many repositories: one commit each, whose push starts what stands there. Equal content is never written, a lost race is written on top, nothing is forced.',
  outputs: {
    decision: 'complete, complete-with-skips, incomplete; with --check in-sync, lags or unknown',
    proceed: 'true where nothing is left to do',
    reason: 'one sentence',
    updated: 'targets that were written, as a JSON list of owner/repo',
    unchanged: 'targets that held it already',
    skipped: 'targets without the required file, or that would be downgraded',
    failed: 'targets that could not be written',
    not_attempted: 'targets that were not tried',
    lagging: 'with --check: targets that do not hold it',
    changed: 'true where anything was written',
  },
  exits: {
    0: 'complete, also with skips; with --check: in sync',
    1: 'a target failed or was not attempted; with --check: one lags',
  },
  commands: [defineCommand({ name: '', options: cascadeOptions, main })],
};
