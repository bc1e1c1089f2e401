// Runs every path once as it is, then once for each request it made and each fault that fits, and judges what it said.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runScript } from '../support/run-script.mjs';
import { FAULTS } from './fault-table.mjs';
import type { Plan, Seen } from './intercept.mjs';
import type { Path, World } from './paths.ts';

type Fault = (typeof FAULTS)[number];
type Result = Awaited<ReturnType<typeof runScript>>;

interface Patience {
  timeoutMs: number;
  deadlineMs: number;
}

const quick: Patience = { timeoutMs: 300, deadlineMs: 1000 };
/** On a busy machine a healthy answer may come too late: a finding that time explains must show again with more. */
const patient: Patience = { timeoutMs: 3000, deadlineMs: 10_000 };
/** What starting a process may take beside others. */
const slackMs = 6000;

export const VIOLATIONS = [
  'go without proof',
  'another answer after a passing fault',
  'exit code that the page does not have',
  'write doubled',
  'token in an output',
  'credentials at another origin',
  'past the deadline',
  'stack trace',
  'no reason',
] as const;
type Violation = (typeof VIOLATIONS)[number];

interface Case {
  path: Path;
  /** What it puts out without any fault. */
  outputs: Record<string, string>;
  request: Seen;
  fault: Fault;
  /** Every later repetition too, or this one request alone. */
  lasting: boolean;
  /** Nobody listens where the request's server was. */
  refused: boolean;
}

type Recorded = Pick<Case, 'path' | 'outputs'> & { requests: Seen[] };

export interface Finding {
  violation: Violation;
  what: string;
  result: Pick<Result, 'code' | 'stdout' | 'stderr' | 'ms'>;
}

export interface FaultReport {
  scripts: number;
  paths: number;
  requests: number;
  faults: number;
  runs: number;
  of: number;
  seconds: number;
  findings: Finding[];
}

export interface FaultSettings {
  paths: readonly Path[];
  /** One of so many cases is run. */
  part: number;
  seed: number;
  processes: number;
  only?: RegExp;
  onCase?: (name: string, result: Result) => void;
}

const refusedFault: Fault = {
  name: 'refused',
  arrives: 'never',
  passing: false,
  fits: () => true,
  spoil: () => undefined,
};

/** The whole table, or a seeded part of it. */
export async function runFaults(settings: FaultSettings): Promise<FaultReport> {
  const started = Date.now();
  const closed = await findClosedUrl();
  const stock = new Map<Path, World[]>();
  const everyWorld: World[] = [];
  const borrow = async (path: Path): Promise<World> => {
    const idle = stock.get(path)?.pop();
    if (idle) return idle;
    const made = await path.open();
    everyWorld.push(made);
    return made;
  };
  const giveBack = (path: Path, world: World): void =>
    void stock.set(path, [...(stock.get(path) ?? []), world]);
  try {
    const clean = await inTurns(settings.paths, settings.processes, async (path) => {
      const world = await borrow(path);
      const recorded = await recordPath(path, world);
      giveBack(path, world);
      return { path, ...recorded };
    });
    const all = clean.flatMap(listCases);
    const cases = choose(all, settings);
    const findings = await inTurns(cases, settings.processes, async (one) => {
      const world = await borrow(one.path);
      try {
        return await runCase(one, world, { closed, ...settings });
      } finally {
        giveBack(one.path, world);
      }
    });
    return {
      scripts: new Set(settings.paths.map(({ script }) => script)).size,
      paths: settings.paths.length,
      requests: clean.reduce((sum, { requests }) => sum + requests.length, 0),
      faults: FAULTS.length + 1,
      runs: cases.length,
      of: all.length,
      seconds: Math.round((Date.now() - started) / 1000),
      findings: findings.flat(),
    };
  } finally {
    await Promise.all(everyWorld.map((world) => world.close()));
  }
}

/** One line of figures, and one for each kind of violation. */
export function describeReport(report: FaultReport): string {
  const counts = VIOLATIONS.map(
    (violation) => `${violation} ${report.findings.filter((one) => one.violation === violation).length}`,
  );
  return `faults: ${report.scripts} scripts × ${report.paths} paths × ${report.requests} requests × ${report.faults} faults: ${report.runs} of ${report.of} cases in ${report.seconds} s; ${counts.join(', ')}`;
}

async function recordPath(path: Path, world: World): Promise<Omit<Recorded, 'path'>> {
  world.hub.start(null);
  const result = await call(path, world.env, world.args, patient);
  if (result.code !== path.code || result.outputs['decision'] !== path.decision) {
    throw new Error(
      `The path "${path.name}" does not answer ${path.decision} (${path.code}) without any fault: ${result.code}\n${result.stdout}${result.stderr}`,
    );
  }
  return { requests: world.hub.requests, outputs: nameAll(result.outputs, world) };
}

function listCases({ path, requests, outputs }: Recorded): Case[] {
  const servers = new Set<string>();
  return requests.flatMap((request) => {
    const cases: Case[] = [];
    for (const fault of FAULTS) {
      if (!fault.fits(request)) continue;
      cases.push({ path, outputs, request, fault, lasting: true, refused: false });
      if (fault.passing && !path.once?.test(request.key))
        cases.push({ path, outputs, request, fault, lasting: false, refused: false });
    }
    if (!servers.has(request.server))
      cases.push({ path, outputs, request, fault: refusedFault, lasting: true, refused: true });
    servers.add(request.server);
    return cases;
  });
}

/** Every `part`-th case from a place that the seed says, so that each path, request and fault has its turn. */
function choose(all: readonly Case[], { part, seed, only }: FaultSettings): Case[] {
  const wanted = only === undefined ? all : all.filter((one) => only.test(nameOf(one)));
  const start = ((seed % part) + part) % part;
  return wanted.filter((_, index) => index % part === start);
}

