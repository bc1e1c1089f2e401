// A forge with one repository and a line of commits, as most script tests need it.
import { startForge } from './forge/forge.mjs';

/** @typedef {import('./forge/forge.mjs').Flavour} Flavour */

/**
 * @param {Flavour} flavour
 * @param {import('./forge/forge.mjs').ForgeOptions} [more]
 */
export async function startWorld(flavour, more) {
  const forge = await startForge({ ...more, flavour });
  forge.user('ada', { admin: true });
  const token = forge.addToken({ user: 'ada' });
  const repo = forge.repo('acme/app', { defaultBranch: 'main' });
  return { forge, repo, token };
}

/**
 * `count` commits on a branch, each pushed by itself; oldest first.
 * @param {import('./forge/repository.mjs').Repository} repo @param {number} count
 */
export function pushLine(repo, count, { branch = 'main', by = 'ada' } = {}) {
  return Array.from({ length: count }, (_, index) =>
    repo.pushCommit({
      branch,
      message: `commit ${index}`,
      files: { [`file-${index}.txt`]: `${index}\n` },
      by,
    }),
  );
}
