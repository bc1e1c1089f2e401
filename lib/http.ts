import type { Clock } from './clock.ts';
import { formatDuration } from './duration.ts';
import { UsageError } from './errors.ts';
import { describeFailure, HttpFault, type Failure } from './http-fault.ts';
import { backoff, isPassing, isRateLimit, readRetryDelay } from './http-retry.ts';
import { readRedirect, refuseRedirect, withoutCredentials } from './http-redirect.ts';
import { assertSafeUrl } from './http-url.ts';
import { findWords, quoteWords } from './http-words.ts';
import { requestLong } from './http-long.ts';
import type { Redactor } from './redact.ts';

export { HttpFault, type FaultKind } from './http-fault.ts';
export { assertSafeUrl, isLoopback } from './http-url.ts';

const largestBody = 16 * 1024 * 1024;
const mostAttempts = 4;
const patienceOfFetch = 290_000;

type LongInit = Parameters<typeof requestLong>[1];

export interface HttpSettings {
  timeoutMs: number;
  deadlineMs: number;
  retryMs: number;
  allowPlainHttp: boolean;
  /** Every call on a connection of its own. */
  fresh?: boolean;
  agent: string;
  redactor: Redactor;
  clock: Clock;
}

export interface HttpCall {
  /** What the call is for, as `read the run list of o/r`: the object of `Cannot …`. */
  purpose: string;
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Answers that look like a passing fault but are final, such as Gitea's 500 for an unknown commit. */
  isFinal?: (status: number, body: string) => boolean;
  /** Default 4. */
  attempts?: number;
  timeoutMs?: number;
  deadlineMs?: number;
  /** Open a new connection and do not keep it. */
  fresh?: boolean;
  /** A POST that only reads (a token, a query): tried again like a read. */
  reads?: boolean;
  /** Hand redirects back instead of following them. */
  keepRedirect?: boolean;
}

export interface HttpAnswer {
  method: string;
  /** Without query. */
  path: string;
  url: string;
  status: number;
  headers: Headers;
  bytes: Uint8Array;
  /** The body as UTF-8. */
  text: string;
}

export interface Http {
  /** All attempts of one call, and the first pause between them, in milliseconds. */
  readonly limits: { readonly deadlineMs: number; readonly retryMs: number };
  /**
   * Sends one call and answers whatever the server said, after the attempts that its kind allows.
   * Throws HttpFault when no answer came, UsageError when the URL may not be called at all.
   */
  send(call: HttpCall): Promise<HttpAnswer>;
  /** `GET /path answered 404 "Not Found"`: what came back, fit to be printed. */
  describe(answer: HttpAnswer): string;
}

/** The only place that reaches the network: time-outs, retries, limits, redirects and redaction. */
export function createHttp(settings: HttpSettings): Http {
  return {
    limits: { deadlineMs: settings.deadlineMs, retryMs: settings.retryMs },
    send: (call) => sendWithRetries(call, settings),
    describe: (answer) => describeAnswer(answer, settings.redactor),
  };
}

