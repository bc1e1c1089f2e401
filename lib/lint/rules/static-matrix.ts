import { hasExpression } from '../../workflow/expression.ts';
import { entries, findField } from '../../yaml/fields.ts';
import { lookThrough } from '../../yaml/resolve.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';

export const staticMatrix: Rule = {
  id: 'static-matrix',
  level: 'error',
  profiles: giteaProfiles,
  demand: 'A matrix is written out.',
  why: 'Gitea 1.22 to 1.25 make the jobs of a matrix before anything has run: where the matrix, one of its keys or `include` is an expression, or the matrix is an alias, they leave the whole matrix out and run one job with empty values.',
  check,
};

function* check({ workflow }: FileInput): Iterable<Problem> {
  for (const job of workflow.jobs) {
    const matrix = findField(findField(job.node, 'strategy'), 'matrix');
    if (!matrix) continue;
    const whole = matrix.kind === 'alias' ? matrix : lookThrough(matrix);
    const parts = entries(lookThrough(matrix)).map(([, value]) => value);
    const wrong = [whole, ...parts].find((node) =>
      node?.kind === 'alias' ? node === matrix : node?.kind === 'scalar' && hasExpression(node.value),
    );
    if (!wrong) continue;
    const shown = wrong.kind === 'alias' ? 'an alias' : 'an expression';
    const message = `the matrix of job "${job.id}" holds ${shown} instead of values; Gitea then runs one job without any of its values; write them out`;
    yield { start: wrong.start, end: wrong.end, message };
  }
}
