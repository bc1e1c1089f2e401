import { cutWords } from '../http-words.ts';
import { classifyRefusal, mayLift, type Blocker } from './blocker.ts';
import { leaveAlsoUnseen, type Wait } from './land-wait.ts';
import { readOwnMerge, type Landed } from './landed.ts';

/** What a merge call came to where it did not end the wait. */
type Tried = 'look-soon' | 'wait';

/** Asks the server to merge the gated head now, or, where it may do so later by itself, arms it. */
export async function tryMerge(wait: Wait): Promise<Landed | Tried> {
  const { ports, pull, head } = wait;
  const answer = await ports.merge(pull, head);
  if (answer.kind === 'merged') return readOwnMerge(ports, pull, { said: answer.sha, head });
  if (answer.kind === 'head-moved') {
    await leaveAlsoUnseen(wait);
    return { kind: 'head-moved' };
  }
  ports.log.line(`#${pull.number}: the server did not merge it: ${cutWords(answer.words)}`);
  if (answer.kind !== 'refused') {
    wait.blocker = { kind: 'mergeability', words: cutWords(answer.words) };
    return 'look-soon';
  }
  const blocker = classifyRefusal(answer.words);
  wait.blocker = blocker;
  const mayArm = ports.canArm && wait.settings.method === 'merge' && !wait.hasArmed && !pull.armed;
  return mayArm && mayLift(blocker) ? arm(wait, blocker) : 'wait';
}

/** Tells the server to merge it once nothing blocks it any more. */
async function arm(wait: Wait, blocker: Blocker): Promise<Landed | Tried> {
  const { ports, pull, head } = wait;
  const byQueue = blocker.kind === 'queue';
  const answer = await ports.arm(pull, head, { byQueue });
  if (answer.kind === 'head-moved') return { kind: 'head-moved' };
  if (answer.kind === 'armed') [wait.hasArmed, wait.own] = [true, answer.own];
  if (answer.kind === 'refused') {
    ports.log.line(`#${pull.number}: it cannot be armed (${cutWords(answer.words)}), so it is asked again`);
  }
  if (byQueue && 'words' in answer) wait.blocker = findQueueBlocker(answer.words ?? '') ?? blocker;
  return answer.kind === 'clean' ? 'look-soon' : 'wait';
}

/** A queue refuses the merge itself; what keeps a pull request out of the queue is what it really waits for. */
function findQueueBlocker(words: string): Blocker | null {
  const why = classifyRefusal(words.replace(/merge queue/gi, 'queue'));
  return mayLift(why) ? why : null;
}
