import { read, type Event } from './event.ts';

/**
 * A field of an object in the event, as `client_payload` (repository_dispatch) or `inputs` (workflow_dispatch)
 * hold them; undefined where object or field is not there. Throws CouldNotTell.
 */
export function readEventField(event: Event, object: string, name: string): unknown {
  return read('GITHUB_EVENT_PATH', () => {
    const holder = event.payload()?.optional(object);
    if (holder === null || holder === undefined) return undefined;
    // Asked through the shape first, so that a list or a text in the object's place is refused.
    const field = holder.optional(name);
    return Object.hasOwn(Object(holder.raw()), name) ? (field?.raw() ?? null) : undefined;
  });
}
