import { formatDuration } from '../duration.ts';
import { findBlocker, mayLift } from './blocker.ts';
import { endWait } from './land-end.ts';
import { tryMerge } from './land-merge.ts';
import { disarmUnseen, leave, leaveAlsoUnseen, startWait, stop, type Wait } from './land-wait.ts';
import { readMerged, type Landed } from './landed.ts';
import type { PromotePorts, PromoteSettings, Pull } from './ports.ts';

/** Gitea says "not mergeable" while it still looks; after so long it is a conflict. */
const doubtMs = 15_000;
const shortPauseMs = 2_000;
/** While it is armed it is looked at often: a head that comes must be disarmed before its checks are through. */
const armedPauseMs = 10_000;

/**
 * Merges the head that the gates saw, or waits until the server takes it. Every merge call carries that head;
 * after a pause the gates are asked again first.
 */
export async function landHead(
  ports: PromotePorts,
  settings: PromoteSettings,
  room: { pull: Pull; head: string; end: number },
): Promise<Landed> {
  const wait = startWait(ports, settings, room);
  let found = await takeTurn(wait, { isFirst: true });
  while (found === 'look-again') {
    wait.pull = await ports.readPull(room.pull.number);
    found = await takeTurn(wait, { isFirst: false });
  }
  return found;
}

/** One look at the pull request and what is to be done about it, up to the end of the pause after it. */
async function takeTurn(wait: Wait, { isFirst }: { isFirst: boolean }): Promise<Landed | 'look-again'> {
  const found =
    (await endAsFound(wait)) ??
    (await disarmOther(wait)) ??
    (isFirst ? null : await askGateAgain(wait)) ??
    (await lookAfterQueue(wait));
  if (found !== null) return found;
  const { ports, settings, pull } = wait;
  const seen = findBlocker(pull);
  if (seen !== null) wait.blocker = seen;
  const doubtIsOver = pull.mergeable === 'doubt' && ports.clock.now() - wait.start >= doubtMs;
  const isDue = seen === null && (!pull.armed || wait.blocker === null);
  const tried = isDue ? await tryMerge(wait) : 'wait';
  if (typeof tried === 'object') return tried;
  const pauses = [
    settings.pollMs,
    ...(tried === 'look-soon' ? [shortPauseMs] : []),
    ...(wait.hasArmed || pull.armed ? [armedPauseMs] : []),
  ];
  const left = wait.end - ports.clock.now();
  const isHopeless = wait.blocker !== null && !mayLift(wait.blocker);
  if (left <= 0 || doubtIsOver || isHopeless) return endWait(wait);
  await disarmUnseen(wait);
  await pause(wait, Math.min(...pauses, left));
  return 'look-again';
}

/** What the pull request itself says: merged, closed, of another head or to another branch; null: it is still ours. */
async function endAsFound(wait: Wait): Promise<Landed | null> {
  const { ports, settings, pull, head } = wait;
  if (pull.state === 'merged') return readMerged(ports, pull, wait);
  if (pull.elsewhere !== undefined && pull.state === 'open') {
    await leaveAlsoUnseen(wait);
    return stop(wait, 'blocked', describeElsewhere(pull.elsewhere, settings.to));
  }
  if (pull.head !== head) {
    await leaveAlsoUnseen(wait);
    return { kind: 'head-moved' };
  }
  if (pull.state === 'open') return null;
  const reason = `#${pull.number} was closed without a merge; open it again, or run again`;
  return { kind: 'end', decision: 'blocked', reason };
}

/** An arming by squash or rebase would merge commits that no gate saw: it is taken back, once. */
async function disarmOther(wait: Wait): Promise<Landed | 'look-again' | null> {
  const { ports, pull } = wait;
  if (pull.armedAs === undefined) return null;
  if (wait.hasDisarmedOther)
    return stop(wait, 'blocked', `it stays armed to merge by ${pull.armedAs}; disable auto-merge`);
  ports.log.line(`#${pull.number}: it is armed to merge by ${pull.armedAs}, which makes new commits`);
  await leave(wait, true);
  wait.hasDisarmedOther = true;
  return 'look-again';
}

/** Asks the gates anew where their last go is older than a pause; what was armed is taken back before they wait. */
async function askGateAgain(wait: Wait): Promise<Landed | 'look-again' | null> {
  const { ports } = wait;
  const { clock } = ports;
  if (clock.now() - wait.gatedAt < wait.settings.pollMs) return null;
  wait.gatedAt = clock.now();
  let hasLeft = false;
  const said = await ports.askGate(wait.head, async () => {
    await leaveAlsoUnseen(wait);
    hasLeft = true;
  });
  if (said.decision !== 'go') {
    await leave(wait, wait.hasArmed);
    return { kind: 'gate', said };
  }
  if (!hasLeft) return null;
  // It took time, and the gates were green at its end: all else is to be seen anew.
  wait.gatedAt = clock.now();
  [wait.hasArmed, wait.own, wait.wasQueued] = [false, false, false];
  return 'look-again';
}

/** Was it taken out of the merge queue, without a merge? */
async function lookAfterQueue(wait: Wait): Promise<Landed | null> {
  const { ports, head } = wait;
  if (wait.wasQueued && !wait.pull.queued) {
    // A merge shows a moment after its entry has left the queue.
    await ports.clock.sleep(shortPauseMs);
    wait.pull = await ports.readPull(wait.pull.number);
    const { pull } = wait;
    if (pull.state === 'merged') return readMerged(ports, pull, wait);
    if (pull.state === 'open' && pull.head === head && !pull.queued)
      return stop(wait, 'blocked', 'the merge queue took it out again; see its checks there');
  }
  wait.wasQueued = wait.pull.queued;
  return null;
}

async function pause({ ports, pull, blocker }: Wait, ms: number): Promise<void> {
  const what = blocker === null ? 'the server' : `${blocker.kind} (${blocker.words})`;
  ports.log.line(`#${pull.number} waits for ${what}, looking again in ${formatDuration(ms)}`);
  await ports.clock.sleep(ms);
}

function describeElsewhere(base: string, to: string): string {
  return `it goes to "${base}" now, and no longer to "${to}"; change its base back, or run again, which opens another`;
}
