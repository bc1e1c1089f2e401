import type { YamlNode } from './node.ts';
import { isMergeKey, lookThrough, resolveScalar, type GoValue } from './resolve.ts';

/**
 * The value of a field as go-yaml finds it in a struct or map: the mapping's own key first, then
 * those of what it merges. Undefined where there is none. An alias' target is looked through.
 */
export function findField(map: YamlNode | null | undefined, name: string): YamlNode | undefined {
  return findEntry(map, name)?.[1];
}

/** Key and value of a field, found as `findField` does. */
export function findEntry(
  map: YamlNode | null | undefined,
  name: string,
  seen = new Set<YamlNode>(),
): [key: YamlNode, value: YamlNode] | undefined {
  const target = lookThrough(map);
  if (target?.kind !== 'map' || seen.has(target)) return undefined;
  let merge: YamlNode | undefined;
  for (let at = 0; at < target.items.length; at += 2) {
    const key = target.items[at] as YamlNode;
    const value = target.items[at + 1] as YamlNode;
    if (isMergeKey(key)) merge = value;
    else if (keyText(key) === name && key.kind !== 'map' && key.kind !== 'seq') return [key, value];
  }
  if (!merge) return undefined;
  // What is merged twice, or into itself, need not be looked at again.
  seen.add(target);
  for (const source of merge.kind === 'seq' ? merge.items : [merge]) {
    const found = findEntry(source, name, seen);
    if (found) return found;
  }
  return undefined;
}

/** Decodes a node that has no misfits into a value of any kind. */
export function toValue(node: YamlNode): GoValue {
  if (node.kind === 'alias') return toValue(lookThrough(node));
  if (node.kind === 'scalar') return resolveScalar(node);
  if (node.kind === 'seq') return node.items.map(toValue);
  const map = new Map<string, GoValue>();
  fillMap(map, node);
  return map;
}

function fillMap(map: Map<string, GoValue>, node: YamlNode): void {
  let merge: YamlNode | undefined;
  for (let at = 0; at < node.items.length; at += 2) {
    const key = node.items[at] as YamlNode;
    const value = node.items[at + 1] as YamlNode;
    if (isMergeKey(key)) merge = value;
    else if (!map.has(keyText(key))) map.set(keyText(key), toValue(value));
  }
  for (const source of merge?.kind === 'seq' ? merge.items : merge ? [merge] : []) {
    const target = lookThrough(source);
    if (target?.kind === 'map') fillMap(map, target);
  }
}

/** Names and values of a mapping, those that it merges left out. */
export function entries(map: YamlNode | undefined): [name: string, value: YamlNode][] {
  if (map?.kind !== 'map') return [];
  const names = map.items.filter((key, index) => index % 2 === 0 && key.kind === 'scalar');
  return names.flatMap((key) => {
    const entry = findEntry(map, key.value);
    return entry && key.value !== '<<' ? [[key.value, entry[1]] as [string, YamlNode]] : [];
  });
}

/** A key as a text. */
export function keyText(key: YamlNode): string {
  return lookThrough(key).value;
}
