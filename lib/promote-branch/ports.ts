import type { Clock } from '../clock.ts';
import type { GateDecision } from '../gate/decide.ts';
import type { WorkflowState } from '../gate/state.ts';
import type { Log } from '../script.ts';

export interface Heads {
  from: string;
  to: string;
}

/** How the two branches lie to each other. */
export interface Range {
  /** Commits that `from` has more. */
  ahead: number;
  /** Commits that `to` has and `from` lacks. */
  behind: number;
  sameTree: boolean;
  /** What would ship, newest first; perhaps not all of it. */
  commits: readonly { sha: string; subject: string }[];
}

export interface Pull {
  number: number;
  url: string;
  state: 'open' | 'closed' | 'merged';
  head: string;
  mergeSha: string | null;
  mergedAt: number | null;
  /** Will the server merge it by itself? False where the server does not say. */
  armed: boolean;
  /** By squash or rebase, as a person may have armed it. */
  armedAs?: string;
  /** The branch it goes to, where somebody took it to another than ours. */
  elsewhere?: string;
  /** Does it stand in a merge queue? */
  queued: boolean;
  draft: boolean;
  /** `doubt`: a conflict, or the server has not finished looking (Gitea has one word for both). */
  mergeable: 'yes' | 'no' | 'unknown' | 'doubt';
}

export type MergeAnswer =
  | { kind: 'merged'; sha: string | null }
  | { kind: 'head-moved' }
  /** It passes by itself: try again. */
  | { kind: 'again'; words: string }
  /** The answer was lost, and the merge may have happened. */
  | { kind: 'unsure'; words: string }
  | { kind: 'refused'; words: string };

export type ArmAnswer =
  /** `own`: by this call, and not by another process before; `words`: what still keeps it out of the queue. */
  | { kind: 'armed'; own: boolean; words?: string }
  /** Nothing blocks it any more: it is to be merged, not armed. */
  | { kind: 'clean' }
  | { kind: 'head-moved' }
  | { kind: 'refused'; words: string };

/** What a pull request no longer is. */
export type Disarmed = 'armed' | 'queued';

/** Checks that `to` demands and the head does not have, by their names. */
export interface OpenChecks {
  missing: readonly string[];
  pending: readonly string[];
  failed: readonly string[];
}

/** What came of a workflow file at the merge. */
export type Landing =
  | { kind: 'run'; run: string; by: 'push' | 'dispatch' }
  | { kind: 'filtered'; why: string }
  | { kind: 'missing'; why: string };

export interface Merge {
  sha: string;
  at: number | null;
  pull: number | null;
  /** Was it this process whose call merged or armed it? */
  own: boolean;
}

export interface GateSaid {
  decision: GateDecision;
  reason: string;
  states: readonly WorkflowState[];
}

/** Everything a promotion asks of the world; a call that cannot be answered throws CouldNotTell. */
export interface PromotePorts {
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readHeads(): Promise<Heads>;
  /** Null where a branch moved while it was read. */
  readRange(heads: Heads): Promise<Range | null>;
  /** `e2e-gate`'s decision on a commit of `from`. `beforeWait`: it is no go now, and will be asked again. */
  askGate(sha: string, beforeWait?: () => Promise<void>): Promise<GateSaid>;
  findPull(): Promise<Pull | null>;
  /** Null where the server says that there is nothing to merge. One that is already there is found. */
  openPull(text: { title: string; body: string }): Promise<Pull | null>;
  readPull(number: number): Promise<Pull>;
  /** Which head a merge brought in; null where the merge commit does not say, as one by squash. */
  readMergedHead(merge: string): Promise<string | null>;
  closePull(pull: Pull): Promise<void>;
  /** Merges this head and no other. */
  merge(pull: Pull, head: string): Promise<MergeAnswer>;
  /** Can the server be told to merge later, and asked whether it will? */
  readonly canArm: boolean;
  /** `byQueue`: the server says that it wants a merge queue. */
  arm(pull: Pull, head: string, way: { byQueue: boolean }): Promise<ArmAnswer>;
  /** Keeps the server from merging it by itself, and says from what; undefined: there was nothing to take back. */
  disarm(pull: Pull): Promise<Disarmed | undefined>;
  readOpenChecks(head: string): Promise<OpenChecks>;
  /** The newest merge of `from` into `to` that the server knows. */
  findNewestMerge(): Promise<Omit<Merge, 'own'> | null>;
  readLanding(file: string, merge: string): Promise<Landing>;
  canDispatch(): Promise<boolean>;
  /** Null where the server names no run. */
  dispatch(file: string): Promise<{ run: string | null }>;
  /** What a person types to start the file. */
  suggestStart(file: string): string;
}

export interface PromoteSettings {
  from: string;
  to: string;
  method: 'merge' | 'fast-forward';
  dispatch: readonly string[];
  enabled: boolean;
  dryRun: boolean;
  waitMs: number;
  pollMs: number;
  graceMs: number;
  /** What a command that is printed needs to reach the same repository. */
  reach: readonly string[];
}
