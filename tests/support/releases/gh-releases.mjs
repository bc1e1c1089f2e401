// A `gh` for tests, with the calls that a release makes and the words of the real one. Its state is the test's.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';

/** @typedef {import('./gitea-releases.mjs').StoredRelease} StoredRelease */
/** @typedef {{ status: number, stdout?: string, stderr?: string }} Ran */

// Tells the test what it was called with, and is what the test says.
const program = `const answer = await fetch(process.env.FAKE_GH_URL, { method: 'POST', body: JSON.stringify(process.argv.slice(2)) });
const { status, stdout, stderr } = await answer.json();
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = status;
`;

/** @param {string} token */
export async function startGhReleases(token) {
  /** @type {Map<string, string>} */
  const tags = new Map();
  /** Tags that are objects of their own, as `git tag -a` makes them: tag → the object. @type {Map<string, string>} */
  const annotated = new Map();
  /** @type {Map<string, StoredRelease>} */
  const releases = new Map();
  /** @type {string[]} */
  const writes = [];
  /** The next so many files are taken, then each upload fails. */
  const limits = { writes: Infinity };
  /** Words of the call → what it ends with. @type {Map<string, [number, string]>} */
  const faults = new Map();

  /** @param {string[]} args @returns {Ran} */
  function run(args) {
    const line = args.join(' ');
    for (const [part, [status, stderr]] of faults) if (line.includes(part)) return { status, stderr };
    const [group, verb = '', tag = ''] = args;
    if (group === 'api') return api(verb);
    const release = releases.get(tag);
    if (verb === 'view') {
      if (!release) return { status: 1, stderr: 'release not found\n' };
      const assets = [...release.assets.keys()].map((name) => ({ name }));
      return { status: 0, stdout: JSON.stringify({ isDraft: release.draft, assets }) };
    }
    if (verb === 'download') {
      const folder = args[args.indexOf('--dir') + 1] ?? '';
      for (const [name, bytes] of release?.assets ?? []) writeFileSync(join(folder, name), bytes);
      return release?.assets.size ? { status: 0 } : { status: 1, stderr: 'no assets to download\n' };
    }
    writes.push(args.slice(0, 3).join(' '));
    if (verb === 'edit') {
      if (release) publish(tag, release, '');
      return { status: 0 };
    }
    const files = args.filter((arg) => arg.startsWith('/'));
    const made = release ?? { draft: true, assets: new Map() };
    releases.set(tag, made);
    for (const file of files) {
      if (limits.writes-- <= 0) return { status: 1, stderr: 'HTTP 502: Bad Gateway\n' };
      made.assets.set(basename(file), readFileSync(file));
    }
    if (verb === 'create') publish(tag, made, args[args.indexOf('--target') + 1] ?? '');
    return { status: 0 };
  }

  /** A draft has no tag yet. @param {string} tag @param {StoredRelease} release @param {string} target */
  function publish(tag, release, target) {
    release.draft = false;
    if (!tags.has(tag)) tags.set(tag, target);
  }

  /** @param {string} path @returns {Ran} */
  function api(path) {
    const object = /\/git\/tags\/(.+)$/.exec(path)?.[1];
    if (object) {
      const tag = [...annotated].find(([, name]) => name === object)?.[0] ?? '';
      return { status: 0, stdout: JSON.stringify({ object: { type: 'commit', sha: tags.get(tag) } }) };
    }
    const prefix = /\/git\/matching-refs\/tags\/(.+)$/.exec(path)?.[1] ?? '';
    const found = [...tags].filter(([name]) => name.startsWith(prefix));
    const refs = found.map(([name, sha]) => {
      const own = annotated.get(name);
      return { ref: `refs/tags/${name}`, object: { type: own ? 'tag' : 'commit', sha: own ?? sha } };
    });
    return { status: 0, stdout: JSON.stringify(refs) };
  }

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { status, stdout = '', stderr = '' } = run(JSON.parse(body));
    response.end(JSON.stringify({ status, stdout, stderr }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const folder = mkdtempSync(join(tmpdir(), 'gh-'));
  writeFileSync(join(folder, 'gh.mjs'), program);
  writeFileSync(
    join(folder, 'gh'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'gh.mjs')}' "$@"\n`,
  );
  chmodSync(join(folder, 'gh'), 0o755);
  return {
    tags,
    annotated,
    releases,
    writes,
    limits,
    faults,
    env: {
      GITHUB_REPOSITORY: 'acme/switchyard',
      GH_TOKEN: token,
      FAKE_GH_URL: `http://127.0.0.1:${port}`,
      PATH: `${folder}${delimiter}${process.env['PATH']}`,
    },
    close: () => {
      rmSync(folder, { recursive: true, force: true });
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
