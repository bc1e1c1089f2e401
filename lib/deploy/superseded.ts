import { relate } from '../ancestry/relate.ts';
import { asBranch } from '../branch-name.ts';
import { forgeOptions, readContext, requireRepo, type ForgeOptionValues } from '../context.ts';
import { CouldNotTell } from '../errors.ts';
import { fetchBranchHead } from '../forge/branch.ts';
import { openForge, type Relation } from '../forge/forge.ts';
import { oneOr, onUnless } from '../options.ts';
import type { Call } from '../script.ts';
import { sameCommit, shortSha } from '../sha.ts';
import { describeFork, shaOption } from '../subject.ts';

/**
 * The commit, its branch, how a newer commit on it is proved, and the forge: what every command of a deploy is about.
 */
export const commitOptions = {
  ...shaOption,
  branch: oneOr({
    help: 'the branch that is deployed',
    value: 'B',
    variables: ['DEPLOY_BRANCH'],
    fallback: 'main',
    parse: asBranch,
  }),
  'strict-ancestry': onUnless({
    help: 'take any other commit at the head of the branch for newer, without proof that it descends from ours',
    variables: ['DEPLOY_STRICT_ANCESTRY'],
  }),
  ...forgeOptions,
};

export interface SupersededFacts {
  sha: string;
  branch: string;
  /** The branch's head. */
  head: string;
  /** How the head lies to our commit; null where that was not asked. */
  relation: Relation | null;
  strict: boolean;
}

export interface SupersededAnswer {
  superseded: boolean;
  /** The newer commit. */
  head: string | null;
  /** Could it be told? Where not, the job counts as the latest. */
  sure: boolean;
  reason: string;
}

/** Is a newer commit on the branch? Whatever is not proved is no. */
export function decideSuperseded({ sha, branch, head, relation, strict }: SupersededFacts): SupersededAnswer {
  const ours = shortSha(sha);
  const no = (reason: string, sure: boolean): SupersededAnswer => ({
    superseded: false,
    head: null,
    sure,
    reason,
  });
  if (!/^[0-9a-f]{7,64}$/i.test(head) || /^0+$/.test(head))
    return no(`the head of "${branch}" is no commit SHA`, false);
  if (sameCommit(head, sha)) return no(`${ours} is still the head of "${branch}"`, true);
  const yes = { superseded: true, head, sure: true };
  if (!strict) return { ...yes, reason: `"${branch}" is at ${shortSha(head)}, another commit than ${ours}` };
  if (relation === null || relation.kind === 'unknown') {
    return no(
      `cannot tell how the head ${shortSha(head)} of "${branch}" lies to ${ours}: ${relation?.why ?? 'it was not asked'}`,
      false,
    );
  }
  if (relation.kind === 'ahead')
    return { ...yes, reason: `"${branch}" is at ${shortSha(head)}, which descends from ${ours}` };
  return no(
    `the head ${shortSha(head)} of "${branch}" does not descend from ${ours} (${relation.kind})`,
    false,
  );
}

/** Reads the branch and decides; a failure to read is an answer here: not superseded, and not sure. */
export async function readSuperseded(
  call: Call<ForgeOptionValues & { branch: string; 'strict-ancestry': boolean }>,
  sha: string,
): Promise<SupersededAnswer> {
  // The forge may stand behind the tenants' own host: no connection is left for their first answer to ride on.
  const context = readContext(call, { fresh: true });
  const repo = requireRepo(context);
  const { branch } = call.options;
  const strict = call.options['strict-ancestry'];
  try {
    const fork = describeFork(context);
    if (fork !== null) throw new CouldNotTell(fork);
    if (context.token === undefined) {
      throw new CouldNotTell(`Cannot read the head of "${branch}": no token is set; set SWITCHYARD_TOKEN`);
    }
    const forge = openForge(context, repo);
    const head = await fetchBranchHead(forge, branch);
    if (head === null)
      throw new CouldNotTell(
        `Cannot read the head of "${branch}" of ${repo}: there is no such branch; check --branch`,
      );
    const ask = strict && !sameCommit(head, sha);
    const relation = ask
      ? await relate({ ...call, options: { via: 'api' } }, forge, { current: sha, candidate: head })
      : null;
    return decideSuperseded({ sha, branch, head, relation, strict });
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return { superseded: false, head: null, sure: false, reason: error.message };
  }
}
