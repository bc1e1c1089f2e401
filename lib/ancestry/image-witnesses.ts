import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import type { Registry } from '../registry/client.ts';
import {
  describeReference,
  fetchLabel,
  fetchManifest,
  fetchTagList,
  type LabelWitness,
} from '../registry/read-image.ts';
import type { ImageName } from '../registry/reference.ts';
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
    const voices = await fetchLabel(registry, image, manifest, label);
    if (voices !== null) return voices.map((voice) => toWitness(describeReference(image, tag), voice, label));
    throw new CouldNotTell(
      `Cannot read ${describeReference(image, tag)}: a platform that its index lists is not there; push the image again`,
    );
  });
  return found.flat();
}

/** A label as a revision. Throws CouldNotTell where it is no whole SHA: half a SHA may be another commit. */
export function toWitness(name: string, { where, value }: LabelWitness, label: string): Witness {
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
