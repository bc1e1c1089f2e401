import type { Evidence } from '../script.ts';

/** The five answers a workflow gives for a commit, and the one that is none. */
export type State = 'success' | 'failure' | 'running' | 'filtered' | 'missing' | 'unknown';

/** A workflow that must be green, and the job in it that must have run. */
export interface Wanted {
  /** The file's name below its folder, as `ci.yml`. */
  file: string;
  job: string | null;
}

export interface WorkflowState {
  wanted: Wanted;
  state: State;
  /** What it rests on, as the half of a sentence behind `ci.yml: `. */
  why: string;
  /** A `missing` that no later answer can mend: no grace is needed. */
  certain?: boolean;
  /** An `unknown` that a later answer may mend: the server writes its record of pushes after the push. */
  late?: boolean;
  /** A `missing` that `--absent` does not rule over. */
  refused?: boolean;
  url?: string;
  next?: readonly string[];
}

const worstFirst: readonly State[] = ['failure', 'missing', 'unknown', 'running', 'filtered', 'success'];

/** The worst of several states of one workflow, or of several. */
export function worstState(states: readonly [WorkflowState, ...WorkflowState[]]): WorkflowState {
  const rank = ({ state }: WorkflowState): number => worstFirst.indexOf(state);
  return states.reduce((worst, state) => (rank(state) < rank(worst) ? state : worst));
}

/** The evidence rows of the states. */
export function evidenceOf(states: readonly WorkflowState[]): Evidence[] {
  return states.map(({ wanted, state, why, url }) => ({
    what: nameOf(wanted),
    value: `${state}: ${why}`,
    ...(url ? { url } : {}),
  }));
}

/** `ci.yml`, or `ci.yml=JOB`. */
export function nameOf(wanted: Wanted): string {
  return wanted.job === null ? wanted.file : `${wanted.file}=${wanted.job}`;
}
