import { findField } from '../yaml/fields.ts';
import { LineTable, readYaml, YamlSyntaxError, type Position, type YamlDocument } from '../yaml/read-yaml.ts';
import type { YamlNode } from '../yaml/node.ts';
import { isNull, lookThrough } from '../yaml/resolve.ts';
import { findEndlessNeeds } from './endless-needs.ts';
import { hasExpression } from './expression.ts';
import { findMisfits, type Misfit } from './go-decode.ts';
import { expandMatrix } from './matrix.ts';
import { parseOn } from './parse-on.ts';
import { giteaMinor, type Profile } from './profile.ts';
import { findEncodingFaults } from './re-encode.ts';
import { findServerPanic } from './server-panic.ts';
import { workflowType } from './server-schema.ts';

/** Why a server drops a file: the lint rule that says so, and where. */
export interface Drop extends Position {
  rule: string;
  /** Where it stands in the file, as `jobs.a.steps[0].run`; empty for the file as a whole. */
  path: string;
  message: string;
}

/**
 * Whether a server of this profile would drop a workflow file without a word: no run, no status, no
 * mark. Null: it takes the file. GitHub and Forgejo 12 make a failed run instead, so they drop none.
 */
export function findDrop(text: string, profile: Profile): Drop | null {
  const minor = giteaMinor(profile);
  if (minor === null) return null;
  const lines = new LineTable(text);
  try {
    const misfit = findFaults(readYaml(text), minor)[0];
    if (!misfit) return null;
    const { rule, path, problem, node } = misfit;
    return { rule, path, message: sayDropped(path, problem, profile), ...lines.locate(node.start, node.end) };
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    return {
      rule: 'yaml-valid',
      path: '',
      message: sayDropped('', error.message, profile),
      ...lines.locate(error.offset, error.offset + 1),
    };
  }
}

function sayDropped(path: string, problem: string, profile: Profile): string {
  const where = path === '' ? problem : `\`${path}\`: ${problem}`;
  return `${where}; ${profile} drops the whole file without a word`;
}

/**
 * All that makes a Gitea of this minor version drop a file, in the order in which it meets it:
 * `ReadWorkflow`, `ParseRawOn`, `jobparser.Parse`, `InsertRun`.
 */
export function findFaults(document: YamlDocument, minor: number): Misfit[] {
  const { root } = document;
  if (!root) return [makeFault(emptyNode, '', 'the file is empty')];
  const faults = findMisfits(root, workflowType(minor));
  // Aliases that multiply, or name themselves, must not be followed further.
  if (faults.some(({ isFatal }) => isFatal)) return faults;
  const workflow = lookThrough(root);
  const on = findField(workflow, 'on');
  const isEmpty = !on || isNull(on) || (on.kind !== 'scalar' && on.kind !== 'alias' && on.items.length === 0);
  if (isEmpty) faults.push(makeFault(on ?? root, 'on', 'no event is named'));
  faults.push(...parseOn(on, minor).misfits);
  faults.push(...findJobFaults(root, findField(workflow, 'jobs'), minor));
  const runName = minor >= 25 ? findField(workflow, 'run-name') : undefined;
  if (runName?.kind === 'scalar') faults.push(...panics(runName, { path: 'run-name' }));
  return faults;
}

const emptyNode = { start: 0, end: 0 } as YamlNode;

function makeFault(node: YamlNode, path: string, problem: string, rule = 'decodes'): Misfit {
  return { rule, node, path, problem };
}

/** Nothing, or that the server falls over a text of this node. */
function panics(
  node: YamlNode,
  { text = node.value, path }: { text?: string; path: string },
  hasEndlessNeeds?: () => boolean,
): Misfit[] {
  const problem = findServerPanic(text, hasEndlessNeeds);
  return problem === null ? [] : [makeFault(node, path, problem, 'no-server-panic')];
}

function findJobFaults(root: YamlNode, jobs: YamlNode | undefined, minor: number): Misfit[] {
  if (!jobs || isNull(jobs)) return [makeFault(jobs ?? root, 'jobs', 'there are none')];
  if (jobs.kind === 'alias') return [makeFault(jobs, 'jobs', 'its value is an alias')];
  if (jobs.kind !== 'map') return [];
  if (jobs.items.length === 0) return [makeFault(jobs, 'jobs', 'there are none')];
  const faults: Misfit[] = [];
  let endless: ReadonlySet<string> | undefined;
  for (let at = 0; at < jobs.items.length; at += 2) {
    const id = jobs.items[at] as YamlNode;
    const job = jobs.items[at + 1] as YamlNode;
    faults.push(
      ...findFaultsOfJob(id, job, {
        minor,
        hasEndlessNeeds: () => (endless ??= findEndlessNeeds(jobs)).has(id.value),
      }),
    );
  }
  return faults;
}

function findFaultsOfJob(
  id: YamlNode,
  value: YamlNode,
  { minor, hasEndlessNeeds }: { minor: number; hasEndlessNeeds: () => boolean },
): Misfit[] {
  const path = `jobs.${id.value}`;
  const isMerge = id.value === '<<' && id.style === 'plain';
  if (id.kind !== 'scalar' || isNull(id) || isMerge) {
    return [makeFault(id, path, isMerge ? 'a merge key ("<<") stands among the jobs' : 'a job has no name')];
  }
  const job = lookThrough(value);
  if (isNull(job)) return [makeFault(value, path, 'the job is empty', 'no-server-panic')];
  if (job.kind !== 'map') return [];
  const { legs, misfits } = expandMatrix(job, path);
  const faults = [...misfits];
  const runsOn = findField(job, 'runs-on');
  // A server of 1.25.4 was seen to drop this one form; in a list, and up to 1.24, it is a label.
  if (minor >= 25 && runsOn?.kind === 'scalar' && /\$\{\{(?![\s\S]*\}\})/.test(runsOn.value)) {
    faults.push(makeFault(runsOn, `${path}.runs-on`, 'a "${{" in it is not closed', 'no-server-panic'));
  }
  for (const label of listLabels(runsOn)) {
    faults.push(...panics(label, { path: `${path}.runs-on` }, hasEndlessNeeds));
  }
  const name = findField(job, 'name');
  // Before 1.23 a name is never evaluated, and later only where a matrix gives it values.
  const isEvaluated = minor >= 23 && (legs === null || legs.some((leg) => leg.size > 0));
  const nameText = lookThrough(name)?.value ?? '';
  if (name && isEvaluated && hasExpression(nameText))
    faults.push(...panics(name, { text: nameText, path: `${path}.name` }, hasEndlessNeeds));
  faults.push(...findEncodingFaults(job, path, minor));
  return faults;
}

/** The labels of a `runs-on`, in each of its three forms; none where the server finds none. */
function listLabels(runsOn: YamlNode | undefined): YamlNode[] {
  if (runsOn?.kind === 'map') {
    const group = findField(runsOn, 'group');
    return [...listLabels(findField(runsOn, 'labels')), ...(group ? [group] : [])];
  }
  if (runsOn?.kind === 'scalar') return [runsOn];
  if (runsOn?.kind !== 'seq') return [];
  return runsOn.items.map((item) => lookThrough(item));
}
