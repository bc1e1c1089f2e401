import { CouldNotTell } from '../errors.ts';
import type { HttpAnswer } from '../http.ts';
import { ShapeError } from '../shape.ts';
import type { Api } from './api.ts';
import { segment } from './api.ts';
import { repoPath } from './forge.ts';
import { Refusal, refuseAnswer } from './refusal.ts';

/** The head of a branch with what a merge must know of it. */
export interface BranchState {
  sha: string;
  /** Null where the server does not say (Gitea). */
  tree: string | null;
  /** Null where the server does not say (GitHub shows protection, but not whom it binds). */
  mayPush: boolean | null;
}

/** Throws Refusal where the branch is not there. A renamed one redirects to its new name, and is no answer. */
export async function fetchBranchState(api: Api, repo: string, branch: string): Promise<BranchState> {
  const purpose = `read branch "${branch}" of ${repo}`;
  const answer = await api.call({ purpose, path: `${repoPath(repo)}/branches/${segment(branch)}` });
  if (answer.status !== 200) throw refuseAnswer(api, answer, purpose);
  return api.decode(answer, purpose, (body) => {
    const name = body.optional('name')?.text();
    if (name !== undefined && name !== branch) throw new ShapeError(`it is about the branch "${name}"`);
    const commit = body.field('commit');
    const tree = commit.optional('commit')?.optional('tree')?.field('sha').sha() ?? null;
    const isProtected = body.optional('protected')?.flag() ?? false;
    const mayPush = body.optional('user_can_push')?.flag() ?? null;
    // Gitea says "no" of a branch that is not protected to a token that may push all the same (a job's own).
    return {
      sha: (commit.optional('sha') ?? commit.field('id')).sha(),
      tree,
      mayPush: isProtected ? mayPush : null,
    };
  });
}

/** Moves a branch forward, never by force (GitHub). Throws Refusal: a branch that moved is a race. */
export async function fastForward(
  api: Api,
  repo: string,
  { branch, sha }: { branch: string; sha: string },
): Promise<void> {
  const purpose = `fast-forward ${branch} of ${repo}`;
  const answer = await api.call({
    purpose,
    method: 'PATCH',
    path: `${repoPath(repo)}/git/refs/heads/${branch.split('/').map(segment).join('/')}`,
    body: { sha, force: false },
  });
  if (answer.status === 200) {
    if (readMovedTo(api, answer, purpose) === sha) return;
    // Whether it was done shows when the branch is read again.
    throw new Refusal(
      `Cannot ${purpose}: PATCH ${answer.path} answered 200, but does not say that the branch is at ${sha}; run again`,
      { kind: 'error', mayPass: true },
    );
  }
  const refusal = refuseAnswer(api, answer, purpose);
  // GitHub: 422 "Update is not a fast forward".
  if (answer.status === 422 && /fast.?forward/i.test(answer.text)) {
    throw new Refusal(refusal.message, { kind: 'race', mayPass: true });
  }
  throw refusal;
}

/** Where a branch stands by the answer to a call that moved it; null where the answer is none. */
export function readMovedTo(api: Api, answer: HttpAnswer, purpose: string): string | null {
  try {
    return api.decode(answer, purpose, (body) => body.field('object').field('sha').sha());
  } catch (error) {
    if (error instanceof CouldNotTell) return null;
    throw error;
  }
}

/**
 * Merges a commit into a branch (GitHub). Answers the merge commit, null where there was nothing to merge, or
 * `conflict`. Throws Refusal.
 */
export async function mergeInto(
  api: Api,
  repo: string,
  { base, head, message }: { base: string; head: string; message: string },
): Promise<string | 'conflict' | null> {
  const purpose = `merge ${head} into ${base} of ${repo}`;
  const answer = await api.call({
    purpose,
    method: 'POST',
    path: `${repoPath(repo)}/merges`,
    body: { base, head, commit_message: message },
  });
  if (answer.status === 201) return api.decode(answer, purpose, (body) => body.field('sha').sha());
  if (answer.status === 204) return null;
  if (answer.status === 409 && /merge conflict/i.test(answer.text)) return 'conflict';
  throw refuseAnswer(api, answer, purpose);
}
