import { UsageError } from '../errors.ts';

/** Where scripts come from: a repository of a forge at a ref, or a folder that holds `vendor/`. */
export type Source =
  | { readonly kind: 'forge'; readonly repo: string; readonly ref: string }
  | { readonly kind: 'folder'; readonly path: string };

/**
 * `owner/repo@ref` is a repository; anything else is a folder, as `./scripts` or `../switchyard`. Throws UsageError.
 */
export function parseSource(text: string, option: string): Source {
  const match = /^([\w.-]+\/[\w.-]+)@(.*)$/s.exec(text);
  const [repo, ref] = [match?.[1], match?.[2]];
  if (repo === undefined || ref === undefined || /(^|\/)\.{1,2}(\/|$)/.test(repo)) {
    return { kind: 'folder', path: text };
  }
  if (!isRefName(ref)) {
    throw new UsageError(
      `Cannot use ${option}: "${ref}" is no ref; give owner/repo@ref with a tag, a branch or a whole commit SHA`,
    );
  }
  return { kind: 'forge', repo, ref };
}

/** Git's own rules for a ref's name (git check-ref-format), as far as they keep a path from leaving its place. */
export function isRefName(ref: string): boolean {
  if (ref === '' || ref === '@' || ref.length > 200) return false;
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\.$|\/$|^[/-]/.test(ref)) return false;
  return ref.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}

/** The source as the lock names it. */
export function nameSource(source: Source): string {
  return source.kind === 'forge' ? source.repo : source.path;
}

/** What a person would type behind `--from`. */
export function writeSource(source: Source): string {
  return source.kind === 'forge' ? `${source.repo}@${source.ref}` : source.path;
}
