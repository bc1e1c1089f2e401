import type { Wanted } from './state.ts';

/** What a gate is asked: which workflows of which commit, and what counts as an answer. */
export interface GateQuestion {
  sha: string;
  wanted: readonly Wanted[];
  /** Null: any branch. */
  branch: string | null;
  /** The ref that was pushed, where it is another than the branch: a tag, or null where it is neither. */
  ref?: string | null;
  /** The branch may be the name of a tag, as it is where a `workflow_run` names what was pushed. */
  mayBeTag?: boolean;
  events: readonly string[];
  base: string | null;
  anyCommit: boolean;
  /** The push that this very job runs for, where it brought the commit. */
  eventPush: { before: string | null; ref: string } | null;
  now: () => number;
}

/** The ref whose push started, or should have started, the runs. */
export function refOf({ branch, ref }: Pick<GateQuestion, 'branch' | 'ref'>): string | null {
  return ref !== undefined ? ref : branch === null ? null : `refs/heads/${branch}`;
}

/** Every ref that may have been pushed; none where that is not known. */
export function refsOf(question: Pick<GateQuestion, 'branch' | 'ref' | 'mayBeTag'>): string[] {
  const ref = refOf(question);
  if (ref === null) return [];
  return question.mayBeTag ? [ref, ref.replace(/^refs\/heads\//, 'refs/tags/')] : [ref];
}
