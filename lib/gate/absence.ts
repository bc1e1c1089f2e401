import type { Changes, Push } from '../forge/forge.ts';
import { shortSha } from '../sha.ts';
import type { Profile } from '../workflow/profile.ts';
import { decidePush, type PushDecision } from '../workflow/push-filter.ts';
import type { State } from './state.ts';
import type { WorkflowReading } from './workflow-reading.ts';

/** Events that a person or another run starts: they are never due for a commit by themselves. */
const byHand = ['workflow_dispatch', 'workflow_call', 'repository_dispatch', 'schedule'];

export type PushFact =
  | {
      kind: 'tip';
      push: Push;
      /** Others on record that ended at the same commit before: a branch may be set back to it. */
      earlier?: readonly Push[];
    }
  /** No push ended at the commit, but this one brought it. */
  | { kind: 'inside'; push: Push }
  | { kind: 'unrecorded'; why: string };

export interface AbsenceFacts {
  reading: WorkflowReading;
  events: readonly string[];
  profile: Profile;
  sha: string;
  push: PushFact;
  /** Null where no path filter makes them matter. */
  changes: Changes | null;
}

export interface Absence {
  state: Extract<State, 'filtered' | 'missing' | 'unknown'>;
  why: string;
  certain?: boolean;
  late?: boolean;
  refused?: boolean;
  /** What was pushed, where the record tells. */
  ref?: string;
}

/** Which events of the file count here. */
function relevantEvents(reading: WorkflowReading, events: readonly string[]): string[] {
  return events.includes('any')
    ? [...reading.events]
    : reading.events.filter((event) => events.includes(event));
}

/**
 * Why a workflow has no run, as far as the file and the branch alone decide; null where the push has to be known.
 * `ref` is null where the branch is not known.
 */
export function decideWithoutPush(
  reading: WorkflowReading,
  { events, profile, ref }: { events: readonly string[]; profile: Profile; ref: string | null },
): Absence | null {
  if (reading.drop !== null) {
    const what =
      profile === 'github' ? 'GitHub runs no invalid file' : 'the server drops this file without a word';
    return { state: 'missing', certain: true, why: `${what}: ${reading.drop}` };
  }
  const relevant = relevantEvents(reading, events);
  if (relevant.length === 0) {
    const names = reading.events.join(', ') || 'nothing';
    return { state: 'filtered', why: `it runs on ${names}, not on ${events.join(', ')}` };
  }
  const automatic = relevant.filter((event) => !byHand.includes(event));
  if (automatic.length === 0) {
    return { state: 'missing', why: `it is started by hand only (${relevant.join(', ')}), and nobody has` };
  }
  if (automatic.some((event) => event !== 'push') || ref === null) return null;
  const decision = decidePush(reading.pushFilters, { ref, changed: null }, profile);
  return decision.due === false ? { state: 'filtered', why: decision.why } : null;
}

/** Do the changed files decide whether this push was due? */
export function needsChanges(reading: WorkflowReading, ref: string, profile: Profile): boolean {
  return decidePush(reading.pushFilters, { ref, changed: null }, profile).due === 'unknown';
}

/** Why a workflow that `decideWithoutPush` left open has no run: its filters exclude the push, or it was due. */
export function decideAbsence({ reading, events, profile, sha, push, changes }: AbsenceFacts): Absence {
  const others = relevantEvents(reading, events).filter(
    (event) => event !== 'push' && !byHand.includes(event),
  );
  if (push.kind === 'inside') {
    const tip = push.push.after;
    return {
      state: 'missing',
      certain: true,
      refused: true,
      why: `no push ended at ${shortSha(sha)}: it came inside the push that ended at ${tip}; gate that commit, or give --any-commit`,
    };
  }
  if (push.kind === 'unrecorded') {
    return {
      state: 'unknown',
      late: true,
      why: `the push that brought ${shortSha(sha)} is not known (${push.why}); give where it started with --base SHA, or a token that may read the record (GitHub: contents: read)`,
    };
  }
  const decision = decideWithChanges(reading, push.push.ref, changes, profile);
  if (decision.due === 'unknown') return { state: 'unknown', why: decision.why };
  if (decision.due === false && others.length === 0) return { state: 'filtered', why: decision.why };
  const due = decision.due === false ? `it runs on ${others.join(', ')} too` : 'its filters take this push';
  if (push.push.byJobToken) {
    return {
      state: 'missing',
      certain: true,
      why: `no run although ${due}: ${push.push.by} pushed it, and a push with a job's own token starts nothing`,
    };
  }
  return {
    state: 'missing',
    why: `no run although ${due}: most likely it was pushed with a workflow's own token, which starts nothing, or with [skip ci]`,
  };
}

/** A list that was cut can still show that a run was due; it never shows that none was. */
function decideWithChanges(
  reading: WorkflowReading,
  ref: string,
  changes: Changes | null,
  profile: Profile,
): PushDecision {
  if (changes === null) return decidePush(reading.pushFilters, { ref, changed: null }, profile);
  const decision = decidePush(reading.pushFilters, { ref, changed: changes.files }, profile);
  if (changes.complete || decision.due === true) return decision;
  const blind = decidePush(reading.pushFilters, { ref, changed: null }, profile);
  return blind.due === 'unknown'
    ? { due: 'unknown', why: `the list of changed files is not complete: ${changes.why ?? 'it was cut'}` }
    : blind;
}
