import { CouldNotTell } from '../errors.ts';
import { shortSha } from '../sha.ts';
import type { Blocker } from './blocker.ts';
import { describeDisarmed } from './disarm-ungated.ts';
import type { Landed } from './landed.ts';
import type { PromotePorts, PromoteSettings, Pull } from './ports.ts';

/** A pull request that waits to be merged: what is asked for, what was seen last, and what this process did to it. */
export interface Wait {
  readonly ports: PromotePorts;
  readonly settings: PromoteSettings;
  /** The head that the gates saw. */
  readonly head: string;
  /** When it began and when it is given up, in milliseconds of the clock. */
  readonly start: number;
  readonly end: number;
  pull: Pull;
  /** When the gates last said go. */
  gatedAt: number;
  /** What kept it from being merged when that was last known. */
  blocker: Blocker | null;
  /** Did it stand in the merge queue when last looked at? */
  wasQueued: boolean;
  /** Has this process told the server to merge it later? */
  hasArmed: boolean;
  /** And was it this process alone, and no other before it? */
  own: boolean;
  /** Was an arming by squash or rebase taken back already? */
  hasDisarmedOther: boolean;
  /** Was what this server does not show to be armed taken back already? */
  hasDisarmedUnseen: boolean;
}

/** Begins to wait; the gates have just said go. */
export function startWait(
  ports: PromotePorts,
  settings: PromoteSettings,
  room: { pull: Pull; head: string; end: number },
): Wait {
  const start = ports.clock.now();
  return {
    ...room,
    ports,
    settings,
    start,
    gatedAt: start,
    blocker: null,
    wasQueued: false,
    hasArmed: false,
    own: false,
    hasDisarmedOther: false,
    hasDisarmedUnseen: false,
  };
}

/** Leaves nothing armed behind: a head that comes later would ride along past the gates. */
export async function leave({ ports, pull }: Wait, mayBeArmed: boolean): Promise<void> {
  if (!mayBeArmed && !pull.armed && !pull.queued) return;
  const was = await ports.disarm(pull);
  if (was !== undefined) ports.log.line(describeDisarmed(pull, was));
}

/** As `leave`, and what another process armed too, which not every server shows. */
export async function leaveAlsoUnseen(wait: Wait): Promise<void> {
  await leave(wait, wait.hasArmed || !wait.ports.canArm);
}

/**
 * Takes back, before the first pause, what somebody armed on a server that does not show it: a head that comes in a
 * pause would ride along. It is merged by this process all the same, and where it may not disarm it still can do that.
 */
export async function disarmUnseen(wait: Wait): Promise<void> {
  if (wait.ports.canArm || wait.hasDisarmedUnseen) return;
  wait.hasDisarmedUnseen = true;
  try {
    await leaveAlsoUnseen(wait);
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    wait.ports.log.line(`#${wait.pull.number} may be armed by another: ${error.message}`);
  }
}

/** The end of a head that is green and could not be merged. */
export function stop(
  { pull, head }: Wait,
  decision: 'blocked' | 'timed-out',
  why: string,
): Extract<Landed, { kind: 'end' }> {
  const reason = `#${pull.number} is green at ${shortSha(head)}, but not merged: ${why}`;
  return { kind: 'end', decision, reason };
}
