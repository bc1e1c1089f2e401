import { CouldNotTell } from '../errors.ts';
import { findWords } from '../http-words.ts';
import { isMissing } from '../forge/api.ts';
import { repoPath, type Forge } from '../forge/forge.ts';
import { readPages, readTotalHeader } from '../forge/pages.ts';
import type { Shape } from '../shape.ts';
import { isPassing } from './blocker.ts';
import type { Disarmed, MergeAnswer, Pull } from './ports.ts';
import { callOnce, isOurs, readPullFields, type Branches, type PullDialect } from './pull-calls.ts';

/**
 * Gitea's open pull request of the pair, from the list of open ones, which 1.22.6 cannot filter by branch.
 * GET /pulls/{base}/{head} is no help: it answers any one of the pair, a merged one too (seen on 1.22.6).
 */
async function findGiteaPull(forge: Forge, { from, to }: Branches): Promise<Pull | null> {
  const pulls = await readPages(forge.api, {
    purpose: `read the open pull requests of ${forge.repo} from ${from} to ${to}`,
    path: `${repoPath(forge.repo)}/pulls`,
    query: { state: 'open' },
    size: 50,
    sizeName: 'limit',
    rows: (body) => body.list(),
    total: (_, answer) => readTotalHeader(answer),
    // Of another's only the number is read: one whose fork is gone may have no head.
    row: (row) => ({
      number: row.field('number').count(),
      pull: isOurs(row, forge.repo, { from, to }) ? readPull(row) : null,
    }),
    key: ({ number }) => number,
    mostPages: 40,
  });
  return pulls.find(({ pull }) => pull?.state === 'open')?.pull ?? null;
}

/** Gitea's words: 409, and 422 `no changes`, where 1.22.6 may make one for no difference too. */
export const gitea: PullDialect = {
  readPull,
  find: findGiteaPull,
  isThere: ({ status }) => status === 409,
  isEmpty: ({ status, text }) => status === 422 && /no changes/i.test(text),
};

function readPull(body: Shape): Pull {
  const isMerged = body.field('merged').flag();
  const mergedAt = body.optional('merged_at')?.text();
  return {
    ...readPullFields(body, { isMerged }),
    mergedAt: isMerged && mergedAt !== undefined ? Date.parse(mergedAt) : null,
    armed: false,
    queued: false,
    // Gitea answers false both for a conflict and while it still looks.
    mergeable: body.field('mergeable').flag() ? 'yes' : 'doubt',
  };
}

/**
 * POST …/merge with `head_commit_id`. Arming is not used here: `merge_when_checks_succeed` ignores the head it is
 * given (seen on 1.22.6), so a later head would ride along.
 */
export async function mergeOnGitea(
  forge: Forge,
  pull: Pull,
  { head, method }: { head: string; method: 'merge' | 'fast-forward' },
): Promise<MergeAnswer> {
  const purpose = `merge #${pull.number} of ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/pulls/${pull.number}/merge`;
  const body = { Do: method === 'merge' ? 'merge' : 'fast-forward-only', head_commit_id: head };
  const answer = await callOnce(() => forge.api.call({ purpose, method: 'POST', path, body }));
  if ('lost' in answer) return { kind: 'unsure', words: answer.lost };
  const words = readMessage(answer.text);
  if (answer.status === 200) return { kind: 'merged', sha: null };
  if (answer.status === 409 && /head out of date/i.test(words)) return { kind: 'head-moved' };
  if (isPassing(words)) return { kind: 'again', words };
  // Merged by another in this moment: 405 without a word; closed: 404. The next look at it tells.
  if ((answer.status === 405 && words === '') || isMissing(answer))
    return { kind: 'unsure', words: `answered ${answer.status}` };
  if (answer.status === 405 && /try again later/i.test(words)) return { kind: 'again', words };
  if (answer.status === 405 || answer.status === 409 || answer.status === 422)
    return { kind: 'refused', words };
  // A fast-forward of branches that have diverged is a 500 with this name in every version (source, 1.22 to 1.25).
  if (answer.status === 500 && /diverging/i.test(words)) return { kind: 'refused', words };
  if (answer.status >= 500) return { kind: 'unsure', words: words || `answered ${answer.status}` };
  throw forge.api.refuse(answer, purpose);
}

/** Gitea's `message`, which is empty for some refusals. */
function readMessage(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    if (typeof message === 'string') return message;
  } catch {
    // Not JSON: the words are the text's own.
  }
  return findWords(text);
}

/**
 * Takes back what a person armed; one that is not armed is 404, and 403 one that only who armed it may disarm. Throws
 * CouldNotTell.
 */
export async function disarmOnGitea(forge: Forge, pull: Pull): Promise<Disarmed | undefined> {
  const purpose = `disarm #${pull.number} of ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/pulls/${pull.number}/merge`;
  const answer = await forge.api.call({ purpose, method: 'DELETE', path });
  if (answer.status >= 200 && answer.status < 300) return 'armed';
  if (answer.status === 404 || answer.status === 405) return undefined;
  throw new CouldNotTell(forge.api.refuse(answer, purpose).message);
}
