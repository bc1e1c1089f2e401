import type { FileInput, Problem } from '../rule.ts';
import { dropRule } from '../drop-rule.ts';
import { placeOf } from '../triggers.ts';

export const noServerPanic = dropRule({
  id: 'no-server-panic',
  demand: 'Nothing in the file makes the server fall over.',
  why: "An empty job, an `include` or `exclude` item that is no mapping, an unclosed quote, `cancelled()`, or a call with too few arguments in an expression of `runs-on` (of a matrix job's `name` from 1.23, of `run-name` from 1.25) end in a panic of Gitea: the file does not run, and neither does what was in the queue with it. A glob in `types` that does not compile does the same for its event.",
  mend: 'mend it',
  also: findOpenGlobs,
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
