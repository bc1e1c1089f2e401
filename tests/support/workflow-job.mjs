// Runs the `run:` steps of a workflow file that call our scripts, as a runner would: expressions filled in, `if:`
// obeyed, outputs handed on, the shell that runners use, and nothing in the environment but a runner's.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOutputs } from './run-script.mjs';

/** @typedef {{ id?: string, if?: string, run?: string, uses?: string, env?: Record<string, string> }} Step */
/** @typedef {Record<string, 'read' | 'write' | 'none'>} Permissions */
/** @typedef {{ needs?: string, if?: string, permissions?: Permissions, env?: Record<string, string>, outputs?: Record<string, string>, steps: Step[] }} Job */
/** @typedef {{ on: Record<string, any>, permissions?: Permissions, env?: Record<string, string>, jobs: Record<string, Job> }} Workflow */
/** @typedef {{ run: string, code: number | null, output: string, outputs: Record<string, string> }} Ran */
/**
 * @typedef {object} Runner
 * @property {string} cwd
 * @property {Record<string, string>} env
 * @property {Record<string, string>} known expression → value
 * @property {(permissions: Permissions) => Record<string, string>} [grant] what a job's own token is, as `known`
 */

/**
 * @param {Workflow} workflow @param {Runner} runner
 * @returns {Promise<Ran[]>} each step that ran; after one that failed, none
 */
export async function runWorkflow(workflow, runner) {
  /** @type {Ran[]} */
  const ran = [];
  const known = { ...runner.known };
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (!holds(job.if, known)) continue;
    Object.assign(known, runner.grant?.(job.permissions ?? workflow.permissions ?? {}));
    for (const step of job.steps) {
      if (step.run === undefined || !holds(step.if, known)) continue;
      const env = { ...runner.env, ...fillAll({ ...workflow.env, ...job.env, ...step.env }, known) };
      const result = await runStep(fill(step.run, known), { cwd: runner.cwd, env });
      ran.push(result);
      for (const [key, value] of Object.entries(result.outputs))
        known[`steps.${step.id}.outputs.${key}`] = value;
      if (result.code !== 0) return ran;
    }
    for (const [key, value] of Object.entries(fillAll(job.outputs ?? {}, known)))
      known[`needs.${name}.outputs.${key}`] = value;
  }
  return ran;
}

/**
 * @param {string} run @param {{ cwd: string, env: Record<string, string> }} runner
 * @returns {Promise<Ran>}
 */
async function runStep(run, { cwd, env }) {
  const file = join(cwd, '.github-output');
  writeFileSync(file, '');
  const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', run], {
    cwd,
    env: { ...env, GITHUB_OUTPUT: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  /** @type {number | null} */
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { run, code, output, outputs: parseOutputs(readFileSync(file, 'utf8')) };
}

/** @param {Record<string, string>} values @param {Record<string, string>} known */
function fillAll(values, known) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fill(String(value), known)]));
}

/** An output that no step has set is empty; any other name must be known. @param {string} text @param {Record<string, string>} known */
function fill(text, known) {
  return text.replace(/\$\{\{\s*([^}]+?)\s*\}\}/g, (_, name) => {
    const value = known[name] ?? (/^(steps|needs)\.[\w-]+\.outputs\.\w+$/.test(name) ? '' : undefined);
    if (value === undefined) throw new Error(`Cannot fill in "${name}": this runner does not know it`);
    return value;
  });
}

/** @param {string | undefined} condition @param {Record<string, string>} known */
function holds(condition, known) {
  if (condition === undefined || condition === 'always()') return true;
  const match = /^([\w.-]+) == '([^']*)'$/.exec(condition);
  if (!match) throw new Error(`Cannot judge "if: ${condition}": this runner knows NAME == 'VALUE' alone`);
  return fill(`\${{ ${match[1]} }}`, known) === match[2];
}
