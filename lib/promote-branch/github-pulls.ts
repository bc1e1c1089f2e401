import { findWords } from '../http-words.ts';
import { repoPath, type Forge } from '../forge/forge.ts';
import { readMovedTo } from '../forge/merge.ts';
import type { Shape } from '../shape.ts';
import { isPassing } from './blocker.ts';
import type { MergeAnswer, Pull } from './ports.ts';
import {
  callOnce,
  fetchPull,
  isOurs,
  readPullFields,
  type Branches,
  type PullDialect,
} from './pull-calls.ts';

/** GitHub's open pull request of the pair. */
async function findGitHubPull(forge: Forge, { from, to }: Branches): Promise<Pull | null> {
  const owner = forge.repo.split('/')[0] as string;
  const call = {
    purpose: `read the open pull requests of ${forge.repo} from ${from} to ${to}`,
    path: `${repoPath(forge.repo)}/pulls`,
    query: { state: 'open', head: `${owner}:${from}`, base: to, per_page: 100 },
  };
  const numbers = await forge.api.read(call, (body) =>
    body
      .list()
      .filter((row) => isOurs(row, forge.repo, { from, to }))
      .map((row) => row.field('number').count()),
  );
  const number = numbers[0];
  return number === undefined ? null : fetchPull(forge, number, { ...github, to });
}

/** GitHub's words: 422 `already exists`, and 422 `No commits between`. */
export const github: PullDialect = {
  readPull,
  find: findGitHubPull,
  isThere: ({ status, text }) => status === 422 && /already exists/i.test(text),
  isEmpty: ({ status, text }) => status === 422 && /no commits between/i.test(text),
};

function readPull(body: Shape): Pull {
  const merged = body.optional('merged_at');
  const mergeable = body.optional('mergeable')?.flag() ?? null;
  const isMerged = merged !== null;
  const autoMerge = body.optional('auto_merge');
  const method = autoMerge?.optional('merge_method')?.text();
  return {
    ...readPullFields(body, { isMerged }),
    mergedAt: isMerged ? Date.parse(merged.text()) : null,
    armed: autoMerge !== null,
    ...(method === 'squash' || method === 'rebase' ? { armedAs: method } : {}),
    queued: false,
    mergeable: mergeable === null ? 'unknown' : mergeable ? 'yes' : 'no',
  };
}

/** PUT …/merge with the head it must be; by `fast-forward` the base's ref is moved there, never by force. */
export async function mergeOnGitHub(
  forge: Forge,
  pull: Pull,
  { head, to, method }: { head: string; to: string; method: 'merge' | 'fast-forward' },
): Promise<MergeAnswer> {
  const purpose = `merge #${pull.number} of ${forge.repo}`;
  const repo = repoPath(forge.repo);
  const call =
    method === 'merge'
      ? {
          purpose,
          method: 'PUT' as const,
          path: `${repo}/pulls/${pull.number}/merge`,
          body: { sha: head, merge_method: 'merge' },
        }
      : {
          purpose,
          method: 'PATCH' as const,
          path: `${repo}/git/refs/heads/${to.split('/').map(encodeURIComponent).join('/')}`,
          body: { sha: head, force: false },
        };
  const answer = await callOnce(() => forge.api.call(call));
  if ('lost' in answer) return { kind: 'unsure', words: answer.lost };
  const words = findWords(answer.text);
  if (answer.status === 200 && method === 'fast-forward') {
    // What the branch is now is in the answer; one that does not say so is no proof.
    return readMovedTo(forge.api, answer, purpose) === head
      ? { kind: 'merged', sha: head }
      : { kind: 'unsure', words: 'answered 200 without the head' };
  }
  if (answer.status === 200)
    return { kind: 'merged', sha: forge.api.decode(answer, purpose, (body) => body.field('sha').sha()) };
  if (answer.status === 409) return { kind: 'head-moved' };
  if (answer.status === 405 || answer.status === 422)
    return { kind: isPassing(words) ? 'again' : 'refused', words };
  if (answer.status >= 500) return { kind: 'unsure', words };
  throw forge.api.refuse(answer, purpose);
}
