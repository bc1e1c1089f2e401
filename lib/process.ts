import { writeFileSync, writeSync } from 'node:fs';
import { createAnnotations, disarmJson, disarmLine, type AnnotationKind } from './annotations.ts';
import { appendWhole } from './append-whole.ts';
import { systemClock } from './clock.ts';
import { parseCommandLine, type ParsedCall } from './command-line.ts';
import { CouldNotTell, UsageError } from './errors.ts';
import { renderHelp } from './help.ts';
import { flag, one, oneOr, asInteger, asText, type OptionTable } from './options.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { redactResult, renderOutputs, renderRecord, renderSummary } from './report.ts';
import type { Environment, Log, Place, Processes, Script, Verdict } from './script.ts';
import { createStops } from './stop.ts';
import { version } from './version.ts';

const environment: Environment = {
  get(name) {
    const value = process.env[name];
    return value === undefined || value.trim() === '' ? undefined : value;
  },
};

const processes: Processes = {
  own: process.pid,
  isAlive(id) {
    try {
      return process.kill(id, 0);
    } catch (error) {
      return (error as { code?: string }).code !== 'ESRCH';
    }
  },
};

/** What runners send to a job that is cancelled, and the exit codes that shells know for it. */
const stopSignals = [
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const;

/** Hidden before anything is parsed: a token that was given as an option by mistake is not printed either. */
const secretVariables = [
  ...['SWITCHYARD_TOKEN', 'GITEA_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN', 'DISPATCH_TOKEN', 'DEPLOY_ADMIN_TOKEN'],
  ...['REGISTRY_PASSWORD', 'ACTIONS_RUNTIME_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
];

/** The options that every command has. */
function sharedOptions(): OptionTable {
  return {
    json: flag({ help: 'print the decision record as the only line on stdout' }),
    record: one({
      help: 'also write the decision record to FILE',
      value: 'FILE',
      variables: ['SWITCHYARD_RECORD'],
      parse: asText,
    }),
    'defer-code': oneOr({
      help: 'exit code of deferred and held',
      value: 'N',
      variables: ['SWITCHYARD_DEFER_CODE'],
      fallback: '0',
      parse: asInteger(0, 255),
    }),
  };
}

/** Runs a script as the whole of this process: arguments in; log, outputs, summary, record and exit code out. */
export async function runProcess(script: Script): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    print(1, renderHelp(script, version, sharedOptions), '');
    return;
  }
  const versionIsOption = script.commands.some((command) => 'version' in command.options);
  if (args.includes('--version') && (args.length === 1 || !versionIsOption)) {
    print(1, `${script.name} ${version}`);
    return;
  }
  // Loaded only now: it is a tenth of the time that a start takes.
  const { randomUUID } = await import('node:crypto');
  const redactor = createRedactor();
  for (const name of secretVariables) redactor.hide(environment.get(name));
  let reporter = createReporter({
    json: args.includes('--json'),
    bareResult: script.commands.every((command) => command.bareResult === true),
    redactor,
  });
  process.on('uncaughtException', (error) =>
    finish(script, reporter, null, crashed(error, reporter), `end-${randomUUID()}`),
  );
  let call: ParsedCall | null = null;
  const stops = createStops();
  for (const [signal, code] of stopSignals) {
    process.once(signal, () =>
      finish(script, reporter, call, stops.end(signal), `end-${randomUUID()}`, code),
    );
  }
  let verdict: Verdict;
  try {
    call = parseCommandLine(script, args, sharedOptions, environment);
    reporter = createReporter({
      json: call.options['json'] === true,
      bareResult: call.command.bareResult === true,
      redactor,
    });
    verdict = await call.command.main({
      options: call.options as never,
      positionals: call.positionals,
      environment,
      log: reporter.log,
      redactor,
      clock: systemClock,
      hasColour: process.stdout.isTTY === true && environment.get('NO_COLOR') === undefined,
      agent: `${script.name}/${version}`,
      processes,
      onStop: (work) => stops.onStop(work),
    });
  } catch (error) {
    verdict = verdictOf(error, reporter);
  }
  finish(script, reporter, call, verdict, `end-${randomUUID()}`);
}

function verdictOf(error: unknown, reporter: Reporter): Verdict {
  if (error instanceof UsageError) {
    return { decision: 'unknown', exit: 2, proceed: false, reason: error.message };
  }
  if (error instanceof CouldNotTell) {
    return { decision: 'unknown', exit: 3, proceed: false, reason: error.message, next: error.next };
  }
  return crashed(error, reporter);
}

