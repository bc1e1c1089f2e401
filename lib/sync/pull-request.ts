import type { Context } from '../context.ts';
import { createApi } from '../forge/api.ts';
import { findPull, openPull, type Pull } from '../forge/pulls.ts';
import type { SyncPlace } from './transport.ts';

/** What a pull request of the two branches is looked for and opened with. */
export interface PullRoom {
  context: Context;
  place: SyncPlace;
}

/** `due`: it would be opened, were this no dry run. */
export type PullOutcome =
  { kind: 'open'; pull: Pull; isNew: boolean; words: string } | { kind: 'due'; words: string };

/** The one open pull request that brings `from` into `to`: opened now, or found where an earlier run opened it. */
export async function ensurePull(
  { context, place }: PullRoom,
  { why, isDry }: { why: string; isDry: boolean },
): Promise<PullOutcome> {
  const api = createApi(context);
  const pair = { repo: place.repo, base: place.to, head: place.from };
  const there = await findPull(api, pair);
  if (there !== null) return isOpen(there, false);
  if (isDry) return { kind: 'due', words: 'a pull request would be opened; nothing was written (dry run)' };
  const { pull, isNew } = await openPull(api, pair, {
    title: `Merge ${place.from} into ${place.to}`,
    body: `${why}\n\nMerge it with a merge commit: a squash would leave ${place.to} behind ${place.from}.`,
  });
  return isOpen(pull, isNew);
}

function isOpen(pull: Pull, isNew: boolean): PullOutcome {
  const words = `pull request ${pull.number} ${isNew ? 'opened' : 'is open already'}`;
  return { kind: 'open', pull, isNew, words };
}
