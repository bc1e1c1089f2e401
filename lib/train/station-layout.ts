import type { Hop, HopState } from './hop.ts';

/** A fan with more lines than this shows its worst few, and the rest as one station a state. */
const widestFan = 12;
const mostShown = 6;

/** A station of the drawing, in a grid of columns and rows. */
export interface PlacedStation {
  key: string;
  name: string;
  column: number;
  row: number;
}

export interface Layout {
  stations: PlacedStation[];
  columns: number;
  rows: number;
  /** Hops with the stations they join. */
  lines: { hop: Hop; from: PlacedStation; to: PlacedStation }[];
}

/**
 * Where stations stand: branches one after the other in the first row, images behind the last branch, tenants behind
 * their image, and repositories behind the version, below all of them.
 */
export function placeStations(branches: readonly string[], hops: readonly Hop[]): Layout {
  const stations = new Map<string, PlacedStation>();
  const place = (key: string, name: string, column: number, row: number): void => {
    if (!stations.has(key)) stations.set(key, { key, name, column, row });
  };
  branches.forEach((branch, index) => place(`branch ${branch}`, branch, index, 0));
  const drawn = foldFans(hops);
  const of = (kind: Hop['kind']): Hop[] => drawn.filter((hop) => hop.kind === kind);
  const last = branches.length - 1;
  of('image').forEach((hop, index) => place(`image ${hop.target}`, hop.target, last + 1, index));
  const tenants = of('tenant');
  const start = tenants[0] === undefined ? null : stations.get(keyOfSource(tenants[0], branches));
  tenants.forEach((hop, index) =>
    place(`tenant ${hop.target}`, hop.target, (start?.column ?? last) + 1, (start?.row ?? 0) + index),
  );
  const versions = of('version');
  const used = Math.max(0, ...[...stations.values()].map(({ row }) => row)) + 1;
  const top = Math.max(used, of('back-sync').length > 0 ? 2 : 1);
  if (versions[0] !== undefined) place(`version ${versions[0].source}`, versions[0].source, last, top);
  versions.forEach((hop, index) => place(`repository ${hop.target}`, hop.target, last + 1, top + index));
  const placed = [...stations.values()];
  return {
    stations: placed,
    columns: Math.max(...placed.map(({ column }) => column)) + 1,
    rows: Math.max(...placed.map(({ row }) => row), of('back-sync').length > 0 ? 1 : 0) + 1,
    lines: drawn.flatMap((hop) => {
      const from = stations.get(keyOfSource(hop, branches));
      const to = stations.get(keyOfTarget(hop));
      return from === undefined || to === undefined ? [] : [{ hop, from, to }];
    }),
  };
}

/** Two hundred stations stay readable: the worst are drawn, and how many more there are; the table has all. */
export function foldFans(hops: readonly Hop[]): Hop[] {
  // What tenants hang on is drawn whatever its state.
  const carrier = hops.find(({ kind }) => kind === 'tenant')?.source;
  return [
    ...hops.filter(({ kind }) => kind === 'branch' || kind === 'back-sync'),
    ...(['image', 'tenant', 'version'] as const).flatMap((kind) =>
      foldFan(
        hops.filter((hop) => hop.kind === kind),
        carrier,
      ),
    ),
  ];
}

function foldFan(fan: readonly Hop[], carrier: string | undefined): Hop[] {
  if (fan.length <= widestFan) return [...fan];
  const order: readonly HopState[] = ['stalled', 'unknown', 'moving', 'current'];
  const apart = fan.filter(({ target }) => target === carrier);
  const others = order.flatMap((state) => fan.filter((hop) => hop.state === state && !apart.includes(hop)));
  const shown = others.filter(({ state }) => state !== 'current').slice(0, mostShown);
  const rest = others.slice(shown.length);
  return [
    ...shown,
    ...order.flatMap((state): Hop[] => {
      const group = rest.filter((hop) => hop.state === state);
      const [first] = group;
      if (first === undefined || group.length === 1) return group;
      const more = shown.some((hop) => hop.state === state) ? 'more ' : '';
      const target = `${group.length} ${more}${state}`;
      return [{ ...first, target, name: `${first.source}→${target}`, commits: null, ageSeconds: null }];
    }),
    ...apart,
  ];
}

function keyOfSource(hop: Hop, branches: readonly string[]): string {
  if (hop.kind === 'version') return `version ${hop.source}`;
  return branches.includes(hop.source) ? `branch ${hop.source}` : `image ${hop.source}`;
}

function keyOfTarget(hop: Hop): string {
  const words = {
    branch: 'branch',
    'back-sync': 'branch',
    image: 'image',
    tenant: 'tenant',
    version: 'repository',
  };
  return `${words[hop.kind]} ${hop.target}`;
}
