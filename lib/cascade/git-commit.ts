import type { FolderGit } from '../git-folder.ts';

/** What stands at a path of a commit; `type` is git's: blob, tree or commit (a submodule). */
export interface Entry {
  mode: string;
  type: string;
  sha: string;
}

/** Null where nothing stands there. Throws Refusal. */
export async function readEntry(
  inClone: FolderGit,
  { commit, path, repo }: { commit: string; path: string; repo: string },
): Promise<Entry | null> {
  const line = await inClone.read(['ls-tree', '-z', commit, '--', path], {
    purpose: `read ${path} of ${repo}`,
  });
  const match = /^(\d+) (\w+) ([0-9a-f]+)\t/.exec(line);
  return match === null ? null : { mode: match[1] ?? '', type: match[2] ?? '', sha: match[3] ?? '' };
}

export interface FileCommit {
  repo: string;
  file: string;
  content: Buffer;
  message: string;
  isExecutable: boolean;
  /** Null for the first commit of a repository. */
  parent: string | null;
}

/**
 * Makes a commit that changes one file, of git's own objects and without a work tree, so that no filter, hook or link
 * on this machine can change what it holds; answers its name. Throws Refusal.
 */
export async function makeCommit(inClone: FolderGit, wanted: FileCommit): Promise<string> {
  const { file, parent } = wanted;
  const purpose = `commit ${file} of ${wanted.repo}`;
  const input = wanted.content.toString('utf8');
  const blob = await inClone.read(['hash-object', '-w', '--stdin'], { purpose, input });
  await inClone.read(['read-tree', parent ?? '--empty'], { purpose });
  const mode = wanted.isExecutable ? '100755' : '100644';
  await inClone.read(['update-index', '--add', '--cacheinfo', `${mode},${blob},${file}`], { purpose });
  const tree = await inClone.read(['write-tree'], { purpose });
  const parents = parent === null ? [] : ['-p', parent];
  return inClone.read(['commit-tree', tree, ...parents, '-F', '-'], { purpose, input: wanted.message });
}
