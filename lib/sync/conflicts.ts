import { mapBounded } from '../concurrency.ts';
import type { Api } from '../forge/api.ts';
import { fetchFile } from '../forge/file.ts';
import { repoPath } from '../forge/forge.ts';
import { mergesCleanly } from './line-merge.ts';

interface Change {
  status: string;
  blob: string;
}

interface Side {
  mergeBase: string;
  changes: Map<string, Change>;
}

/**
 * The files in which two commits conflict (GitHub): `certain` are those changed on both sides of the merge base,
 * differently, and not such that their lines merge; `shared` are all that both sides changed.
 */
export async function fetchConflicts(
  api: Api,
  repo: string,
  [ours, theirs]: readonly [string, string],
): Promise<{ certain: string[]; shared: string[] }> {
  const [from, to] = await Promise.all([
    fetchSide(api, repo, ours, theirs),
    fetchSide(api, repo, theirs, ours),
  ]);
  const shared = [...from.changes.keys()].filter((path) => to.changes.has(path)).sort();
  const verdicts = await mapBounded(shared, 4, async (path) => {
    const [one, two] = [from.changes.get(path) as Change, to.changes.get(path) as Change];
    if (one.blob === two.blob && one.status === two.status) return false;
    if (one.status !== 'modified' || two.status !== 'modified') return true;
    const texts = await Promise.all(
      [from.mergeBase, ours, theirs].map((ref) => fetchText(api, repo, path, ref)),
    );
    const [base, left, right] = texts;
    if (base == null || left == null || right == null) return true;
    return !mergesCleanly(base, left, right);
  });
  return { certain: shared.filter((_, index) => verdicts[index]), shared };
}

/** What `head` changed since it and `base` parted. */
async function fetchSide(api: Api, repo: string, base: string, head: string): Promise<Side> {
  const call = {
    purpose: `compare ${base} with ${head} in ${repo}`,
    path: `${repoPath(repo)}/compare/${base}...${head}`,
  };
  return api.read(call, (body) => {
    const changes = new Map<string, Change>();
    for (const file of body.field('files').list()) {
      const change = { status: file.field('status').text(), blob: file.optional('sha')?.text() ?? '' };
      changes.set(file.field('filename').text(), change);
      const before = file.optional('previous_filename')?.text();
      if (before !== undefined) changes.set(before, { status: 'removed', blob: '' });
    }
    return { mergeBase: body.field('merge_base_commit').field('sha').sha(), changes };
  });
}

/** Null where it is no text that can be merged by lines. */
async function fetchText(api: Api, repo: string, path: string, ref: string): Promise<string | null> {
  const found = await fetchFile(api, { repo, path, branch: ref });
  if (found.kind !== 'file' || found.bytes === null || found.bytes.includes(0)) return null;
  return found.bytes.toString('utf8');
}
