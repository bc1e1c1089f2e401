import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a module in a process of its own that measures no coverage, whose counters would slow it down many times.
 * It gets `job` as its first message, and what it answers is its only one. Throws where it ends without an answer.
 */
export function runApart<T>(module: URL, job: object): Promise<T> {
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  const child = fork(fileURLToPath(module), { cwd: root, env, execArgv: ['--import', 'tsx'] });
  child.send(job);
  return new Promise((resolve, reject) => {
    child.once('message', (answer: T) => resolve(answer));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`${module.pathname} ended with ${signal ?? code}, without an answer`)),
    );
  });
}
