// Runs bundles in a few processes that live on from case to case; see inside.mjs.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import type { ScriptResult } from '../support/run-script.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const bundles = process.env['SWITCHYARD_TEST_BUNDLES'] ?? join(here, '..', '..', 'vendor');
const usualLongestMs = 60_000;

export interface CrewCall {
  env: Record<string, string>;
  cwd?: string;
  timeoutMs?: number;
  /** How far the clock is off. */
  clockSkewMs?: number;
}

export interface Crew {
  run(script: string, args: string[], call: CrewCall): Promise<ScriptResult>;
  close(): void;
}

/** Processes that take one call each at a time, as many as are called at once. */
export function openCrew(): Crew {
  const folder = mkdtempSync(join(tmpdir(), 'crew-'));
  const prepared = new Map<string, Promise<string>>();
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();
  const find = (script: string): Promise<string> => {
    const file = prepared.get(script) ?? prepare(script, folder);
    prepared.set(script, file);
    return file;
  };
  return {
    async run(script, args, { timeoutMs = usualLongestMs, ...call }) {
      const bundle = await find(script);
      const child = idle.pop() ?? (await start());
      all.add(child);
      const result = await ask(child, { bundle, args, ...call }, timeoutMs);
      if (result.code === null) all.delete(child);
      else idle.push(child);
      return result;
    },
    close() {
      for (const child of all) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The bundle as a function's body: its modules are asked for, and the promise of its end is handed out. */
async function prepare(script: string, folder: string): Promise<string> {
  const last = 'await runProcess(script);';
  const bundle = join(bundles, `${script}.mjs`);
  const text = readFileSync(bundle, 'utf8');
  if (text.split(last).length !== 2)
    throw new Error(`Cannot run ${script} inside: "${last}" is not in it once`);
  const { code } = await transform(text.replace(last, 'export const whole = runProcess(script);'), {
    format: 'cjs',
    platform: 'node',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(bundle).href) },
  });
  const file = join(folder, `${script}.cjs`);
  writeFileSync(file, code);
  return file;
}

async function start(): Promise<ChildProcess> {
  const child = fork(join(here, 'inside.mjs'), {
    env: { PATH: process.env['PATH'] },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return child;
}

/** One call; a process that does not come back from it is killed, as a job would be. */
async function ask(child: ChildProcess, job: object, longestMs: number): Promise<ScriptResult> {
  const started = Date.now();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
    const finish = (result: ScriptResult): void => {
      clearTimeout(timer);
      child.removeAllListeners('message').removeAllListeners('exit');
      resolve(result);
    };
    child.once('message', (message: ScriptResult | { failed: string }) => {
      if ('failed' in message) reject(new Error(message.failed));
      else finish(message);
    });
    child.once('exit', (_, signal) =>
      finish({
        code: null,
        signal,
        stdout: '',
        stderr: '',
        outputs: {},
        summary: '',
        record: null,
        ms: Date.now() - started,
      }),
    );
    child.send(job);
  });
}
