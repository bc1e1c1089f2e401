import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import type { HttpAnswer } from '../http.ts';
import { readJson, ShapeError } from '../shape.ts';
import type { Registry, RegistryCall } from './client.ts';
import { digestOf, manifestTypes, parseManifest, readConfigLabel, type Manifest } from './manifest.ts';
import { isDigest, type ImageName } from './reference.ts';

const accept = { accept: manifestTypes.join(', ') };
const childrenAtOnce = 4;
const mostTagPages = 100;

/** One voice on which commit an image was built from. */
export interface LabelWitness {
  /** `linux/arm64`, `index annotation`, or empty for an image of one platform. */
  readonly where: string;
  /** The label as it stands there; null where there is none. */
  readonly value: string | null;
}

/**
 * The manifest under a tag or digest with its bytes checked against both digests, the asked and the answered;
 * null where the registry says that it is not there (`MANIFEST_UNKNOWN`). Throws CouldNotTell.
 */
export async function fetchManifest(
  registry: Registry,
  image: ImageName,
  reference: string,
): Promise<Manifest | null> {
  const call = manifestCall(image, reference);
  const { purpose } = call;
  const answer = await registry.send(call);
  if (saysUnknownManifest(answer)) return null;
  if (answer.status !== 200) throw registry.refuse(answer, call);
  const manifest = decode(answer, purpose, () =>
    parseManifest(answer.bytes, answer.headers.get('content-type')),
  );
  const said = answer.headers.get('docker-content-digest');
  for (const wanted of [said, isDigest(reference) ? reference : null]) {
    if (wanted !== null && wanted !== manifest.digest) {
      throw new CouldNotTell(
        `Cannot ${purpose}: the bytes are ${manifest.digest}, not ${wanted} as was said; check what stands between here and the registry`,
      );
    }
  }
  return manifest;
}

/**
 * The digest a tag holds now, without its bytes; null where the registry says that the tag is not there. Throws
 * CouldNotTell.
 */
export async function fetchTagDigest(
  registry: Registry,
  image: ImageName,
  tag: string,
): Promise<string | null> {
  const call = manifestCall(image, tag);
  const answer = await registry.send({ ...call, method: 'HEAD' });
  const digest = answer.headers.get('docker-content-digest') ?? '';
  if (answer.status === 200 && isDigest(digest)) return digest;
  if (answer.status >= 500 || answer.status === 429) throw registry.refuse(answer, call);
  // An answer to HEAD has no words, and older registries send no digest with it.
  return (await fetchManifest(registry, image, tag))?.digest ?? null;
}

/** Is a child of an index there? Throws CouldNotTell. */
export async function hasManifest(registry: Registry, image: ImageName, digest: string): Promise<boolean> {
  const call = manifestCall(image, digest);
  const answer = await registry.send({ ...call, method: 'HEAD' });
  if (answer.status === 200) return true;
  if (answer.status >= 500 || answer.status === 429) throw registry.refuse(answer, call);
  return (await fetchManifest(registry, image, digest)) !== null;
}

function manifestCall(image: ImageName, reference: string): RegistryCall {
  const purpose = `read ${describeReference(image, reference)}`;
  return { purpose, image, path: `manifests/${reference}`, headers: accept };
}

/**
 * Does the registry let us read this name at all? Only then does "no such tag" mean that there is none. A long list
 * comes in pages; beyond `mostTagPages` it is not read. Throws CouldNotTell.
 */
export async function fetchTagList(registry: Registry, image: ImageName): Promise<string[]> {
  const tags = new Set<string>();
  let path: string | null = 'tags/list';
  for (let page = 1; path !== null && page <= mostTagPages; page++) {
    const call = { purpose: `read the tags of ${image.shown}`, image, path };
    const answer = await registry.send(call);
    if (answer.status !== 200) throw registry.refuse(answer, call);
    const before = tags.size;
    for (const tag of decode(answer, call.purpose, () => readTags(answer.bytes, image))) tags.add(tag);
    // Gitea 1.22.6 names a next page behind the last one too (seen).
    path = page > 1 && tags.size === before ? null : findNextTags(answer);
  }
  return [...tags];
}

