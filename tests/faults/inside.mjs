// A process that runs bundles one after another within itself, which costs a tenth of a process each: Node and its
// fetch start once. What a script touches of its process is a stand-in, and what it leaves open is cut off at its end,
// as the end of a process would cut it off.
import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { globalAgent } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { buildEnvironment, readFiles } from '../support/run-script.mjs';
import { skewDate } from './skew-date.mjs';

/** @typedef {{ bundle: string, args: string[], env: Record<string, string>, cwd?: string, clockSkewMs?: number }} Job */
/** @typedef {(value: never) => unknown} Listener */

const nodeRequire = createRequire(import.meta.url);
const home = process.cwd();
/** @type {Map<string, Function>} */
const compiled = new Map();
/** Thrown where a process would end. */
const ended = Symbol('ended');

/** @type {Run | null} */
let current = null;
process.on('uncaughtException', (error) => current?.catch(error));
// The first fetch loads it, and says where its pool of connections is.
await fetch('data:,').then((answer) => answer.text());
const Pool = /** @type {any} */ (globalThis)[Symbol.for('undici.globalDispatcher.1')].constructor;

class Run {
  /** @param {Job} job @param {Record<string, string>} env @param {(code: number) => void} end */
  constructor({ bundle, args }, env, end) {
    this.end = end;
    this.isOver = false;
    this.pool = new Pool();
    /** @type {[Buffer[], Buffer[]]} */
    this.printed = [[], []];
    /** @type {Listener[]} */
    this.catchers = [];
    this.process = {
      argv: [process.execPath, bundle, ...args],
      env,
      pid: process.pid,
      kill: process.kill.bind(process),
      platform: process.platform,
      stdout: { isTTY: false },
      stderr: { isTTY: false },
      exitCode: 0,
      exit: (/** @type {number | undefined} */ code) => this.exit(code),
      on: (/** @type {string} */ event, /** @type {Listener} */ listener) => {
        if (event === 'uncaughtException') this.catchers.push(listener);
      },
      once: () => undefined,
    };
  }

  /** @param {number} [code] @returns {never} */
  exit(code = this.process.exitCode) {
    if (!this.isOver) {
      this.isOver = true;
      void this.pool.destroy();
      globalAgent.destroy();
      this.end(code);
    }
    throw ended;
  }

  /** @param {unknown} error */
  catch(error) {
    if (this.isOver || error === ended) return;
    try {
      for (const listener of this.catchers) listener(/** @type {never} */ (error));
    } catch (thrown) {
      if (thrown !== ended) throw thrown;
    }
  }

  /**
   * Nothing comes back to a script that is over.
   * @template T
   * @param {Promise<T>} promise
   * @returns {Promise<T>}
   */
  hold(promise) {
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => this.isOver || resolve(value),
        (error) => this.isOver || reject(error),
      );
    });
  }

  /** @param {string} name */
  require(name) {
    const real = nodeRequire(name);
    if (name === 'node:fs') {
      const write = (/** @type {number} */ to, /** @type {Buffer} */ bytes, /** @type {number} */ at) => {
        if (to !== 1 && to !== 2) return writeSync(to, bytes, at);
        this.printed[to - 1]?.push(Buffer.from(bytes.subarray(at)));
        return bytes.length - at;
      };
      return { ...real, writeSync: write };
    }
    if (name !== 'node:timers/promises') return real;
    return {
      ...real,
      setTimeout: (/** @type {unknown[]} */ ...args) => this.hold(real.setTimeout(...args)),
    };
  }

  /** @param {string | URL} url @param {RequestInit} init */
  fetch(url, init) {
    if (this.isOver) return new Promise(() => undefined);
    return this.hold(fetch(url, /** @type {any} */ ({ ...init, dispatcher: this.pool })));
  }
}

/** @param {string} bundle */
function compile(bundle) {
  const known = compiled.get(bundle);
  if (known) return known;
  const text = `(function (module, exports, require, process, fetch, Date) {${readFileSync(bundle, 'utf8')}\n})`;
  const made = runInThisContext(text, { filename: `inside/${basename(bundle)}` });
  compiled.set(bundle, made);
  return made;
}

/** @param {Job} job */
async function run(job) {
  const scratch = mkdtempSync(join(tmpdir(), 'run-inside-'));
  const cwd = job.cwd ?? scratch;
  try {
    const env = buildEnvironment(scratch, { env: job.env, runner: true, recorded: true });
    process.chdir(cwd);
    const started = process.hrtime.bigint();
    /** @type {Run} */
    let call = /** @type {never} */ (null);
    const code = await new Promise((end) => {
      call = new Run(job, env, end);
      current = call;
      const module = { exports: {} };
      const require = (/** @type {string} */ name) => call.require(name);
      try {
        const fetch = (/** @type {string} */ url, /** @type {RequestInit} */ init) => call.fetch(url, init);
        const time = job.clockSkewMs ? skewDate(job.clockSkewMs) : Date;
        compile(job.bundle)(module, module.exports, require, call.process, fetch, time);
        const { whole } = /** @type {{ whole: Promise<unknown> }} */ (module.exports);
        whole.catch((error) => call.catch(error));
      } catch (error) {
        call.catch(error);
      }
    });
    const ms = Number(process.hrtime.bigint() - started) / 1e6;
    const [stdout, stderr] = call.printed.map((chunks) => Buffer.concat(chunks).toString('utf8'));
    const files = readFiles({ args: job.args, env, cwd, stdout: stdout ?? '' });
    return { code, signal: null, stdout, stderr, ...files, ms };
  } finally {
    current = null;
    process.chdir(home);
    rmSync(scratch, { recursive: true, force: true });
  }
}

process.on('message', async (/** @type {Job} */ job) => {
  process.send?.(await run(job).catch((error) => ({ failed: String(error.stack) })));
});
process.send?.('ready');
