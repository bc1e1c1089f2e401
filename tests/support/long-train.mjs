// A train that stood still for long: thousands of commits wait on `staging`, brought by pushes an hour apart, each
// made a month before it was pushed, so that only the record of pushes tells since when they wait.
import { startForge } from './forge/forge.mjs';

/** @typedef {import('./forge/forge.mjs').Flavour} Flavour */

const ci = `name: ci
on:
  push:
    branches: [staging]
    paths: ['never/**']
  workflow_dispatch:
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
`;
const hour = 3_600_000;
const month = 30 * 24 * hour;

/**
 * @param {Flavour} flavour
 * @param {{ pushes: number, perPush: number, before?: number, merged?: boolean, hotfix?: boolean, rewritten?: boolean }} settings
 * `before`: pushes that main holds already; `merged`: by a merge commit of its own; `hotfix`: with sixty commits on it;
 * `rewritten`: staging was forced onto another line then
 */
export async function startLongTrain(
  flavour,
  { pushes, perPush, before = 2, merged = false, hotfix = false, rewritten = false },
) {
  const now = Date.now();
  const forge = await startForge({ flavour, now: () => now });
  forge.user('ada', { admin: true });
  forge.user('bob');
  const repo = forge.repo('acme/platform', { defaultBranch: 'main' });
  const folder = flavour === 'github' ? '.github' : '.gitea';
  const first = now - (pushes + before + 1) * hour;
  const files = { [`${folder}/workflows/ci.yml`]: ci, [`${folder}/workflows/e2e.yml`]: ci, a: '0' };
  const start = repo.pushCommit({ branch: 'main', message: 'first', files, by: 'ada', at: first - month });
  const trees = [0, 1, 2].map((index) => {
    const sha = repo.commit({ parents: [start], files: { 'docs/a.md': `${index}` } });
    return repo.commitOf(sha).tree;
  });
  repo.setBranch('staging', start);
  repo.push({ branch: 'staging', by: 'ada', at: first });
  let made = 0;
  const push = (/** @type {number} */ at, /** @type {number} */ count) => {
    for (let index = 0; index < count; index++) {
      // What is delivered already is not what waits.
      const tree = /** @type {string} */ (trees[count === 1 ? 2 : made % 2]);
      made++;
      const parents = [/** @type {string} */ (repo.branches.get('staging'))];
      const message = `change ${made} (#${made})`;
      repo.commitTree({ branch: 'staging', tree, parents, message, at: at - month });
    }
    repo.push({ branch: 'staging', by: 'ada', at });
  };
  for (let index = 1; index <= before; index++) push(first + index * hour, 1);
  const delivered = /** @type {string} */ (repo.branches.get('staging'));
  let tip = merged
    ? repo.commitTree({
        tree: repo.commitOf(delivered).tree,
        parents: [start, delivered],
        message: 'Merge',
        at: first + before * hour,
      })
    : delivered;
  for (let index = 0; hotfix && index < 60; index++)
    tip = repo.commit({ parents: [tip], files: { hotfix: `${index}` }, at: first + before * hour });
  repo.setBranch('main', tip);
  repo.push({ branch: 'main', by: 'ada', at: first + before * hour });
  if (rewritten) repo.setBranch('staging', start);
  const oldest = first + (before + 1) * hour;
  for (let index = 1; index <= pushes; index++) push(first + (before + index) * hour, perPush);
  return {
    forge,
    repo,
    now,
    token: forge.addToken({ user: 'ada' }),
    /** What a reader who is no administrator of the server gets. */
    readerToken: forge.addToken({ user: 'bob' }),
    /** For how long the oldest commit has waited, in seconds. */
    age: Math.floor((now - oldest) / 1000),
    close: () => forge.close(),
  };
}
