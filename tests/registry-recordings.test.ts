// The embedded registry answers what real registries answered: each recorded request is sent to one in the same state.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { readRecording, type Exchange } from './support/recordings.ts';
import { makeImage, makeIndex, TYPES, type Image } from './support/registry/images.mjs';
import { startRegistry } from './support/registry/registry.mjs';

type Registry = Awaited<ReturnType<typeof startRegistry>>;

const ALL = Object.values(TYPES).slice(0, 4).join(', ');
const PASSWORD = `Basic ${Buffer.from('ci:right').toString('base64')}`;
const WRONG = `Basic ${Buffer.from('ci:wrong').toString('base64')}`;
/** The recorder's layer is not known, only its digest; nobody reads it. */
const LAYER = { digest: 'sha256:854f97060b8ac697dedaba5018aece60b7804b5247fdfc6db03d80f3a9cf35af', size: 51 };
const COMPARED = [
  'content-type',
  'docker-content-digest',
  'docker-distribution-api-version',
  'www-authenticate',
  'etag',
  'location',
  'link',
];

/** What the recorder pushed: a build of commit a…, and an index of it and one for arm64. */
const amd64 = withRecordedLayer(makeImage({ revision: 'a'.repeat(40) }));
const arm64 = withRecordedLayer(makeImage({ revision: 'b'.repeat(40), architecture: 'arm64' }));
const index = makeIndex([
  { image: amd64, platform: { os: 'linux', architecture: 'amd64' } },
  { image: arm64, platform: { os: 'linux', architecture: 'arm64' } },
]);

function withRecordedLayer(image: Image): Image {
  const body = JSON.parse(image.manifest.bytes.toString());
  Object.assign(body.layers[0], LAYER);
  const bytes = Buffer.from(JSON.stringify(body));
  const blobs = new Map([...image.blobs, [LAYER.digest, Buffer.alloc(0)] as const]);
  return { ...image, blobs, manifest: { ...image.manifest, bytes, digest: digestOf(bytes) } };
}

/** What a request carried beside what the recorder kept: found from its note. */
function requestOf({ note, request }: Exchange): RequestInit {
  const headers: Record<string, string> = { accept: ALL };
  if (/without accept/.test(note)) headers['accept'] = '*/*';
  if (/accept manifests only/.test(note)) headers['accept'] = `${TYPES.manifest}, ${TYPES.docker}`;
  if (/docker types only/.test(note)) headers['accept'] = `${TYPES.list}, ${TYPES.docker}`;
  if (/wrong password|bad password/.test(note)) headers['authorization'] = WRONG;
  if (/right password|token, basic/.test(note)) headers['authorization'] = PASSWORD;
  if (request.method !== 'PUT') return { method: request.method, headers };
  const body = bodyOf(note, request.path);
  return { method: 'PUT', headers: { ...headers, 'content-type': ALL.split(', ')[0] as string }, body };
}

function bodyOf(note: string, path: string): string {
  const text = (image: Image): string => image.manifest.bytes.toString();
  if (/not JSON/.test(note)) return '{]';
  if (/config is not there/.test(note)) return withLostBlob(text(amd64));
  if (/child is not there/.test(note)) return withLostBlob(text(index));
  if (/child by digest/.test(note)) return text(arm64);
  const racing = /racing put (\d)/.exec(note)?.[1];
  if (racing !== undefined) return text(Number(racing) % 2 === 0 ? index : amd64);
  return /index/.test(note) || path.endsWith('bbbbbbb') ? text(index) : text(amd64);
}

function withLostBlob(text: string): string {
  const lost = 'sha256:1785cfc3bc6ac7738e8b38cdccd1af12563c2b9070e07af336a1bf8c0f772b6a';
  return text.replace(/sha256:[0-9a-f]{64}/, lost);
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The bytes of the second platform were not recorded, so it, and the index over it, have digests of our own. */
function translate(text: string): string {
  return text
    .replaceAll(
      'sha256:379c04e00471e8712e9ad956b8911e3f41dbfdc9ea77bddf6b6d341bbeec0e03',
      arm64.manifest.digest,
    )
    .replaceAll(
      'sha256:cbf9ec721d8d5f248901af56443a2acbdbd94f398a8b1b06ac89e735870c6051',
      index.manifest.digest,
    );
}

/** Status, the headers that say something, and the body. */
async function compare(exchange: Exchange, answer: Response, shown: string): Promise<void> {
  const { note } = exchange;
  const response = JSON.parse(translate(JSON.stringify(exchange.response))) as Exchange['response'];
  const text = await answer.text();
  assert.equal(answer.status, response.status, note);
  for (const name of COMPARED) {
    const wanted = response.headers[name] ?? null;
    assert.equal(
      answer.headers.get(name)?.replaceAll(shown, 'SELF') ?? null,
      wanted?.replaceAll(recordedHosts, 'SELF') ?? null,
      `${note}: ${name}`,
    );
  }
  if (typeof response.body === 'string') return assert.equal(text, response.body, note);
  const wanted = JSON.parse(
    JSON.stringify(response.body).replace(
      '"<registry token>"',
      JSON.stringify(text.length > 0 ? (JSON.parse(text).token ?? null) : null),
    ),
  );
  assert.deepEqual(JSON.parse(text), wanted, note);
}

const recordedHosts = /http:\/\/(registry|gitea)\.example/g;

describe("Docker's registry 2.8.2", () => {
  const exchanges = readRecording('docker-registry-2.8.2', 'exchanges.json');
  let open: Registry;
  let closed: Registry;
  before(async () => {
    open = await startRegistry({ mode: 'docker' });
    closed = await startRegistry({ mode: 'docker-htpasswd', users: { ci: 'right' } });
    seed(open);
  });
  after(() => Promise.all([open.close(), closed.close()]));
  for (const exchange of exchanges) {
    const needsLogin = /htpasswd|password/.test(exchange.note);
    it(exchange.note, async () => {
      const registry = needsLogin ? closed : open;
      const answer = await fetch(registry.url + translate(exchange.request.path), requestOf(exchange));
      await compare(exchange, answer, registry.url);
    });
  }
});

describe("Gitea 1.22.6's registry", () => {
  let registry: Registry;
  let token: string;
  let anonymous: string;
  before(async () => {
    registry = await startRegistry({ mode: 'gitea', users: { ci: 'right' } });
    seed(registry);
    registry.push('acme/other', amd64, 'x');
    token = await askToken(PASSWORD);
    anonymous = await askToken(null);
  });
  after(() => registry.close());

  async function askToken(authorization: string | null): Promise<string> {
    const headers: Record<string, string> = authorization === null ? {} : { authorization };
    const answer = await fetch(`${registry.url}/v2/token?scope=*`, { headers });
    return ((await answer.json()) as { token: string }).token;
  }

  for (const exchange of readRecording('gitea-1.22.6', 'container-registry.json')) {
    it(exchange.note, async () => {
      const request = requestOf(exchange);
      const headers = request.headers as Record<string, string>;
      const bare = /^v2 ping anonymous|^token|without any token/.test(exchange.note);
      if (!bare) headers['authorization'] = `Bearer ${/anonymous/.test(exchange.note) ? anonymous : token}`;
      const answer = await fetch(registry.url + translate(exchange.request.path), request);
      await compare(exchange, answer, registry.url);
    });
  }
});

/** Blobs are uploaded before manifests, by requests that promote-image never makes. */
function seed(registry: Registry): void {
  registry.push('acme/platform', amd64);
  registry.push('acme/platform', arm64);
  registry.repositories.get('acme/platform')?.manifests.clear();
}
