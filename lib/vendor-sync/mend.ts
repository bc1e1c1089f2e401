import { optionWords, shellCommand } from '../shell-command.ts';

/** A call of this script on a folder, as it can be pasted into a shell. */
export function vendorSync(folder: string, ...words: readonly string[]): string {
  const dir = folder === 'vendor' ? [] : optionWords('--dir', folder);
  return shellCommand('node', 'vendor/vendor-sync.mjs', ...words, ...dir);
}
