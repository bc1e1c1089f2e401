import type { FileInput, Problem } from '../rule.ts';
import { dropRule } from '../drop-rule.ts';

export const filtersNotList = dropRule({
  id: 'filters-not-list',
  demand: 'What stands under an event is a mapping of filters.',
  why: 'A list under an event, or an event with filters inside a list, drops the file on Gitea 1.22; later versions take the list under an event for a schedule, and the event never fires.',
  mend: 'write `on: {push: {branches: [main]}}`',
  also: findLaterLists,
});

/** From 1.23 on the file is taken, and the event lost. */
function* findLaterLists(input: FileInput): Iterable<Problem> {
  if ((input.minor ?? 0) < 23) return;
  for (const [event, { node }] of input.workflow.on) {
    if (node?.kind !== 'seq' || node.items.length === 0 || event === 'schedule' || event === '<<') continue;
    const message = `\`on.${event}\`: a list stands where its filters must; Gitea takes it for a schedule, so ${event} never fires; write \`on: {${event}: {branches: [main]}}\``;
    yield { start: node.start, end: node.end, message };
  }
}
