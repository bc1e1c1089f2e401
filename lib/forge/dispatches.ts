import type { Api } from './api.ts';
import { repoPath } from './forge.ts';
import { refuseAnswer } from './refusal.ts';

/** GitHub takes so much of a `client_payload`, and no more (docs: "Create a repository dispatch event"). */
export const payloadLimits = { keys: 10, bytes: 64 * 1024, eventType: 100 };

/**
 * Sends a `repository_dispatch`, once. Throws Refusal or HttpFault; `maybeSent` of a fault says whether it may have
 * arrived.
 */
export async function sendDispatch(
  api: Api,
  repo: string,
  event: { event_type: string; client_payload: Readonly<Record<string, string>> },
): Promise<void> {
  const purpose = `send the event "${event.event_type}" to ${repo}`;
  const path = `${repoPath(repo)}/dispatches`;
  const answer = await api.call({ purpose, method: 'POST', path, attempts: 1, body: event });
  if (answer.status !== 204) throw refuseAnswer(api, answer, purpose);
}
