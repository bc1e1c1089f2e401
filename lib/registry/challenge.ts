import { isLoopback } from '../http.ts';

/** One way in that a registry offers. */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads `WWW-Authenticate`, which may offer several ways, in one header or in several that were joined by
 * commas (Gitea offers Bearer and Basic). Grammar: RFC 9110, 11.6.1. What cannot be read is left out.
 */
export function parseChallenges(header: string | null): Challenge[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  const pattern =
    /\s*,?\s*([A-Za-z][\w!#$%&'*+.^`|~-]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|(?=\s|,|$))/y;
  const text = header ?? '';
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) break;
    const [, name = '', quoted, plain] = match;
    if (quoted === undefined && plain === undefined) {
      found.push({ scheme: name.toLowerCase(), parameters: new Map() });
    } else {
      found.at(-1)?.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
    }
  }
  return found;
}

/**
 * Why a token service must not be contacted from this registry, or null: a token would be sent where it can be
 * read, or a public server would have us call into a private network.
 */
export function refuseRealm(realm: string, registry: URL, allowPlainHttp: boolean): string | null {
  let url: URL;
  try {
    url = new URL(realm);
  } catch {
    return 'is no URL';
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'is no http URL';
  if (url.username !== '' || url.password !== '') return 'holds credentials';
  if (url.protocol === 'http:') {
    if (registry.protocol === 'https:') return 'is on plain http although the registry is on https';
    if (!allowPlainHttp && !isLoopback(url.hostname)) return 'is on plain http outside this machine';
  }
  if (isInside(url.hostname) && !isInside(registry.hostname)) {
    return 'is on a private address although the registry is public';
  }
  return null;
}

/** Loopback, private (RFC 1918, RFC 4193) or link-local, in any spelling that URL normalises. */
function isInside(host: string): boolean {
  if (isLoopback(host.replace(/\.$/, '')) || host === '0.0.0.0' || host === '[::]') return true;
  const mapped = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(host);
  if (mapped) return isInside(dotted(parseInt(mapped[1] ?? '', 16), parseInt(mapped[2] ?? '', 16)));
  if (/^\[(f[cd]|fe[89ab])/.test(host)) return true;
  return (
    /^(10|127)(\.\d+){3}$/.test(host) ||
    /^(192\.168|169\.254)(\.\d+){2}$/.test(host) ||
    /^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$/.test(host) ||
    /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}$/.test(host)
  );
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
