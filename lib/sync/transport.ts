import type { CouldNotTell } from '../errors.ts';

/** How the two branches lie to each other. */
export type Standing =
  | { kind: 'in-sync'; to: string; why: string }
  | { kind: 'fast-forward' | 'merge'; from: string; to: string }
  | { kind: 'conflict'; from: string; to: string; files: string[] };

/**
 * What came of a write; `raced` also where its answer was lost or the server failed (`fault`): the branches are looked
 * at again, and a fault that stays is no refusal. `isRefused`: the server said no, so that what is found then is of
 * somebody else.
 */
export type Applied =
  | { kind: 'done'; sha: string }
  | { kind: 'conflict'; files: string[] }
  | { kind: 'raced'; message: string; fault?: CouldNotTell; isRefused?: true }
  | { kind: 'protected'; message: string }
  | { kind: 'refused'; message: string };

/** Both ways to bring one branch into another. Calls throw CouldNotTell where they cannot read. */
export interface SyncTransport {
  look(): Promise<Standing>;
  /** Writes what `look` found to be due; never by force. */
  apply(standing: { kind: 'fast-forward' | 'merge'; from: string; to: string }): Promise<Applied>;
  close(): void;
}

export interface SyncPlace {
  repo: string;
  from: string;
  to: string;
  message: string;
}
