// Two branches, a gate and what a merge starts: the world of the promotion tests.
import { startForge } from './forge/forge.mjs';

/** @typedef {import('./forge/forge.mjs').Flavour} Flavour */

const ci =
  'name: CI\non:\n  push:\n    branches: [staging]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n';
const publish =
  'name: Publish\non:\n  push:\n    branches: [main]\n  workflow_dispatch:\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make image\n';

/**
 * `staging` is one commit ahead of `main`, and its CI ended as `conclusion` says.
 * @param {Flavour} flavour
 * @param {{ conclusion?: 'success' | 'failure' | 'pending' | 'none', protection?: import('./forge/repository.mjs').Protection, runsOnMain?: boolean, enterprise?: boolean }} [settings]
 */
export async function startPromoteWorld(
  flavour,
  { conclusion = 'success', protection, runsOnMain = true, enterprise = false } = {},
) {
  const forge = await startForge({ flavour, enterprise });
  forge.user('ada', { admin: true });
  const token = forge.addToken({ user: 'ada' });
  const dispatchToken = forge.addToken({ user: 'ada' });
  const repo = forge.repo('acme/app', { defaultBranch: 'main' });
  const folder = flavour === 'github' ? '.github' : '.gitea';
  const files = { [`${folder}/workflows/ci.yml`]: ci, [`${folder}/workflows/publish.yml`]: publish };
  const before = repo.pushCommit({ branch: 'main', message: 'first', files, by: 'ada' });
  repo.setBranch('staging', before);
  repo.push({ branch: 'staging', by: 'ada' });
  forge.world.onPush = (_, push) => {
    if (push.branch === 'main' && runsOnMain) record(repo, push.after, 'publish.yml', 'success');
  };
  const head = repo.pushCommit({
    branch: 'staging',
    message: 'feature (#7)',
    files: { 'src/feature': '1' },
    by: 'ada',
  });
  const settle = (/** @type {'success' | 'failure' | 'pending' | 'none'} */ how = 'success') =>
    record(repo, /** @type {string} */ (repo.branches.get('staging')), 'ci.yml', how);
  settle(conclusion);
  if (protection) repo.protect('main', protection);
  return { forge, repo, token, dispatchToken, before, head, settle };
}

/**
 * What a workflow's run leaves on this forge: a run where it lists them, statuses on Gitea.
 * @param {import('./forge/repository.mjs').Repository} repo
 * @param {string} sha
 * @param {'ci.yml' | 'publish.yml'} file
 * @param {'success' | 'failure' | 'pending' | 'none'} how
 */
export function record(repo, sha, file, how) {
  if (how === 'none') return;
  const { flavour } = repo.world;
  const [name, job, branch] = file === 'ci.yml' ? ['CI', 'build', 'staging'] : ['Publish', 'image', 'main'];
  if (flavour !== 'gitea-1.22.6') {
    const state =
      how === 'pending'
        ? { status: 'in_progress', conclusion: null }
        : { status: 'completed', conclusion: how };
    repo.addRun({ file, sha, branch, event: 'push', ...state, jobs: [{ name: job, ...state }] });
  }
  if (flavour === 'github') return;
  const descriptions = {
    success: 'Successful in 3s',
    failure: 'Failing after 1s',
    pending: 'Has started running',
  };
  repo.setStatus(sha, {
    context: `${name} / ${job} (push)`,
    status: how,
    description: descriptions[how],
    targetUrl: `/acme/app/actions/runs/${repo.runs.length + 1}/jobs/0`,
    creator: null,
  });
}
