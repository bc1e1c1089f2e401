import { toValue } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import { isMergeKey, isNull, lookThrough, tagOf } from '../yaml/resolve.ts';
import { describe, findMisfits, type Misfit } from './go-decode.ts';
import { listOf, text, type GoType } from './go-types.ts';
import { dispatchInputType } from './server-schema.ts';

/** An event as the server's `ParseRawOn` makes it. */
export interface ServerEvent {
  name: string;
  /** The filters and types it waits for. */
  acts: Map<string, string[]>;
  /** It is taken for a schedule: no other event starts it. */
  isSchedule: boolean;
}

const any: GoType = { is: 'any' };

/**
 * Reads `on:` as `ParseRawOn` (act, pkg/jobparser/model.go) of a Gitea version does: what it makes of
 * the events, and what makes it refuse the file.
 */
export function parseOn(
  on: YamlNode | undefined,
  minor: number,
): { events: ServerEvent[]; misfits: Misfit[] } {
  const reader = new OnReader(minor);
  reader.read(on);
  return { events: reader.events, misfits: reader.misfits };
}

class OnReader {
  readonly events: ServerEvent[] = [];
  readonly misfits: Misfit[] = [];
  private readonly minor: number;

  constructor(minor: number) {
    this.minor = minor;
  }

  read(on: YamlNode | undefined): void {
    if (!on) return;
    if (on.kind === 'alias') return this.refuse('no-alias-in-on', on, 'on', 'its value is an alias');
    if (on.kind === 'scalar') {
      if (this.check(on, text, ['on'])) this.add(on.value);
    } else if (on.kind === 'seq') {
      if (this.check(on, any, ['on'])) on.items.forEach((item, index) => this.readListed(item, index));
    } else {
      for (let at = 0; at < on.items.length; at += 2) {
        this.readEvent(on.items[at] as YamlNode, on.items[at + 1] as YamlNode);
      }
    }
  }

  private add(name: string, acts = new Map<string, string[]>(), isSchedule = false): void {
    this.events.push({ name, acts, isSchedule });
  }

  private refuse(rule: string, node: YamlNode, path: string, problem: string): void {
    this.misfits.push({ rule, node, path, problem });
  }

  private check(node: YamlNode, type: GoType, path: readonly string[]): boolean {
    const misfits = findMisfits(node, type, path);
    this.misfits.push(...misfits);
    return misfits.length === 0;
  }

  private readListed(item: YamlNode, index: number): void {
    if (toText(item) !== null) return this.add(toText(item) ?? '');
    const rule = item.kind === 'map' ? 'filters-not-list' : 'decodes';
    this.refuse(rule, item, `on[${index}]`, `${describe(item)} stands where the name of an event must`);
  }

  private readEvent(key: YamlNode, body: YamlNode): void {
    if (key.kind !== 'scalar')
      return this.refuse('decodes', key, 'on', `${describe(key)} is used as an event`);
    const name = key.value;
    const path = `on.${name}`;
    if (this.minor === 22) {
      if (!this.check(body, any, [path])) return;
      const target = lookThrough(body);
      if (target.kind === 'map') this.readBody22(name, target, path);
      else if (target.kind === 'seq') this.readList22(name, target, path);
      else if (isNull(target) || toText(target) !== null) this.add(name);
      else this.refuse('decodes', body, path, `${describe(target)} stands where its filters must`);
      return;
    }
    if (body.kind === 'alias') {
      const problem = isMergeKey(key)
        ? 'a merge key ("<<") stands in it'
        : `its value is the alias *${body.value}`;
      return this.refuse('no-alias-in-on', body, isMergeKey(key) ? 'on' : path, problem);
    }
    if (body.kind === 'scalar') this.add(name);
    else if (body.kind === 'map') this.readBody(name, body, path);
    else if (this.check(body, any, [path]) && (name !== 'schedule' || this.checkSchedule(body, path))) {
      this.add(name, new Map(), body.items.length > 0);
    }
  }

  /** 1.22 decodes the event first, so aliases and merge keys are gone, but each value must be text. */
  private readBody22(name: string, body: YamlNode, path: string): void {
    if (!hasTextKeys(body)) {
      return this.refuse('decodes', body, path, 'one of its keys is no text');
    }
    const acts = new Map<string, string[]>();
    for (const [key, value] of mergedEntries(body)) {
      const items = value.kind === 'seq' ? value.items : [value];
      const texts = items.map(toText);
      // The server stops at the first; the author wants to hear of all.
      for (const [index, item] of items.entries()) {
        const inner = `${path}.${key}${value.kind === 'seq' ? `[${index}]` : ''}`;
        if (texts[index] === null) this.refuseFilter(name, key, item, inner);
      }
      if (!texts.includes(null)) acts.set(key, texts as string[]);
    }
    this.add(name, acts);
  }

