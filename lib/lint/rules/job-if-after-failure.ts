import { isOnlyCalled } from '../triggers.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';

export const jobIfAfterFailure: Rule = {
  id: 'job-if-after-failure',
  level: 'error',
  profiles: ['gitea-1.22'],
  demand: 'A job that shall run after a failure has `if: always()`.',
  why: 'When a needed job failed, Gitea 1.22 runs only a job whose `if` is exactly `always()`: one with `failure()`, `!cancelled()` or `always() && …` is skipped, and its status is a success. From 1.23 on the runner decides.',
  check,
};

function* check({ workflow }: FileInput): Iterable<Problem> {
  if (isOnlyCalled(workflow)) return;
  for (const { id, needs, if: condition } of workflow.jobs) {
    if (!condition || needs.length === 0) continue;
    const text = condition.value.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1').trim();
    if (text === 'always()' || !/\b(failure|cancelled|always)\s*\(\s*\)/i.test(text)) continue;
    const message = `job "${id}" is skipped when a job that it needs failed, and its status is then a success: Gitea 1.22 knows \`if: always()\` alone; write that, and look at \`needs.*.result\` in a step`;
    yield { start: condition.node.start, end: condition.node.end, message };
  }
}
