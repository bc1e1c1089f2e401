import { UsageError } from './errors.ts';
import { createHttp, type Http } from './http.ts';
import type { Call, Environment } from './script.ts';

/** The HTTP client with its time-outs from the environment. Throws UsageError for one that is no number. */
export function openHttp(call: Call<object>, allowPlainHttp: boolean, { fresh = false } = {}): Http {
  const { environment, redactor, clock, agent } = call;
  return createHttp({
    timeoutMs: readMs(environment, 'SWITCHYARD_HTTP_TIMEOUT_MS', 15_000),
    deadlineMs: readMs(environment, 'SWITCHYARD_HTTP_DEADLINE_MS', 120_000),
    retryMs: readMs(environment, 'SWITCHYARD_HTTP_RETRY_MS', 500),
    allowPlainHttp,
    fresh,
    agent: `switchyard-${agent}`,
    redactor,
    clock,
  });
}

function readMs(environment: Environment, name: string, fallback: number): number {
  const text = environment.get(name)?.trim();
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) {
    throw new UsageError(`Cannot use ${name}: "${text}" is no number of milliseconds; give a whole number`);
  }
  return Number(text);
}
