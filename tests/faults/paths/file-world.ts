// Worlds without any server: a folder with files.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Hub } from '../intercept.mjs';
import type { World } from './world.ts';

/** `texts` by name; the call is made in their folder, and reads all of them but those in `unread`. */
export function openFileWorld(
  texts: Record<string, string>,
  { args, env = {}, unread = [] }: { args: string[]; env?: Record<string, string>; unread?: string[] },
): World {
  const folder = mkdtempSync(join(tmpdir(), 'file-world-'));
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const read = Object.keys(texts).filter((name) => !unread.includes(name));
  return {
    hub: new Hub(),
    cwd: folder,
    args,
    env: Object.fromEntries(
      Object.entries(env).map(([name, text]) => [name, text.replace('{folder}', folder)]),
    ),
    files: Object.fromEntries(read.map((name) => [name, join(folder, name)])),
    secrets: [],
    urls: {},
    close: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}
