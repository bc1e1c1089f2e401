import { hasExpression } from '../../workflow/expression.ts';
import { findField } from '../../yaml/fields.ts';
import { lookThrough } from '../../yaml/resolve.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';

export const staticRunsOn: Rule = {
  id: 'static-runs-on',
  level: 'error',
  profiles: giteaProfiles,
  demand: '`runs-on` is known before anything has run.',
  why: 'Gitea fills `runs-on` in when the run is made. `fromJSON` and a list in the matrix become the label "Array", `needs` is empty, and both wait until they are cancelled after a day. Other contexts than `matrix` and `vars` are empty up to 1.24, `github` and `inputs` are there from 1.25. An alias, or no `runs-on`, is a job that any runner may take; `group` is one more label that the runner must have.',
  check,
};

function* check({ workflow, minor }: FileInput): Iterable<Problem> {
  for (const job of workflow.jobs) {
    const node = findField(job.node, 'runs-on');
    if (!node) continue;
    if (node.kind === 'alias') {
      const message = `\`runs-on\` of job "${job.id}" is an alias, which Gitea reads as no label: any runner may take the job; write the label out`;
      yield { start: node.start, end: node.end, message };
    }
    const group = node.kind === 'map' ? findField(node, 'group') : undefined;
    if (group) {
      const message = `Gitea takes the group "${group.value}" for one more label: the job waits for a runner that has it; use labels alone`;
      yield { start: group.start, end: group.end, message, level: 'warning' };
    }
    for (const { value, node: label } of job.runsOn) {
      const isOpen = value.includes('${{') && !hasExpression(value);
      const problem = isOpen ? unclosed : hasExpression(value) ? judge(value, minor ?? 22) : null;
      if (!problem && !isListValue(value, job.node)) continue;
      const [effect, level] = problem ?? ['becomes the label "Array" where the value is a list', 'error'];
      const message = `\`runs-on: ${value}\` ${effect}, so job "${job.id}" ${level === 'error' ? 'waits for a runner that nobody has' : 'may wait for ever'}; write the labels out`;
      yield { start: label.start, end: label.end, message, level };
    }
  }
}

const unclosed: [effect: string, level: 'error' | 'warning'] = [
  'is not closed and becomes a label as it stands',
  'error',
];

function judge(value: string, minor: number): [effect: string, level: 'error' | 'warning'] | null {
  if (/\bneeds\s*[.[]/.test(value)) return ['needs what has not run yet and is empty', 'error'];
  if (/\bfromJSON\s*\(/i.test(value))
    return ['becomes the label "Array" or "Object" where it gives a list', 'error'];
  const empty =
    minor >= 25
      ? /\b(secrets|env|steps|runner)\s*[.[]/
      : /\b(github|gitea|inputs|secrets|env|steps|runner)\s*[.[]/;
  const name = empty.exec(value)?.[1];
  return name === undefined ? null : [`uses \`${name}\`, which is empty when Gitea fills it in`, 'warning'];
}

/** Whether the label is a matrix value that is a list somewhere. */
function isListValue(value: string, job: Parameters<typeof findField>[0]): boolean {
  const key = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(value)?.[1];
  const matrix = findField(findField(job, 'strategy'), 'matrix');
  const values = key === undefined ? undefined : lookThrough(findField(matrix, key));
  return values?.items.some((item) => item.kind === 'seq') ?? false;
}
