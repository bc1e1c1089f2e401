// The repository of the story, and what a push to it starts: the server's part and the runner's.
import { JOB_TOKEN } from '../support/forge/forge.mjs';
import { diffTrees } from '../support/forge/history.mjs';

/** @typedef {import('../support/forge/forge.mjs').Forge} Forge */
/** @typedef {import('../support/forge/repository.mjs').Repository} Repository */
/** @typedef {import('../support/forge/repository.mjs').Push} Push */

const job = (/** @type {string} */ name) =>
  `  ${name}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run ${name}\n`;
const E2E = `name: E2E\non:\n  push:\n    branches: [main]\njobs:\n${job('checkout')}`;
const DOCS = `name: Docs\non:\n  push:\n    branches: [main]\n    paths: ['docs/**']\njobs:\n${job('links')}`;

/** @param {Forge} forge @param {string | null} folder for a bare repository that git can read */
export function openShop(forge, folder) {
  const repo = forge.repo('acme/shop', { defaultBranch: 'main', ...(folder ? { git: folder } : {}) });
  forge.world.onPush = (pushed, push) => {
    if (pushed === repo && push.branch === 'main') startRuns(repo, push);
  };
  repo.pushCommit({
    branch: 'main',
    message: 'a shop',
    files: {
      '.gitea/workflows/e2e.yml': E2E,
      '.gitea/workflows/docs.yml': DOCS,
      'src/cart.js': 'export const cart = [];\n',
      'docs/start.md': '# Start\n',
    },
    by: 'ada',
  });
  return repo;
}

/** As Gitea does: a job's own token starts nothing, and a path filter looks at what the push changed. @param {Repository} repo @param {Push} push */
function startRuns(repo, push) {
  if (push.by === JOB_TOKEN) return;
  const before = repo.store.commits.get(push.before)?.tree ?? null;
  const changed = diffTrees(repo.store, before, repo.commitOf(push.after).tree);
  const contexts = [
    'E2E / checkout (push)',
    ...(changed.some(({ filename }) => filename.startsWith('docs/')) ? ['Docs / links (push)'] : []),
  ];
  contexts.forEach((context, index) =>
    repo.setStatus(push.after, {
      context,
      status: 'success',
      description: 'Successful in 41s',
      targetUrl: `/${repo.fullName}/actions/runs/${push.id}/jobs/${index}`,
    }),
  );
}
