import { fetchBuildWitnesses } from '../ancestry/image-witnesses.ts';
import type { Clock } from '../clock.ts';
import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import type { Relation } from '../forge/forge.ts';
import { HttpFault } from '../http.ts';
import { readRetryDelay } from '../http-retry.ts';
import type { Registry } from '../registry/client.ts';
import { fetchLabel } from '../registry/fetch-label.ts';
import { fetchManifest, fetchTagDigest, hasManifest } from '../registry/fetch-manifest.ts';
import type { Manifest } from '../registry/manifest.ts';
import { describeReference, type ImageName } from '../registry/reference.ts';
import type { Build, Ports, PutAnswer, Source } from './ports.ts';

const childrenAtOnce = 4;

export interface RegistryWorld {
  readonly registry: Registry;
  readonly images: readonly ImageName[];
  /** Source tag or digest. */
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly labelCheck: boolean;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly relate: (revision: string) => Promise<Relation>;
}

/** A promotion's world made of real registries. Images are named as they were given. */
export function createRegistryPorts(world: RegistryWorld): Ports {
  const { registry, to, label } = world;
  const named = new Map(world.images.map((image) => [image.shown, image]));
  const find = (image: string): ImageName => named.get(image) as ImageName;
  const relations = new Map<string, Promise<Relation>>();
  return {
    clock: world.clock,
    log: world.log,
    readSource: (image) => readSource(find(image), world),
    readTagged: (image) => fetchManifest(registry, find(image), to),
    // Node's fetch closes the connection after a HEAD, so a GET comes back one round trip (three with TLS) earlier,
    // and so does the PUT behind it. Docker Hub counts GETs, not HEADs, against its pull limit: the watch uses HEAD.
    readDigest: async (image) => (await fetchManifest(registry, find(image), to))?.digest ?? null,
    watchDigest: (image) => fetchTagDigest(registry, find(image), to),
    async readBuild(image, digest) {
      const manifest = await fetchManifest(registry, find(image), digest);
      if (manifest !== null) return manifest;
      throw new CouldNotTell(
        `Cannot read ${describeReference(find(image), digest)}: the tag named it, but it is not there; run again`,
      );
    },
    readWitnesses(image, build) {
      const name = describeReference(find(image), to);
      // Every build here came from fetchManifest above.
      const manifest = build as Manifest;
      return fetchBuildWitnesses(registry, find(image), { name, manifest, label });
    },
    relate(revision) {
      const known = relations.get(revision) ?? world.relate(revision);
      relations.set(revision, known);
      // A comparison that failed may go well the next time.
      known.catch(() => relations.delete(revision));
      return known;
    },
    put: (image, build) => putManifest(registry, find(image), to, build),
  };
}

/** Reads the source with everything its index lists; each child by HEAD, as retention jobs delete them singly. */
async function readSource(image: ImageName, world: RegistryWorld): Promise<Source | { missing: string }> {
  const { registry, from, label, labelCheck } = world;
  const name = describeReference(image, from);
  const manifest = await fetchManifest(registry, image, from);
  if (manifest === null) return { missing: `${name} is not there` };
  const [there, voices] = await Promise.all([
    mapBounded(manifest.children, childrenAtOnce, (child) => hasManifest(registry, image, child.digest)),
    labelCheck ? fetchLabel(registry, image, { manifest, label }) : [],
  ]);
  const gone = manifest.children.find((_, index) => there[index] === false);
  if (gone) return { missing: `${name} lists ${gone.platform} ${gone.digest}, which is not there` };
  if (voices === null) return { missing: `${name} lists a platform that is not there` };
  const witnesses = voices.map(({ where, value }) => ({
    name: where === '' ? name : `${name} ${where}`,
    value,
  }));
  return { build: manifest, witnesses };
}

async function putManifest(
  registry: Registry,
  image: ImageName,
  tag: string,
  build: Build,
): Promise<PutAnswer> {
  const call = {
    purpose: `move ${describeReference(image, tag)}`,
    image,
    method: 'PUT',
    path: `manifests/${tag}`,
    headers: { 'content-type': build.mediaType },
    body: build.bytes,
  } as const;
  try {
    const answer = await registry.send(call);
    const { status } = answer;
    if (status >= 200 && status < 300)
      return { kind: 'accepted', digest: answer.headers.get('docker-content-digest') };
    const why = registry.refuse(answer, call).message;
    if (status === 401 || status === 403) return { kind: 'denied', why };
    if (status >= 400 && status < 500 && status !== 408) return { kind: 'refused', why };
    const afterMs = readRetryDelay(answer, { now: Date.now() });
    return { kind: 'unclear', why, ...(afterMs === null ? {} : { afterMs }) };
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    const maybe = error instanceof HttpFault && error.maybeSent;
    return { kind: maybe ? 'unclear' : 'refused', why: error.message };
  }
}
