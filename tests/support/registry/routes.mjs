// Manifests, blobs and tags, in the words of Docker's registry 2.8.2 and of Gitea 1.22.6.
import { digestOf } from './images.mjs';
import { json } from './login.mjs';

/** @typedef {import('../http-faults.mjs').RawAnswer} RawAnswer */
/** @typedef {import('./login.mjs').State} State */
/** @typedef {import('./registry.mjs').Seen} Seen */
/** @typedef {import('./registry.mjs').Repository} Repository */

const VERSION = { 'docker-distribution-api-version': 'registry/2.0' };
/** @type {Record<string, string>} code → Docker's words; Gitea has none */
const WORDS = {
  MANIFEST_UNKNOWN: 'manifest unknown',
  MANIFEST_BLOB_UNKNOWN: 'blob unknown to registry',
  BLOB_UNKNOWN: 'blob unknown to registry',
  MANIFEST_INVALID: 'manifest invalid',
  NAME_UNKNOWN: 'repository name not known to registry',
};

/**
 * @param {State} state
 * @param {Seen} seen
 * @param {Buffer} body
 * @returns {RawAnswer}
 */
export function routeRegistry(state, seen, body) {
  if (seen.path === '/v2/') return pong();
  const match = /^\/v2\/(.+?)\/(manifests|blobs|tags)\/([^/]+)$/.exec(seen.path);
  if (!match) return notFound();
  const [, name = '', kind, reference = ''] = match;
  if (kind === 'tags') return reference === 'list' ? listTags(state, name) : notFound();
  const isRead = seen.method === 'GET' || seen.method === 'HEAD';
  if (kind === 'blobs') return isRead ? readBlob(state, name, reference) : notFound();
  if (!/^(sha256:[0-9a-f]{64}|[A-Za-z0-9_][A-Za-z0-9._-]{0,127})$/.test(reference)) return notFound();
  if (isRead) return readManifest(state, name, reference, seen);
  return seen.method === 'PUT' ? putManifest(state, name, reference, seen, body) : methodUnknown();
}

/** @returns {RawAnswer} */
function pong() {
  const headers = { 'content-type': 'application/json; charset=utf-8', ...VERSION };
  return { status: 200, headers, body: Buffer.from('{}') };
}

/** @returns {RawAnswer} */
function notFound() {
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...VERSION };
  return { status: 404, headers, body: Buffer.from('404 page not found\n') };
}

/** @returns {RawAnswer} */
function methodUnknown() {
  throw new Error('a request that nobody expects: this registry neither deletes nor uploads');
}

/**
 * @param {State} state
 * @param {number} status
 * @param {string} code
 * @param {{ message?: string, detail?: unknown }} [more]
 */
function refuse(state, status, code, { message = WORDS[code], detail } = {}) {
  if (state.mode === 'gitea')
    return json(
      status,
      { errors: [{ code, message: '' }] },
      { 'content-type': 'application/json', ...VERSION },
    );
  return json(status, { errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] }, VERSION);
}

/**
 * @param {State} state
 * @param {string} name
 */
function listTags(state, name) {
  const repository = state.repositories.get(name);
  if (!repository) return refuse(state, 404, 'NAME_UNKNOWN', { detail: { name } });
  const tags = [...repository.tags.keys()].sort();
  if (state.mode !== 'gitea') return json(200, { name, tags }, VERSION);
  const link = `</v2/${name}/tags/list?last=${tags.at(-1)}>; rel="next"`;
  return json(200, { name, tags }, { 'content-type': 'application/json', ...VERSION, link });
}

/**
 * @param {State} state
 * @param {string} name
 * @param {string} digest
 * @returns {RawAnswer}
 */
function readBlob(state, name, digest) {
  const bytes = state.repositories.get(name)?.blobs.get(digest);
  if (!bytes) return refuse(state, 404, 'BLOB_UNKNOWN', { detail: digest });
  const type =
    state.mode === 'gitea' ? 'application/vnd.oci.image.config.v1+json' : 'application/octet-stream';
  return found(bytes, digest, type);
}

/**
 * @param {Buffer} body
 * @param {string} digest
 * @param {string} type
 * @returns {RawAnswer}
 */
function found(body, digest, type) {
  const headers = { 'content-type': type, 'docker-content-digest': digest, ...VERSION, etag: `"${digest}"` };
  return { status: 200, headers, body };
}

/**
 * @param {State} state
 * @param {string} name
 * @param {string} reference
 * @param {Seen} seen
 */
function readManifest(state, name, reference, seen) {
  const repository = state.repositories.get(name);
  const manifest = repository?.manifests.get(repository.tags.get(reference) ?? reference);
  if (!manifest) {
    const isTag = !reference.startsWith('sha256:');
    const detail = isTag ? { Tag: reference } : { Name: name, Revision: reference };
    return refuse(state, 404, 'MANIFEST_UNKNOWN', { detail });
  }
  // Docker's registry says "unknown" of a manifest that the Accept header does not allow; Gitea reads no Accept.
  const kind = /\.oci\.image\.(index|manifest)\./.exec(manifest.type)?.[1];
  if (state.mode.startsWith('docker') && kind !== undefined && !seen.accept.includes(manifest.type)) {
    const message =
      kind === 'index'
        ? 'OCI index found, but accept header does not support OCI indexes'
        : 'OCI manifest found, but accept header does not support OCI manifests';
    return refuse(state, 404, 'MANIFEST_UNKNOWN', { message });
  }
  return found(manifest.bytes, manifest.digest, manifest.type);
}

/**
 * @param {State} state
 * @param {string} name
 * @param {string} reference
 * @param {Seen} seen
 * @param {Buffer} bytes
 * @returns {RawAnswer}
 */
function putManifest(state, name, reference, seen, bytes) {
  const repository = state.repositories.get(name) ?? {
    manifests: new Map(),
    tags: new Map(),
    blobs: new Map(),
  };
  let body;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch {
    return refuse(state, 400, 'MANIFEST_INVALID', { detail: { Offset: 1 } });
  }
  const lost = findLost(repository, body);
  if (lost !== null) {
    return state.mode === 'gitea'
      ? refuse(state, 404, 'BLOB_UNKNOWN')
      : refuse(state, 400, 'MANIFEST_BLOB_UNKNOWN', { detail: lost });
  }
  const digest = digestOf(bytes);
  state.repositories.set(name, repository);
  // Gitea keeps the media type that the body names; the Content-Type counts where it names none.
  repository.manifests.set(digest, { bytes, digest, type: body.mediaType ?? seen.type });
  if (!reference.startsWith('sha256:')) repository.tags.set(reference, digest);
  const base = { 'docker-content-digest': digest, ...VERSION };
  const headers =
    state.mode === 'gitea'
      ? { ...base, etag: `"${digest}"`, location: `/v2/${name}/manifests/${reference}` }
      : { ...base, location: `${state.options.name ?? state.url}/v2/${name}/manifests/${digest}` };
  return { status: 201, headers, body: Buffer.alloc(0) };
}

/**
 * @param {Repository} repository
 * @param {any} body
 * @returns {string | null} what the manifest names and the registry has not
 */
function findLost(repository, body) {
  for (const child of body.manifests ?? []) if (!repository.manifests.has(child.digest)) return child.digest;
  for (const blob of [body.config, ...(body.layers ?? [])]) {
    if (blob && !repository.blobs.has(blob.digest)) return blob.digest;
  }
  return null;
}
