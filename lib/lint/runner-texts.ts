import { findField } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { lookThrough } from '../yaml/resolve.ts';
import type { Workflow } from '../workflow/workflow.ts';

/** A text that the runner fills in when it runs a job, and where it stands. */
export interface RunnerText {
  node: YamlNode;
  path: string;
  /** The whole of it is an expression: an `if`, of a job or of a step. */
  isIf: boolean;
  isOfJob: boolean;
}

/** The texts of a workflow that the runner fills in, each once, wherever aliases lead to it. */
export function listRunnerTexts({ document: { root }, jobs }: Workflow): RunnerText[] {
  const found: RunnerText[] = [];
  const seen = new Set<YamlNode>();
  const visit = (value: YamlNode | undefined, path: string, isIf = false): void => {
    const node = lookThrough(value);
    if (!node || seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'scalar') found.push({ node, path, isIf, isOfJob: /^jobs\.[^[]*$/.test(path) && isIf });
    else if (node.kind === 'seq') node.items.forEach((item, index) => visit(item, `${path}[${index}]`));
    else
      node.items.forEach((item, index) => {
        if (index % 2 === 1) visit(item, `${path}.${node.items[index - 1]?.value}`);
      });
  };
  visit(findField(root, 'env'), 'env');
  for (const { id, node, steps } of jobs) {
    for (const key of jobKeys) visit(findField(node, key), `jobs.${id}.${key}`, key === 'if');
    for (const [index, step] of steps.entries()) {
      for (const key of stepKeys)
        visit(findField(step.node, key), `jobs.${id}.steps[${index}].${key}`, key === 'if');
    }
  }
  return found;
}

const jobKeys = ['if', 'env', 'container', 'services', 'defaults', 'outputs'];
const stepKeys = [
  'if',
  'name',
  'uses',
  'run',
  'env',
  'with',
  'shell',
  'working-directory',
  'timeout-minutes',
];
