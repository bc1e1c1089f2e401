// A release: the tag vX.Y.Z of package.json's version, and everything in vendor/ attached to it.
// `node .ci/release.mjs check`    which tag this run is to make or has; refused where it is not the version's
// `node .ci/release.mjs publish`  makes what is not there yet. Run again, it completes what was left half done.
// A tag on another commit, and an attached file of other content, are refused: nothing released is ever replaced.
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGitea } from './release-gitea.mjs';
import { openGitHub } from './release-github.mjs';

/** @typedef {{ name: string, path: string, bytes: Buffer }} Asset */
/**
 * @typedef {object} Release
 * @property {boolean} isDraft
 * @property {Map<string, Buffer>} assets the files that are attached
 */
/**
 * @typedef {object} ReleaseForge
 * @property {(tag: string) => Promise<string | null>} findTag its commit; null where there is no such tag
 * @property {(tag: string) => Promise<Release | null>} findRelease
 * @property {(tag: string, sha: string, assets: Asset[]) => Promise<void>} create with the tag, where there is none
 * @property {(tag: string, assets: Asset[]) => Promise<void>} complete attaches these, and ends a draft
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const env = process.env;

/** The tag of this version; the run must be of it, or of the default branch where it is started by hand. */
function decideTag() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tag = `v${version}`;
  const [type, name] = [env['GITHUB_REF_TYPE'], env['GITHUB_REF_NAME']];
  if (type === 'tag' && name !== tag)
    throw new Error(
      `Cannot release ${name}: package.json says ${version}; tag the commit whose version it is, or change the version first`,
    );
  if (type !== 'tag' && name !== 'main')
    throw new Error(`Cannot release from ${name}: it is neither ${tag} nor main; start it on main`);
  return tag;
}

/** Everything in vendor/, each script as its sum says. @returns {Asset[]} */
function readAssets() {
  const folder = join(root, 'vendor');
  const assets = readdirSync(folder)
    .sort()
    .map((name) => ({ name, path: join(folder, name), bytes: readFileSync(join(folder, name)) }));
  const list = assets.find(({ name }) => name === 'SHA256SUMS')?.bytes.toString('utf8') ?? '';
  const sums = new Map(
    list
      .trim()
      .split('\n')
      .map((line) => /** @type {[string, string]} */ (line.split('  ').reverse())),
  );
  const wrong = assets
    .filter(({ name }) => name.endsWith('.mjs'))
    .filter(({ name, bytes }) => sums.get(name) !== createHash('sha256').update(bytes).digest('hex'));
  if (wrong.length > 0 || sums.size !== assets.filter(({ name }) => name.endsWith('.mjs')).length)
    throw new Error(
      `Cannot release vendor/: SHA256SUMS differs from ${wrong.map(({ name }) => name).join(', ') || 'the files there'}; run "node build.mjs" and commit vendor/`,
    );
  return assets;
}

/** @param {ReleaseForge} forge @param {string} tag @param {string} sha @param {Asset[]} assets */
async function publish(forge, tag, sha, assets) {
  await assertTag(forge, tag, sha, true);
  const there = await forge.findRelease(tag);
  const left = findMissing(tag, there, assets);
  if (there === null) await forge.create(tag, sha, assets);
  else if (left.length > 0 || there.isDraft) await forge.complete(tag, left);
  else return `${tag} is released already, and whole`;
  // What was done is what is read afterwards.
  await assertTag(forge, tag, sha, false);
  const made = await forge.findRelease(tag);
  const missing = findMissing(tag, made, assets).map(({ name }) => name);
  if (made !== null && !made.isDraft && missing.length === 0)
    return `${tag} is released with ${assets.length} files`;
  throw new Error(
    `Cannot see release ${tag} as it was made: ${made?.isDraft ? 'it is a draft' : `${missing.join(', ')} not attached`}; run this again`,
  );
}

/** @param {ReleaseForge} forge @param {string} tag @param {string} sha @param {boolean} mayLack */
async function assertTag(forge, tag, sha, mayLack) {
  const commit = await forge.findTag(tag);
  if (commit === sha || (commit === null && mayLack)) return;
  throw new Error(
    `Cannot release ${tag}: ${commit === null ? 'the tag is not there' : `it is on ${commit}, this run is of ${sha}`}; a tag is never moved: raise the version`,
  );
}

/**
 * The files that are not attached yet. One that is attached with another content is refused.
 * @param {string} tag @param {Release | null} release @param {Asset[]} assets
 */
function findMissing(tag, release, assets) {
  return assets.filter(({ name, bytes }) => {
    const attached = release?.assets.get(name);
    if (attached === undefined || attached.equals(bytes)) return attached === undefined;
    throw new Error(
      `Cannot complete release ${tag}: its ${name} has another content; look at who put it there, and raise the version`,
    );
  });
}

/** @param {string} name */
function need(name) {
  const value = env[name];
  if (!value) throw new Error(`Cannot release: ${name} is not set; run this in a job of the forge`);
  return value;
}

try {
  const [command] = process.argv.slice(2);
  if (command !== 'check' && command !== 'publish')
    throw new Error(`Cannot use "${command ?? ''}": give check or publish`);
  const [tag, assets] = [decideTag(), readAssets()];
  if (command === 'check') {
    console.log(`${tag}: ${assets.length} files of vendor/ are as SHA256SUMS says`);
    if (env['GITHUB_OUTPUT']) appendFileSync(env['GITHUB_OUTPUT'], `tag=${tag}\n`);
  } else {
    const forge = env['GITEA_ACTIONS'] ? openGitea(need) : openGitHub(need);
    console.log(await publish(forge, tag, need('GITHUB_SHA'), assets));
  }
} catch (error) {
  console.error(`${env['GITHUB_ACTIONS'] ? '::error::' : 'error: '}${/** @type {Error} */ (error).message}`);
  process.exitCode = 1;
}
