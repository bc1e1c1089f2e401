import { shellCommand } from '../shell-command.ts';

/** A call of one of our scripts on the train's own repository, which may be another than that of who reads it. */
export function runInRepo(repo: string, script: string, ...words: readonly string[]): string {
  return shellCommand('node', `vendor/${script}.mjs`, ...words, '--repo', repo);
}
