// Releases on Gitea, by its API. There is no dispatch in 1.22, so the tag is there before the release.
import { notes } from './release-github.mjs';

/** @param {(name: string) => string} need @returns {import('./release.mjs').ReleaseForge} */
export function openGitea(need) {
  const [api, server, repo, token] = [
    need('GITHUB_API_URL'),
    need('GITHUB_SERVER_URL'),
    need('GITHUB_REPOSITORY'),
    need('GITHUB_TOKEN'),
  ];
  /** @param {string} method @param {string} url @param {RequestInit} [more] */
  const call = async (method, url, more = {}) => {
    const path = new URL(url).pathname;
    const headers = { authorization: `token ${token}`, ...more.headers };
    const signal = AbortSignal.timeout(60_000);
    /** @type {RequestRedirect} */
    const redirect = method === 'GET' ? 'follow' : 'error';
    const response = await fetch(url, { ...more, method, headers, signal, redirect }).catch((error) => {
      throw new Error(
        `Cannot reach ${method} ${path}: ${error.cause?.message ?? error.message}; run this again`,
      );
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, bytes, path: `${method} ${path}` };
  };
  /** @param {Awaited<ReturnType<typeof call>>} answer @param {number} wanted */
  const expect = ({ status, bytes, path }, wanted = 200) => {
    if (status === wanted) return bytes;
    throw new Error(
      `Cannot release on ${server}: ${path} answered ${status} "${bytes.toString('utf8').slice(0, 200).replaceAll(token, '***')}"; check that the token may write releases, then run this again`,
    );
  };
  const parse = (/** @type {Buffer} */ bytes) => JSON.parse(bytes.toString('utf8'));
  /** Only a 404 in JSON is a thing that is not there; plain text is an address that this server does not know. */
  const find = async (/** @type {string} */ path) => {
    const answer = await call('GET', `${api}/repos/${repo}/${path}`);
    if (answer.status === 404 && answer.bytes.toString('utf8').startsWith('{')) return null;
    return parse(expect(answer));
  };
  const release = (/** @type {string} */ tag) => find(`releases/tags/${tag}`);
  const attach = async (/** @type {number} */ id, /** @type {import('./release.mjs').Asset[]} */ assets) => {
    for (const { name, bytes } of assets) {
      const body = new FormData();
      body.set('attachment', new Blob([bytes]), name);
      expect(await call('POST', `${api}/repos/${repo}/releases/${id}/assets?name=${name}`, { body }), 201);
    }
  };
  return {
    findTag: async (tag) => (await find(`tags/${tag}`))?.commit.sha ?? null,
    findRelease: async (tag) => {
      const found = await release(tag);
      if (found === null) return null;
      /** @type {Map<string, Buffer>} */
      const assets = new Map();
      for (const { name } of found.assets)
        assets.set(name, expect(await call('GET', `${server}/${repo}/releases/download/${tag}/${name}`)));
      return { isDraft: found.draft, assets };
    },
    create: async (tag, sha, assets) => {
      const body = JSON.stringify({ tag_name: tag, target_commitish: sha, name: tag, body: notes(tag) });
      const headers = { 'content-type': 'application/json' };
      const made = expect(await call('POST', `${api}/repos/${repo}/releases`, { body, headers }), 201);
      await attach(parse(made).id, assets);
    },
    complete: async (tag, assets) => {
      const { id, draft } = await release(tag);
      await attach(id, assets);
      if (!draft) return;
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ draft: false });
      expect(await call('PATCH', `${api}/repos/${repo}/releases/${id}`, { body, headers }));
    },
  };
}
