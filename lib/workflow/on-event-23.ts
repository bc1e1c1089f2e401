import type { YamlNode } from '../yaml/node.ts';
import { isMergeKey, isNull, lookThrough, textOf } from '../yaml/resolve.ts';
import { describeNode } from './describe-node.ts';
import { anything, listOf, text } from './go-types.ts';
import type { OnFindings } from './on-findings.ts';
import { dispatchInputType } from './server-schema.ts';

/**
 * Reads an event of `on:` as Gitea from 1.23 on does: over the nodes as they stand, so an alias is not followed.
 * From 1.24 on a filter may also be one bare value.
 */
export function readEvent23(
  found: OnFindings,
  key: YamlNode,
  body: YamlNode,
  { takesBareValues }: { takesBareValues: boolean },
): void {
  const name = key.value;
  const path = `on.${name}`;
  if (body.kind === 'alias') refuseAlias(found, key, body, { outer: 'on', path });
  else if (body.kind === 'scalar') found.add(name);
  else if (body.kind === 'map') readFilters(found, name, body, { path, takesBareValues });
  else if (
    found.check(body, anything, path) &&
    (name !== 'schedule' || found.checkSchedule(body.items, path))
  )
    found.add(name, new Map(), body.items.length > 0);
}

function readFilters(
  found: OnFindings,
  event: string,
  body: YamlNode,
  { path: outer, takesBareValues }: { path: string; takesBareValues: boolean },
): void {
  const acts = new Map<string, string[]>();
  for (let at = 0; at < body.items.length; at += 2) {
    const node = body.items[at] as YamlNode;
    const value = body.items[at + 1] as YamlNode;
    const key = node.value;
    const path = `${outer}.${key}`;
    if (node.kind !== 'scalar') refuseKey(found, node, outer);
    else if (value.kind === 'alias') refuseAlias(found, node, value, { outer, path });
    else if (value.kind === 'seq') {
      if (found.check(value, listOf(text), path)) acts.set(key, listTexts(value));
    } else if (value.kind === 'map') {
      if (event === 'workflow_dispatch' && key === 'inputs') checkInputs(found, value, path);
      else found.refuseFilter(event, { key, value, path });
    } else if (takesBareValues) acts.set(key, [isNull(value) ? '' : textOf(value)]);
    else found.refuseFilter(event, { key, value, path });
  }
  found.add(event, acts);
}

function checkInputs(found: OnFindings, inputs: YamlNode, outer: string): void {
  for (let at = 0; at < inputs.items.length; at += 2) {
    const input = inputs.items[at] as YamlNode;
    const body = inputs.items[at + 1] as YamlNode;
    const path = `${outer}.${input.value}`;
    if (input.kind !== 'scalar') refuseKey(found, input, outer);
    else if (body.kind === 'map') found.check(body, dispatchInputType, path);
    else if (body.kind === 'alias') refuseAlias(found, null, body, { outer, path });
    else {
      const problem = `${describeNode(body)} stands where a mapping must`;
      found.refuse({ rule: 'decodes', node: body, path, problem });
    }
  }
}

function refuseKey(found: OnFindings, key: YamlNode, path: string): void {
  found.refuse({ rule: 'decodes', node: key, path, problem: `${describeNode(key)} is used as a key` });
}

/** A merge is said of the mapping that it stands in, another alias of its key. */
function refuseAlias(
  found: OnFindings,
  key: YamlNode | null,
  alias: YamlNode,
  { outer, path }: { outer: string; path: string },
): void {
  const isMerge = key !== null && isMergeKey(key);
  found.refuse({
    rule: 'no-alias-in-on',
    node: alias,
    path: isMerge ? outer : path,
    problem: isMerge ? 'a merge key ("<<") stands in it' : `its value is the alias *${alias.value}`,
  });
}

/** A null item is left out when Go fills a list of texts. */
function listTexts(list: YamlNode): string[] {
  return list.items
    .map((item) => lookThrough(item))
    .filter((item) => !isNull(item))
    .map(textOf);
}