  private readList22(name: string, body: YamlNode, path: string): void {
    if (name !== 'schedule') {
      const rule = name === '<<' ? 'no-alias-in-on' : 'filters-not-list';
      return this.refuse(rule, body, path, 'its value is a list');
    }
    if (this.checkSchedule(body, path)) this.add(name, new Map(), true);
  }

  private checkSchedule(body: YamlNode, path: string): boolean {
    for (const [index, item] of body.items.entries()) {
      const value = toValue(item);
      const target = lookThrough(item);
      const isTexts = value instanceof Map && [...value.values()].every((part) => typeof part === 'string');
      if (isTexts && target && hasTextKeys(target)) continue;
      this.refuse(
        'decodes',
        item,
        `${path}[${index}]`,
        `${describe(item)} stands where a mapping of texts must`,
      );
      return false;
    }
    return true;
  }

  /** From 1.23 on it walks over the nodes as they stand, so an alias is not followed. */
  private readBody(name: string, body: YamlNode, path: string): void {
    const acts = new Map<string, string[]>();
    for (let at = 0; at < body.items.length; at += 2) {
      const key = body.items[at] as YamlNode;
      const value = body.items[at + 1] as YamlNode;
      const inner = `${path}.${key.value}`;
      if (key.kind !== 'scalar') this.refuse('decodes', key, path, `${describe(key)} is used as a key`);
      else if (value.kind === 'alias') {
        const problem = isMergeKey(key)
          ? 'a merge key ("<<") stands in it'
          : `its value is the alias *${value.value}`;
        this.refuse('no-alias-in-on', value, isMergeKey(key) ? path : inner, problem);
      } else if (value.kind === 'seq') {
        if (this.check(value, listOf(text), [inner])) acts.set(key.value, listTexts(value));
      } else if (value.kind === 'map') this.readMapping(name, key, value, inner);
      else if (this.minor === 23) this.refuseFilter(name, key.value, value, inner);
      else acts.set(key.value, [isNull(value) ? '' : value.value]);
    }
    this.add(name, acts);
  }

  private readMapping(name: string, key: YamlNode, value: YamlNode, path: string): void {
    if (name !== 'workflow_dispatch' || key.value !== 'inputs')
      return this.refuseFilter(name, key.value, value, path);
    for (let at = 0; at < value.items.length; at += 2) {
      const input = value.items[at] as YamlNode;
      const body = value.items[at + 1] as YamlNode;
      const inner = `${path}.${input.value}`;
      if (input.kind !== 'scalar') this.refuse('decodes', input, path, `${describe(input)} is used as a key`);
      else if (body.kind === 'map') this.check(body, dispatchInputType, [inner]);
      else if (body.kind === 'alias')
        this.refuse('no-alias-in-on', body, inner, `its value is the alias *${body.value}`);
      else this.refuse('decodes', body, inner, `${describe(body)} stands where a mapping must`);
    }
  }

  private refuseFilter(event: string, key: string, value: YamlNode, path: string): void {
    const isInterface = /^(inputs|secrets|outputs)$/.test(key);
    const rule =
      event === 'workflow_call' && isInterface
        ? 'no-call-interface'
        : event === 'workflow_dispatch' && key === 'inputs'
          ? 'no-dispatch-inputs'
          : event === '<<'
            ? 'no-alias-in-on'
            : value.kind !== 'scalar'
              ? 'decodes'
              : isNull(value)
                ? 'no-null-filter'
                : 'string-filters';
    this.refuse(rule, value, path, `its value is ${describe(value)}`);
  }
}

/** The text of a scalar that go-yaml takes for one; null for numbers, booleans, nulls and the rest. */
function toText(node: YamlNode): string | null {
  const target = lookThrough(node);
  if (target.kind !== 'scalar') return null;
  const value = toValue(target);
  return typeof value === 'string' ? value : null;
}

/** A null item is left out when Go fills a list of texts. */
function listTexts(list: YamlNode): string[] {
  return list.items
    .map((item) => lookThrough(item))
    .filter((item) => !isNull(item))
    .map((item) => item.value);
}

function hasTextKeys(map: YamlNode): boolean {
  return map.items.every((key, index) => index % 2 === 1 || ['!!str', '!!merge'].includes(tagOf(key)));
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
