import type { FileInput, Problem, Rule } from '../rule.ts';
import { dropRule } from '../drop-rule.ts';

const rule = dropRule({
  id: 'filters-not-list',
  demand: 'What stands under an event is a mapping of filters.',
  why: 'A list under an event, or an event with filters inside a list, drops the file on Gitea 1.22; later versions take the list under an event for a schedule, and the event never fires.',
  mend: 'write `on: {push: {branches: [main]}}`',
});

export const filtersNotList: Rule = { ...rule, check };

function* check(input: FileInput): Iterable<Problem> {
  yield* rule.check?.(input) ?? [];
  if ((input.minor ?? 0) < 23) return;
  for (const [event, { node }] of input.workflow.on) {
    if (node?.kind !== 'seq' || node.items.length === 0 || event === 'schedule' || event === '<<') continue;
    const message = `\`on.${event}\`: a list stands where its filters must; Gitea takes it for a schedule, so ${event} never fires; write \`on: {${event}: {branches: [main]}}\``;
    yield { start: node.start, end: node.end, message };
  }
}
