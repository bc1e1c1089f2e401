import { findField } from '../yaml/fields.ts';
import { LineTable, readYaml, type YamlDocument } from '../yaml/read-yaml.ts';
import { lookThrough } from '../yaml/resolve.ts';
import { readJob, readJobs, type Job } from './job.ts';
import { PartReader } from './parts.ts';
import { readTriggers, type Trigger } from './trigger.ts';

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
  const { root } = document;
  const parts = new PartReader(lines);
  return {
    name: parts.text(root, 'name')?.value ?? null,
    on: readTriggers(parts, findField(root, 'on')),
    jobs: readJobs(parts, findField(root, 'jobs')),
    document,
    lines,
  };
}

/** An action in the same form: its steps, if it is composite, are those of one job. */
export function toAction(document: YamlDocument, lines: LineTable): Workflow {
  const runs = lookThrough(findField(document.root, 'runs'));
  const jobs = runs?.kind === 'map' ? [readJob(new PartReader(lines), runs, { id: 'runs', key: runs })] : [];
  return { name: null, on: new Map(), jobs, document, lines };
}
