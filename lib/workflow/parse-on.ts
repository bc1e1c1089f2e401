import type { YamlNode } from '../yaml/node.ts';
import { describeNode } from './describe-node.ts';
import type { Misfit } from './go-decode.ts';
import { anything, text } from './go-types.ts';
import { readEvent22 } from './on-event-22.ts';
import { readEvent23 } from './on-event-23.ts';
import { OnFindings, toText, type ServerEvent } from './on-findings.ts';

/**
 * Reads `on:` as `ParseRawOn` (act, pkg/jobparser/model.go) of a Gitea version does: what it makes of
 * the events, and what makes it refuse the file.
 */
export function parseOn(
  on: YamlNode | undefined,
  minor: number,
): { events: ServerEvent[]; misfits: Misfit[] } {
  const found = new OnFindings();
  if (on) read(found, on, minor);
  return { events: found.events, misfits: found.misfits };
}

function read(found: OnFindings, on: YamlNode, minor: number): void {
  if (on.kind === 'alias')
    return found.refuse({ rule: 'no-alias-in-on', node: on, path: 'on', problem: 'its value is an alias' });
  if (on.kind === 'scalar') {
    if (found.check(on, text, 'on')) found.add(on.value);
  } else if (on.kind === 'seq') {
    if (found.check(on, anything, 'on')) on.items.forEach((item, index) => readListed(found, item, index));
  } else {
    for (let at = 0; at < on.items.length; at += 2) {
      readEvent(found, on.items[at] as YamlNode, on.items[at + 1] as YamlNode, minor);
    }
  }
}

function readListed(found: OnFindings, item: YamlNode, index: number): void {
  const name = toText(item);
  if (name !== null) return found.add(name);
  const rule = item.kind === 'map' ? 'filters-not-list' : 'decodes';
  const problem = `${describeNode(item)} stands where the name of an event must`;
  found.refuse({ rule, node: item, path: `on[${index}]`, problem });
}

function readEvent(found: OnFindings, key: YamlNode, body: YamlNode, minor: number): void {
  if (key.kind !== 'scalar') {
    const problem = `${describeNode(key)} is used as an event`;
    found.refuse({ rule: 'decodes', node: key, path: 'on', problem });
  } else if (minor === 22) readEvent22(found, key, body);
  else readEvent23(found, key, body, { takesBareValues: minor > 23 });
}
