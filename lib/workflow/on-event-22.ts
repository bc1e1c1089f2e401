import type { YamlNode } from '../yaml/node.ts';
import { isMergeKey, isNull, lookThrough } from '../yaml/resolve.ts';
import { describeNode } from './describe-node.ts';
import { anything } from './go-types.ts';
import { hasTextKeys, toText, type OnFindings } from './on-findings.ts';

/**
 * Reads an event of `on:` as Gitea 1.22 does: decoded first, so aliases and merge keys are gone, but each value must be
 * text.
 */
export function readEvent22(found: OnFindings, { value: name }: YamlNode, body: YamlNode): void {
  const path = `on.${name}`;
  if (!found.check(body, anything, path)) return;
  const target = lookThrough(body);
  if (target.kind === 'map') readFilters(found, name, target, path);
  else if (target.kind === 'seq') readList(found, name, target, path);
  else if (isNull(target) || toText(target) !== null) found.add(name);
  else {
    const problem = `${describeNode(target)} stands where its filters must`;
    found.refuse({ rule: 'decodes', node: body, path, problem });
  }
}

function readFilters(found: OnFindings, name: string, body: YamlNode, path: string): void {
  if (!hasTextKeys(body))
    return found.refuse({ rule: 'decodes', node: body, path, problem: 'one of its keys is no text' });
  const acts = new Map<string, string[]>();
  for (const [key, value] of mergedEntries(body)) {
    const items = value.kind === 'seq' ? value.items : [value];
    const texts = items.map(toText);
    // The server stops at the first; the author wants to hear of all.
    for (const [index, item] of items.entries()) {
      if (texts[index] !== null) continue;
      const inner = `${path}.${key}${value.kind === 'seq' ? `[${index}]` : ''}`;
      found.refuseFilter(name, { key, value: item, path: inner });
    }
    if (!texts.includes(null)) acts.set(key, texts as string[]);
  }
  found.add(name, acts);
}

function readList(found: OnFindings, name: string, body: YamlNode, path: string): void {
  if (name !== 'schedule') {
    const rule = name === '<<' ? 'no-alias-in-on' : 'filters-not-list';
    found.refuse({ rule, node: body, path, problem: 'its value is a list' });
  } else if (found.checkSchedule(body.items, path)) found.add(name, new Map(), true);
}

/** Keys and values of a mapping with what it merges; its own keys win. */
function mergedEntries(map: YamlNode, seen = new Map<string, YamlNode>()): Map<string, YamlNode> {
  let merge: YamlNode | undefined;
  for (let at = 0; at < map.items.length; at += 2) {
    const key = map.items[at] as YamlNode;
    const value = map.items[at + 1] as YamlNode;
    const name = lookThrough(key).value;
    if (isMergeKey(key)) merge = value;
    else if (!seen.has(name)) seen.set(name, lookThrough(value));
  }
  for (const source of merge?.kind === 'seq' ? merge.items : merge ? [merge] : []) {
    const target = lookThrough(source);
    if (target?.kind === 'map') mergedEntries(target, seen);
  }
  return seen;
}
