import { UsageError } from '../errors.ts';
import type { Api } from '../forge/api.ts';
import { payloadLimits, sendDispatch } from '../forge/dispatches.ts';
import { HttpFault } from '../http.ts';
import { failed, judgeError, type Ending } from './outcome.ts';
import { endUnread, type PinSettings } from './pin.ts';
import type { Remote } from './remote.ts';
import type { WriteGate } from './write-gate.ts';

export interface DispatchEvent {
  event_type: string;
  client_payload: Record<string, string>;
}

/** The event that tells a target its version. Throws UsageError for what GitHub would refuse. */
export function makeDispatch(
  version: string,
  { eventType, payload }: { eventType: string; payload: readonly (readonly [key: string, value: string])[] },
): DispatchEvent {
  const pairs = [['runtime_version', version] as const, ...payload];
  const seen = new Set<string>();
  for (const [key] of pairs) {
    if (seen.has(key)) {
      throw new UsageError(`Cannot use --payload: the key "${key}" is given twice; give each key once`);
    }
    seen.add(key);
  }
  if (pairs.length > payloadLimits.keys) {
    throw new UsageError(
      `Cannot use --payload: with runtime_version it has ${pairs.length} keys; GitHub takes ${payloadLimits.keys}, give fewer`,
    );
  }
  const client_payload = Object.fromEntries(pairs);
  const size = Buffer.byteLength(JSON.stringify(client_payload));
  if (size > payloadLimits.bytes) {
    throw new UsageError(
      `Cannot use --payload: it has ${size} bytes as JSON; GitHub takes ${payloadLimits.bytes}, give less`,
    );
  }
  if ([...eventType].length > payloadLimits.eventType) {
    throw new UsageError(
      `Cannot use --event-type: it is longer than ${payloadLimits.eventType} characters; give a shorter one`,
    );
  }
  return { event_type: eventType, client_payload };
}

/** Tells one target. What may have arrived is never sent again: a second event would start a second build. */
export async function dispatch(
  api: Api,
  target: string,
  { event, remote, settings }: { event: DispatchEvent; remote: Remote | null; settings: PinSettings },
): Promise<Ending> {
  const { gate, attempts } = settings;
  const left = remote === null ? null : await findReasonToLeave(remote, gate);
  if (left !== null) return left;
  if (settings.mode === 'dry-run') return { state: 'would-update', message: `event ${event.event_type}` };
  for (let sent = 1; ; sent++) {
    if (!(await gate.enter())) return { state: 'not-attempted', message: gate.shutBy ?? '' };
    try {
      await sendDispatch(api, target, event);
      return { state: 'updated', message: `event ${event.event_type} sent` };
    } catch (error) {
      const failure = judgeError(error);
      if (failure.kind === 'rate-limited') {
        if (sent >= attempts) gate.shut(failure.message);
        if (gate.limit(failure.retryMs ?? null, failure.message)) continue;
        return { state: 'not-attempted', message: failure.message };
      }
      if (!(error instanceof HttpFault) || error.maybeSent || sent >= attempts) {
        return failed(failure.kind === 'race' ? 'error' : failure.kind, failure.message);
      }
      await settings.clock.sleep(settings.retryMs * sent);
    }
  }
}

/** Why a target is not told; null where it is one, which only a read that went well can say. */
async function findReasonToLeave(remote: Remote, gate: WriteGate): Promise<Ending | null> {
  try {
    const { state } = await remote.read();
    return state === 'not-due' ? { state: 'skipped', message: 'it lacks the required file' } : null;
  } catch (error) {
    return endUnread(judgeError(error), gate);
  }
}
