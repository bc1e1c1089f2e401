import { isLoopback } from './http-url.ts';

const mostRedirects = 5;

/** Where an answer points; null where it is no redirect. */
export function readRedirect(response: Response, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  const location = response.headers.get('location');
  if (location === null) return null;
  try {
    return new URL(location, from);
  } catch {
    return null;
  }
}

/** Why a redirect is not followed; null where it is. Another origin is for reads only, and never below https. */
export function refuseRedirect(
  from: URL,
  to: URL,
  {
    status,
    hop,
    isRead,
    allowPlainHttp,
  }: {
    status: number;
    /** How many redirects were followed before this one. */
    hop: number;
    isRead: boolean;
    allowPlainHttp: boolean;
  },
): string | null {
  if (hop >= mostRedirects) return `it goes on after ${mostRedirects} redirects: check the URL`;
  if (from.protocol === 'https:' && to.protocol !== 'https:') return 'it leaves https: give the final URL';
  if (to.protocol !== 'https:' && !(to.protocol === 'http:' && (allowPlainHttp || isLoopback(to.hostname)))) {
    return 'its target is not https: give the final URL';
  }
  if (isRead) return null;
  if (to.origin !== from.origin) return 'a write is not sent to another origin: give the final URL';
  return status === 307 || status === 308
    ? null
    : 'a write is not turned into a read: give the name it has now';
}

/** The headers that another origin may see. */
export function withoutCredentials(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(authorization|cookie|proxy-authorization|x-.*token.*)$/i.test(name),
    ),
  );
}
