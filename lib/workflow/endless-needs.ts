import { findField } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { lookThrough } from '../yaml/resolve.ts';

/** The ids of the jobs whose `needs`, and theirs in turn, go round in a circle or lead to no job. */
export function findEndlessNeeds(jobs: YamlNode): ReadonlySet<string> {
  const open = new Map<string, number>();
  const waiting = new Map<string, string[]>();
  for (let at = 0; at < jobs.items.length; at += 2) {
    const id = jobs.items[at]?.value ?? '';
    const needs = new Set(listNeeds(findField(lookThrough(jobs.items[at + 1]), 'needs')));
    open.set(id, needs.size);
    for (const need of needs) {
      const others = waiting.get(need);
      if (others) others.push(id);
      else waiting.set(need, [id]);
    }
  }
  const ended = Array.from(open.keys()).filter((id) => open.get(id) === 0);
  for (let id = ended.pop(); id !== undefined; id = ended.pop()) {
    open.delete(id);
    for (const other of waiting.get(id) ?? []) {
      const left = (open.get(other) ?? 0) - 1;
      open.set(other, left);
      if (left === 0) ended.push(other);
    }
  }
  return new Set(open.keys());
}

/** The server does not follow an alias here, and takes a null for a job without a name. */
function listNeeds(needs: YamlNode | undefined): string[] {
  if (needs?.kind === 'scalar') return [needs.value];
  return needs?.kind === 'seq' ? needs.items.map((item) => lookThrough(item).value) : [];
}
