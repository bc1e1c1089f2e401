import type { Api } from '../forge/api.ts';
import { openPull, type Pull } from '../forge/pulls.ts';
import type { SyncPlace } from './transport.ts';

/** The one pull request that brings `from` into `to`: opened, or found where an earlier run opened it. */
export async function ensurePull(
  api: Api,
  { repo, from, to }: SyncPlace,
  why: string,
): Promise<{ pull: Pull; isNew: boolean; words: string }> {
  const { pull, isNew } = await openPull(
    api,
    { repo, base: to, head: from },
    {
      title: `Merge ${from} into ${to}`,
      body: `${why}\n\nMerge it with a merge commit: a squash would leave ${to} behind ${from}.`,
    },
  );
  return { pull, isNew, words: `pull request ${pull.number} ${isNew ? 'opened' : 'is open already'}` };
}
