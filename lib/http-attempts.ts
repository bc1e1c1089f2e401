import { countOf } from './count.ts';
import { formatDuration } from './duration.ts';
import { HttpFault, type Failure } from './http-fault.ts';
import { backoff, isPassing, isRateLimit, readRetryDelay } from './http-retry.ts';
import { assertSafeUrl } from './http-url.ts';
import { describeAnswer } from './http-words.ts';
import type { HttpAnswer, HttpCall, HttpSettings } from './http.ts';

const mostAttempts = 4;

/** One attempt of a call. */
export interface Attempt {
  method: string;
  /** It changes nothing on the server. */
  isRead: boolean;
  timeoutMs: number;
}

/**
 * Sends a call until an answer counts: at most four attempts (or as many as it says) within its deadline, for writes
 * only where the server cannot have acted. Throws HttpFault where none came, or the server asks to stay away longer.
 */
export async function sendWithRetries(
  call: HttpCall,
  settings: HttpSettings,
  tryOnce: (attempt: Attempt) => Promise<HttpAnswer | Failure>,
): Promise<HttpAnswer> {
  const { clock } = settings;
  const method = call.method ?? 'GET';
  const path = assertSafeUrl(call.url, settings.allowPlainHttp).pathname;
  const isRead = method === 'GET' || method === 'HEAD' || call.reads === true;
  const attempts = call.attempts ?? mostAttempts;
  const end = clock.now() + (call.deadlineMs ?? settings.deadlineMs);
  for (let attempt = 1; ; attempt++) {
    const timeoutMs = Math.max(1, Math.min(call.timeoutMs ?? settings.timeoutMs, end - clock.now()));
    const outcome = await tryOnce({ method, isRead, timeoutMs });
    const limited = 'status' in outcome && isRateLimit(outcome.status, outcome.headers, outcome.text);
    if (!mayPass(outcome, call, { isRead, limited })) return answerOrThrow(outcome);
    const asked = 'status' in outcome ? readRetryDelay(outcome, { now: clock.now(), limited }) : null;
    const pause = asked ?? backoff(attempt, settings.retryMs, Math.random());
    const over = clock.now() + pause >= end;
    if ((limited && (over || attempt >= attempts)) || (asked !== null && over))
      throw comeBack(call, outcome as HttpAnswer, asked, settings);
    if (over || attempt >= attempts) return answerOrThrow(outcome, `after ${countOf(attempt, 'attempt')}`);
    await clock.sleep(pause);
  }

  function answerOrThrow(outcome: HttpAnswer | Failure, tried = ''): HttpAnswer {
    if ('status' in outcome) return outcome;
    const found = [outcome.found, tried].filter(Boolean).join(' ');
    throw new HttpFault(`Cannot ${call.purpose}: ${method} ${path} ${found}; ${outcome.mend}`, {
      kind: outcome.kind,
      maybeSent: outcome.maybeSent,
      cause: outcome.cause,
    });
  }
}

function mayPass(
  outcome: HttpAnswer | Failure,
  call: HttpCall,
  { isRead, limited }: { isRead: boolean; limited: boolean },
): boolean {
  if (!('status' in outcome)) return outcome.passing && (isRead || !outcome.maybeSent);
  if (limited) return true;
  if (!isRead || !isPassing(outcome.status)) return false;
  return !(call.isFinal?.(outcome.status, outcome.text) ?? false);
}

function comeBack(
  call: HttpCall,
  answer: HttpAnswer,
  asked: number | null,
  settings: HttpSettings,
): HttpFault {
  const now = settings.clock.now();
  const sane = asked !== null && now + asked < 8.64e15;
  const when = sane
    ? `come back in ${formatDuration(asked)}, at ${new Date(now + asked).toISOString()}`
    : 'come back in some minutes, or use a token with a higher limit';
  return new HttpFault(
    `Cannot ${call.purpose}: ${describeAnswer(answer, settings.redactor)}, ${answer.status < 500 ? 'the rate limit is used up' : 'the server asks to wait'}; ${when}`,
    { kind: 'rate-limited', maybeSent: false, retryMs: sane ? asked : null },
  );
}
