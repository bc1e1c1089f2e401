import { UsageError } from '../errors.ts';

/** An image by its name: where it is asked for, and how people write it. */
export interface ImageName {
  /** As it was given, without tag. */
  readonly shown: string;
  /** Where the API is: `host` or `host:port`. */
  readonly host: string;
  /** What credentials are filed under; another name than `host` on Docker Hub only. */
  readonly credentialHost: string;
  /** The name below the host, as `o/platform`. */
  readonly path: string;
}

/** A name as it was written, and the option or place that it was written in. */
interface Given {
  text: string;
  source: string;
}

const hubNames = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);
const pathForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const hostForm =
  /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::\d{1,5})?$/;
const longestPath = 255;

/** `ghcr.io/o/app:latest`, `ghcr.io/o/app@sha256:…`. */
export function describeReference(image: ImageName, reference: string): string {
  return `${image.shown}${isDigest(reference) ? '@' : ':'}${reference}`;
}

/**
 * Reads `[host[:port]/]path` without tag or digest. Without a host it is Docker Hub's, where one word means
 * `library/`. Grammar: distribution/reference of the reference implementation. Throws UsageError.
 */
export function parseImageName(text: string, source: string): ImageName {
  const given = { text, source };
  const { name, tag, digest } = splitReference(given);
  if (digest !== null)
    throw refuse(given, { found: 'it holds a digest', mend: 'give the name alone, as ghcr.io/o/app' });
  if (tag !== null)
    throw refuse(given, { found: 'it holds a tag', mend: 'give the name alone, as ghcr.io/o/app' });
  return readName(name, given);
}

/**
 * Reads `[host[:port]/]path[:tag]`; without a tag `latest` is meant. A digest never moves, so it is refused. Throws
 * UsageError.
 */
export function parseMovingReference(text: string, source: string): { image: ImageName; tag: string } {
  const given = { text, source };
  const { name, tag, digest } = splitReference(given);
  if (digest !== null)
    throw refuse(given, {
      found: 'a digest never moves',
      mend: 'give the tag that does, as ghcr.io/o/app:latest',
    });
  if (tag !== null && !isTag(tag)) throw refuseTag(source, tag);
  return { image: readName(name, given), tag: tag ?? 'latest' };
}

/** Is this a tag as the distribution specification allows it? */
export function isTag(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text);
}

/** Is this a digest that can be checked? */
export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

/** Throws UsageError where one of these stands twice. */
export function refuseTwice(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new UsageError(`Cannot use --image: "${twice}" is given twice; give each image once`);
}

/** The error for what is no tag (OCI distribution spec: `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`). */
export function refuseTag(source: string, tag: string): UsageError {
  const form = 'letters, digits, ".", "_" and "-", at most 128, none of ".-" first';
  return new UsageError(`Cannot use ${source}: "${tag}" is no tag; give ${form}`);
}

function splitReference(given: Given): { name: string; tag: string | null; digest: string | null } {
  const { text } = given;
  if (text.includes('://'))
    throw refuse(given, { found: 'it holds a scheme', mend: 'leave it out, as in ghcr.io/o/app' });
  const at = text.indexOf('@');
  const digest = at < 0 ? null : text.slice(at + 1);
  const rest = at < 0 ? text : text.slice(0, at);
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  if (colon < 0) return { name: rest, tag: null, digest };
  return { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}

function readName(name: string, given: Given): ImageName {
  if (/[A-Z]/.test(name))
    throw refuse(given, {
      found: 'it holds upper-case letters',
      mend: `give it in lower case, as ${name.toLowerCase()}`,
    });
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const hasHost = first === 'localhost' || /[.:[]/.test(first);
  const host = hasHost ? first : 'docker.io';
  const path = hasHost ? name.slice(slash + 1) : name;
  if (!hostForm.test(host) || !isPort(host) || !pathForm.test(path) || path.length > longestPath) {
    throw refuse(given, { found: 'it is no image name', mend: 'give it as host/path, as ghcr.io/o/app' });
  }
  if (!hubNames.has(host)) return { shown: name, host, credentialHost: host, path };
  const whole = path.includes('/') ? path : `library/${path}`;
  return { shown: name, host: 'registry-1.docker.io', credentialHost: 'index.docker.io', path: whole };
}

function isPort(host: string): boolean {
  const port = /:(\d+)$/.exec(host.replace(/^\[.*\]/, ''))?.[1];
  return port === undefined || (Number(port) > 0 && Number(port) < 65_536);
}

function refuse({ text, source }: Given, { found, mend }: { found: string; mend: string }): UsageError {
  return new UsageError(`Cannot use ${source}: "${text}": ${found}; ${mend}`);
}
