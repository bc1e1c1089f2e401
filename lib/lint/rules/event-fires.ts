import { canFire, isOnlyCalled, listTriggers } from '../triggers.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { serverProfiles } from '../drop-rule.ts';

export const eventFires: Rule = {
  id: 'event-fires',
  level: 'error',
  profiles: serverProfiles,
  demand: 'Each event under `on:` is one that this forge has.',
  why: 'Gitea and Forgejo pass over events that they do not know. No Gitea has merge_group or repository_dispatch; workflow_dispatch comes with 1.23, workflow_run with 1.25. An error where nothing in the file ever fires, else a warning.',
  check,
};

function* check({ workflow, profile }: FileInput): Iterable<Problem> {
  const triggers = listTriggers(workflow);
  const dead = triggers.filter((event) => !canFire(event, profile));
  if (dead.length === 0 || isOnlyCalled(workflow)) return;
  const level = dead.length === triggers.length ? 'error' : 'warning';
  for (const event of dead) {
    const { key } = workflow.on.get(event) ?? {};
    if (!key || event === '<<' || event === '') continue;
    const effect = level === 'error' ? 'nothing ever starts this file' : 'it never starts this file';
    const message = `this forge has no event "${event}", so ${effect}; use one that it has, or take it out`;
    yield { start: key.start, end: key.end, message, level };
  }
}
