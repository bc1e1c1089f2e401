import { entries } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { Position } from '../yaml/read-yaml.ts';
import { isNull, lookThrough } from '../yaml/resolve.ts';
import type { PartReader } from './parts.ts';
import { PUSH_FILTER_KEYS, type PushFilters } from './push-filter.ts';

/** One event under `on:`. */
export interface Trigger {
  /** Filters as `decidePushFilter` takes them, with the keys that are none. */
  filters: PushFilters & { unknownKeys: readonly string[] };
  /** Keys under the event beside `types` and the filters of a push. */
  unknownKeys: readonly string[];
  /** Its `types:`; null where it has none. */
  types: readonly string[] | null;
  /** The event's name. */
  key: YamlNode;
  /** What stands under it; null where nothing does, or the event is an item of a list. */
  node: YamlNode | null;
  position: Position;
}

/** The events of `on:` by their names. */
export function readTriggers(parts: PartReader, node: YamlNode | undefined): Map<string, Trigger> {
  const on = new Map<string, Trigger>();
  const target = lookThrough(node);
  if (target?.kind === 'map') {
    for (let at = 0; at < target.items.length; at += 2) {
      const key = target.items[at] as YamlNode;
      if (key.kind !== 'scalar') continue;
      on.set(key.value, readTrigger(parts, key, target.items[at + 1] ?? null));
    }
  } else for (const { value, node: key } of parts.texts(node)) on.set(value, readTrigger(parts, key, null));
  return on;
}

function readTrigger(parts: PartReader, key: YamlNode, node: YamlNode | null): Trigger {
  const body = lookThrough(node ?? undefined);
  const filters: PushFilters = {};
  const unknownKeys: string[] = [];
  let types: string[] | null = null;
  if (body?.kind === 'seq') unknownKeys.push(...parts.texts(body).map(({ value }) => value));
  for (const [name, value] of entries(body)) {
    const texts = isNull(value) ? [''] : parts.texts(value).map((text) => text.value);
    const known = PUSH_FILTER_KEYS.find((filter) => filter === name);
    if (known) filters[known] = texts;
    else if (name === 'types') types = texts;
    if (!known) unknownKeys.push(name);
  }
  const others = unknownKeys.filter((name) => name !== 'types');
  return {
    filters: { ...filters, unknownKeys },
    unknownKeys: others,
    types,
    key,
    node,
    position: parts.locate(key),
  };
}
