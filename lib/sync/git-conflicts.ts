import { CouldNotTell } from '../errors.ts';
import type { GitAnswer } from '../git.ts';

type Run = (args: readonly string[]) => Promise<GitAnswer>;

/** The files that a merge under way left in conflict, by the names they have in the branches. Throws CouldNotTell. */
export async function readUnmerged(run: Run, heads: { from: string; to: string }): Promise<string[]> {
  const { code, stdout } = await run(['diff', '--name-only', '--diff-filter=U', '-z']);
  if (code !== 0) {
    throw new CouldNotTell(
      `Cannot read the conflicts: git diff ended with ${code}; check the repository, then run again`,
    );
  }
  const files = stdout.split('\0').filter(Boolean);
  const names = await Promise.all(files.map((file) => findName(run, file, heads)));
  return [...new Set(names)].sort();
}

/** git puts a file aside that stands where the other side has a folder, as NAME~HEAD or NAME~SHA. */
async function findName(run: Run, file: string, { from, to }: { from: string; to: string }): Promise<string> {
  const name = /^(.+)~(?:HEAD|[0-9a-f]{40,64})(?:_\d+)?$/s.exec(file)?.[1];
  if (name === undefined) return file;
  const looks = await Promise.all([to, from].map((head) => run(['cat-file', '-e', `${head}:${file}`])));
  return looks.some(({ code }) => code === 0) ? file : name;
}
