// Runs a bundled script as its users do: as a process of its own, with nothing in its environment that was not put there.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} RunScriptOptions
 * @property {Record<string, string | undefined>} [env] besides PATH, the only environment it gets
 * @property {string} [cwd]
 * @property {string} [input] for its standard input
 * @property {number} [timeoutMs] it is killed then (default 60 s)
 * @property {string} [node] another Node.js
 * @property {string[]} [nodeArgs]
 * @property {string} [bundleDir] default: SWITCHYARD_TEST_BUNDLES, else vendor/
 * @property {boolean} [runner] as inside a job: GITHUB_ACTIONS, GITHUB_OUTPUT and GITHUB_STEP_SUMMARY are set
 * @property {boolean} [recorded] SWITCHYARD_RECORD is set, without an option that could be in the way
 * @property {boolean} [coverage] false: measure nothing
 * @property {(child: import('node:child_process').ChildProcess) => void} [onStart]
 */
/**
 * @typedef {object} ScriptResult
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 * @property {string} stdout
 * @property {string} stderr
 * @property {Record<string, string>} outputs what stands in GITHUB_OUTPUT
 * @property {string} summary what stands in GITHUB_STEP_SUMMARY
 * @property {any} record the decision record: stdout of `--json`, or the file of `--record`
 * @property {number} ms
 */

const REPO = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const MAX_OUTPUT = 64 * 1024 * 1024;

/**
 * @param {string} name
 * @param {string[]} args
 * @param {RunScriptOptions} [options]
 * @returns {Promise<ScriptResult>}
 */
export async function runScript(name, args, options = {}) {
  const bundles = options.bundleDir ?? process.env['SWITCHYARD_TEST_BUNDLES'] ?? join(REPO, 'vendor');
  const script = join(bundles, `${name}.mjs`);
  if (!existsSync(script))
    throw new Error(`Cannot run ${name}: ${script} is not there; run "node build.mjs"`);
  const scratch = mkdtempSync(join(tmpdir(), 'run-script-'));
  try {
    return await runIn(scratch, script, args, options);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {string} scratch
 * @param {string} script
 * @param {string[]} args
 * @param {RunScriptOptions} options
 */
async function runIn(scratch, script, args, options) {
  const env = buildEnvironment(scratch, options);
  const started = process.hrtime.bigint();
  const child = spawn(options.node ?? process.execPath, [...(options.nodeArgs ?? []), script, ...args], {
    env,
    cwd: options.cwd ?? scratch,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  options.onStart?.(child);
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const [stdout, stderr] = [collect(child, child.stdout), collect(child, child.stderr)];
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000);
  /** @type {{ code: number | null, signal: NodeJS.Signals | null }} */
  const ended = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal }));
  }).finally(() => clearTimeout(timer));
  const printed = { stdout: await stdout, stderr: await stderr };
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  return { ...ended, ...printed, ...readFiles({ args, env, cwd: options.cwd ?? scratch, ...printed }), ms };
}

/**
 * What the call left in the files of its environment.
 * @param {{ args: string[], env: Record<string, string>, cwd: string, stdout: string }} call
 * @returns {Pick<ScriptResult, 'outputs' | 'summary' | 'record'>}
 */
export function readFiles({ args, env, cwd, stdout }) {
  return {
    outputs: parseOutputs(read(env['GITHUB_OUTPUT'])),
    summary: read(env['GITHUB_STEP_SUMMARY']),
    record: readRecord(args, env, cwd, stdout),
  };
}

/**
 * @param {string} scratch
 * @param {RunScriptOptions} options
 * @returns {Record<string, string>}
 */
export function buildEnvironment(scratch, options) {
  const files = { output: join(scratch, 'output'), summary: join(scratch, 'summary') };
  /** @type {Record<string, string | undefined>} */
  const env = { PATH: process.env['PATH'] };
  if (process.platform === 'win32') env['SYSTEMROOT'] = process.env['SYSTEMROOT'];
  if (options.coverage !== false) env['NODE_V8_COVERAGE'] = process.env['NODE_V8_COVERAGE'];
  if (options.runner) {
    for (const file of Object.values(files)) writeFileSync(file, '');
    Object.assign(env, {
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
    });
  }
  if (options.recorded) env['SWITCHYARD_RECORD'] = join(scratch, 'record.json');
  const all = Object.entries({ ...env, ...options.env });
  return Object.fromEntries(all.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {import('node:stream').Readable} stream
 * @returns {Promise<string>}
 */
async function collect(child, stream) {
  const chunks = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_OUTPUT) child.kill('SIGKILL');
    else chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @param {string | undefined} file */
function read(file) {
  return file !== undefined && existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : '';
}

/**
 * Reads a GITHUB_OUTPUT file as the runner does: `name=value`, or `name<<DELIMITER` and lines up to the delimiter.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseOutputs(text) {
  /** @type {Record<string, string>} */
  const outputs = {};
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line === '') continue;
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')];
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const end = lines.indexOf(line.slice(heredoc + 2), i + 1);
      if (end < 0)
        throw new Error(`Cannot parse outputs: no line "${line.slice(heredoc + 2)}" ends "${line}"`);
      outputs[line.slice(0, heredoc)] = lines.slice(i + 1, end).join('\n');
      i = end;
    } else if (equals > 0) outputs[line.slice(0, equals)] = line.slice(equals + 1);
    else throw new Error(`Cannot parse outputs: "${line}" is neither name=value nor name<<DELIMITER`);
  }
  return outputs;
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @param {string} cwd
 * @param {string} stdout
 */
function readRecord(args, env, cwd, stdout) {
  const at = args.indexOf('--record');
  const inline = args.find((arg) => arg.startsWith('--record='))?.slice('--record='.length);
  const file = inline ?? (at >= 0 ? args[at + 1] : undefined) ?? env['SWITCHYARD_RECORD'];
  const text = args.includes('--json') ? stdout : file ? read(resolve(cwd, file)) : '';
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
