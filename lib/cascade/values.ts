import { UsageError } from '../errors.ts';
import { findVersionFault } from '../version-text.ts';

/** A version as it may be written into a file, a message and a tag. Throws UsageError. */
export function asVersion(text: string, source: string): string {
  const fault = findVersionFault(text);
  if (fault === null) return text;
  throw new UsageError(
    `Cannot use ${source}: the version ${fault}; give one word of at most 128 characters, as 0.1.7`,
  );
}

/** A file's path below the repository's root. Throws UsageError. */
export function asRepoPath(text: string, source: string): string {
  const parts = text.split('/');
  const isBad =
    /[\\\p{Cc}]/u.test(text) ||
    /^[A-Za-z]:/.test(text) ||
    parts.some((part) => ['', '.', '..'].includes(part) || /^\.git$/i.test(part));
  if (!isBad) return text;
  throw new UsageError(
    `Cannot use ${source}: "${text}" is no path inside a repository; give one without a leading slash and without "..", as .runtime-version`,
  );
}

/** A user's or organization's name. Throws UsageError. */
export function asOwner(text: string, source: string): string {
  if (/^[\w.-]+$/.test(text) && !/^\.{1,2}$/.test(text)) return text;
  throw new UsageError(`Cannot use ${source}: "${text}" is no owner; give a user's or organization's name`);
}

export interface Author {
  name: string;
  email: string;
}

/** `Name <address>`. Throws UsageError. */
export function asAuthor(text: string, source: string): Author {
  const match = /^([^<>\p{Cc}]+?)\s*<([^<>\s\p{Cc}]+)>$/u.exec(text.trim());
  if (match?.[1] && match[2]) return { name: match[1], email: match[2] };
  throw new UsageError(`Cannot use ${source}: "${text}" is no author; give it as 'Name <address>'`);
}

/** `key=value`; the value may hold more of `=`, and be empty. Throws UsageError. */
export function asPair(text: string, source: string): readonly [key: string, value: string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError(`Cannot use ${source}: "${text}" is no pair; give it as key=value`);
}

/** A text of one line. Throws UsageError. */
export function asLine(text: string, source: string): string {
  if (!/[\p{Cc}]/u.test(text)) return text;
  throw new UsageError(`Cannot use ${source}: it holds a line break or control character; give one line`);
}

/** A git server's URL with `{repo}` in it. Helpers such as `ext::` would run what the URL says. Throws UsageError. */
export function asGitUrl(text: string, source: string): string {
  const refuse = (found: string): UsageError =>
    new UsageError(
      `Cannot use ${source}: ${found}; give it as https://host/{repo}.git, also file:// or ssh://`,
    );
  if (!text.includes('{repo}')) throw refuse('{repo} is not in it');
  if (/[\s\p{Cc}]/u.test(text)) throw refuse('it holds white space');
  if (/^https?:\/\/[^/]*@/.test(text)) throw refuse('it holds credentials, which belong in SWITCHYARD_TOKEN');
  const isScp = /^[\w.-]+@[\w.-]+:(?!:)/.test(text);
  if (isScp || /^(https?|ssh|file):\/\//.test(text)) return text;
  throw refuse('its scheme is not known');
}
