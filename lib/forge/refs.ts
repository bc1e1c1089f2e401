import { CouldNotTell } from '../errors.ts';
import { isFullSha } from '../sha.ts';
import type { Shape } from '../shape.ts';
import { filePath } from './api.ts';
import { repoPath, type Forge } from './forge.ts';
import { orElsewhere, setToken } from './mend.ts';

interface Ref {
  /** Whole, as `refs/tags/v1`. */
  name: string;
  type: string;
  sha: string;
}

/** What a ref is and the commit it stands for. */
export interface ResolvedRef {
  kind: 'commit' | 'tag' | 'branch' | 'ambiguous';
  commit: string;
}

const deepestTag = 5;

/**
 * The one commit that a ref stands for: a whole SHA, `refs/tags/…`, `refs/heads/…`, or a name that is a tag or
 * a branch (both, on two commits: `ambiguous`). Throws CouldNotTell where there is none.
 */
export async function resolveRef(forge: Forge, ref: string): Promise<ResolvedRef> {
  if (isFullSha(ref)) return { kind: 'commit', commit: ref.toLowerCase() };
  const whole = /^refs\/(tags|heads)\/(.+)$/.exec(ref);
  const ask = (kind: string, name: string) => fetchRef(forge, `${kind}/${name}`);
  const [tag, branch] = whole
    ? whole[1] === 'tags'
      ? [await ask('tags', whole[2] as string), null]
      : [null, await ask('heads', whole[2] as string)]
    : await Promise.all([ask('tags', ref), ask('heads', ref)]);
  if (tag !== null) {
    const commit = await peel(forge, tag);
    return { kind: branch !== null && branch.sha !== commit ? 'ambiguous' : 'tag', commit };
  }
  if (branch !== null) return { kind: 'branch', commit: branch.sha };
  const [why, mend] = forge.api.hasToken
    ? [', or the token may not see it', 'check both, a commit is named by its whole SHA']
    : ['', `check the name (a commit is named by its whole SHA), ${setToken}`];
  throw new CouldNotTell(
    `Cannot find "${ref}" in ${forge.repo}: it has no tag and no branch of that name${why}; ${mend}${orElsewhere(forge.api.url)}`,
  );
}

/** Names of all tags, without `refs/tags/`. */
export async function fetchTagNames(forge: Forge): Promise<string[]> {
  const call = {
    purpose: `read the tags of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/${forge.kind === 'github' ? 'matching-refs/tags/' : 'refs/tags'}`,
  };
  // Gitea answers a JSON 404 where there is no tag at all.
  const refs = (await forge.api.find(call, readRefs)) ?? [];
  return refs.flatMap(({ name }) => (name.startsWith('refs/tags/') ? [name.slice('refs/tags/'.length)] : []));
}

/** GitHub answers the one ref, Gitea every ref below that name too. */
async function fetchRef(forge: Forge, name: string): Promise<Ref | null> {
  const call = {
    purpose: `read refs/${name} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/git/${forge.kind === 'github' ? 'ref' : 'refs'}/${filePath(name)}`,
  };
  const refs = (await forge.api.find(call, readRefs)) ?? [];
  return refs.find((ref) => ref.name === `refs/${name}`) ?? null;
}

function readRefs(body: Shape): Ref[] {
  const rows = Array.isArray(body.raw()) ? body.list() : [body];
  return rows.map((row) => {
    const object = row.field('object');
    return {
      name: row.field('ref').text(),
      type: object.field('type').text(),
      sha: object.field('sha').sha(),
    };
  });
}

/** An annotated tag points at a tag object, and that at the commit. */
async function peel(forge: Forge, ref: Ref): Promise<string> {
  let { type, sha } = ref;
  for (let depth = 0; type === 'tag' && depth < deepestTag; depth++) {
    const call = {
      purpose: `read ${ref.name} of ${forge.repo}`,
      path: `${repoPath(forge.repo)}/git/tags/${sha}`,
    };
    ({ type, sha } = await forge.api.read(call, (body) => {
      const object = body.field('object');
      return { type: object.field('type').text(), sha: object.field('sha').sha() };
    }));
  }
  if (type === 'commit') return sha;
  throw new CouldNotTell(
    `Cannot use ${ref.name} of ${forge.repo}: it names a ${type}; give a tag of a commit`,
  );
}
