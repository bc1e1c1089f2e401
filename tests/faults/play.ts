// Plays one call of a path, as it is or with its trouble.
import type { ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript, type RunScriptOptions, type ScriptResult } from '../support/run-script.mjs';
import type { Case, Clean, Trouble } from './case-list.ts';
import type { Crew } from './crew.ts';
import type { Plan, Seen } from './intercept.mjs';
import { nameAll, without } from './names.ts';
import type { Path, World } from './paths/world.ts';
import type { Surroundings } from './surroundings.ts';

export interface Patience {
  timeoutMs: number;
  deadlineMs: number;
}

export interface Played {
  result: ScriptResult;
  /** What it left behind; null where the world does not tell. */
  written: string[] | null;
}

/** How calls are made: in processes that live on, or each in one of its own. */
export interface Stage {
  crew: Crew | null;
  /** An address where nobody listens. */
  closedUrl: string;
}

/** The call as it is. Throws where the path does not answer as it says. */
export async function playClean(
  path: Path,
  world: World,
  patience: Patience,
  crew: Crew | null,
): Promise<Clean> {
  world.hub.start(null);
  const { result, written } = await finish(world, runWith(crew, path)(settingsOf(world, patience)));
  if (result.code !== path.code || result.outputs['decision'] !== path.decision) {
    throw new Error(
      `The path "${path.name}" does not answer ${path.decision} (${path.code}) without any fault: ${result.code}\n${result.stdout}${result.stderr}`,
    );
  }
  const missing = without(path.claims?.(result, world) ?? [], written ?? []);
  if (missing.length > 0) throw new Error(`The path "${path.name}" claims what it did not write: ${missing}`);
  const outputs = nameAll(result.outputs, world);
  const files = new Map(
    Object.entries(world.files ?? {}).map(([name, place]) => [name, readFileSync(place)]),
  );
  return { path, requests: world.hub.requests, files, outputs, written };
}

/** The call with its trouble; null where there is none for this world. */
export async function playCase(
  { clean, trouble }: Case,
  world: World,
  patience: Patience,
  { crew, closedUrl }: Stage,
): Promise<Played | null> {
  const { path } = clean;
  const settings = settingsOf(world, patience);
  const run = runWith(crew, path);
  world.hub.start(null);
  if (trouble.kind === 'around') {
    const { surroundings } = trouble;
    const around = surroundings.fillsDisk ? (call: Settings) => runAlone(path, call) : run;
    return finish(world, runAround(world, settings, surroundings, around));
  }
  if (trouble.kind === 'file') return finish(world, runWithFile(world, settings, trouble, run));
  if (trouble.kind === 'stopped') return finish(world, runUntilStopped(path, world, settings, trouble));
  if (trouble.kind === 'request') {
    world.hub.start(planOf(trouble, trouble.fault.spoil, trouble.lasting));
    return finish(world, run(settings));
  }
  const address = world.urls[trouble.request.server];
  if (address === undefined) return null;
  const [host, closed] = [new URL(address).host, new URL(closedUrl).host];
  const move = (text: string): string => text.replaceAll(host, closed);
  const env = Object.fromEntries(Object.entries(settings.env).map(([name, text]) => [name, move(text)]));
  const spoil = (place: string): void => writeFileSync(place, move(readFileSync(place, 'utf8')));
  const call = { ...settings, args: settings.args.map(move), env };
  return finish(
    world,
    withFiles(Object.values(world.files ?? {}), spoil, () => run(call)),
  );
}

/** A file is there or not: what waits longer waits for ever. */
const longestFileMs = 10_000;

const skewedClock = new URL('skewed-clock.mjs', import.meta.url).href;

type Settings = Pick<RunScriptOptions, 'cwd' | 'timeoutMs' | 'node' | 'nodeArgs' | 'onStart'> & {
  args: string[];
  env: Record<string, string>;
  clockSkewMs?: number;
};
type Run = (call: Settings) => Promise<ScriptResult>;

