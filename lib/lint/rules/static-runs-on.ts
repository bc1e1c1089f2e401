import { hasExpression, splitExpressions } from '../../workflow/expression.ts';
import { expandMatrix } from '../../workflow/matrix.ts';
import type { Job } from '../../workflow/job.ts';
import { findEntry, findField } from '../../yaml/fields.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { isNull, lookThrough } from '../../yaml/resolve.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';
import { mayGiveList } from '../list-label.ts';
import { findKey, isOnlyCalled } from '../triggers.ts';

export const staticRunsOn: Rule = {
  id: 'static-runs-on',
  level: 'error',
  profiles: giteaProfiles,
  demand: '`runs-on` is known before anything has run.',
  why: 'Gitea fills `runs-on` in when the run is made. A list, of `fromJSON` or in the matrix, becomes the label "Array", `needs` is empty, and both wait until they are cancelled after a day. Other contexts than `matrix` and `vars` are empty up to 1.24, `github` and `inputs` are there from 1.25. An alias, or no `runs-on`, is a job that any runner may take; `group` is one more label that the runner must have. (In a file that is only called the runner fills it in.)',
  check,
};

function* check({ workflow, minor }: FileInput): Iterable<Problem> {
  if (isOnlyCalled(workflow)) return;
  for (const job of workflow.jobs) {
    const [key, node] = findEntry(job.node, 'runs-on') ?? [];
    if (!key || !node || (node.kind !== 'alias' && isEmpty(node))) {
      if (!job.uses) yield reportNone(job, key ?? findKey(workflow.document.root, job));
      continue;
    }
    if (node.kind === 'alias') {
      const message = `\`runs-on\` of job "${job.id}" is an alias, which Gitea reads as no label: any runner may take the job; write the label out`;
      yield { start: node.start, end: node.end, message };
    }
    const group = node.kind === 'map' ? findField(node, 'group') : undefined;
    if (group) {
      const message = `Gitea takes the group "${lookThrough(group).value}" for one more label: the job waits for a runner that has it; use labels alone`;
      yield { start: group.start, end: group.end, message, level: 'warning' };
    }
    for (const { value, node: label } of job.runsOn) {
      const isOpen = value.includes('${{') && !hasExpression(value);
      const problem = isOpen ? unclosed : hasExpression(value) ? judge(value, minor ?? 22) : null;
      if (!problem && !isListValue(value, job.node)) continue;
      const [effect, level] = problem ?? ['becomes the label "Array" where the value is a list', 'error'];
      const message = `\`runs-on: ${value}\` ${effect}, so job "${job.id}" ${tellEnd(value, level)}; write the labels out`;
      yield { start: label.start, end: label.end, message, level };
    }
  }
}

function tellEnd(value: string, level: 'error' | 'warning'): string {
  if (level === 'error') return 'waits for a runner that nobody has';
  const fallback = /\|\|\s*'([^']+)'\s*\}\}$/.exec(value)?.[1];
  return fallback === undefined ? 'may wait for ever' : `may always get "${fallback}"`;
}

function isEmpty(node: YamlNode): boolean {
  return isNull(node) || (node.kind === 'seq' && node.items.length === 0);
}

function reportNone({ id }: Job, { start, end }: { start: number; end: number }): Problem {
  const message = `job "${id}" names no label in \`runs-on\`, so any runner may take it; name one`;
  return { start, end, message };
}

const unclosed: [effect: string, level: 'error' | 'warning'] = [
  'is not closed and becomes a label as it stands',
  'error',
];

function judge(value: string, minor: number): [effect: string, level: 'error' | 'warning'] | null {
  const expressions = (splitExpressions(value) ?? []).filter(({ kind }) => kind === 'expression');
  const code = expressions.map(({ text }) => text.replace(/'(?:[^']|'')*'/g, "''")).join(' ');
  const contexts = Array.from(code.matchAll(/(?<![\w.-])([a-z]+)\s*[.[]/gi), ([, name = '']) =>
    name.toLowerCase(),
  );
  if (contexts.includes('needs')) return ['needs what has not run yet and is empty', 'error'];
  if (expressions.some(({ text }) => mayGiveList(text)))
    return ['becomes the label "Array" or "Object" where it gives a list', 'error'];
  const known = minor >= 25 ? ['matrix', 'vars', 'github', 'gitea', 'inputs'] : ['matrix', 'vars'];
  const name = contexts.find((one) => contextNames.includes(one) && !known.includes(one));
  return name === undefined ? null : [`uses \`${name}\`, which is empty when Gitea fills it in`, 'warning'];
}

const contextNames = ['github', 'gitea', 'inputs', 'secrets', 'env', 'steps', 'runner'];

/** Whether the label is a matrix value that is a list in some leg. */
function isListValue(value: string, job: YamlNode): boolean {
  const key = /^\$\{\{\s*matrix(?:\.([\w-]+)|\[\s*'([^']+)'\s*\])\s*\}\}$/.exec(value);
  const name = key?.[1] ?? key?.[2];
  if (name === undefined) return false;
  const { legs } = expandMatrix(job, '');
  return legs?.some((leg) => typeof leg.get(name) === 'object' && leg.get(name) !== null) ?? false;
}
