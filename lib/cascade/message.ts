import { UsageError } from '../errors.ts';

/** `{version}` and `{source}`, the repository that fans out, are filled in. */
export const defaultMessage = 'chore: pin runtime to {version} ({source} cascade)';

// Gitea 1.22.6 (modules/setting/actions.go) and GitHub know the same five.
const skipWords = ['[skip ci]', '[ci skip]', '[no ci]', '[skip actions]', '[actions skip]'];

/** The commit message with its trailers. Throws UsageError where the push would start nothing. */
export function makeMessage(
  template: string,
  { version, source, trailers }: { version: string; source: string | undefined; trailers: readonly string[] },
): string {
  const named = source === undefined ? template.replaceAll('{source} ', '') : template;
  const title = named.replace(/\{(version|source)\}/g, (_, word) =>
    word === 'version' ? version : (source ?? ''),
  );
  const message = trailers.length === 0 ? title : `${title.trimEnd()}\n\n${trailers.join('\n')}`;
  const lower = message.toLowerCase();
  const found =
    skipWords.find((word) => lower.includes(word)) ?? /^skip-checks:\s*true\s*$/im.exec(message)?.[0];
  if (found === undefined) return message;
  throw new UsageError(
    `Cannot use the commit message: it holds "${found}", so the push would start nothing in the targets; take it out of --version, --message or --trailer`,
  );
}
