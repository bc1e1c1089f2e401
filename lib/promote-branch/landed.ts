import { CouldNotTell } from '../errors.ts';
import { shortSha } from '../sha.ts';
import type { GateSaid, PromotePorts, Pull } from './ports.ts';

/** How the attempt to bring one gated head in ended. */
export type Landed =
  | { kind: 'merged'; sha: string; at: number | null; own: boolean; pull: Pull }
  /** The head is another now: decide anew, never along. */
  | { kind: 'head-moved' }
  | { kind: 'gate'; said: GateSaid }
  | { kind: 'end'; decision: 'blocked' | 'timed-out' | 'refuse'; reason: string; next?: string[] };

/**
 * Our own call's merge: the server took the head that the call named, and no other; but into the branch that the pull
 * request goes to, which somebody may have changed since it was read. A fast-forward moved the branch itself.
 */
export async function readOwnMerge(
  ports: PromotePorts,
  pull: Pull,
  { said, head }: { said: string | null; head: string },
): Promise<Landed> {
  const at = ports.clock.now();
  if (said === head) return { kind: 'merged', sha: head, at, own: true, pull };
  const now = await readAfterMerge(ports, pull);
  if (now.elsewhere !== undefined) return refuseElsewhere(now, now.elsewhere);
  return { kind: 'merged', sha: said ?? shaOfMerge(now), at, own: true, pull: now };
}

async function readAfterMerge(ports: PromotePorts, { number }: Pull): Promise<Pull> {
  try {
    return await ports.readPull(number);
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    throw new CouldNotTell(
      `#${number} was merged, but into which branch could not be told: ${error.message}`,
      { cause: error, next: [...error.next, 'run again: it looks for the missing runs first'] },
    );
  }
}

/** Somebody changed its base: what was merged is not on our branch. */
function refuseElsewhere(pull: Pull, base: string): Landed {
  return {
    kind: 'end',
    decision: 'refuse',
    reason: `#${pull.number} was merged into "${base}", where somebody had taken it meanwhile; run again, which opens another pull request`,
    next: [`look at ${pull.url}, and revert the merge ${shaOfMerge(pull)} on "${base}" if it is wrong`],
  };
}

/** Somebody, or the server by itself, merged it: was it the head that the gates saw? */
export async function readMerged(
  ports: PromotePorts,
  pull: Pull,
  { head, own }: { head: string; own: boolean },
): Promise<Landed> {
  if (pull.elsewhere !== undefined) return refuseElsewhere(pull, pull.elsewhere);
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
