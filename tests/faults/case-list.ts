// Which cases there are: each request that a healthy call made with each fault that fits it, and what else may go
// wrong around it.
import { FAULTS, faultsAt, isGit } from './fault-table.mjs';
import { FILE_FAULTS, type FileFault } from './file-faults.ts';
import type { Seen } from './intercept.mjs';
import type { Path } from './paths/world.ts';
import { SURROUNDINGS, type Surroundings } from './surroundings.ts';

export type Fault = (typeof FAULTS)[number];

/** A call of the path without any fault. */
export interface Clean {
  path: Path;
  requests: Seen[];
  outputs: Record<string, string>;
  /** What it reads from files, by their names. */
  files: Map<string, Buffer>;
  /** What it writes; null where the world does not tell. */
  written: string[] | null;
}

export type Trouble =
  | {
      kind: 'request';
      request: Seen;
      fault: Fault;
      /** Every later repetition too, or this one request alone. */
      lasting: boolean;
    }
  /** Nobody listens where the request's server was. */
  | { kind: 'refused'; request: Seen }
  /** SIGTERM while the request is open, before or after the server did what it says. */
  | { kind: 'stopped'; request: Seen; acts: boolean }
  /** A file that it reads is not as it should be. */
  | { kind: 'file'; file: string; fault: FileFault }
  | { kind: 'around'; surroundings: Surroundings };

export interface Case {
  name: string;
  clean: Clean;
  trouble: Trouble;
}

/** Every kind of fault, whatever it is done to. */
export const faultCount = FAULTS.length + FILE_FAULTS.length + 3 + SURROUNDINGS.length;

export function listCases(clean: Clean): Case[] {
  const { path, requests } = clean;
  const servers = new Set<string>();
  const troubles = requests.filter(isOneOfItsOwn).flatMap((request): Trouble[] => {
    const isFirst = !servers.has(request.server);
    servers.add(request.server);
    return [
      ...troublesAt(request, path, isFirst),
      ...(isFirst ? [{ kind: 'refused', request } as const] : []),
    ];
  });
  for (const [file, bytes] of clean.files)
    for (const fault of FILE_FAULTS)
      if (fault.fits(bytes) && !waitsForReader(path, file, fault))
        troubles.push({ kind: 'file', file, fault });
  for (const surroundings of SURROUNDINGS) troubles.push({ kind: 'around', surroundings });
  return troubles.map((trouble) => ({ name: `${path.name}: ${describe(trouble)}`, clean, trouble }));
}

/** Of a request that is made again and again (a wait, a watch), the first one and the last. */
function isOneOfItsOwn({ key, occurrence }: Seen, _: number, all: readonly Seen[]): boolean {
  return occurrence === 0 || !all.some((other) => other.key === key && other.occurrence > occurrence);
}

function troublesAt(request: Seen, path: Path, isFirst: boolean): Trouble[] {
  const fitting = faultsAt(request).filter(({ oncePerServer }) => isFirst || !oncePerServer);
  return [
    ...fitting.map((fault) => ({ kind: 'request', request, fault, lasting: true }) as const),
    ...fitting
      .filter(
        (fault) =>
          (fault.passing || isRace(path, request, fault)) &&
          !path.once?.test(request.key) &&
          !isHungGit(request, fault),
      )
      .map((fault) => ({ kind: 'request', request, fault, lasting: false }) as const),
    { kind: 'stopped', request, acts: true },
    ...(isRead(request) ? [] : [{ kind: 'stopped', request, acts: false } as const]),
  ];
}

/** Who writes into a FIFO waits for its reader, as any program does. */
function waitsForReader({ outFiles }: Path, file: string, { name }: FileFault): boolean {
  return name === 'file is a FIFO' && (outFiles?.test(file) ?? false);
}

function isRace({ races }: Path, { key }: Seen, { name }: Fault): boolean {
  return /^(409|403 after it acted)$/.test(name) && (races?.test(key) ?? false);
}

/** A git command has one time for all that it does, so that nothing is left of it for another attempt. */
function isHungGit(request: Seen, { name }: Fault): boolean {
  return name.startsWith('hang') && isGit(request);
}

/** git reads by POST too. */
export function isRead({ method, key }: Seen): boolean {
  return method === 'GET' || method === 'HEAD' || key.endsWith('/git-upload-pack');
}

function describe(trouble: Trouble): string {
  if (trouble.kind === 'around') return trouble.surroundings.name;
  if (trouble.kind === 'file') return `${trouble.fault.name}: ${trouble.file}`;
  const { key, occurrence } = trouble.request;
  const at = `at ${key}${occurrence > 0 ? ` (time ${occurrence + 1})` : ''}`;
  if (trouble.kind === 'refused') return `refused ${at}`;
  if (trouble.kind === 'stopped') return `SIGTERM ${trouble.acts ? 'after' : 'before'} it acted ${at}`;
  return `${trouble.fault.name}${trouble.lasting ? '' : ', once,'} ${at}`;
}

/** Every `part`-th case from a place that the seed says, so that each path, request and fault has its turn. */
export function chooseCases(
  all: readonly Case[],
  { part, seed, only }: { part: number; seed: number; only?: RegExp },
): Case[] {
  const wanted = only === undefined ? all : all.filter(({ name }) => only.test(name));
  const start = ((seed % part) + part) % part;
  return wanted.filter((_, index) => index % part === start);
}
