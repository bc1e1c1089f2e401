import { listTypes, placeOf } from '../triggers.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { serverProfiles } from '../drop-rule.ts';

export const typesFire: Rule = {
  id: 'types-fire',
  level: 'error',
  profiles: serverProfiles,
  demand: 'Each activity type is one that this forge has.',
  why: 'Gitea and Forgejo never send some of the activity types of GitHub (ready_for_review, locked, a release that is created, and so on) and match the others as globs. An error where none of the types of an event is ever sent, else a warning.',
  check,
};

function* check({ workflow }: FileInput): Iterable<Problem> {
  for (const [event, trigger] of workflow.on) {
    const { types } = trigger;
    const known = listTypes(event);
    if (!types || !known) continue;
    const dead = types.filter((type) => !/[*?[{]/.test(type) && !known.includes(type));
    const level = dead.length === types.length ? 'error' : 'warning';
    for (const type of dead) {
      const place = placeOf(trigger, 'types', type);
      const message = `this forge never sends ${event} with the type "${type}"${level === 'error' ? ', so the event never fires' : ''}; use ${known.slice(0, 4).join(', ')}…`;
      yield { start: place.start, end: place.end, message, level };
    }
  }
}
