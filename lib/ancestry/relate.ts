import type { Context } from '../context.ts';
import { CouldNotTell } from '../errors.ts';
import { asChoice, oneOr } from '../options.ts';
import type { Forge, Relation } from '../forge/forge.ts';
import { fetchRelation } from '../forge/relation.ts';
import type { Call } from '../script.ts';
import { openTemporaryGit, relateByGit } from './relate-git.ts';

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
  current: string,
  candidate: string,
): Promise<Relation> {
  const { context, repo } = forge;
  if (current === candidate)
    return { kind: 'identical', aheadBy: 0, behindBy: 0, why: 'both are the same commit' };
  if (call.options.via === 'git') {
    const byGit = await relateInTemporaryFolder(call, context, repo, current, candidate);
    if (byGit !== null) return byGit;
    throw new CouldNotTell(
      'Cannot ask git: there is no git 2.31 or later on this machine; install it, or use --via api',
    );
  }
  const relation = await fetchRelation(forge, current, candidate);
  if (relation.tooFar !== true) return relation;
  return (await relateInTemporaryFolder(call, context, repo, current, candidate)) ?? relation;
}

async function relateInTemporaryFolder(
  call: Call<object>,
  context: Context,
  repo: string,
  current: string,
  candidate: string,
): Promise<Relation | null> {
  const temporary = await openTemporaryGit(call, context);
  if (temporary === null) return null;
  try {
    return await relateByGit(temporary, context, repo, current, candidate);
  } finally {
    temporary.remove();
  }
}
