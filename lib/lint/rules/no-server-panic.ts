import type { FileInput, Problem } from '../rule.ts';
import { dropRule } from '../drop-rule.ts';
import { hasExpression, splitExpressions } from '../../workflow/expression.ts';
import { findExpressionFault } from '../../workflow/expression-fault.ts';
import { findRunnerPanic } from '../../workflow/server-panic.ts';
import { listRunnerTexts } from '../runner-texts.ts';
import { placeOf } from '../triggers.ts';

export const noServerPanic = dropRule({
  id: 'no-server-panic',
  demand: 'Nothing in the file makes the server or a runner fall over.',
  why: "An empty job, an `include` or `exclude` item that is no mapping, an unclosed quote, `cancelled()`, a call with too few arguments, or `success()` and `failure()` with `needs` that go in a circle (then the whole process ends) or lead to no job, in an expression of `runs-on` (of a matrix job's `name` from 1.23, of `run-name` from 1.25) end in a panic of Gitea: the file does not run, and neither does what was in the queue with it. A glob in `types` that does not compile does the same for its event. An unclosed quote or `${{` in any other expression, a call with too few arguments, or a lone `}` in the text of `format()` ends the runner's process, with all the jobs that it has. So does, with a runner of 2025 or later, a job's `if` that is no expression, or names a function or context that there is not.",
  mend: 'mend it',
  also: (input) => [...findOpenGlobs(input), ...findRunnerPanics(input)],
});

function* findOpenGlobs(input: FileInput): Iterable<Problem> {
  for (const [event, trigger] of input.workflow.on) {
    const glob = trigger.types?.find((type) => /\[[^\]]*$|\{[^}]*$|\\$/.test(type));
    if (glob === undefined) continue;
    const { start, end } = placeOf(trigger, 'types', glob);
    const message = `\`on.${event}.types\`: the glob "${glob}" is not closed; Gitea falls over it at each ${event}, and what else was in its queue is lost; mend it`;
    yield { start, end, message };
  }
}

function* findRunnerPanics({ workflow, faults }: FileInput): Iterable<Problem> {
  for (const { node, path, isIf, isOfJob } of listRunnerTexts(workflow)) {
    if (faults.some((fault) => fault.node === node)) continue;
    const { start, end } = node;
    const problem = findRunnerPanic(node.value, { isExpression: isIf });
    const fault = problem === null && isOfJob ? findIfFault(node.value) : null;
    if (problem !== null) {
      const message = `\`${path}\`: ${problem}; the runner's process ends when it reads it, with all the jobs that it has; mend it`;
      yield { start, end, message };
    } else if (fault !== null) {
      const message = `\`${path}\`: ${fault}; a runner of 2025 or later ends its process when it reads it, with all the jobs that it has, an older one fails the job; mend it`;
      yield { start, end, message };
    }
  }
}

/** The runner takes the whole text where no expression is marked in it. */
function findIfFault(text: string): string | null {
  if (!hasExpression(text)) return findExpressionFault(text.replace(/^\$\{\{/, ''));
  for (const piece of splitExpressions(text) ?? []) {
    const fault = piece.kind === 'expression' ? findExpressionFault(piece.text) : null;
    if (fault !== null) return fault;
  }
  return null;
}
