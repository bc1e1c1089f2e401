import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import type { Registry } from '../registry/client.ts';
import { fetchLabel, type LabelWitness } from '../registry/fetch-label.ts';
import { fetchManifest } from '../registry/fetch-manifest.ts';
import { fetchTagList } from '../registry/fetch-tags.ts';
import type { Manifest } from '../registry/manifest.ts';
import { describeReference, type ImageName } from '../registry/reference.ts';
import { isFullSha } from '../sha.ts';
import type { Witness } from './decide.ts';

const imagesAtOnce = 8;

/**
 * What moving references serve now, as witnesses; a tag that is proved not to exist adds none.
 * Throws CouldNotTell for what could not be read, and for a label that is no whole SHA.
 */
export async function fetchImageWitnesses(
  registry: Registry,
  references: readonly { image: ImageName; tag: string }[],
  label: string,
): Promise<Witness[]> {
  const found = await mapBounded(references, imagesAtOnce, async ({ image, tag }) => {
    const manifest = await fetchManifest(registry, image, tag);
    if (manifest === null) {
      await proveAbsent(registry, image, tag);
      return [];
    }
    return fetchBuildWitnesses(registry, image, { name: describeReference(image, tag), manifest, label });
  });
  return found.flat();
}

/**
 * What one build's platforms say, as witnesses under `name`. Throws CouldNotTell where one of them is not there, and for
 * a label that is no whole SHA.
 */
export async function fetchBuildWitnesses(
  registry: Registry,
  image: ImageName,
  { name, manifest, label }: { name: string; manifest: Manifest; label: string },
): Promise<Witness[]> {
  const voices = await fetchLabel(registry, image, { manifest, label });
  if (voices !== null) return voices.map((voice) => toWitness(name, voice, label));
  throw new CouldNotTell(
    `Cannot read ${name}: a platform that its index lists is not there; push the image again`,
  );
}

/** A label as a revision. Throws CouldNotTell where it is no whole SHA: half a SHA may be another commit. */
function toWitness(name: string, { where, value }: LabelWitness, label: string): Witness {
  const whole = where === '' ? name : `${name} ${where}`;
  if (value === null) return { name: whole, revision: null };
  if (isFullSha(value)) return { name: whole, revision: value.toLowerCase() };
  throw new CouldNotTell(
    `Cannot use the label ${label} of ${whole}: "${value}" is no whole commit SHA; build the image with all 40 or 64 hex digits, or name another label by --label`,
  );
}

async function proveAbsent(registry: Registry, image: ImageName, tag: string): Promise<void> {
  const tags = await fetchTagList(registry, image);
  if (!tags.includes(tag)) return;
  throw new CouldNotTell(
    `Cannot read ${describeReference(image, tag)}: the registry lists the tag, but has no manifest for it; run again`,
  );
}
