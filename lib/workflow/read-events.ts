import { findField } from '../yaml/fields.ts';
import type { ServerEvent } from './on-findings.ts';
import { parseOn } from './parse-on.ts';
import { giteaMinor, type Profile } from './profile.ts';
import { PUSH_FILTER_KEYS, type PushFilters } from './push-filter.ts';
import type { Workflow } from './workflow.ts';

/** One event that starts a workflow, with what it waits for. */
export interface StartEvent {
  name: string;
  filters: PushFilters;
}

/**
 * The events of `on:` as the forge of this profile takes them, of a file that it does not drop. Gitea makes an event of
 * each key, also of two that are equal, and of every list under one a schedule.
 */
export function readEvents({ on, document }: Workflow, profile: Profile): StartEvent[] {
  const minor = giteaMinor(profile);
  if (minor === null) return Array.from(on, ([name, { filters }]) => ({ name, filters }));
  return parseOn(findField(document.root, 'on'), minor).events.map((event) => ({
    name: event.isSchedule ? 'schedule' : event.name,
    filters: toFilters(event),
  }));
}

function toFilters({ acts }: ServerEvent): PushFilters {
  const filters: PushFilters = {};
  const unknownKeys: string[] = [];
  for (const [key, values] of acts) {
    const known = PUSH_FILTER_KEYS.find((filter) => filter === key);
    if (known) filters[known] = values;
    else unknownKeys.push(key);
  }
  return { ...filters, unknownKeys };
}
