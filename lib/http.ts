import { longestTimerMs, type Clock } from './clock.ts';
import { formatDuration } from './duration.ts';
import { UsageError } from './errors.ts';
import { sendWithRetries, type Attempt } from './http-attempts.ts';
import { readBody } from './http-body.ts';
import { describeFailure, HttpFault, type Failure } from './http-fault.ts';
import { requestLong } from './http-long.ts';
import { readRedirect, refuseRedirect, withoutCredentials } from './http-redirect.ts';
import { describeAnswer } from './http-words.ts';
import type { Redactor } from './redact.ts';

export { HttpFault, type FaultKind } from './http-fault.ts';
export { assertSafeUrl, isLoopback } from './http-url.ts';

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
    async send(call) {
      await keepWasmSmall();
      return sendWithRetries(call, settings, (attempt) => tryOnce(call, attempt, settings));
    },
    describe: (answer) => describeAnswer(answer, settings.redactor),
  };
}

/**
 * Node's fetch reads HTTP by a WebAssembly parser, and V8 optimises that in the background for up to 28 MB of memory.
 * A script that makes a few hundred calls has nothing from it, so V8's first compiler does it all: set before the first
 * fetch, and loaded only then. Measured with Node 20.20: a promotion ends at 56 MB instead of 84, a gate at 54 of 61.
 */
function keepWasmSmall(): Promise<void> {
  return (smallWasm ??= import('node:v8').then(({ setFlagsFromString }) =>
    setFlagsFromString('--liftoff-only'),
  ));
}

let smallWasm: Promise<void> | undefined;

async function tryOnce(
  call: HttpCall,
  attempt: Attempt,
  settings: HttpSettings,
): Promise<HttpAnswer | Failure> {
  const abort = new AbortController();
  const at = { url: new URL(call.url) };
  const timer = setTimeout(() => abort.abort(), Math.min(attempt.timeoutMs, longestTimerMs));
  try {
    return await follow(call, { ...attempt, signal: abort.signal, at }, settings);
  } catch (error) {
    if (error instanceof HttpFault || error instanceof UsageError) throw error;
    if (abort.signal.aborted) {
      const found = `gave no whole answer within ${formatDuration(attempt.timeoutMs)}`;
      const mend = 'check that the server is well, or raise SWITCHYARD_HTTP_TIMEOUT_MS, then run again';
      return { kind: 'time-out', found, mend, maybeSent: true, passing: true, cause: error };
    }
    return describeFailure(error, at.url.origin, settings.redactor);
  } finally {
    clearTimeout(timer);
  }
}

async function follow(
  call: HttpCall,
  { method, isRead, timeoutMs, signal, at }: Attempt & { signal: AbortSignal; at: { url: URL } },
  settings: HttpSettings,
): Promise<HttpAnswer> {
  let headers: Record<string, string> = { 'user-agent': settings.agent, ...call.headers };
  if (call.fresh || settings.fresh) headers['connection'] = 'close';
  for (let hop = 0; ; hop++) {
    const { url } = at;
    const init: RequestInit = { method, headers, redirect: 'manual', signal };
    if (call.body !== undefined) init.body = call.body as string;
    const response =
      timeoutMs > patienceOfFetch ? await requestLong(url, init as LongInit) : await fetch(url, init);
    const next = call.keepRedirect ? null : readRedirect(response, url);
    if (next === null) {
      const bytes = await readBody(response, { purpose: call.purpose, method, url });
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
    const refusal = refuseRedirect(url, next, { status: response.status, hop, isRead: isBare, ...settings });
    if (refusal !== null) {
      const found = `answered ${response.status}, a redirect to ${next.origin}`;
      throw new HttpFault(`Cannot ${call.purpose}: ${method} ${url.pathname} ${found}; ${refusal}`, {
        kind: 'redirect',
        maybeSent: !isRead,
      });
    }
    if (next.origin !== url.origin) headers = withoutCredentials(headers);
    at.url = next;
  }
}
