import { CouldNotTell } from '../errors.ts';
import type { HttpAnswer } from '../http.ts';
import { readJson, ShapeError } from '../shape.ts';
import type { Registry, RegistryCall } from './client.ts';
import { decodeAnswer } from './decode-answer.ts';
import { manifestTypes, parseManifest, type Manifest } from './manifest.ts';
import { describeReference, isDigest, type ImageName } from './reference.ts';

const accept = { accept: manifestTypes.join(', ') };

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
  const manifest = decodeAnswer(answer, purpose, () =>
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