/** Any other object with 200, such as a proxy's own words, is no list. */
function readTags(bytes: Uint8Array, image: ImageName): string[] {
  const body = readJson(bytes, 'the list');
  const name = body.field('name').text();
  if (!name.endsWith(image.path) && !image.path.endsWith(name))
    throw new ShapeError(`it is the list of "${name}"`);
  const tags = body.field('tags');
  // Null is how a registry lists no tag at all.
  return tags.isNull() ? [] : tags.list().map((tag) => tag.text());
}

/** The next page of this list: of its address only the query is believed. */
function findNextTags({ headers }: HttpAnswer): string | null {
  const query = /<[^<>?]*(\?[^<>]+)>\s*;[^,]*\brel="?next"?/.exec(headers.get('link') ?? '')?.[1];
  return query === undefined ? null : `tags/list${query}`;
}

/**
 * What every real platform's config, and the index's annotation where there is one, say about `label`. Children that
 * are attestations are no images. Null where a child that the index lists is not there. Throws CouldNotTell.
 */
export async function fetchLabel(
  registry: Registry,
  image: ImageName,
  manifest: Manifest,
  label: string,
): Promise<LabelWitness[] | null> {
  if (manifest.config !== null) {
    return [{ where: '', value: await fetchConfigLabel(registry, image, manifest.config, label) }];
  }
  const platforms = manifest.children.filter((child) => !child.isAttestation);
  if (platforms.length === 0) {
    throw new CouldNotTell(
      `Cannot read ${describeReference(image, manifest.digest)}: the index lists no image, only attestations or nothing; push the image again`,
    );
  }
  const found = await mapBounded(platforms, childrenAtOnce, async (child) => {
    const inner = await fetchManifest(registry, image, child.digest);
    if (inner === null) return null;
    if (inner.config === null) {
      throw new CouldNotTell(
        `Cannot read ${describeReference(image, child.digest)}: it is an index inside an index; push the image as one index`,
      );
    }
    return { where: child.platform, value: await fetchConfigLabel(registry, image, inner.config, label) };
  });
  const whole = found.filter((witness) => witness !== null);
  if (whole.length < found.length) return null;
  const annotation = manifest.annotations[label];
  return annotation === undefined ? whole : [...whole, { where: 'index annotation', value: annotation }];
}

async function fetchConfigLabel(
  registry: Registry,
  image: ImageName,
  digest: string,
  label: string,
): Promise<string | null> {
  const purpose = `read the config of ${describeReference(image, digest)}`;
  const call = { purpose, image, path: `blobs/${digest}` };
  const answer = await registry.send(call);
  if (answer.status !== 200) throw registry.refuse(answer, call);
  if (digestOf(answer.bytes) !== digest) {
    throw new CouldNotTell(
      `Cannot ${purpose}: the bytes that came have another digest; check what stands between here and the registry`,
    );
  }
  return decode(answer, purpose, () => readConfigLabel(answer.bytes, label));
}

/** `ghcr.io/o/app:latest`, `ghcr.io/o/app@sha256:…`. */
export function describeReference(image: ImageName, reference: string): string {
  return `${image.shown}${isDigest(reference) ? '@' : ':'}${reference}`;
}

/**
 * Only `MANIFEST_UNKNOWN` says "not there". Docker's registry 2.8 says so too of a tag that is there, when it
 * blames the Accept header; NAME_UNKNOWN, DENIED and a 404 in plain text may mean "not for you".
 */
function saysUnknownManifest(answer: HttpAnswer): boolean {
  if (answer.status !== 404) return false;
  try {
    const errors = readJson(answer.text, 'the answer').field('errors').list();
    const words = errors.map((error) => error.optional('message')?.text() ?? '').join(' ');
    return (
      errors.length > 0 &&
      errors.every((error) => error.field('code').text() === 'MANIFEST_UNKNOWN') &&
      !/accept header/i.test(words)
    );
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}

function decode<T>(answer: HttpAnswer, purpose: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const what = /^\s*</.test(answer.text) ? 'an HTML page' : error.message;
    throw new CouldNotTell(
      `Cannot ${purpose}: ${answer.method} ${answer.path} answered ${answer.status}, but ${what}; check that this is a registry`,
    );
  }
}
