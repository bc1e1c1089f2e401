// Programs of others that tests and benches run where they are there: on the PATH, or where .ci/tools puts them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const folder = join(process.env['SWITCHYARD_TOOLS'] ?? join(homedir(), '.cache', 'switchyard'), 'bin');

/** @param {string} name @returns {string | null} what to call it by; null where it is not here */
export function findTool(name) {
  if (spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined) return name;
  const path = join(folder, name);
  return existsSync(path) ? path : null;
}

/** Why a test that runs git cannot be run here; false where it can. */
export const withoutGit = findTool('git') === null && 'git is not installed: apt-get install -y git';
