import { findField } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { Position } from '../yaml/read-yaml.ts';
import { lookThrough } from '../yaml/resolve.ts';
import type { Part, PartReader } from './parts.ts';

export interface Step {
  name: string | null;
  uses: Part<string> | null;
  run: Part<string> | null;
  node: YamlNode;
  position: Position;
}

export interface Job {
  id: string;
  name: Part<string> | null;
  needs: Part<string>[];
  if: Part<string> | null;
  uses: Part<string> | null;
  runsOn: Part<string>[];
  steps: Step[];
  /** The job's mapping, looked through an alias. */
  node: YamlNode;
  position: Position;
}

/** The jobs under `jobs:`, in order. */
export function readJobs(parts: PartReader, node: YamlNode | undefined): Job[] {
  const jobs = lookThrough(node);
  const found: Job[] = [];
  for (let at = 0; jobs?.kind === 'map' && at < jobs.items.length; at += 2) {
    const key = jobs.items[at] as YamlNode;
    const body = lookThrough(jobs.items[at + 1]);
    if (key.kind !== 'scalar' || body?.kind !== 'map') continue;
    found.push(readJob(parts, body, { id: key.value, key }));
  }
  return found;
}

/** One job out of its mapping; `key` is the node that it is found at. */
export function readJob(parts: PartReader, node: YamlNode, { id, key }: { id: string; key: YamlNode }): Job {
  const steps = lookThrough(findField(node, 'steps'))?.items ?? [];
  return {
    id,
    name: parts.text(node, 'name'),
    needs: parts.texts(findField(node, 'needs')),
    if: parts.text(node, 'if'),
    uses: parts.text(node, 'uses'),
    runsOn: readRunsOn(parts, findField(node, 'runs-on')),
    steps: steps.flatMap((item) => readStep(parts, item)),
    node,
    position: parts.locate(key),
  };
}

function readRunsOn(parts: PartReader, node: YamlNode | undefined): Part<string>[] {
  const target = lookThrough(node);
  if (target?.kind !== 'map') return parts.texts(node);
  return [...parts.texts(findField(target, 'labels')), ...parts.texts(findField(target, 'group'))];
}

function readStep(parts: PartReader, item: YamlNode): Step[] {
  const node = lookThrough(item);
  if (node?.kind !== 'map') return [];
  return [
    {
      name: parts.text(node, 'name')?.value ?? null,
      uses: parts.text(node, 'uses'),
      run: parts.text(node, 'run'),
      node,
      position: parts.locate(item),
    },
  ];
}
