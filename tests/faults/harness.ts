// Runs every path once as it is, then once for each request it made and each fault that fits, and judges what it said.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runScript } from '../support/run-script.mjs';
import { FAULTS } from './fault-table.mjs';
import type { Plan, Seen } from './intercept.mjs';
import type { Path, World } from './paths/world.ts';

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
  'write lost but reported',
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
  /** What it writes without any fault; null where the world does not tell. */
  written: string[] | null;
  request: Seen;
  fault: Fault;
  /** Every later repetition too, or this one request alone. */
  lasting: boolean;
  /** Nobody listens where the request's server was. */
  refused: boolean;
}

type Recorded = Pick<Case, 'path' | 'outputs' | 'written'> & { requests: Seen[] };

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
  const stock = createStock();
  try {
    const clean = await inTurns(settings.paths, settings.processes, async (path) => {
      return { path, ...(await stock.lend(path, (world) => recordPath(path, world))) };
    });
    const all = clean.flatMap(listCases);
    const cases = choose(all, settings);
    const findings = await inTurns(cases, settings.processes, (one) =>
      runCase(one, stock, { closed, ...settings }),
    );
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
    await stock.close();
  }
}

interface Stock {
  /** Lends a world of the path that nobody else uses meanwhile: a new one where the path changes its world. */
  lend<T>(path: Path, use: (world: World) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

function createStock(): Stock {
  const idle = new Map<Path, World[]>();
  const open = new Set<World>();
  return {
    async lend(path, use) {
      const world = (path.fresh ? undefined : idle.get(path)?.pop()) ?? (await path.open());
      open.add(world);
      try {
        return await use(world);
      } finally {
        if (!path.fresh) idle.set(path, [...(idle.get(path) ?? []), world]);
        else if (open.delete(world)) await world.close();
      }
    },
    async close() {
      await Promise.all([...open].map((world) => world.close()));
    },
  };
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
  const result = await call(path, world, world.env, world.args, patient);
  if (result.code !== path.code || result.outputs['decision'] !== path.decision) {
    throw new Error(
      `The path "${path.name}" does not answer ${path.decision} (${path.code}) without any fault: ${result.code}\n${result.stdout}${result.stderr}`,
    );
  }
  await world.hub.settle();
  const written = (await world.written?.()) ?? null;
  const missing = without(path.claims?.(result, world) ?? [], written ?? []);
  if (missing.length > 0) throw new Error(`The path "${path.name}" claims what it did not write: ${missing}`);
  return { requests: world.hub.requests, outputs: nameAll(result.outputs, world), written };
}

function listCases({ requests, ...recorded }: Recorded): Case[] {
  const { path } = recorded;
  const servers = new Set<string>();
  return requests.flatMap((request) => {
    const cases: Case[] = [];
    for (const fault of FAULTS) {
      if (!fault.fits(request)) continue;
      cases.push({ ...recorded, request, fault, lasting: true, refused: false });
      if (fault.passing && !path.once?.test(request.key))
        cases.push({ ...recorded, request, fault, lasting: false, refused: false });
    }
    if (!servers.has(request.server))
      cases.push({ ...recorded, request, fault: refusedFault, lasting: true, refused: true });
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
  stock: Stock,
  { closed, onCase }: { closed: string } & Pick<FaultSettings, 'onCase'>,
): Promise<Finding[]> {
  const { key, occurrence } = one.request;
  const plan: Plan = { key, occurrence, lasting: one.lasting, spoil: one.fault.spoil };
  const play = (patience: Patience): Promise<Finding[]> =>
    stock.lend(one.path, async (world) => {
      const url = one.refused ? world.urls[one.request.server] : undefined;
      if (one.refused && url === undefined) return [];
      const move = (text: string): string => (url === undefined ? text : text.replaceAll(url, closed));
      const env = Object.fromEntries(Object.entries(world.env).map(([name, text]) => [name, move(text)]));
      world.hub.start(one.refused ? null : plan);
      const result = await call(one.path, world, env, world.args.map(move), patience);
      onCase?.(nameOf(one), result);
      await world.hub.settle();
      const written = (await world.written?.()) ?? null;
      return judge(one, world, { result, written }, patience).map((violation) => ({
        violation,
        what: nameOf(one),
        result,
      }));
    });
  const found = await play(quick);
  const isLate = found.some(({ violation }) => /passing|deadline/.test(violation));
  return isLate ? play(patient) : found;
}

function call(
  path: Path,
  world: World,
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
    ...(world.cwd === undefined ? {} : { cwd: world.cwd }),
    runner: true,
    coverage: false,
    timeoutMs: 60_000,
  });
}

function judge(
  one: Case,
  world: World,
  { result, written }: { result: Result; written: string[] | null },
  { deadlineMs }: Patience,
): Violation[] {
  const { path, fault } = one;
  const found: Violation[] = [];
  const { code, outputs } = result;
  const isClean = code === path.code && outputs['decision'] === path.decision;
  const isWhole = without(one.written ?? [], written ?? []).length === 0;
  if (code === 0 && !(isClean && isWhole && mayBeRight(one) && saysNoMore(one, world, outputs)))
    found.push('go without proof');
  if (!one.lasting && fault.passing && !isClean) found.push('another answer after a passing fault');
  if (code === null || !path.codes.includes(code)) found.push('exit code that the page does not have');
  if (hasDoubledWrite(one, world, written)) found.push('write doubled');
  if (without(path.claims?.(result, world) ?? [], written ?? []).length > 0)
    found.push('write lost but reported');
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

/**
 * Where the world tells what was written, that counts: a writer may send again what did not land. Else, and for what
 * is sent once only, the requests do.
 */
function hasDoubledWrite({ path, written: due }: Case, { hub }: World, written: string[] | null): boolean {
  if (written !== null && without(written, due ?? []).length > 0) return true;
  const writes = hub.requests
    .filter(({ method }) => !['GET', 'HEAD'].includes(method))
    .map(({ key }) => key)
    // What git asks by POST is a read.
    .filter((key) => !/\/git-upload-pack$/.test(key))
    .filter((key) => written === null || path.once?.test(key));
  return new Set(writes).size < writes.length;
}

/** The items of a list that another does not hold, each as often as it has them more. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
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

/** The outputs with the world's names in place of its SHAs and servers, since each world has its own. */
function nameAll(outputs: Record<string, string>, { hub, urls }: World): Record<string, string> {
  const named = (text: string): string =>
    Object.entries(urls).reduce(
      (words, [name, url]) => words.replaceAll(new URL(url).host, name),
      text.replace(/[0-9a-f]{7,64}/g, (sha) => hub.names.get(sha) ?? sha),
    );
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
