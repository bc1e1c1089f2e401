import type { Context } from '../context.ts';
import { createApi } from '../forge/api.ts';
import { findPull, openPull, type Pull } from '../forge/pulls.ts';
import { findDeclined } from './declined-pull.ts';
import type { SyncPlace, SyncTransport } from './transport.ts';

/** What a pull request of the two branches is looked for and opened with. */
export interface PullRoom {
  context: Context;
  place: SyncPlace;
  transport: SyncTransport;
}

/** `due`: it would be opened, were this no dry run. `declined`: somebody closed it, so none is opened. */
export type PullOutcome =
  | { kind: 'open'; pull: Pull; isNew: boolean; words: string }
  | { kind: 'due'; words: string }
  | { kind: 'declined'; pull: Pull; words: string };

/** The one pull request that brings `from` into `to`: opened, or found where an earlier run opened it. */
export async function ensurePull(
  room: PullRoom,
  { to, why, isDry }: { to: string; why: string; isDry: boolean },
): Promise<PullOutcome> {
  const { place } = room;
  const api = createApi(room.context);
  const pair = { repo: place.repo, base: place.to, head: place.from };
  const there = await findPull(api, pair);
  if (there !== null) return isOpen(there, false);
  const declined = await findDeclined(room, to);
  if (declined !== null) {
    const words = `pull request ${declined.number} was closed without a merge, and no second one is opened`;
    return { kind: 'declined', pull: declined, words };
  }
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
