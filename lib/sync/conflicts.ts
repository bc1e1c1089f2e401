import { mapBounded } from '../concurrency.ts';
import type { Api } from '../forge/api.ts';
import { fetchFile, type FilePlace } from '../forge/file.ts';
import { repoPath } from '../forge/forge.ts';
import { mergesCleanly } from './line-merge.ts';

interface Change {
  status: string;
  blob: string;
  /** Where a file that is gone from here was moved to, and where one that is new here came from. */
  movedTo?: string;
  movedFrom?: string;
}

interface Side {
  head: string;
  mergeBase: string;
  changes: Map<string, Change>;
  isWhole: boolean;
}

/** GitHub shows no more changed files than these, and has no second page of them. */
const mostFiles = 300;

/**
 * The files in which two commits conflict (GitHub): `certain` are those changed on both sides of the merge base,
 * differently, and not such that their lines merge; `shared` are all that both sides changed. `isWhole` says whether
 * the server showed every change.
 */
export async function fetchConflicts(
  api: Api,
  repo: string,
  [ours, theirs]: readonly [string, string],
): Promise<{ certain: string[]; shared: string[]; isWhole: boolean }> {
  const [from, to] = await Promise.all([
    fetchSide(api, repo, { base: ours, head: theirs }),
    fetchSide(api, repo, { base: theirs, head: ours }),
  ]);
  const both = [...from.changes.keys()].filter((path) => to.changes.has(path));
  const verdicts = await mapBounded(both, 4, async (path) => !(await merges(api, repo, path, [from, to])));
  const conflicts = both.filter((_, index) => verdicts[index]);
  const nameOf = (path: string): string =>
    from.changes.get(path)?.movedTo ?? to.changes.get(path)?.movedTo ?? path;
  const inTheWay = [...findInTheWay(from, to), ...findInTheWay(to, from)];
  return {
    certain: [...new Set([...conflicts.map(nameOf), ...inTheWay])].sort(),
    shared: [...new Set([...both, ...inTheWay])].sort(),
    isWhole: from.isWhole && to.isWhole,
  };
}

/** Does a path that both sides changed merge? A file moved on one side takes the other side's lines along. */
async function merges(api: Api, repo: string, path: string, sides: readonly [Side, Side]): Promise<boolean> {
  const [one, two] = sides.map(({ changes }) => changes.get(path) as Change) as [Change, Change];
  const isSameMove = one.movedFrom === two.movedFrom && one.movedTo === two.movedTo;
  if (isSameMove && one.blob === two.blob && one.status === two.status) return true;
  if (isSameMove && one.movedFrom !== undefined) return mergeTexts(one.movedFrom, [path, path]);
  const isMovedTwice = one.movedTo !== undefined && two.movedTo !== undefined;
  const isKept = ({ status, movedTo }: Change): boolean => status === 'modified' || movedTo !== undefined;
  if (isMovedTwice || !isKept(one) || !isKept(two)) return false;
  return mergeTexts(path, [one.movedTo ?? path, two.movedTo ?? path]);

  async function mergeTexts(before: string, after: readonly [string, string]): Promise<boolean> {
    const [base, left, right] = await Promise.all([
      fetchText(api, { repo, path: before, branch: sides[0].mergeBase }),
      fetchText(api, { repo, path: after[0], branch: sides[0].head }),
      fetchText(api, { repo, path: after[1], branch: sides[1].head }),
    ]);
    return base != null && left != null && right != null && mergesCleanly(base, left, right);
  }
}

/** Files of one side that stand where the other side has a folder. */
function findInTheWay(files: Side, folders: Side): string[] {
  const parents = new Set(
    pathsThere(folders).flatMap((path) => {
      const parts = path.split('/');
      return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
    }),
  );
  return pathsThere(files).filter((path) => parents.has(path));
}

function pathsThere({ changes }: Side): string[] {
  return [...changes].flatMap(([path, { status }]) => (status === 'removed' ? [] : [path]));
}

/** What `head` changed since it and `base` parted. */
async function fetchSide(
  api: Api,
  repo: string,
  { base, head }: { base: string; head: string },
): Promise<Side> {
  const call = {
    purpose: `compare ${base} with ${head} in ${repo}`,
    path: `${repoPath(repo)}/compare/${base}...${head}`,
  };
  return api.read(call, (body) => {
    const changes = new Map<string, Change>();
    const rows = body.field('files').list();
    for (const file of rows) {
      const path = file.field('filename').text();
      const status = file.field('status').text();
      const blob = file.optional('sha')?.text() ?? '';
      const before = status === 'renamed' ? file.optional('previous_filename')?.text() : undefined;
      changes.set(path, { status, blob, ...(before === undefined ? {} : { movedFrom: before }) });
      if (before !== undefined && !changes.has(before))
        changes.set(before, { status: 'removed', blob: '', movedTo: path });
    }
    const mergeBase = body.field('merge_base_commit').field('sha').sha();
    return { head, mergeBase, changes, isWhole: rows.length < mostFiles };
  });
}

/** Null where it is no text that can be merged by lines. */
async function fetchText(api: Api, place: FilePlace): Promise<string | null> {
  const found = await fetchFile(api, place);
  if (found.kind !== 'file' || found.bytes === null || found.bytes.includes(0)) return null;
  return found.bytes.toString('utf8');
}
