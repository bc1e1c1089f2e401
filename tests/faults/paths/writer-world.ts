// Worlds that a call changes: servers under one hub, a folder to write in, and what was written.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from 'node:http';
import { Hub } from '../intercept.mjs';
import type { Trace } from './traces.ts';
import type { Path, World } from './world.ts';

export interface WriterWorld extends World {
  /** A folder that no call writes in by itself. */
  room: string;
  written(): string[];
  /** What calls left on this machine and should not have: temporary folders, halves of files. */
  leftovers(): string[];
}

/** A path that writes. Killed anywhere and called again, it ends in the same world. */
export interface WriterPath extends Path {
  fresh: true;
  open(): Promise<WriterWorld>;
  /** How it is called again after a cut, where that is not the same call. */
  resume?(world: WriterWorld): string[];
  /** What the call may say that ends what another began: the decision of a whole run, or that all is there. */
  resumed: readonly string[];
}

export interface Watched {
  server: Server;
  url: string;
}

export interface Made {
  args: string[];
  env: Record<string, string>;
  cwd?: string;
  /** Files that the call reads, by names of their own; none that it changes. */
  files?: Record<string, string>;
  /** What stands for a SHA or a digest in keys, outputs and writes. */
  names: Record<string, string>;
  secrets: string[];
  traces: Trace[];
  close?: () => Promise<unknown>;
}

/** `make` starts what the world is made of, in a folder of its own. */
export async function openWriterWorld(
  make: (room: {
    folder: string;
    hub: Hub;
    watch: (name: string, watched: Watched) => void;
  }) => Promise<Made>,
): Promise<WriterWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'writer-world-'));
  const hub = new Hub();
  await hub.open();
  const urls: Record<string, string> = {};
  const watch = (name: string, { server, url }: Watched): void => {
    hub.watch(name, server);
    urls[name] = url;
  };
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  const made = await make({ folder, hub, watch });
  for (const [name, sha] of Object.entries(made.names)) {
    const digits = sha.replace(/^sha256:/, '');
    hub.names.set(digits, name);
    hub.names.set(digits.slice(0, 7), name);
  }
  return {
    room: folder,
    hub,
    urls,
    args: made.args,
    env: { ...made.env, TMPDIR: temporary },
    ...(made.cwd === undefined ? {} : { cwd: made.cwd }),
    ...(made.files === undefined ? {} : { files: made.files }),
    secrets: made.secrets,
    written: () => made.traces.flatMap((trace) => trace()),
    leftovers: () => [
      ...readdirSync(temporary),
      ...readdirSync(folder, { recursive: true })
        .map(String)
        .filter((path) => /\.(part|tmp)$/.test(path)),
    ],
    async close() {
      await made.close?.();
      await hub.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
