import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import type { Registry } from './client.ts';
import { decodeAnswer } from './decode-answer.ts';
import { fetchManifest } from './fetch-manifest.ts';
import { digestOf, readConfigLabel, type Manifest } from './manifest.ts';
import { describeReference, type ImageName } from './reference.ts';

const childrenAtOnce = 4;

/** One voice on which commit an image was built from. */
export interface LabelWitness {
  /** `linux/arm64`, `index annotation`, or empty for an image of one platform. */
  readonly where: string;
  /** The label as it stands there; null where there is none. */
  readonly value: string | null;
}

/**
 * What every real platform's config, and the index's annotation where there is one, say about `label`. Children that
 * are attestations are no images. Null where a child that the index lists is not there. Throws CouldNotTell.
 */
export async function fetchLabel(
  registry: Registry,
  image: ImageName,
  { manifest, label }: { manifest: Manifest; label: string },
): Promise<LabelWitness[] | null> {
  const read = (config: string): Promise<string | null> =>
    fetchConfigLabel(registry, image, { digest: config, label });
  if (manifest.config !== null) return [{ where: '', value: await read(manifest.config) }];
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
    return { where: child.platform, value: await read(inner.config) };
  });
  const whole = found.filter((witness) => witness !== null);
  if (whole.length < found.length) return null;
  const annotation = manifest.annotations[label];
  return annotation === undefined ? whole : [...whole, { where: 'index annotation', value: annotation }];
}

async function fetchConfigLabel(
  registry: Registry,
  image: ImageName,
  { digest, label }: { digest: string; label: string },
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
  return decodeAnswer(answer, purpose, () => readConfigLabel(answer.bytes, label));
}
