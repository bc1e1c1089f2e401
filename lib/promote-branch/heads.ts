import { CouldNotTell } from '../errors.ts';
import { fetchBranchHead } from '../forge/branch.ts';
import { repoPath, type Forge } from '../forge/forge.ts';
import { countBetween, listBetween } from '../forge/range.ts';
import { fetchRootEntries, sameEntries } from '../forge/root-tree.ts';
import type { Heads, Range } from './ports.ts';

/** Both heads. Throws CouldNotTell, which names the branch that is not there. */
export async function fetchHeads(forge: Forge, from: string, to: string): Promise<Heads> {
  const [one, two] = await Promise.all([fetchBranchHead(forge, from), fetchBranchHead(forge, to)]);
  const missing = one === null ? from : to;
  if (one === null || two === null)
    throw new CouldNotTell(
      `Cannot read the branch "${missing}" of ${forge.repo}: the server says it is not there; check --from and --to`,
    );
  return { from: one, to: two };
}

/** How many commits each branch has more, what they are, and whether the files are the same. */
export async function fetchRange(forge: Forge, { from, to }: Heads): Promise<Range> {
  const [list, behind, left, right] = await Promise.all([
    listBetween(forge, to, from, { most: 100 }),
    countBetween(forge, from, to),
    fetchRootEntries(forge, from),
    fetchRootEntries(forge, to),
  ]);
  const commits = list.commits.map(({ sha, message }) => ({ sha, subject: message.split('\n')[0] ?? '' }));
  return { ahead: list.total, behind, sameTree: sameEntries(left, right), commits };
}

/** Names of the checks that a branch demands of what is merged into it, as everyone who may read it can see them. */
export function fetchRequiredChecks(forge: Forge, branch: string): Promise<string[]> {
  const call = {
    purpose: `read the checks that "${branch}" of ${forge.repo} demands`,
    path: `${repoPath(forge.repo)}/branches/${encodeURIComponent(branch)}`,
  };
  return forge.api.read(call, (body) => {
    const names =
      forge.kind === 'github'
        ? body.optional('protection')?.optional('required_status_checks')?.optional('contexts')
        : body.optional('status_check_contexts');
    return names?.list().map((name) => name.text()) ?? [];
  });
}