function nameOf({ path, request, fault, lasting }: Case): string {
  const which = request.occurrence > 0 ? ` (time ${request.occurrence + 1})` : '';
  return `${path.name}: ${fault.name}${lasting ? '' : ', once,'} at ${request.key}${which}`;
}

async function runCase(
  one: Case,
  world: World,
  { closed, onCase }: { closed: string } & Pick<FaultSettings, 'onCase'>,
): Promise<Finding[]> {
  const { key, occurrence } = one.request;
  const plan: Plan = { key, occurrence, lasting: one.lasting, spoil: one.fault.spoil };
  const url = one.refused ? world.urls[one.request.server] : undefined;
  if (one.refused && url === undefined) return [];
  const move = (text: string): string => (url === undefined ? text : text.replaceAll(url, closed));
  const env = Object.fromEntries(Object.entries(world.env).map(([name, text]) => [name, move(text)]));
  const play = async (patience: Patience): Promise<Finding[]> => {
    world.hub.start(one.refused ? null : plan);
    const result = await call(one.path, env, world.args.map(move), patience);
    onCase?.(nameOf(one), result);
    return judge(one, world, result, patience).map((violation) => ({ violation, what: nameOf(one), result }));
  };
  const found = await play(quick);
  const isLate = found.some(({ violation }) => /passing|deadline/.test(violation));
  return isLate ? play(patient) : found;
}

function call(
  path: Path,
  env: Record<string, string>,
  args: string[],
  { timeoutMs, deadlineMs }: Patience,
): Promise<Result> {
  return runScript(path.script, [...args, '--record', 'record.json'], {
    env: {
      ...env,
      SWITCHYARD_HTTP_RETRY_MS: '1',
      SWITCHYARD_HTTP_TIMEOUT_MS: String(timeoutMs),
      SWITCHYARD_HTTP_DEADLINE_MS: String(deadlineMs),
    },
    runner: true,
    coverage: false,
    timeoutMs: 60_000,
  });
}

function judge(one: Case, world: World, result: Result, { deadlineMs }: Patience): Violation[] {
  const { path, fault } = one;
  const found: Violation[] = [];
  const { code, outputs } = result;
  const isClean = code === path.code && outputs['decision'] === path.decision;
  if (code === 0 && !(isClean && mayBeRight(one) && saysNoMore(one, world, outputs)))
    found.push('go without proof');
  if (!one.lasting && fault.passing && !isClean) found.push('another answer after a passing fault');
  if (code === null || !path.codes.includes(code)) found.push('exit code that the page does not have');
  const writes = world.hub.requests.filter(({ method }) => !['GET', 'HEAD'].includes(method));
  if (new Set(writes.map(({ key }) => key)).size < writes.length) found.push('write doubled');
  const record = JSON.stringify(result.record ?? {});
  const said = [result.stdout, result.stderr, result.summary, record, JSON.stringify(outputs)].join('\n');
  if (world.secrets.some((secret) => holdsSecret(said, secret))) found.push('token in an output');
  if (world.hub.strayed.some((headers) => JSON.stringify(headers).match(/authorization|cookie|POST/i)))
    found.push('credentials at another origin');
  if (result.ms > deadlineMs * (path.calls ?? 2) + slackMs) found.push('past the deadline');
  if (/^\s+at .+:\d+:\d+\)?$/m.test(said) || /a fault of our own/.test(said)) found.push('stack trace');
  if (!outputs['decision'] || !outputs['reason'] || result.record === null) found.push('no reason');
  return found;
}

/** May the answer without a fault still be given? Only where what it rests on was read. */
function mayBeRight({ path, request, fault, lasting }: Case): boolean {
  if (path.optional?.test(request.key)) return true;
  if (!lasting || fault.arrives === 'maybe') return true;
  if (fault.name === 'rows without fields' && path.countsOnly?.test(request.key)) return true;
  if (fault.arrives === 'partly') return path.untilEnough?.test(request.key) ?? false;
  return fault.arrives === 'missing' && (path.mayLack?.test(request.key) ?? false);
}

/** Each output is as without the fault, or empty where it could not be known. */
function saysNoMore({ path, request, outputs }: Case, world: World, said: Record<string, string>): boolean {
  if (path.optional?.test(request.key)) return true;
  return Object.entries(nameAll(said, world)).every(
    ([name, text]) => name === 'reason' || text === '' || text === outputs[name],
  );
}

/** The outputs with the world's names in place of its SHAs, since each world has its own. */
function nameAll(outputs: Record<string, string>, { hub }: World): Record<string, string> {
  const named = (text: string): string => text.replace(/[0-9a-f]{7,64}/g, (sha) => hub.names.get(sha) ?? sha);
  return Object.fromEntries(Object.entries(outputs).map(([name, text]) => [name, named(text)]));
}

/** Does the text hold eight characters in a row of a secret, or of its base64 at any offset? */
export function holdsSecret(text: string, secret: string): boolean {
  const forms = [secret, encodeURIComponent(secret)];
  for (const lead of ['', 'x', 'xy']) {
    const packed = Buffer.from(lead + secret).toString('base64');
    forms.push(
      packed.slice(4, -4),
      Buffer.from(lead + secret)
        .toString('base64url')
        .slice(4, -4),
    );
  }
  return forms.some((form) => {
    for (let at = 0; at + 8 <= form.length; at++) if (text.includes(form.slice(at, at + 8))) return true;
    return false;
  });
}

/** A loopback address where nobody listens. */
async function findClosedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

async function inTurns<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
