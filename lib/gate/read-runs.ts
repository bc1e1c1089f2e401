import { mapBounded } from '../concurrency.ts';
import type { Run } from '../forge/forge.ts';
import { fetchJobs } from '../forge/runs.ts';
import { mapWanted, type Inquiry } from './inquiry.ts';
import { readAbsent } from './read-absent.ts';
import { chooseRuns, decideRunState, findBranchless, needsJobs, type RunFilter } from './run-state.ts';
import { worstState, type Wanted, type WorkflowState } from './state.ts';

/** The states by the forge's list of runs of the commit. */
export function readByRuns(inquiry: Inquiry, runs: readonly Run[]): Promise<WorkflowState[]> {
  return mapWanted(inquiry, (wanted) => readWorkflow(inquiry, wanted, runs));
}

async function readWorkflow(inquiry: Inquiry, wanted: Wanted, runs: readonly Run[]): Promise<WorkflowState> {
  const { forge, question } = inquiry;
  const lost = findBranchless(runs, wanted.file, question);
  if (lost !== null) {
    return {
      wanted,
      state: 'unknown',
      why: `run ${lost.id} does not say which branch it is of`,
      url: lost.url,
    };
  }
  const chosen = chooseRuns(runs, wanted.file, question);
  if (chosen.length === 0) return withOverlooked(await readAbsent(inquiry, wanted), runs, question);
  const events = [...new Set(chosen.map((run) => run.event))];
  const states = await mapBounded(events, 4, async (event) => {
    const [newest, ...older] = chosen.filter((run) => run.event === event) as [Run, ...Run[]];
    const carried = wanted.job !== null && newest.attempt > 1;
    const jobs = needsJobs(newest) ? await fetchJobs(forge, newest, { carried }) : null;
    return decideRunState(wanted, [newest, ...older], jobs);
  });
  return worstState(states as [WorkflowState, ...WorkflowState[]]);
}

/** Who named another branch than the one that was tested should see it: its runs stand there, and do not count. */
function withOverlooked(state: WorkflowState, runs: readonly Run[], filter: RunFilter): WorkflowState {
  const [other] = chooseRuns(runs, state.wanted.file, { ...filter, branch: null });
  if (other === undefined || state.state !== 'filtered') return state;
  const why = `${state.why}; run ${other.id} of branch "${other.branch}" does not count (--branch)`;
  return { ...state, why };
}
