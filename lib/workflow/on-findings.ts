import { toValue } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { isNull, lookThrough, tagOf } from '../yaml/resolve.ts';
import { describeNode } from './describe-node.ts';
import { findMisfits, type Misfit } from './go-decode.ts';
import type { GoType } from './go-types.ts';

/** An event as the server's `ParseRawOn` makes it. */
export interface ServerEvent {
  name: string;
  /** The filters and types it waits for. */
  acts: Map<string, string[]>;
  /** It is taken for a schedule: no other event starts it. */
  isSchedule: boolean;
}

/** What is found while `on:` is read: the events that the server makes, and what makes it refuse the file. */
export class OnFindings {
  readonly events: ServerEvent[] = [];
  readonly misfits: Misfit[] = [];

  add(name: string, acts = new Map<string, string[]>(), isSchedule = false): void {
    this.events.push({ name, acts, isSchedule });
  }

  refuse(misfit: Misfit): void {
    this.misfits.push(misfit);
  }

  /** Refuses what does not fit the type; answers whether all of it fits. */
  check(node: YamlNode, type: GoType, path: string): boolean {
    const misfits = findMisfits(node, type, [path]);
    this.misfits.push(...misfits);
    return misfits.length === 0;
  }

  /** Refuses a filter of an event whose value is none that the server takes. */
  refuseFilter(event: string, { key, value, path }: { key: string; value: YamlNode; path: string }): void {
    const rule = ruleOfFilter(event, key, value);
    this.refuse({ rule, node: value, path, problem: `its value is ${describeNode(value)}` });
  }

  /** Refuses an item of a schedule that is no mapping of texts; answers whether all of them are. */
  checkSchedule(items: readonly YamlNode[], path: string): boolean {
    for (const [index, item] of items.entries()) {
      const value = toValue(item);
      const isTexts = value instanceof Map && [...value.values()].every((part) => typeof part === 'string');
      if (isTexts && hasTextKeys(lookThrough(item))) continue;
      const problem = `${describeNode(item)} stands where a mapping of texts must`;
      this.refuse({ rule: 'decodes', node: item, path: `${path}[${index}]`, problem });
      return false;
    }
    return true;
  }
}

function ruleOfFilter(event: string, key: string, value: YamlNode): string {
  if (event === 'workflow_call' && /^(inputs|secrets|outputs)$/.test(key)) return 'no-call-interface';
  if (event === 'workflow_dispatch' && key === 'inputs') return 'no-dispatch-inputs';
  if (event === '<<') return 'no-alias-in-on';
  if (value.kind !== 'scalar') return 'decodes';
  return isNull(value) ? 'no-null-filter' : 'string-filters';
}

/** The text of a scalar that go-yaml takes for one; null for numbers, booleans, nulls and the rest. */
export function toText(node: YamlNode): string | null {
  const target = lookThrough(node);
  if (target.kind !== 'scalar') return null;
  const value = toValue(target);
  return typeof value === 'string' ? value : null;
}

/** Are all keys of a mapping texts, or merges? */
export function hasTextKeys(map: YamlNode): boolean {
  return map.items.every((key, index) => index % 2 === 1 || ['!!str', '!!merge'].includes(tagOf(key)));
}
