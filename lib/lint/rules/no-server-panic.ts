import type { FileInput, Problem } from '../rule.ts';
import { dropRule } from '../drop-rule.ts';
import { findRunnerPanic } from '../../workflow/server-panic.ts';
import { listRunnerTexts } from '../runner-texts.ts';
import { placeOf } from '../triggers.ts';

export const noServerPanic = dropRule({
  id: 'no-server-panic',
  demand: 'Nothing in the file makes the server or a runner fall over.',
  why: "An empty job, an `include` or `exclude` item that is no mapping, an unclosed quote, `cancelled()`, a call with too few arguments, or `success()` and `failure()` with `needs` that go in a circle (then the whole process ends) or lead to no job, in an expression of `runs-on` (of a matrix job's `name` from 1.23, of `run-name` from 1.25) end in a panic of Gitea: the file does not run, and neither does what was in the queue with it. A glob in `types` that does not compile does the same for its event. An unclosed quote or `${{` in any other expression, a call with too few arguments, or a lone `}` in the text of `format()` ends the runner's process, with all the jobs that it has.",
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
  for (const { node, path, isIf } of listRunnerTexts(workflow)) {
    const problem = findRunnerPanic(node.value, { isExpression: isIf });
    if (problem === null || faults.some((fault) => fault.node === node)) continue;
    const message = `\`${path}\`: ${problem}; the runner's process ends when it reads it, with all the jobs that it has; mend it`;
    yield { start: node.start, end: node.end, message };
  }
}
