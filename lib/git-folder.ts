import type { Refusal } from './forge/refusal.ts';
import { refuseGit } from './git-refusal.ts';
import type { Git, GitAnswer, GitRunOptions } from './git.ts';

/** git in one folder, with the variables that all its commands there get. */
export interface FolderGit {
  /** Runs one command and answers what it printed, whatever its exit code. Throws where it cannot run or end. */
  run(args: readonly string[], options?: Omit<GitRunOptions, 'cwd'>): Promise<GitAnswer>;
  /** As `run`, but answers the trimmed output alone, and an exit code other than 0 throws Refusal. */
  read(args: readonly string[], options: { purpose: string; input?: string }): Promise<string>;
  /** What the failure of a command means, to be thrown: `Cannot <purpose>: git … ended with …`. */
  refuse(args: readonly string[], answer: GitAnswer, purpose: string): Refusal;
}

/** The same git, in `folder`. */
export function openFolderGit(
  git: Git,
  { folder, variables }: { folder: string; variables: Readonly<Record<string, string>> },
): FolderGit {
  const its: FolderGit = {
    run: (args, options = {}) =>
      git.run(args, { ...options, cwd: folder, variables: { ...variables, ...options.variables } }),
    async read(args, { purpose, ...options }) {
      const answer = await its.run(args, options);
      if (answer.code !== 0) throw its.refuse(args, answer, purpose);
      return answer.stdout.trim();
    },
    refuse: (args, answer, purpose) => refuseGit(git, args, answer, purpose),
  };
  return its;
}
