import { CouldNotTell } from '../errors.ts';
import { decideEnd, mayLift, type Blocker } from './blocker.ts';
import { leaveAlsoUnseen, stop, type Wait } from './land-wait.ts';
import { readMerged, type Landed } from './landed.ts';
import type { OpenChecks } from './ports.ts';

/** Ends a wait whose time is over, or whose blocker does not go away by itself. */
export async function endWait(wait: Wait): Promise<Landed> {
  const { ports, head, blocker } = wait;
  // An answer may have been lost, or another process may have merged it in this moment.
  wait.pull = await ports.readPull(wait.pull.number);
  const { pull } = wait;
  if (pull.state === 'merged') return readMerged(ports, pull, wait);
  if (blocker === null)
    return stop(wait, 'timed-out', 'the server has not merged it yet; run again to resume');
  // A push takes it out of a merge queue, so there the gated head may go on waiting.
  const doubt = pull.queued && pull.head === head ? '' : await leaveOrSay(wait);
  const checks = mayLift(blocker) ? await readChecks(wait, blocker) : null;
  // What was armed may have been merged before it was disarmed.
  wait.pull = await ports.readPull(pull.number);
  if (wait.pull.state === 'merged') return readMerged(ports, wait.pull, wait);
  if (!mayLift(blocker)) return stop(wait, 'blocked', `${blocker.kind}: ${blocker.words}${doubt}`);
  const last = decideEnd(blocker, pull, checks);
  return stop(wait, last.decision, `${last.reason}; run again to resume${doubt}`);
}

/** Leaves nothing armed; in words where that cannot be told of what somebody else may have armed. */
async function leaveOrSay(wait: Wait): Promise<string> {
  try {
    await leaveAlsoUnseen(wait);
    return '';
  } catch (error) {
    if (wait.hasArmed || !(error instanceof CouldNotTell)) throw error;
    return `; and it may be armed, so that it would be merged all the same: ${error.message}`;
  }
}

/** The checks that are still open; null where they are not what it waits for, or cannot be read. */
async function readChecks({ ports, head }: Wait, blocker: Blocker): Promise<OpenChecks | null> {
  if (blocker.kind !== 'check') return null;
  try {
    return await ports.readOpenChecks(head);
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    ports.log.line(error.message);
    return null;
  }
}
