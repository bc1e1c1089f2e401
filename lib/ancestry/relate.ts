import { CouldNotTell } from '../errors.ts';
import { asChoice, oneOr } from '../options.ts';
import type { Forge, Relation } from '../forge/forge.ts';
import { fetchRelation } from '../forge/relation.ts';
import type { Call } from '../script.ts';
import { openTemporaryGit, relateByGit, type CommitPair } from './relate-git.ts';

/** How the relation of two commits is asked. */
export const viaOption = {
  via: oneOr({
    help: 'ask the API, or a commits-only fetch by git in a temporary folder',
    value: 'api|git',
    variables: ['ANCESTRY_VIA'],
    fallback: 'api',
    parse: asChoice('api', 'git'),
  }),
};

/**
 * The relation of `candidate` to `current`, by the API or by git. Where the API's walk reached its limit, git is
 * asked by itself. Throws CouldNotTell where git was asked for and is not there.
 */
export async function relate(
  call: Call<{ via: 'api' | 'git' }>,
  forge: Forge,
  pair: CommitPair,
): Promise<Relation> {
  const { current, candidate } = pair;
  if (current === candidate)
    return { kind: 'identical', aheadBy: 0, behindBy: 0, why: 'both are the same commit' };
  if (call.options.via === 'git') {
    const byGit = await relateInTemporaryFolder(call, forge, pair);
    if (byGit !== null) return byGit;
    throw new CouldNotTell(
      'Cannot ask git: there is no git 2.31 or later on this machine; install it, or use --via api',
    );
  }
  const relation = await fetchRelation(forge, current, candidate);
  if (relation.tooFar !== true) return relation;
  return (await relateInTemporaryFolder(call, forge, pair)) ?? relation;
}

async function relateInTemporaryFolder(
  call: Call<object>,
  forge: Forge,
  pair: CommitPair,
): Promise<Relation | null> {
  const temporary = await openTemporaryGit(call, forge.context);
  if (temporary === null) return null;
  try {
    return await relateByGit(temporary, forge, pair);
  } finally {
    temporary.remove();
  }
}
