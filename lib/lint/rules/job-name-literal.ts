import { hasExpression } from '../../workflow/expression.ts';
import { expandMatrix } from '../../workflow/matrix.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';
import { isOnlyCalled } from '../triggers.ts';

export const jobNameLiteral: Rule = {
  id: 'job-name-literal',
  level: 'warning',
  profiles: giteaProfiles,
  demand: "A job's name has an expression only where this forge fills it in.",
  why: "Gitea 1.22 leaves an expression in a job's `name` as it stands and adds the values of the matrix behind it; from 1.23 on it is filled in, but only for the legs of a matrix. The status is called so as well.",
  check,
};

function* check({ workflow, minor }: FileInput): Iterable<Problem> {
  if (isOnlyCalled(workflow)) return;
  for (const { id, name, node } of workflow.jobs) {
    if (!name || !hasExpression(name.value)) continue;
    const { legs } = expandMatrix(node, id);
    const hasValues = legs === null || legs.some((leg) => leg.size > 0);
    if ((minor ?? 22) >= 23 && hasValues) continue;
    const message = `job "${id}" and its status are called "${name.value}"${hasValues ? ' with the values of the matrix behind it' : ''}, expression and all; write a name without one`;
    yield { start: name.node.start, end: name.node.end, message };
  }
}
