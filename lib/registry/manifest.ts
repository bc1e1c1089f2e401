import { createHash } from '../crypto.ts';
import { readJson, ShapeError, type Shape } from '../shape.ts';
import { isDigest } from './reference.ts';

/** The four kinds of manifest; all stand in every Accept, or a registry answers 404 for a tag that is there. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

export interface Child {
  readonly digest: string;
  /** `linux/arm64/v8`, for people. */
  readonly platform: string;
  /** Says something about an image and is none: BuildKit's provenance and SBOM. */
  readonly isAttestation: boolean;
}

/** A manifest as the registry holds it: the bytes are what its digest is of, so they are never written anew. */
export interface Manifest {
  readonly bytes: Uint8Array;
  readonly digest: string;
  /** The Content-Type it came with. */
  readonly mediaType: string;
  /** Of an image: the digest of its config; null for an index. */
  readonly config: string | null;
  /** Of an index: what it lists; none for an image. */
  readonly children: readonly Child[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** `sha256:…`, which a registry keeps these bytes under. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Reads a manifest's bytes. Throws ShapeError where they are no image and no index. */
export function parseManifest(bytes: Uint8Array, contentType: string | null): Manifest {
  const body = readJson(bytes, 'the manifest');
  const mediaType = contentType ?? body.optional('mediaType')?.text() ?? '';
  const digest = digestOf(bytes);
  if (body.optional('schemaVersion')?.raw() !== 2)
    throw new ShapeError('the manifest is not of schema version 2');
  if (!(manifestTypes as readonly string[]).includes(mediaType.replace(/\s*;.*$/, '').toLowerCase())) {
    throw new ShapeError(`the manifest's type "${mediaType}" is not one of image and index`);
  }
  const annotations = readAnnotations(body);
  if (/index|manifest\.list/i.test(mediaType)) {
    const children = body.field('manifests').list().map(readChild);
    return { bytes, digest, mediaType, config: null, children, annotations };
  }
  body.field('layers').list();
  const config = readDigest(body.field('config').field('digest'));
  return { bytes, digest, mediaType, config, children: [], annotations };
}

function readChild(entry: Shape): Child {
  const platform = entry.optional('platform');
  const parts = ['os', 'architecture', 'variant'].map((name) => platform?.optional(name)?.text() ?? '');
  const [os, architecture] = parts;
  return {
    digest: readDigest(entry.field('digest')),
    platform: parts.filter(Boolean).join('/') || 'platform not named',
    isAttestation:
      'vnd.docker.reference.type' in readAnnotations(entry) ||
      (os === 'unknown' && architecture === 'unknown'),
  };
}

function readDigest(field: Shape): string {
  const text = field.text();
  if (!isDigest(text)) throw new ShapeError(`"${text}" is no sha256 digest`);
  return text;
}

function readAnnotations(body: Shape): Record<string, string> {
  const map = body.optional('annotations');
  if (map === null) return {};
  const names = Object.keys(Object(map.raw()));
  return Object.fromEntries(names.map((name) => [name, map.field(name).text()]));
}

/** The label of an image's config, or null where it has none. Throws ShapeError where it is no config. */
export function readConfigLabel(bytes: Uint8Array, label: string): string | null {
  const config = readJson(bytes, 'the config').optional('config');
  return config?.optional('Labels')?.optional(label)?.text() ?? null;
}
