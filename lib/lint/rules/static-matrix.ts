import { hasExpression } from '../../workflow/expression.ts';
import { describeNode } from '../../workflow/describe-node.ts';
import { entries, findField } from '../../yaml/fields.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { isNull, lookThrough } from '../../yaml/resolve.ts';
import { isOnlyCalled } from '../triggers.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';

export const staticMatrix: Rule = {
  id: 'static-matrix',
  level: 'error',
  profiles: giteaProfiles,
  demand: 'A matrix is written out.',
  why: 'Gitea 1.22 to 1.25 make the jobs of a matrix before anything has run: where the matrix, one of its keys or `include` is an expression or anything else but a list, or the matrix is an alias, they leave the whole matrix out and run one job with empty values. (In a file that is only called the runner fills it in.)',
  check,
};

function* check({ workflow }: FileInput): Iterable<Problem> {
  if (isOnlyCalled(workflow)) return;
  for (const job of workflow.jobs) {
    const matrix = findField(findField(job.node, 'strategy'), 'matrix');
    const target = lookThrough(matrix);
    if (!matrix || !target || isNull(target)) continue;
    const wrong = matrix.kind === 'map' ? findNoList(matrix) : matrix;
    if (!wrong) continue;
    const shown = hasExpression(lookThrough(wrong).value) ? 'an expression' : describeNode(wrong);
    const message = `the matrix of job "${job.id}" holds ${shown} instead of values; Gitea then runs one job without any of its values; write them out`;
    yield { start: wrong.start, end: wrong.end, message };
  }
}

/** A key whose value is no list: the server then takes none of them. */
function findNoList(matrix: YamlNode): YamlNode | undefined {
  const found = entries(matrix).find(([, value]) => {
    const target = lookThrough(value);
    return target.kind !== 'seq' && !isNull(target);
  });
  return found?.[1];
}
