import { relate } from '../ancestry/relate.ts';
import { readContext, requireRepo, type ForgeOptionValues } from '../context.ts';
import { CouldNotTell, UsageError } from '../errors.ts';
import { openForge, repoPath, type Forge, type Relation } from '../forge/forge.ts';
import type { Call } from '../script.ts';
import { isFullSha } from '../sha.ts';
import { ShapeError } from '../shape.ts';

/** The whole SHA of a short one. Gitea: GET git/commits/{sha}; GitHub: GET commits/{ref}. */
async function resolveCommit(forge: Forge, short: string): Promise<string> {
  if (isFullSha(short)) return short;
  const path = forge.kind === 'github' ? 'commits' : 'git/commits';
  return forge.api.read(
    {
      purpose: `read the commit ${short} of ${forge.repo}`,
      path: `${repoPath(forge.repo)}/${path}/${short}`,
    },
    (body) => {
      const sha = body.field('sha').sha();
      if (!sha.startsWith(short)) throw new ShapeError(`it is the commit ${sha}`);
      return sha;
    },
  );
}

/** How a commit that a tenant runs lies to ours; null, with a warning, where the forge cannot say. */
export function createTenantRelation(
  call: Call<ForgeOptionValues>,
  expected: string,
): (sha: string) => Promise<Relation | null> {
  return async (sha) => {
    try {
      const context = readContext(call, { fresh: true });
      const forge = openForge(context, requireRepo(context));
      return await relate({ ...call, options: { via: 'api' } }, forge, {
        current: expected,
        candidate: await resolveCommit(forge, sha),
      });
    } catch (error) {
      if (!(error instanceof CouldNotTell) && !(error instanceof UsageError)) throw error;
      call.log.warning(error.message);
      return null;
    }
  };
}
