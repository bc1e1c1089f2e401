import { findField, toValue } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { isMergeKey, lookThrough, tagOf, type GoValue } from '../yaml/resolve.ts';
import { findMisfits, type Misfit } from './go-decode.ts';
import { anything, listOf, mapOf } from './go-types.ts';

/** The values of one job that a matrix makes. */
export type Leg = Map<string, GoValue>;

/** More legs than this are not enumerated: no forge runs so many, and a hostile file could ask for billions. */
const mostLegs = 4096;

/**
 * The jobs that a job's matrix makes, in the order of their names, as `GetMatrixes` of act
 * (pkg/model/workflow.go, Gitea 1.22 to 1.25) has them. No matrix, or one whose shape the server
 * does not take, is one leg without values. `legs` is null where there are too many; a misfit is
 * what makes the server refuse the file, or fall over it.
 */
export function expandMatrix(job: YamlNode, path: string): { legs: Leg[] | null; misfits: Misfit[] } {
  const misfits: Misfit[] = [];
  const single = { legs: [new Map<string, GoValue>()], misfits };
  const matrix = findField(findField(job, 'strategy'), 'matrix');
  if (matrix?.kind !== 'map' || findMisfits(matrix, mapOf(listOf(anything))).length > 0) return single;

  const lists = toValue(matrix) as Map<string, GoValue>;
  const listOfKey = (key: string): GoValue[] => (lists.get(key) as GoValue[] | null) ?? [];
  const where = `${path}.strategy.matrix`;
  const panic = (key: string, index: number, problem: string): void => {
    const list = lookThrough(findField(matrix, key));
    const node = list?.items[index] ?? matrix;
    misfits.push({ rule: 'no-server-panic', node, path: `${where}.${key}[${index}]`, problem });
  };
  const isTextMap = (key: string, index: number): boolean =>
    hasTextKeys(lookThrough(lookThrough(findField(matrix, key))?.items[index]));

  const includes: Leg[] = [];
  const extras: Leg[] = [];
  const takeInclude = (item: GoValue, fits: boolean, index: number): void => {
    if (!(item instanceof Map) || !fits) {
      return panic('include', index, 'an item of `include` must be a mapping with texts as keys');
    }
    (Array.from(item.keys()).some((key) => lists.has(key)) ? includes : extras).push(item);
  };
  listOfKey('include').forEach((item, index) => {
    if (Array.isArray(item)) for (const inner of item) takeInclude(inner, true, index);
    else if (item !== null) takeInclude(item, isTextMap('include', index), index);
  });
  const axes = new Map(lists);
  axes.delete('include');

  const excludes: Leg[] = [];
  listOfKey('exclude').forEach((item, index) => {
    if (!(item instanceof Map) || !isTextMap('exclude', index)) {
      return panic('exclude', index, 'an item of `exclude` must be a mapping with texts as keys');
    }
    for (const key of item.keys()) {
      if (axes.has(key)) excludes.push(item);
      else {
        const node = lookThrough(findField(matrix, 'exclude'))?.items[index] ?? matrix;
        const problem = `it names "${key}", which is no key of the matrix`;
        misfits.push({ rule: 'matrix-exclude-known', node, path: `${where}.exclude[${index}]`, problem });
      }
    }
  });
  axes.delete('exclude');
  if (misfits.length > 0) return single;

  const sizes = Array.from(axes.keys(), (key) => listOfKey(key).length);
  const product = sizes.reduce((total, size) => total * size, 1);
  if (product * (1 + excludes.length) > mostLegs * 16 || product > mostLegs) return { legs: null, misfits };
  const legs = (axes.size === 0 || product === 0 ? [] : combine(axes)).filter(
    (leg) => !excludes.some((exclude) => agrees(leg, exclude, () => true)),
  );
  for (const include of includes) {
    const matching = legs.filter((leg) => agrees(leg, include, (key) => axes.has(key)));
    for (const leg of matching) for (const [key, value] of include) leg.set(key, value);
    if (matching.length === 0) extras.push(include);
  }
  legs.push(...extras.map((extra) => new Map(extra)));
  if (legs.length === 0) return single;
  const names = new Map(legs.map((leg) => [leg, legName(leg)]));
  return { legs: legs.sort((a, b) => compareBytes(names.get(a) ?? '', names.get(b) ?? '')), misfits };
}

/** What stands behind the job's name: its values in the order of their keys, as `(1, a)`. */
export function legName(leg: Leg): string {
  const keys = Array.from(leg.keys()).sort(compareBytes);
  return `(${keys.map((key) => printValue(leg.get(key) ?? null)).join(', ')})`;
}

/** A value as Go's `fmt.Sprint` prints it. */
export function printValue(value: GoValue): string {
  if (value === null) return '<nil>';
  if (typeof value === 'number') return printFloat(value);
  if (Array.isArray(value)) return `[${value.map(printValue).join(' ')}]`;
  if (value instanceof Map) {
    const entries = Array.from(value).sort(([a], [b]) => compareBytes(a, b));
    return `map[${entries.map(([key, item]) => `${key}:${printValue(item)}`).join(' ')}]`;
  }
  return typeof value === 'object' ? value.printed : String(value);
}

function printFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e21)) {
    return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
  }
  return String(value);
}

function combine(axes: ReadonlyMap<string, GoValue>): Leg[] {
  let legs: Leg[] = [new Map()];
  for (const [key, values] of axes) {
    legs = legs.flatMap((leg) => (values as GoValue[]).map((value) => new Map(leg).set(key, value)));
  }
  return legs;
}

function agrees(leg: Leg, other: Leg, counts: (key: string) => boolean): boolean {
  for (const [key, value] of leg) {
    const wanted = other.get(key);
    if (wanted !== undefined && counts(key) && !isEqual(value, wanted)) return false;
  }
  return true;
}

function isEqual(a: GoValue, b: GoValue): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  return a.constructor === b.constructor && printValue(a) === printValue(b);
}

function hasTextKeys(node: YamlNode | undefined): boolean {
  return (
    node?.kind === 'map' &&
    node.items.every((key, index) => index % 2 === 1 || isMergeKey(key) || tagOf(key) === '!!str')
  );
}

/** Go compares texts by their bytes; code points sort alike. */
function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