function settingsOf(world: World, { timeoutMs, deadlineMs }: Patience): Settings {
  return {
    args: world.args,
    env: {
      ...world.env,
      SWITCHYARD_HTTP_RETRY_MS: '1',
      SWITCHYARD_HTTP_TIMEOUT_MS: String(timeoutMs),
      SWITCHYARD_HTTP_DEADLINE_MS: String(deadlineMs),
    },
    ...(world.cwd === undefined ? {} : { cwd: world.cwd }),
  };
}

function runWith(crew: Crew | null, path: Path): Run {
  return (call) => (crew === null ? runAlone(path, call) : crew.run(path.script, call.args, call));
}

function runAlone(path: Path, { args, clockSkewMs = 0, ...call }: Settings): Promise<ScriptResult> {
  const skewed =
    clockSkewMs === 0
      ? {}
      : { nodeArgs: ['--import', skewedClock], env: { ...call.env, CLOCK_SKEW_MS: String(clockSkewMs) } };
  return runScript(path.script, args, { ...call, ...skewed, runner: true, recorded: true, coverage: false });
}

async function runAround(
  world: World,
  settings: Settings,
  { spoil, serverSkewMs, clockSkewMs }: Surroundings,
  run: Run,
): Promise<ScriptResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'around-'));
  const { args = [], env, ...more } = spoil(scratch);
  world.hub.dateSkewMs = serverSkewMs;
  try {
    return await run({
      ...settings,
      ...more,
      args: [...settings.args, ...args],
      env: { ...settings.env, ...env },
      clockSkewMs,
    });
  } finally {
    world.hub.dateSkewMs = 0;
    rmSync(scratch, { recursive: true, force: true });
  }
}

function runWithFile(
  world: World,
  settings: Settings,
  { file, fault }: Trouble & { kind: 'file' },
  run: Run,
): Promise<ScriptResult> {
  const places = [world.files?.[file] as string];
  return withFiles(
    places,
    (place) => fault.spoil(place),
    () => run({ ...settings, timeoutMs: longestFileMs }),
  );
}

/** Spoils files for as long as a call takes. */
async function withFiles<T>(
  places: readonly string[],
  spoil: (place: string) => void,
  use: () => Promise<T>,
): Promise<T> {
  const healthy = places.map((place) => [place, readFileSync(place)] as const);
  try {
    places.forEach(spoil);
    return await use();
  } finally {
    for (const [place, bytes] of healthy) {
      rmSync(place, { recursive: true, force: true });
      writeFileSync(place, bytes);
    }
  }
}

function runUntilStopped(
  path: Path,
  world: World,
  settings: Settings,
  trouble: Trouble & { kind: 'stopped' },
): Promise<ScriptResult> {
  let child: ChildProcess | null = null;
  const stop: Plan['spoil'] = async ({ ask }) => {
    if (trouble.acts) await ask();
    child?.kill('SIGTERM');
  };
  world.hub.start(planOf(trouble, stop, true));
  return runAlone(path, { ...settings, onStart: (started) => (child = started) });
}

function planOf({ request }: { request: Seen }, spoil: Plan['spoil'], lasting: boolean): Plan {
  return { key: request.key, occurrence: request.occurrence, lasting, spoil };
}

async function finish(world: World, running: Promise<ScriptResult>): Promise<Played> {
  const result = await running;
  await world.hub.settle();
  return { result, written: (await world.written?.()) ?? null };
}

/** A loopback address where nobody listens, below the ports that a server of another world could be given meanwhile. */
export async function findClosedUrl(): Promise<string> {
  for (const port of [2, 3, 4, 5, 6, 8]) if (await isClosed(port)) return `http://127.0.0.1:${port}`;
  throw new Error('Cannot find a port where nobody listens: 2 to 8 are all in use');
}

function isClosed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
  });
}
