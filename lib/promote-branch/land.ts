import { CouldNotTell } from '../errors.ts';
import { formatDuration } from '../duration.ts';
import { shortSha } from '../sha.ts';
import { classifyRefusal, decideEnd, findBlocker, mayLift, type Blocker } from './blocker.ts';
import { describeDisarmed } from './disarm-ungated.ts';
import { readMerged, readOwnMerge, type Landed } from './landed.ts';
import type { OpenChecks, PromotePorts, PromoteSettings, Pull } from './ports.ts';

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
  { pull: found, head, end }: { pull: Pull; head: string; end: number },
): Promise<Landed> {
  const { clock, log } = ports;
  const start = clock.now();
  let gatedAt = start;
  let own = false;
  let pull = found;
  let armedBefore = false;
  let blocker: Blocker | null = null;
  let wasQueued = false;
  let wasRearmed = false;
  for (let turn = 0; ; turn++) {
    if (turn > 0) pull = await ports.readPull(found.number);
    if (pull.state === 'merged') return readMerged(ports, pull, { head, own });
    if (pull.elsewhere !== undefined && pull.state === 'open') {
      await leave(ports, pull, armedBefore || !ports.canArm);
      return stop('blocked', explain(pull, describeElsewhere(pull.elsewhere, settings.to)));
    }
    if (pull.head !== head) {
      await leave(ports, pull, armedBefore || !ports.canArm);
      return { kind: 'head-moved' };
    }
    if (pull.state === 'closed')
      return stop('blocked', `#${pull.number} was closed without a merge; open it again, or run again`);
    if (pull.armedAs !== undefined) {
      if (wasRearmed)
        return stop(
          'blocked',
          explain(pull, `it stays armed to merge by ${pull.armedAs}; disable auto-merge`),
        );
      log.line(`#${pull.number}: it is armed to merge by ${pull.armedAs}, which makes new commits`);
      await leave(ports, pull, true);
      wasRearmed = true;
      continue;
    }
    if (turn > 0 && clock.now() - gatedAt >= settings.pollMs) {
      gatedAt = clock.now();
      let hasLeft = false;
      const said = await ports.askGate(head, async () => {
        await leave(ports, pull, armedBefore);
        hasLeft = true;
      });
      if (said.decision !== 'go') {
        await leave(ports, pull, armedBefore);
        return { kind: 'gate', said };
      }
      if (hasLeft) {
        // It took time, and the gates were green at its end: all else is to be seen anew.
        gatedAt = clock.now();
        [armedBefore, own, wasQueued] = [false, false, false];
        continue;
      }
    }
    if (wasQueued && !pull.queued) {
      // A merge shows a moment after its entry has left the queue.
      await clock.sleep(shortPauseMs);
      pull = await ports.readPull(found.number);
      if (pull.state === 'merged') return readMerged(ports, pull, { head, own });
      if (pull.state === 'open' && pull.head === head && !pull.queued)
        return stop('blocked', explain(pull, 'the merge queue took it out again; see its checks there'));
    }
    wasQueued = pull.queued;
    const seen = findBlocker(pull);
    if (seen !== null) blocker = seen;
    const doubtIsOver = pull.mergeable === 'doubt' && clock.now() - start >= doubtMs;
    let pause = settings.pollMs;
    if (seen === null && (!pull.armed || blocker === null)) {
      const answer = await ports.merge(pull, head);
      if (answer.kind === 'merged') return readOwnMerge(ports, pull, answer.sha);
      if (answer.kind === 'head-moved') {
        await leave(ports, pull, armedBefore || !ports.canArm);
        return { kind: 'head-moved' };
      }
      log.line(`#${pull.number}: the server did not merge it: ${answer.words}`);
      if (answer.kind === 'refused') {
        blocker = classifyRefusal(answer.words);
        if (mayLift(blocker) && ports.canArm && settings.method === 'merge' && !armedBefore && !pull.armed) {
          const byQueue = blocker.kind === 'queue';
          const armed = await ports.arm(pull, head, { byQueue });
          if (armed.kind === 'armed') [armedBefore, own] = [true, armed.own];
          else if (armed.kind === 'head-moved') return { kind: 'head-moved' };
          else if (armed.kind === 'clean') pause = Math.min(pause, shortPauseMs);
          else log.line(`#${pull.number}: it cannot be armed (${armed.words}), so it is asked again`);
          if (byQueue && 'words' in armed) blocker = findQueueBlocker(armed.words ?? '') ?? blocker;
        }
      } else {
        blocker = { kind: 'mergeability', words: answer.words };
        pause = Math.min(pause, shortPauseMs);
      }
    }
    if (armedBefore || pull.armed) pause = Math.min(pause, armedPauseMs);
    const left = end - clock.now();
    const isOver = left <= 0 || doubtIsOver;
    if (isOver || (blocker !== null && !mayLift(blocker))) {
      // An answer may have been lost, or another process may have merged it in this moment.
      pull = await ports.readPull(pull.number);
      if (pull.state === 'merged') return readMerged(ports, pull, { head, own });
    }
    if (blocker !== null && (isOver || !mayLift(blocker))) {
      // A push takes it out of a merge queue, so there the gated head may go on waiting.
      if (!pull.queued || pull.head !== head) await leave(ports, pull, armedBefore);
      if (!mayLift(blocker)) return stop('blocked', explain(pull, `${blocker.kind}: ${blocker.words}`));
      const last = decideEnd(blocker, pull, await readChecks(ports, blocker, head));
      const resume = 'run again to resume';
      return stop(last.decision, `${explain(pull, last.reason)}; ${resume}`);
    }
    if (isOver)
      return stop('timed-out', explain(pull, 'the server has not merged it yet; run again to resume'));
    const waits = Math.min(pause, left);
    log.line(
      `#${pull.number} waits for ${blocker === null ? 'the server' : `${blocker.kind} (${blocker.words})`}, looking again in ${formatDuration(waits)}`,
    );
    await clock.sleep(waits);
  }

  function stop(decision: 'blocked' | 'timed-out', reason: string): Landed {
    return { kind: 'end', decision, reason };
  }

  function explain(pull: Pull, reason: string): string {
    return `#${pull.number} is green at ${shortSha(head)}, but not merged: ${reason}`;
  }
}

/** A queue refuses the merge itself; what keeps a pull request out of the queue is what it really waits for. */
function findQueueBlocker(words: string): Blocker | null {
  const why = classifyRefusal(words.replace(/merge queue/gi, 'queue'));
  return mayLift(why) ? why : null;
}

/** Leaves nothing armed behind: a head that comes later would ride along past the gates. */
async function leave(ports: PromotePorts, pull: Pull, mayBeArmed: boolean): Promise<void> {
  if (!mayBeArmed && !pull.armed && !pull.queued) return;
  const was = await ports.disarm(pull);
  if (was !== undefined) ports.log.line(describeDisarmed(pull, was));
}

async function readChecks(ports: PromotePorts, blocker: Blocker, head: string): Promise<OpenChecks | null> {
  if (blocker.kind !== 'check') return null;
  try {
    return await ports.readOpenChecks(head);
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    ports.log.line(error.message);
    return null;
  }
}

function describeElsewhere(base: string, to: string): string {
  return `it goes to "${base}" now, and no longer to "${to}"; change its base back, or run again, which opens another`;
}
