import { findField, toValue } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { isMergeKey, isNull, lookThrough, tagOf, type GoValue } from '../yaml/resolve.ts';
import type { Misfit } from './go-decode.ts';

/** Values of a job by the keys of its matrix. */
export type Leg = Map<string, GoValue>;

/** What a matrix says, as act takes it apart. */
export interface MatrixLists {
  /** The lists that are combined, by their keys. */
  axes: ReadonlyMap<string, GoValue[]>;
  /** Items of `include` that name a key of the matrix. */
  includes: Leg[];
  /** Items of `include` that name none, and so are legs of their own. */
  extras: Leg[];
  excludes: Leg[];
  /** Items that the server does not take. */
  misfits: Misfit[];
}

interface Source {
  matrix: YamlNode;
  /** The matrix' place in the file. */
  where: string;
  lists: ReadonlyMap<string, GoValue[]>;
  misfits: Misfit[];
}

/** Takes a matrix apart whose values are lists all of them; `where` is its place, for what is wrong with it. */
export function readMatrixLists(matrix: YamlNode, where: string): MatrixLists {
  const lists = new Map(Array.from(toValue(withoutNullKeys(matrix)) as Map<string, GoValue>, toList));
  const source: Source = { matrix, where, lists, misfits: [] };
  const added = readIncludes(source);
  const isKnown = (item: Leg): boolean => Array.from(item.keys()).some((key) => lists.has(key));
  const excludes = readExcludes(source);
  const axes = new Map(lists);
  axes.delete('include');
  axes.delete('exclude');
  return {
    axes,
    includes: added.filter(isKnown),
    extras: added.filter((item) => !isKnown(item)),
    excludes,
    misfits: source.misfits,
  };
}

/** Go finds no text in a null, and passes over what stands under such a key. */
function withoutNullKeys(matrix: YamlNode): YamlNode {
  const isNamed = (index: number): boolean =>
    !isNull(lookThrough(matrix.items[index - (index % 2)] as YamlNode));
  return { ...matrix, items: matrix.items.filter((_, index) => isNamed(index)) };
}

/** A key without a value is an empty list. */
function toList([key, value]: [string, GoValue]): [string, GoValue[]] {
  return [key, Array.isArray(value) ? value : []];
}

function readIncludes(source: Source): Leg[] {
  return (source.lists.get('include') ?? []).flatMap((item, index) => {
    if (item === null) return [];
    const isList = Array.isArray(item);
    const fits = isList || hasTextKeys(lookThrough(itemAt(source, 'include', index)));
    return (isList ? item : [item]).flatMap((one) =>
      one instanceof Map && fits ? [one] : refuseItem(source, 'include', index),
    );
  });
}

function readExcludes(source: Source): Leg[] {
  const { lists, where } = source;
  return (lists.get('exclude') ?? []).flatMap((item, index) => {
    const fits = hasTextKeys(lookThrough(itemAt(source, 'exclude', index)));
    if (!(item instanceof Map) || !fits) return refuseItem(source, 'exclude', index);
    return Array.from(item.keys()).flatMap((key) => {
      if (key !== 'include' && lists.has(key)) return [item];
      source.misfits.push({
        rule: 'matrix-exclude-known',
        node: itemAt(source, 'exclude', index) ?? source.matrix,
        path: `${where}.exclude[${index}]`,
        problem: `it names "${key}", which is no key of the matrix`,
      });
      return [];
    });
  });
}

function refuseItem(source: Source, key: 'include' | 'exclude', index: number): [] {
  source.misfits.push({
    rule: 'no-server-panic',
    node: itemAt(source, key, index) ?? source.matrix,
    path: `${source.where}.${key}[${index}]`,
    problem: `an item of \`${key}\` must be a mapping with texts as keys`,
  });
  return [];
}

function itemAt({ matrix }: Source, key: string, index: number): YamlNode | undefined {
  return lookThrough(findField(matrix, key))?.items[index];
}

function hasTextKeys(node: YamlNode | undefined): boolean {
  return (
    node?.kind === 'map' &&
    node.items.every((key, index) => index % 2 === 1 || isMergeKey(key) || tagOf(key) === '!!str')
  );
}