function crashed(error: unknown, reporter: Reporter): Verdict {
  reporter.log.line(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const reason = `Cannot decide: a fault of our own (${error instanceof Error ? error.message : String(error)}); please report it with the lines above`;
  return { decision: 'unknown', exit: 3, proceed: false, reason };
}

function finish(
  script: Script,
  reporter: Reporter,
  call: ParsedCall | null,
  verdict: Verdict,
  delimiter: string,
  stopCode: number | null = null,
): void {
  const ownCode = verdict.deferred ? Number(call?.options['defer-code'] ?? verdict.exit) : verdict.exit;
  const kind = verdict.announce ?? (verdict.exit >= 1 && verdict.exit <= 3 ? 'error' : 'notice');
  if (kind !== 'nothing') reporter.log[kind](verdict.reason);
  if (verdict.exit !== 2) {
    // A reason may open with the decision in words; it is not said twice.
    const opens = verdict.reason.startsWith(`${verdict.decision.replaceAll('-', ' ')}: `);
    reporter.log.line(`${script.name}: ${opens ? '' : `${verdict.decision}: `}${verdict.reason}`);
    for (const step of verdict.next ?? []) reporter.log.line(`next: ${step}`);
  }
  const record = reporter.redact(renderRecord(script.name, version, verdict));
  const recordFile = (call?.options['record'] as string | undefined) ?? environment.get('SWITCHYARD_RECORD');
  reporter.write(
    'GITHUB_OUTPUT',
    environment.get('GITHUB_OUTPUT'),
    renderOutputs(Object.keys(script.outputs), verdict, delimiter),
  );
  reporter.write(
    'GITHUB_STEP_SUMMARY',
    environment.get('GITHUB_STEP_SUMMARY'),
    renderSummary(script.name, verdict),
  );
  if (recordFile) reporter.replace('--record', recordFile, `${record}\n`);
  reporter.end(record, verdict.result);
  process.exitCode = stopCode ?? ownCode;
  process.exit();
}

interface Reporter {
  log: Log;
  /** Appends to a runner's file; what cannot be written is a warning and changes no decision. */
  write(name: string, file: string | undefined, text: string): void;
  /** Writes the record, which is redacted already. */
  replace(name: string, file: string, text: string): void;
  /** Also of JSON, which stays JSON. */
  redact(text: string): string;
  end(record: string, result: string | undefined): void;
}

function createReporter(settings: { json: boolean; bareResult: boolean; redactor: Redactor }): Reporter {
  const { redactor } = settings;
  const inRunner = environment.get('GITHUB_ACTIONS') === 'true';
  const annotations = createAnnotations({ inRunner });
  const logStream = settings.json || settings.bareResult ? 2 : 1;
  const isLive = !inRunner && process.stderr.isTTY === true;
  let live = false;

  const log: Log = {
    line(text) {
      clearLive();
      const lines = redactor.redact(text).split(/\r\n|\r|\n/);
      print(logStream, lines.map(disarmLine).join('\n'));
    },
    notice: (text, place) => annotate('notice', text, place),
    warning: (text, place) => annotate('warning', text, place),
    error: (text, place) => annotate('error', text, place),
    progress(text) {
      if (!isLive) return;
      print(2, `\r\u001b[2K${redactor.redact(text).slice(0, (process.stderr.columns ?? 80) - 1)}`, '');
      live = true;
    },
  };

  function annotate(kind: AnnotationKind, text: string, place?: Place): void {
    clearLive();
    const line = annotations.render(kind, redactor.redact(text), place);
    print(inRunner ? logStream : 2, line);
  }

  function clearLive(): void {
    if (live) print(2, '\r\u001b[2K', '');
    live = false;
  }

  const redact = (text: string): string => redactResult(text, (words) => redactor.redact(words));

  function save(name: string, file: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      log.warning(
        `Cannot write ${name} to "${file}": ${(error as Error).message}; the decision stands, later steps will not see it`,
      );
    }
  }

  return {
    log,
    write(name, file, text) {
      if (file) save(name, file, () => appendWhole(file, redactor.redact(text)));
    },
    replace(name, file, text) {
      save(name, file, () => writeFileSync(file, text));
    },
    redact,
    end(record, result) {
      for (const line of annotations.overflow()) log.line(line);
      if (settings.json) print(1, disarmJson(record));
      else if (settings.bareResult && result !== undefined) print(1, redact(result));
    },
  };
}

/** Writes at once, also to a pipe whose reader is slow or gone, so that nothing is lost at exit. */
function print(descriptor: 1 | 2, text: string, ending = '\n'): void {
  const bytes = Buffer.from(text + ending);
  let at = 0;
  for (let waits = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code !== 'EAGAIN' || waits++ > 2000) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