async function sendWithRetries(call: HttpCall, settings: HttpSettings): Promise<HttpAnswer> {
  const { clock } = settings;
  const method = call.method ?? 'GET';
  const path = assertSafeUrl(call.url, settings.allowPlainHttp).pathname;
  const isRead = method === 'GET' || method === 'HEAD' || call.reads === true;
  const attempts = call.attempts ?? mostAttempts;
  const end = clock.now() + (call.deadlineMs ?? settings.deadlineMs);
  for (let attempt = 1; ; attempt++) {
    const timeoutMs = Math.max(1, Math.min(call.timeoutMs ?? settings.timeoutMs, end - clock.now()));
    const outcome = await tryOnce(call, method, isRead, timeoutMs, settings);
    const limited = 'status' in outcome && isRateLimit(outcome.status, outcome.headers, outcome.text);
    if (!mayPass(outcome, isRead, limited, call)) return answerOrThrow(outcome);
    const asked =
      'status' in outcome ? readRetryDelay(outcome.headers, outcome.text, clock.now(), limited) : null;
    const pause = asked ?? backoff(attempt, settings.retryMs, Math.random());
    const over = clock.now() + pause >= end;
    if ((limited && (over || attempt >= attempts)) || (asked !== null && over))
      throw comeBack(call, outcome as HttpAnswer, asked, settings);
    if (over || attempt >= attempts) return answerOrThrow(outcome, `after ${attempt} attempts`);
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

function mayPass(outcome: HttpAnswer | Failure, isRead: boolean, limited: boolean, call: HttpCall): boolean {
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

async function tryOnce(
  call: HttpCall,
  method: string,
  isRead: boolean,
  timeoutMs: number,
  settings: HttpSettings,
): Promise<HttpAnswer | Failure> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    return await follow(call, method, isRead, timeoutMs, abort.signal, settings);
  } catch (error) {
    if (error instanceof HttpFault || error instanceof UsageError) throw error;
    if (abort.signal.aborted) {
      const found = `gave no whole answer within ${formatDuration(timeoutMs)}`;
      const mend = 'check that the server is well, or raise SWITCHYARD_HTTP_TIMEOUT_MS, then run again';
      return { kind: 'time-out', found, mend, maybeSent: true, passing: true, cause: error };
    }
    return describeFailure(error, settings.redactor);
  } finally {
    clearTimeout(timer);
  }
}

async function follow(
  call: HttpCall,
  method: string,
  isRead: boolean,
  timeoutMs: number,
  signal: AbortSignal,
  settings: HttpSettings,
): Promise<HttpAnswer> {
  let url = new URL(call.url);
  let headers: Record<string, string> = { 'user-agent': settings.agent, ...call.headers };
  if (call.fresh || settings.fresh) headers['connection'] = 'close';
  for (let hop = 0; ; hop++) {
    const init: RequestInit = { method, headers, redirect: 'manual', signal };
    if (call.body !== undefined) init.body = call.body as string;
    const response =
      timeoutMs > patienceOfFetch ? await requestLong(url, init as LongInit) : await fetch(url, init);
    const next = call.keepRedirect ? null : readRedirect(response, url);
    if (next === null) {
      const bytes = await readBody(response, call, method, url);
      // Node's fetch gives its connection free a turn later; a call made before that opens another one.
      await new Promise((resolve) => setImmediate(resolve));
      const text = new TextDecoder().decode(bytes);
      return {
        method,
        path: url.pathname,
        url: url.href,
        status: response.status,
        headers: response.headers,
        bytes,
        text,
      };
    }
    await response.body?.cancel();
    // What is sent with a question (GraphQL) is sent on to nobody else.
    const isBare = isRead && call.body === undefined;
    const refusal = refuseRedirect(url, next, response.status, hop, isBare, settings);
    if (refusal !== null) {
      const found = `answered ${response.status}, a redirect to ${next.origin}`;
      throw new HttpFault(`Cannot ${call.purpose}: ${method} ${url.pathname} ${found}; ${refusal}`, {
        kind: 'redirect',
        maybeSent: !isRead,
      });
    }
    if (next.origin !== url.origin) headers = withoutCredentials(headers);
    url = next;
  }
}

async function readBody(response: Response, call: HttpCall, method: string, url: URL): Promise<Uint8Array> {
  if (response.body === null || method === 'HEAD') return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > largestBody) {
      await reader.cancel();
      throw new HttpFault(
        `Cannot ${call.purpose}: ${method} ${url.pathname} answered more than 16 MiB; check that the URL is an API's`,
        { kind: 'too-large', maybeSent: true },
      );
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, size);
}

function describeAnswer(answer: HttpAnswer, redactor: Redactor): string {
  const words = quoteWords(findWords(answer.text), redactor);
  const said = words ? (words.startsWith('an HTML page') ? ` with ${words}` : ` "${words}"`) : '';
  return `${answer.method} ${answer.path} answered ${answer.status}${said}`;
}
