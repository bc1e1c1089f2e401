import { UsageError } from './errors.ts';

/**
 * A branch, also by its whole ref, by the rules of git-check-ref-format(1). What can be none is refused: nothing would
 * be on it, and a filter for branches would seem to exclude it. Throws UsageError.
 */
export function asBranch(text: string, source: string): string {
  const name = text.trim().replace(/^refs\/heads\//, '');
  if (isBranchName(name)) return name;
  throw new UsageError(`Cannot use ${source}: "${text.trim()}" is no branch; give its name, as main`);
}

/** White space and control characters of Unicode are refused too, which git would take. */
function isBranchName(name: string): boolean {
  if (name === '' || name === 'HEAD' || /^(-|refs\/)/.test(name)) return false;
  if (/[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\.$/u.test(name)) return false;
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}
