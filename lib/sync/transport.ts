import type { CouldNotTell } from '../errors.ts';

/** How the two branches lie to each other. */
export type Standing =
  | { kind: 'in-sync'; to: string; why: string }
  | { kind: 'fast-forward'; from: string; to: string; hasSameFiles: boolean }
  | { kind: 'merge'; from: string; to: string }
  | ({ kind: 'conflict'; from: string; to: string } & Conflicts);

/** `isPart`: the server shows no more, and there may be others. */
export interface Conflicts {
  files: readonly string[];
  isPart?: boolean;
}

/** What was to be written when the branches were looked at. */
export type Due = Extract<Standing, { kind: 'fast-forward' | 'merge' }>;

/**
 * What came of a write; `raced` also where its answer was lost or the server failed (`fault`): the branches are looked
 * at again, and a fault that stays is no refusal.
 */
export type Applied =
  | { kind: 'done'; sha: string }
  | ({ kind: 'conflict' } & Conflicts)
  | { kind: 'raced'; message: string; fault?: CouldNotTell }
  | { kind: 'protected'; message: string }
  | { kind: 'refused'; message: string };

/** Both ways to bring one branch into another. Calls throw CouldNotTell where they cannot read. */
export interface SyncTransport {
  look(): Promise<Standing>;
  /** Writes what `look` found to be due; never by force. */
  apply(standing: Due): Promise<Applied>;
  /** Is the head that is found now there by a write of ours, whose answer was lost or was no? */
  isOurs(head: string): Promise<boolean>;
  close(): void;
}

export interface SyncPlace {
  repo: string;
  from: string;
  to: string;
  message: string;
}
