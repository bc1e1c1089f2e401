import { systemClock } from './clock.ts';
import { parseCommandLine } from './command-line.ts';
import { deliver } from './deliver.ts';
import { verdictOfCrash, verdictOfError } from './fault-verdict.ts';
import { renderHelp } from './help.ts';
import { createLog } from './log.ts';
import { print } from './print.ts';
import { createRedactor } from './redact.ts';
import type { Environment, Processes, Script, Verdict } from './script.ts';
import { sharedOptions } from './shared-options.ts';
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

  const open = (stdout: { json: boolean; bareResult: boolean }) => ({
    ...stdout,
    log: createLog({
      redactor,
      inRunner: environment.get('GITHUB_ACTIONS') === 'true',
      stream: stdout.json || stdout.bareResult ? 2 : 1,
      columns: findColumns(),
    }),
  });
  let options: Record<string, unknown> = {};
  let outlet = open({
    json: args.includes('--json'),
    bareResult: script.commands.some(
      ({ name, bareResult }) => bareResult === true && ['', args[0]].includes(name),
    ),
  });
  const stops = createStops();
  const end = (verdict: Verdict, stopCode: number | null = null): void => {
    const delimiter = `end-${randomUUID()}`;
    const code = deliver(verdict, { ...outlet, script, options, environment, redactor, delimiter });
    process.exitCode = stopCode ?? code;
    process.exit();
  };
  const decide = async (): Promise<Verdict> => {
    const call = parseCommandLine(script, args, sharedOptions, environment);
    options = call.options;
    outlet = open({ json: options['json'] === true, bareResult: call.command.bareResult === true });
    return call.command.main({
      options: options as never,
      positionals: call.positionals,
      environment,
      log: outlet.log,
      redactor,
      clock: systemClock,
      hasColour: process.stdout.isTTY === true && environment.get('NO_COLOR') === undefined,
      agent: `${script.name}/${version}`,
      processes,
      onStop: (work) => stops.onStop(work),
    });
  };
  process.on('uncaughtException', (error) => end(verdictOfCrash(error, outlet.log)));
  for (const [signal, code] of stopSignals) process.once(signal, () => end(stops.end(signal), code));
  end(await decide().catch((error: unknown) => verdictOfError(error, outlet.log)));
}

/** How wide the terminal is; null where nobody looks at one. */
function findColumns(): number | null {
  if (environment.get('GITHUB_ACTIONS') === 'true' || process.stderr.isTTY !== true) return null;
  return process.stderr.columns ?? 80;
}
