// What a run may say and leave that was cut, and the one after it.
import type { ScriptResult } from '../support/run-script.mjs';
import { holdsSecret } from './judge.ts';
import { without } from './names.ts';
import type { Path, World } from './paths/world.ts';
import type { WriterPath, WriterWorld } from './paths/writer-world.ts';

export type Signal = 'SIGTERM' | 'SIGKILL';

/** A writer that was cut: also says what it did, and leaves nothing behind. */
export function judgeCut(
  path: WriterPath,
  world: WriterWorld,
  signal: Signal,
  result: ScriptResult,
): string[] {
  if (signal === 'SIGKILL') return result.signal === 'SIGKILL' ? [] : [`not killed: ${print(result)}`];
  const last = findLastWords(path, result);
  const problems = [
    ...judgeStopped(path, world, result),
    // A writer also says what it has done.
    ...(/half way: \S/.test(last) ? [] : [`its last line is "${last}"`]),
    ...world.leftovers().map((name) => `it left ${name}`),
    ...findFalseClaims(path, world, result),
  ];
  return problems.map((problem) => `when stopped: ${problem}\n${print(result)}`);
}

/** What a run says that was told to stop; one that is killed says nothing. */
export function judgeStopped(path: Path, world: World, result: ScriptResult): string[] {
  const problems: string[] = [];
  const { code, outputs, stdout, stderr, summary } = result;
  if (code !== 143) problems.push(`exit ${code}, not 143`);
  if (outputs['proceed'] !== 'false' || !outputs['decision']) problems.push('it lets a next step go on');
  const last = findLastWords(path, result);
  if (!/: Cannot finish: SIGTERM stopped it half way(: .*)?; run it again/.test(last))
    problems.push(`its last line is "${last}"`);
  if (world.secrets.some((secret) => holdsSecret(stdout + stderr + summary, secret)))
    problems.push('a token shows');
  return problems;
}

function findLastWords({ script }: Path, { stdout, stderr }: ScriptResult): string {
  return (
    `${stdout}${stderr}`
      .split('\n')
      .filter((line) => line.startsWith(`${script}: `))
      .at(-1) ?? ''
  );
}

/** The run that ended what others began: the world is as after one whole run, and it says no more than is so. */
export function judgeLast(
  path: WriterPath,
  world: WriterWorld,
  due: readonly string[],
  result: ScriptResult,
): string[] {
  const problems: string[] = [];
  if (result.code !== path.code || !path.resumed.includes(result.outputs['decision'] ?? ''))
    problems.push(`it ended with ${result.code} ${result.outputs['decision']}`);
  const written = world.written().sort();
  problems.push(...without(written, due).map((entry) => `too much: ${entry}`));
  problems.push(...without(due, written).map((entry) => `missing: ${entry}`));
  problems.push(
    ...world.leftovers().map((name) => `left over: ${name}`),
    ...findFalseClaims(path, world, result),
  );
  return problems.map((problem) => `when run again: ${problem}\n${print(result)}`);
}

function findFalseClaims(path: WriterPath, world: WriterWorld, result: ScriptResult): string[] {
  const claims = path.claims?.(result, world) ?? [];
  return without(claims, world.written()).map((claim) => `it says what is not so: ${claim}`);
}

/** What a run printed, for a message. */
export function print({ code, signal, stdout, stderr }: ScriptResult): string {
  return `${signal ?? code}\n${stdout}${stderr}`.trim().slice(0, 3000);
}
