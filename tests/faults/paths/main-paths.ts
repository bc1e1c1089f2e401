// The paths that `npm run faults` plays whole: each script against each kind of server that it meets, reading and
// writing. The others (`npm run faults -- --all`, and a share of every `npm test`) are the same calls in other worlds.
import { PATHS } from './index.ts';
import type { Path } from './world.ts';

const names = [
  'e2e-gate github docs',
  'e2e-gate gitea-1.22.6 docs',
  'e2e-gate gitea-1.22.6 red on the last of three pages',
  'ancestry github ahead',
  'ancestry gitea-1.22.6 ahead',
  'ancestry --via git ahead',
  'check-superseded gitea-1.22.6 superseded',
  'verify gitea-1.22.6 go',
  'rollout gitea-1.22.6',
  'plan github',
  'train-status gitea-1.22.6 stalled --issue',
  'cascade github by api, 3 targets',
  'cascade gitea-1.22.6 by api, 3 targets',
  'cascade gitea-1.22.6 --require-file --targets-file',
  'promote-image docker registry, gitea-1.25.4, 2 images',
  'promote-image --no-ancestry, ghcr registry, login of docker',
  'auto-promote gitea-1.22.6 merged, its push starts what is due',
  'sync-branch github merged by api',
  'sync-branch github conflict by api',
  'sync-branch gitea-1.22.6 merged by git',
  'vendor-sync add gitea-1.22.6',
  'vendor-sync update gitea-1.22.6',
];

/** Calls that ask no server are few cases, and all of them are here. */
const isOfFilesAlone = ({ script, name }: Path): boolean =>
  /^(resolve-version|cascade-list-drift-gate|lint-workflow-yaml)$/.test(script) ||
  /--merge-report|--check-heartbeat|of files alone|from a folder$/.test(name);

function find(name: string): Path {
  const path = PATHS.find((one) => one.name === name);
  if (path === undefined) throw new Error(`Cannot find the path "${name}"`);
  return path;
}

export const MAIN_PATHS: readonly Path[] = [...names.map(find), ...PATHS.filter(isOfFilesAlone)];
