import { entries, findField } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import { LineTable, readYaml, type Position, type YamlDocument } from '../yaml/read-yaml.ts';
import { isNull, lookThrough } from '../yaml/resolve.ts';
import { PUSH_FILTER_KEYS, type PushFilters } from './push-filter.ts';

/** A part of a file and where it stands. */
export interface Part<T> {
  value: T;
  node: YamlNode;
  position: Position;
}

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

export interface Workflow {
  /** `name:`; null where it has none. */
  name: string | null;
  on: ReadonlyMap<string, Trigger>;
  jobs: readonly Job[];
  document: YamlDocument;
  lines: LineTable;
}

/**
 * Reads a workflow file, whatever a forge would say to it: parts of a wrong kind are left out.
 * `findDrop` has the forge's view. Throws YamlSyntaxError for a text that is no YAML.
 */
export function readWorkflow(text: string): Workflow {
  return toWorkflow(readYaml(text), new LineTable(text));
}

/** The workflow in a text that is already read. */
export function toWorkflow(document: YamlDocument, lines: LineTable): Workflow {
  return new Reader(lines).read(document);
}

/** An action in the same form: its steps, if it is composite, are those of one job. */
export function toAction(document: YamlDocument, lines: LineTable): Workflow {
  return new Reader(lines).readAction(document);
}

class Reader {
  private readonly lines: LineTable;

  constructor(lines: LineTable) {
    this.lines = lines;
  }

  read(document: YamlDocument): Workflow {
    const { root } = document;
    return {
      name: this.text(root, 'name')?.value ?? null,
      on: this.readOn(findField(root, 'on')),
      jobs: this.readJobs(lookThrough(findField(root, 'jobs'))),
      document,
      lines: this.lines,
    };
  }

  readAction(document: YamlDocument): Workflow {
    const runs = lookThrough(findField(document.root, 'runs'));
    const jobs = runs?.kind === 'map' ? [this.readJob('runs', runs, runs)] : [];
    return { name: null, on: new Map(), jobs, document, lines: this.lines };
  }

  private locate(node: YamlNode): Position {
    return this.lines.locate(node.start, node.end);
  }

  private part(node: YamlNode): Part<string> {
    return { value: lookThrough(node)?.value ?? '', node, position: this.locate(node) };
  }

  private text(owner: YamlNode | null | undefined, key: string): Part<string> | null {
    const node = findField(owner, key);
    const target = lookThrough(node);
    return node && target?.kind === 'scalar' && !isNull(target) ? this.part(node) : null;
  }

  private texts(node: YamlNode | undefined): Part<string>[] {
    const target = lookThrough(node);
    if (!node || !target || isNull(target)) return [];
    if (target.kind === 'scalar') return [this.part(node)];
    if (target.kind !== 'seq') return [];
    return target.items.filter((item) => lookThrough(item)?.kind === 'scalar').map((item) => this.part(item));
  }

  private readOn(node: YamlNode | undefined): Map<string, Trigger> {
    const on = new Map<string, Trigger>();
    const target = lookThrough(node);
    if (target?.kind === 'map') {
      for (let at = 0; at < target.items.length; at += 2) {
        const key = target.items[at] as YamlNode;
        if (key.kind === 'scalar') on.set(key.value, this.readTrigger(key, target.items[at + 1] ?? null));
      }
    } else for (const { value, node: key } of this.texts(node)) on.set(value, this.readTrigger(key, null));
    return on;
  }

  private readTrigger(key: YamlNode, node: YamlNode | null): Trigger {
    const body = lookThrough(node ?? undefined);
    const filters: PushFilters = {};
    const unknownKeys: string[] = [];
    let types: string[] | null = null;
    if (body?.kind === 'seq') unknownKeys.push(...this.texts(body).map(({ value }) => value));
    for (const [name, value] of entries(body)) {
      const texts = isNull(value) ? [''] : this.texts(value).map((text) => text.value);
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
      position: this.locate(key),
    };
  }

  private readJobs(jobs: YamlNode | undefined): Job[] {
    const found: Job[] = [];
    for (let at = 0; jobs?.kind === 'map' && at < jobs.items.length; at += 2) {
      const key = jobs.items[at] as YamlNode;
      const node = lookThrough(jobs.items[at + 1]);
      if (key.kind !== 'scalar' || node?.kind !== 'map') continue;
      found.push(this.readJob(key.value, node, key));
    }
    return found;
  }

  private readJob(id: string, node: YamlNode, key: YamlNode): Job {
    return {
      id,
      name: this.text(node, 'name'),
      needs: this.texts(findField(node, 'needs')),
      if: this.text(node, 'if'),
      uses: this.text(node, 'uses'),
      runsOn: this.readRunsOn(findField(node, 'runs-on')),
      steps: (lookThrough(findField(node, 'steps'))?.items ?? []).flatMap((item) => this.readStep(item)),
      node,
      position: this.locate(key),
    };
  }

  private readRunsOn(node: YamlNode | undefined): Part<string>[] {
    const target = lookThrough(node);
    if (target?.kind !== 'map') return this.texts(node);
    return [...this.texts(findField(target, 'labels')), ...this.texts(findField(target, 'group'))];
  }

  private readStep(item: YamlNode): Step[] {
    const node = lookThrough(item);
    if (node?.kind !== 'map') return [];
    return [
      {
        name: this.text(node, 'name')?.value ?? null,
        uses: this.text(node, 'uses'),
        run: this.text(node, 'run'),
        node,
        position: this.locate(item),
      },
    ];
  }
}
