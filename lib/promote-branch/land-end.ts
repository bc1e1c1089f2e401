import { CouldNotTell } from '../errors.ts';
import { decideEnd, mayLift, type Blocker } from './blocker.ts';
import { leave, stop, type Wait } from './land-wait.ts';
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
  if (!pull.queued || pull.head !== head) await leave(wait, wait.hasArmed);
  if (!mayLift(blocker)) return stop(wait, 'blocked', `${blocker.kind}: ${blocker.words}`);
  const last = decideEnd(blocker, pull, await readChecks(wait, blocker));
  return stop(wait, last.decision, `${last.reason}; run again to resume`);
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
