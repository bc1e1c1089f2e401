// Stops a writer at one request and calls it again: the world must be as after one whole run.
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript, type RunScriptOptions, type ScriptResult } from '../support/run-script.mjs';
import { Hub } from './intercept.mjs';
import { judgeCut, judgeLast, judgeStopped, print, type Signal } from './judge-cut.ts';
import type { Path, World } from './paths/world.ts';
import type { WriterPath, WriterWorld } from './paths/writer-world.ts';

/** Where a run is cut: at its how-many-eth request, carried out already or not yet; the answer is never sent. */
export interface RequestCut {
  kind: 'request';
  index: number;
  signal: Signal;
  acted: boolean;
}

/** At its how-many-eth write to a file: before it, or half way through. */
export interface FileCut {
  kind: 'file';
  index: number;
  signal: Signal;
  half: boolean;
}

export type Cut = RequestCut | FileCut;

export interface Case {
  path: WriterPath;
  /** More than one: the run that was to mend it is cut as well. */
  cuts: readonly Cut[];
  clean: Clean;
}

/** A run that nobody disturbed. */
export interface Clean {
  requests: number;
  /** Writes to files, as `cut-at-write.mjs` counts them. */
  fileWrites: number;
  written: string[];
}

export interface Judged {
  /** Did every cut find its place? */
  isReached: boolean;
  problems: string[];
}

const hook = ['--import', new URL('cut-at-write.mjs', import.meta.url).href];

export async function runClean(path: WriterPath): Promise<Clean> {
  return lend(path, async (world) => {
    const count = join(world.room, 'count');
    const env = { ...world.env, CUT_COUNT: count };
    const result = await call(path, world, { nodeArgs: hook, env });
    if (result.code !== path.code || result.outputs['decision'] !== path.decision)
      throw new Error(`${path.name} does not end as it should: ${print(result)}`);
    await world.hub.settle();
    const left = world.leftovers();
    if (left.length > 0) throw new Error(`${path.name} left ${left.join(', ')}`);
    return {
      requests: world.hub.requests.length,
      fileWrites: Number(readFileSync(count, 'utf8')),
      written: world.written().sort(),
    };
  });
}

/** Cuts, calls again, compares. */
export async function runCase({ path, cuts, clean }: Case): Promise<Judged> {
  return lend(path, async (world) => {
    const problems: string[] = [];
    let isReached = true;
    for (const cut of cuts) {
      world.hub.start(null);
      const result = await (cut.kind === 'request'
        ? cutAtRequest(path, world, cut)
        : cutAtFile(path, world, cut));
      await world.hub.settle();
      world.hub.find = Hub.prototype.find;
      // One that is told to stop while it writes its last words has ended before it hears of it.
      const isWhole = result.signal === null && result.code === path.code;
      isReached &&= !isWhole || (cut.kind === 'file' && cut.signal === 'SIGTERM');
      problems.push(...(isWhole ? [] : judgeCut(path, world, cut.signal, result)));
    }
    world.hub.start(null);
    const last = await call(path, { ...world, args: path.resume?.(world) ?? world.args });
    await world.hub.settle();
    problems.push(...judgeLast(path, world, clean.written, last));
    return { isReached, problems };
  });
}

export function nameOf({ path, cuts }: Pick<Case, 'path' | 'cuts'>): string {
  const words = cuts.map((cut) =>
    cut.kind === 'request'
      ? `${cut.signal} at request ${cut.index + 1}, ${cut.acted ? 'carried out' : 'not carried out'}`
      : `${cut.signal} ${cut.half ? 'half way through' : 'before'} write ${cut.index + 1} to a file`,
  );
  return `${path.name}: ${words.join(', then ')}`;
}

async function lend<T>(path: WriterPath, use: (world: WriterWorld) => Promise<T>): Promise<T> {
  const world = await path.open();
  try {
    return await use(world);
  } finally {
    await world.close();
  }
}

function cutAtRequest(path: Path, world: World, cut: RequestCut): Promise<ScriptResult> {
  const { hub } = world;
  const stop = createStop(cut.signal);
  let isDue = true;
  hub.find = () => {
    if (!isDue || hub.requests.length !== cut.index + 1) return null;
    isDue = false;
    return async ({ request, ask }) => {
      if (cut.acted) await ask();
      await stop.now();
      request.socket.destroy();
    };
  };
  return call(path, world, { onStart: stop.watch });
}

function cutAtFile(path: WriterPath, world: WriterWorld, cut: FileCut): Promise<ScriptResult> {
  const variables = { CUT_AT: String(cut.index), CUT_SIGNAL: cut.signal, CUT_HALF: cut.half ? 'yes' : '' };
  return call(path, world, { nodeArgs: hook, env: { ...world.env, ...variables } });
}

/** Sends a signal to a child, and waits until it is gone. */
function createStop(signal: Signal): { watch: (child: ChildProcess) => void; now: () => Promise<void> } {
  let child: ChildProcess | null = null;
  let gone: Promise<void> = Promise.resolve();
  return {
    watch(made) {
      child = made;
      gone = new Promise((resolve) => made.once('exit', () => resolve()));
    },
    now() {
      child?.kill(signal);
      return gone;
    },
  };
}

function call(path: Path, world: World, more: RunScriptOptions = {}): Promise<ScriptResult> {
  return runScript(path.script, world.args, {
    env: world.env,
    ...(world.cwd === undefined ? {} : { cwd: world.cwd }),
    runner: true,
    coverage: false,
    ...more,
  });
}

/** A script that only reads, told to stop at its first request; null where it asks nobody. */
export async function stopReader(path: Path): Promise<string[] | null> {
  const world = await path.open();
  try {
    const cut = { kind: 'request', index: 0, signal: 'SIGTERM', acted: true } as const;
    const result = await cutAtRequest(path, world, cut);
    if (world.hub.requests.length === 0) return null;
    return judgeStopped(path, world, result).map((problem) => `${problem}\n${print(result)}`);
  } finally {
    await world.close();
  }
}
