import { countOf } from '../count.ts';
import { plainWords } from './plain-words.ts';

export type HopState = 'current' | 'moving' | 'stalled' | 'unknown';
export type HopKind = 'branch' | 'back-sync' | 'image' | 'tenant' | 'version';

/** One step of the train: how far what is behind it lags. */
export interface Hop {
  name: string;
  kind: HopKind;
  /** The stations' names. */
  source: string;
  target: string;
  /** The commit (or version) that should arrive, and the one that is there. */
  from: string | null;
  to: string | null;
  state: HopState;
  commits: number | null;
  /** `commits` may be too large: their files could not all be read. */
  atMost: boolean;
  /** Of the oldest that has not arrived. */
  ageSeconds: number | null;
  /** It may be older: the record of pushes goes back no further. */
  atLeast: boolean;
  cause: string | null;
  next: string | null;
}

export interface Slo {
  ageMs: number;
  commits: number | null;
}

/** Makes a hop with nothing known yet. */
export function startHop(kind: HopKind, givenSource: string, givenTarget: string): Hop {
  // A server's list may hold line breaks, and a runner reads commands at the start of a line.
  const [source, target] = [plainWords(givenSource), plainWords(givenTarget)];
  return {
    name: `${source}→${target}`,
    kind,
    source,
    target,
    from: null,
    to: null,
    state: 'unknown',
    commits: null,
    atMost: false,
    ageSeconds: null,
    atLeast: false,
    cause: null,
    next: null,
  };
}

/** Is a hop that lags surely within what is allowed? An age that is not known, or may be higher, is not. */
export function isWithin(hop: Pick<Hop, 'commits' | 'ageSeconds' | 'atLeast'>, slo: Slo): boolean {
  if (hop.ageSeconds === null || hop.atLeast || hop.ageSeconds * 1000 > slo.ageMs) return false;
  return slo.commits === null || (hop.commits !== null && hop.commits <= slo.commits);
}

/** The train as a whole, and the hop that it hangs on: the first that is stalled, else the first that is unknown. */
export function decideTrain(hops: readonly Hop[]): { decision: HopState; hop: Hop | null } {
  for (const state of ['stalled', 'unknown', 'moving'] as const) {
    const hop = hops.find((one) => one.state === state);
    if (hop !== undefined) return { decision: state, hop };
  }
  return { decision: hops.length === 0 ? 'unknown' : 'current', hop: null };
}

/** `7 h 12 min`, `3 d 4 h`, `45 s`. */
export function formatAge(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [Math.floor(seconds % 60), 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  const shown = first === 3 ? parts.slice(3) : parts.slice(first, Math.min(first + 2, 3));
  return shown
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** `9 commits`, `≤ 300 commits`, `2 releases`; empty where nothing lags or nothing is known. */
export function formatCount(hop: Hop): string {
  if (hop.commits === null || hop.commits === 0) return '';
  const unit = hop.kind === 'version' ? 'release' : 'commit';
  return `${hop.atMost ? '≤ ' : ''}${countOf(hop.commits, unit)}`;
}

/** `3 h`, `≥ 2 d`: how long the oldest that is missing waits; empty where that is not known. */
export function formatHopAge(hop: Hop): string {
  return hop.ageSeconds === null ? '' : `${hop.atLeast ? '≥ ' : ''}${formatAge(hop.ageSeconds)}`;
}
