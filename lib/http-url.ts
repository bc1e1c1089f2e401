import { UsageError } from './errors.ts';

/** Refuses a URL whose traffic could be read on its way. Throws UsageError. */
export function assertSafeUrl(text: string, allowPlainHttp: boolean, what = 'this URL'): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(`Cannot use ${what}: "${text}" is no URL; give it as https://host/path`);
  }
  if (url.protocol === 'https:') return url;
  if (url.protocol !== 'http:') {
    throw new UsageError(`Cannot use ${what}: "${url.origin}": its scheme is not https; give https://…`);
  }
  if (allowPlainHttp || isLoopback(url.hostname)) return url;
  throw new UsageError(
    `Cannot use ${what}: ${url.origin}: it is plain http, where tokens can be read; give https, or --insecure (SWITCHYARD_INSECURE=true) for a network you trust`,
  );
}

/** Is the host this machine itself? */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(host)
  );
}
