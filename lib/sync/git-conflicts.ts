import type { FolderGit } from '../git-folder.ts';

/** The files that a merge under way left in conflict, by the names they have in the branches. Throws Refusal. */
export async function readUnmerged(
  inClone: FolderGit,
  heads: { from: string; to: string },
): Promise<string[]> {
  const args = ['diff', '--name-only', '--diff-filter=U', '-z'];
  const answer = await inClone.run(args);
  if (answer.code !== 0) throw inClone.refuse(args, answer, 'read the conflicts');
  const files = answer.stdout.split('\0').filter(Boolean);
  const names = await Promise.all(files.map((file) => findName(inClone, file, heads)));
  return [...new Set(names)].sort();
}

/** git puts a file aside that stands where the other side has a folder, as NAME~HEAD or NAME~SHA. */
async function findName(
  inClone: FolderGit,
  file: string,
  { from, to }: { from: string; to: string },
): Promise<string> {
  const name = /^(.+)~(?:HEAD|[0-9a-f]{40,64})(?:_\d+)?$/s.exec(file)?.[1];
  if (name === undefined) return file;
  const looks = await Promise.all(
    [to, from].map((head) => inClone.run(['cat-file', '-e', `${head}:${file}`])),
  );
  return looks.some(({ code }) => code === 0) ? file : name;
}
