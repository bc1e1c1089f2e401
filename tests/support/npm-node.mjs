// Node.js of any version and processor, as npm carries it: fetched once into a folder that later runs find again.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cache = process.env['SWITCHYARD_NODE_CACHE'] ?? join(tmpdir(), 'switchyard-node');

/**
 * The binary if it is here already; asks nobody.
 * @param {string} version as npm takes it: 18, or 20.20.2
 * @param {string} [arch]
 * @returns {string | null}
 */
export function findNode(version, arch = process.arch) {
  const binary = join(cache, version, 'node_modules', packageOf(arch), 'bin', 'node');
  return existsSync(binary) ? binary : null;
}

/**
 * The binary, from npm where it is not here yet; null where it cannot be had.
 * @param {string} version
 * @param {string} [arch]
 * @returns {string | null}
 */
export function fetchNode(version, arch = process.arch) {
  const found = findNode(version, arch);
  if (found !== null) return found;
  const folder = join(cache, version);
  mkdirSync(folder, { recursive: true });
  // By force: npm refuses the package of another processor. Without scripts: a binary is all that it holds.
  const options = [
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--force',
    '--loglevel=silent',
  ];
  spawnSync('npm', ['install', '--prefix', folder, ...options, `${packageOf(arch)}@${version}`], {
    stdio: 'ignore',
    timeout: 300_000,
    shell: process.platform === 'win32',
  });
  return findNode(version, arch);
}

/** @param {string} arch */
function packageOf(arch) {
  return `node-${process.platform}-${arch}`;
}
