import { countOf } from '../count.ts';
import type { Job, Run } from '../forge/forge.ts';
import type { Wanted, WorkflowState } from './state.ts';

const unfinished = ['queued', 'requested', 'waiting', 'pending', 'in_progress'];
const failed = ['failure', 'timed_out', 'startup_failure', 'action_required', 'stale', 'skipped'];

export interface RunFilter {
  sha: string;
  /** Null: any branch. */
  branch: string | null;
  /** Holds `any` where every event counts. */
  events: readonly string[];
}

/** The runs that count for a workflow, newest first: what the server filtered is filtered again here. */
export function chooseRuns(runs: readonly Run[], file: string, filter: RunFilter): Run[] {
  return runs
    .filter((run) => run.file === file && run.sha === filter.sha)
    .filter((run) => filter.branch === null || run.branch === filter.branch)
    .filter((run) => filter.events.includes('any') || filter.events.includes(run.event))
    .sort((a, b) => b.id - a.id || b.attempt - a.attempt);
}

/** A run of the file that would count, but for a branch that the server does not name: not "no run", but not told. */
export function findBranchless(runs: readonly Run[], file: string, filter: RunFilter): Run | null {
  if (filter.branch === null) return null;
  return chooseRuns(runs, file, { ...filter, branch: null }).find((run) => run.branch === null) ?? null;
}

/** Must the run's jobs be read before its state can be told? */
export function needsJobs(run: Run): boolean {
  return run.status === 'completed' && run.conclusion === 'success';
}

/**
 * The state that the newest run gives. `runs` are those that count, newest first and at least one;
 * `jobs` are the newest one's, where `needsJobs` asked for them.
 */
export function decideRunState(
  wanted: Wanted,
  runs: readonly [Run, ...Run[]],
  jobs: readonly Job[] | null,
): WorkflowState {
  const [run] = runs;
  const answer = (state: WorkflowState['state'], why: string): WorkflowState => ({
    wanted,
    state,
    why: `${describeRun(run)} ${why}`,
    ...(run.url ? { url: run.url } : {}),
  });
  if (unfinished.includes(run.status)) {
    return answer('running', run.status === 'waiting' ? 'waits for an approval' : `is ${run.status}`);
  }
  if (run.status !== 'completed')
    return answer('unknown', `has the status "${run.status}", which is not known`);
  if (run.conclusion === 'cancelled') return decideCancelled(runs, answer);
  if (failed.includes(run.conclusion ?? '')) return answer('failure', `ended as ${run.conclusion}`);
  if (run.conclusion !== 'success') {
    return answer('unknown', `has the conclusion "${run.conclusion ?? 'none'}", which is not known`);
  }
  return decideSuccess(wanted, jobs, answer);
}

type Answer = (state: WorkflowState['state'], why: string) => WorkflowState;

function decideCancelled([run, ...others]: readonly [Run, ...Run[]], answer: Answer): WorkflowState {
  // Runs come newest first, so another one takes its place only when it was started again.
  const replacement = others.find(
    (other) =>
      other.attempt > 1 &&
      unfinished.includes(other.status) &&
      other.event === run.event &&
      other.branch === run.branch,
  );
  if (replacement)
    return answer(
      'running',
      `was cancelled, and run ${replacement.id} in its place is ${replacement.status}`,
    );
  return answer('failure', 'was cancelled, and no newer run takes its place');
}

function decideSuccess(wanted: Wanted, jobs: readonly Job[] | null, answer: Answer): WorkflowState {
  if (jobs === null) return answer('unknown', 'ended as success, but its jobs were not read');
  const strange = jobs.find((job) => !isKnown(job));
  if (strange) {
    const found =
      strange.status === 'completed' ? `conclusion "${strange.conclusion}"` : `status "${strange.status}"`;
    return answer('unknown', `has the job "${strange.name}" with the ${found}, which is not known`);
  }
  if (wanted.job !== null) return decideJob(wanted.job, jobs, answer);
  const passed = jobs.filter((job) => job.status === 'completed' && job.conclusion === 'success');
  if (passed.length > 0)
    return answer(
      'success',
      `ended as success, ${passed.length} of ${countOf(jobs.length, 'job')} ran and succeeded`,
    );
  return answer(
    'failure',
    jobs.length === 0 ? 'ended as success, but it had no job' : 'ended as success, but no job ran',
  );
}

function isKnown(job: Job): boolean {
  if (job.status !== 'completed') return unfinished.includes(job.status);
  return [...failed, 'success', 'cancelled', 'neutral'].includes(job.conclusion ?? '');
}

function decideJob(name: string, jobs: readonly Job[], answer: Answer): WorkflowState {
  const exact = jobs.filter((job) => job.name === name);
  const chosen = exact.length > 0 ? exact : jobs.filter((job) => job.name.startsWith(`${name} (`));
  if (chosen.length === 0) return answer('failure', `ended as success, but has no job "${name}"`);
  const bad = chosen.find((job) => job.status !== 'completed' || job.conclusion !== 'success');
  if (bad)
    return answer(
      'failure',
      `ended as success, but its job "${bad.name}" is ${bad.conclusion ?? bad.status}`,
    );
  return answer('success', `ended as success, and its job "${name}" ran and succeeded`);
}

function describeRun(run: Run): string {
  return `run ${run.id}${run.attempt > 1 ? `, attempt ${run.attempt},` : ''}`;
}
