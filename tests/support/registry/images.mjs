// Builds of images as a builder pushes them: config, manifest, index, as bytes with their digests.
import { createHash } from 'node:crypto';

export const TYPES = {
  index: 'application/vnd.oci.image.index.v1+json',
  list: 'application/vnd.docker.distribution.manifest.list.v2+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  docker: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.oci.image.config.v1+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
};
export const REVISION = 'org.opencontainers.image.revision';
const LAYER = Buffer.from('a layer\n');

/** @typedef {{ bytes: Buffer, digest: string, type: string }} Manifest */
/** What one push brings: blobs, the manifests an index lists, and the manifest that gets the tag. */
/** @typedef {{ blobs: Map<string, Buffer>, children: Manifest[], manifest: Manifest }} Image */

/** @param {Uint8Array} bytes */
export function digestOf(bytes) {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/**
 * @param {unknown} value
 * @param {string} type
 * @returns {Manifest}
 */
function toManifest(value, type) {
  const bytes = Buffer.from(JSON.stringify(value));
  return { bytes, digest: digestOf(bytes), type };
}

/**
 * An image of one platform.
 * @param {{ revision?: string | null, labels?: Record<string, string> | null, architecture?: string, salt?: string, docker?: boolean, layer?: Buffer }} options
 *   revision null or missing: no such label; labels null: no labels at all
 * @returns {Image}
 */
export function makeImage({ revision, labels, architecture = 'amd64', salt, docker = false, layer = LAYER }) {
  const own = revision === undefined || revision === null ? {} : { [REVISION]: revision };
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      ...(salt === undefined ? {} : { author: salt }),
      config: labels === null ? null : { Labels: { ...own, ...labels } },
      rootfs: { type: 'layers', diff_ids: [] },
      history: [],
    }),
  );
  const manifest = toManifest(
    {
      schemaVersion: 2,
      mediaType: docker ? TYPES.docker : TYPES.manifest,
      config: {
        mediaType: docker ? TYPES.dockerConfig : TYPES.config,
        digest: digestOf(config),
        size: config.length,
      },
      layers: [
        { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: digestOf(layer), size: layer.length },
      ],
    },
    docker ? TYPES.docker : TYPES.manifest,
  );
  const blobs = new Map([
    [digestOf(config), config],
    [digestOf(layer), layer],
  ]);
  return { blobs, children: [], manifest };
}

/**
 * An index over images; `attestations` adds BuildKit's provenance, marked as it marks it.
 * @param {{ image: Image, platform?: Record<string, string>, annotations?: Record<string, string> }[]} parts
 * @param {{ annotations?: Record<string, string>, docker?: boolean }} [options]
 * @returns {Image}
 */
export function makeIndex(parts, { annotations, docker = false } = {}) {
  const type = docker ? TYPES.list : TYPES.index;
  const manifest = toManifest(
    {
      schemaVersion: 2,
      mediaType: type,
      manifests: parts.map((part) => ({
        mediaType: part.image.manifest.type,
        digest: part.image.manifest.digest,
        size: part.image.manifest.bytes.length,
        ...(part.platform === undefined ? {} : { platform: part.platform }),
        ...(part.annotations === undefined ? {} : { annotations: part.annotations }),
      })),
      ...(annotations === undefined ? {} : { annotations }),
    },
    type,
  );
  const blobs = new Map(parts.flatMap((part) => [...part.image.blobs]));
  return { blobs, children: parts.map((part) => part.image.manifest), manifest };
}

/**
 * Two platforms and a provenance, as `docker buildx build --platform … --push` makes them.
 * @param {string | null} revision
 * @param {{ arm?: string | null, annotation?: string, salt?: string }} [options]
 */
export function makeMultiPlatform(revision, { arm = revision, annotation, salt } = {}) {
  const salted = salt === undefined ? {} : { salt };
  const amd64 = makeImage({ revision, architecture: 'amd64', ...salted });
  const arm64 = makeImage({ revision: arm, architecture: 'arm64', ...salted });
  const provenance = makeImage({ labels: null, architecture: 'unknown', ...salted });
  return makeIndex(
    [
      { image: amd64, platform: { os: 'linux', architecture: 'amd64' } },
      { image: arm64, platform: { os: 'linux', architecture: 'arm64' } },
      {
        image: provenance,
        platform: { os: 'unknown', architecture: 'unknown' },
        annotations: {
          'vnd.docker.reference.digest': amd64.manifest.digest,
          'vnd.docker.reference.type': 'attestation-manifest',
        },
      },
    ],
    annotation === undefined ? {} : { annotations: { [REVISION]: annotation } },
  );
}
