import { CouldNotTell } from '../errors.ts';
import { formatDuration } from '../duration.ts';
import { shortSha } from '../sha.ts';
import { classifyRefusal, decideEnd, findBlocker, mayLift, type Blocker } from './blocker.ts';
import { describeDisarmed } from './disarm-ungated.ts';
import type { GateSaid, OpenChecks, PromotePorts, PromoteSettings, Pull } from './ports.ts';

/** How the attempt to bring one gated head in ended. */
export type Landed =
  | { kind: 'merged'; sha: string; at: number | null; own: boolean; pull: Pull }
  /** The head is another now: decide anew, never along. */
  | { kind: 'head-moved' }
  | { kind: 'gate'; said: GateSaid }
  | { kind: 'end'; decision: 'blocked' | 'timed-out' | 'refuse'; reason: string; next?: string[] };

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
  for (let turn = 0; ; turn++) {
    if (turn > 0) pull = await ports.readPull(found.number);
    if (pull.state === 'merged') return readMerged(ports, pull, head, own);
    if (pull.head !== head) {
      await leave(ports, pull, armedBefore || !ports.canArm);
      return { kind: 'head-moved' };
    }
    if (pull.state === 'closed')
      return stop('blocked', `#${pull.number} was closed without a merge; open it again, or run again`);
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
      if (pull.state === 'merged') return readMerged(ports, pull, head, own);
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
      if (pull.state === 'merged') return readMerged(ports, pull, head, own);
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

/** Our own call's merge: the server took the head that the call named, and no other. */
async function readOwnMerge(ports: PromotePorts, pull: Pull, said: string | null): Promise<Landed> {
  const at = ports.clock.now();
  if (said !== null) return { kind: 'merged', sha: said, at, own: true, pull };
  const now = await ports.readPull(pull.number);
  return { kind: 'merged', sha: shaOfMerge(now), at, own: true, pull: now };
}

/** Somebody, or the server by itself, merged it: was it the head that the gates saw? */
async function readMerged(ports: PromotePorts, pull: Pull, head: string, own: boolean): Promise<Landed> {
  const sha = shaOfMerge(pull);
  const brought = sha === head ? head : await ports.readMergedHead(sha);
  const said = brought === null || brought === head ? null : await ports.askGate(brought);
  if (brought === null || (said !== null && said.decision !== 'go')) {
    const why = said === null ? 'by squash or rebase, so that it does not show as the head' : said.reason;
    return {
      kind: 'end',
      decision: 'refuse',
      reason: `#${pull.number} was merged, but not with ${shortSha(head)}, which the gates passed: ${brought === null ? '' : `${shortSha(brought)}: `}${why}`,
      next: [`look at ${pull.url}, and revert the merge ${sha} if it is wrong`],
    };
  }
  return { kind: 'merged', sha, at: pull.mergedAt ?? ports.clock.now(), own, pull };
}

function shaOfMerge(pull: Pull): string {
  if (pull.mergeSha !== null) return pull.mergeSha;
  throw new CouldNotTell(
    `Cannot read the merge of #${pull.number}: the server says it is merged and names no commit; run again`,
  );
}
