import { writeFileSync } from 'node:fs';
import { disarmJson, disarmResult } from './annotations.ts';
import { appendWhole } from './append-whole.ts';
import { print } from './print.ts';
import type { Redactor } from './redact.ts';
import { redactResult, renderOutputs, renderRecord, renderSummary } from './report.ts';
import type { Environment, Log, Script, Verdict } from './script.ts';
import { version } from './version.ts';

export interface Outlets {
  readonly script: Script;
  /** Values of the shared options; none where the call could not be parsed. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly environment: Environment;
  readonly redactor: Redactor;
  readonly log: Log & { close(): void };
  /** stdout carries the decision record alone. */
  readonly json: boolean;
  /** stdout carries the verdict's `result` alone. */
  readonly bareResult: boolean;
  /** Random: a value in $GITHUB_OUTPUT may hold any text. */
  readonly delimiter: string;
}

/** Says a verdict wherever it is looked for: log, outputs, summary, record and stdout. Answers the exit code. */
export function deliver(verdict: Verdict, outlets: Outlets): number {
  const { script, options, environment, log } = outlets;
  announce(verdict, outlets);
  const redact = (text: string): string => redactResult(text, (words) => outlets.redactor.redact(words));
  const record = redact(renderRecord(script.name, version, verdict));
  const append = (name: string, text: string): void => {
    const file = environment.get(name);
    if (file) save(name, file, () => appendWhole(file, outlets.redactor.redact(text)), log);
  };
  append('GITHUB_OUTPUT', renderOutputs(Object.keys(script.outputs), verdict, outlets.delimiter));
  append('GITHUB_STEP_SUMMARY', renderSummary(script.name, verdict));
  const file = (options['record'] as string | undefined) ?? environment.get('SWITCHYARD_RECORD');
  if (file) save('--record', file, () => writeFileSync(file, `${record}\n`), log);
  log.close();
  if (outlets.json) print(1, disarmJson(record));
  else if (outlets.bareResult && verdict.result !== undefined) print(1, disarmResult(redact(verdict.result)));
  return verdict.deferred ? Number(options['defer-code'] ?? verdict.exit) : verdict.exit;
}

function announce(verdict: Verdict, { script, log }: Outlets): void {
  const kind = verdict.announce ?? (verdict.exit >= 1 && verdict.exit <= 3 ? 'error' : 'notice');
  if (kind !== 'nothing') log[kind](verdict.reason);
  if (verdict.exit === 2) return;
  // A reason may open with the decision in words; it is not said twice.
  const opens = verdict.reason.startsWith(`${verdict.decision.replaceAll('-', ' ')}: `);
  log.line(`${script.name}: ${opens ? '' : `${verdict.decision}: `}${verdict.reason}`);
  for (const step of verdict.next ?? []) log.line(`next: ${step}`);
}

/** What cannot be written is a warning, and changes no decision. */
function save(name: string, file: string, work: () => void, log: Log): void {
  try {
    work();
  } catch (error) {
    log.warning(
      `Cannot write ${name} to "${file}": ${(error as Error).message}; the decision stands, later steps will not see it`,
    );
  }
}
