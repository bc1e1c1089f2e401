import { shellCommand } from '../shell-command.ts';
import type { Surveyor } from './surveyor.ts';

/**
 * A call of one of our scripts on the train's own repository, which may be another than that of who reads it, and on
 * the server that was asked.
 */
export function runInRepo(
  { forge, reach }: Pick<Surveyor, 'forge' | 'reach'>,
  script: string,
  ...words: readonly string[]
): string {
  return shellCommand('node', `vendor/${script}.mjs`, ...words, '--repo', forge.repo, ...reach);
}
