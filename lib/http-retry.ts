/** What a server asks of us before the next attempt, in milliseconds; null when it asks nothing we can read. */
export function readRetryDelay(
  { headers, text }: { readonly headers: Headers; readonly text: string },
  { now, limited = false }: { now: number; limited?: boolean },
): number | null {
  const after = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
  const date = after && !/^[-+]?\d/.test(after) ? Date.parse(after) : Number.NaN;
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const inBody = /retry-after:\s*(\d+(?:\.\d+)?)\s*(ms|s|m)\b/i.exec(text);
  if (inBody)
    return Number(inBody[1]) * { ms: 1, s: 1000, m: 60_000 }[inBody[2]!.toLowerCase() as 'ms' | 's' | 'm'];
  const reset = headers.get('x-ratelimit-reset')?.trim() ?? '';
  const isUsedUp = headers.get('x-ratelimit-remaining')?.trim() === '0' || limited;
  return isUsedUp && /^\d{1,12}$/.test(reset) ? Math.max(0, Number(reset) * 1000 - now) : null;
}

/**
 * Does this answer say that we ask too often? 429 always; 403 where headers or body say so
 * (GitHub's primary and secondary limits, and GHCR's 403 on parallel pushes).
 */
export function isRateLimit(status: number, headers: Headers, body: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  if (headers.get('x-ratelimit-remaining')?.trim() === '0' || headers.has('retry-after')) return true;
  return /rate limit|abuse detection|too many requests/i.test(body);
}

/** May the same read succeed a moment later? */
export function isPassing(status: number): boolean {
  return [408, 429, 500, 502, 503, 504].includes(status);
}

/** The pause before attempt `attempt` + 1 (from 1): doubling, with up to a quarter of jitter. */
export function backoff(attempt: number, firstMs: number, random: number): number {
  return firstMs * 2 ** (attempt - 1) * (1 + random / 4);
}
