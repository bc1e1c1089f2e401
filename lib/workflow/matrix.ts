import { findField } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { GoValue } from '../yaml/resolve.ts';
import { findMisfits, type Misfit } from './go-decode.ts';
import { compareBytes, printValue } from './go-print.ts';
import { anything, listOf, mapOf } from './go-types.ts';
import { readMatrixLists, type Leg, type MatrixLists } from './matrix-lists.ts';

/** More legs than this are not enumerated: no forge runs so many, and a hostile file could ask for billions. */
const mostLegs = 4096;

/**
 * The jobs that a job's matrix makes, in the order of their names, as `GetMatrixes` of act
 * (pkg/model/workflow.go, Gitea 1.22 to 1.25) has them. No matrix, or one whose shape the server
 * does not take, is one leg without values. `legs` is null where there are too many; a misfit is
 * what makes the server refuse the file, or fall over it.
 */
export function expandMatrix(job: YamlNode, path: string): { legs: Leg[] | null; misfits: Misfit[] } {
  const none = (): Leg[] => [new Map()];
  const matrix = findField(findField(job, 'strategy'), 'matrix');
  if (matrix?.kind !== 'map' || findMisfits(matrix, mapOf(listOf(anything))).length > 0) {
    return { legs: none(), misfits: [] };
  }
  const lists = readMatrixLists(matrix, `${path}.strategy.matrix`);
  const { misfits } = lists;
  if (misfits.length > 0) return { legs: none(), misfits };
  if (areTooMany(lists)) return { legs: null, misfits };
  const legs = makeLegs(lists);
  if (legs.length === 0) return { legs: none(), misfits };
  const names = new Map(legs.map((leg) => [leg, legName(leg)]));
  return { legs: legs.sort((a, b) => compareBytes(names.get(a) ?? '', names.get(b) ?? '')), misfits };
}

function areTooMany({ axes, excludes }: MatrixLists): boolean {
  const product = countProduct(axes);
  return product * (1 + excludes.length) > mostLegs * 16 || product > mostLegs;
}

function countProduct(axes: MatrixLists['axes']): number {
  return Array.from(axes.values()).reduce((total, { length }) => total * length, 1);
}

function makeLegs({ axes, includes, extras, excludes }: MatrixLists): Leg[] {
  const all = axes.size === 0 || countProduct(axes) === 0 ? [] : combine(axes);
  const legs = all.filter((leg) => !excludes.some((exclude) => agrees(leg, exclude, () => true)));
  const unmatched: Leg[] = [];
  for (const include of includes) {
    const matching = legs.filter((leg) => agrees(leg, include, (key) => axes.has(key)));
    for (const leg of matching) for (const [key, value] of include) leg.set(key, value);
    if (matching.length === 0) unmatched.push(include);
  }
  return [...legs, ...[...extras, ...unmatched].map((extra) => new Map(extra))];
}

/** What stands behind the job's name: its values in the order of their keys, as `(1, a)`. */
export function legName(leg: Leg): string {
  const keys = Array.from(leg.keys()).sort(compareBytes);
  return `(${keys.map((key) => printValue(leg.get(key) ?? null)).join(', ')})`;
}

function combine(axes: MatrixLists['axes']): Leg[] {
  let legs: Leg[] = [new Map()];
  for (const [key, values] of axes) {
    legs = legs.flatMap((leg) => values.map((value) => new Map(leg).set(key, value)));
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
