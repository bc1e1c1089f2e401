import { UsageError } from './errors.ts';
import { assertSafeUrl } from './http-url.ts';
import type { Environment } from './script.ts';

export type ForgeKind = 'github' | 'gitea' | 'forgejo';

/**
 * Which kind of forge is asked, and by which API: as the options say, else as the variables of its runners do.
 * The URL is as it was written. Throws UsageError where nothing names one.
 */
export function findApi(
  options: { forge: 'auto' | ForgeKind; 'api-url': string | null },
  environment: Environment,
): { kind: ForgeKind; url: string } {
  const given = options['api-url'];
  const server = environment.get('GITHUB_SERVER_URL')?.replace(/\/+$/, '');
  const kind = options.forge === 'auto' ? detectKind(given, environment) : options.forge;
  if (given !== null) return { kind, url: given };
  if (kind === 'github') {
    const isDotCom = server === undefined || /^https?:\/\/(www\.)?github\.com$/i.test(server);
    return { kind, url: isDotCom ? 'https://api.github.com' : `${server}/api/v3` };
  }
  if (server === undefined) {
    throw new UsageError(
      `Cannot find the API of ${kind}: no URL is given; give --api-url https://host/api/v1, or set GITHUB_SERVER_URL`,
    );
  }
  return { kind, url: `${server}/api/v1` };
}

function detectKind(apiUrl: string | null, environment: Environment): ForgeKind {
  if (environment.get('FORGEJO_ACTIONS') !== undefined) return 'forgejo';
  if (environment.get('GITEA_ACTIONS') !== undefined) return 'gitea';
  return apiUrl !== null && /\/api\/v1\/*$/.test(pathOf(apiUrl)) ? 'gitea' : 'github';
}

/** The path of a URL; of what is none, which is refused later, nothing. */
function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return '';
  }
}

/**
 * The server whose API that is, without a slash at its end: GITHUB_SERVER_URL, else the API's own host. Throws
 * UsageError.
 */
export function findServer(apiUrl: URL, environment: Environment): string {
  const named = environment.get('GITHUB_SERVER_URL');
  if (named !== undefined) {
    assertSafeUrl(named, true, 'GITHUB_SERVER_URL');
    return named.trim().replace(/\/+$/, '');
  }
  if (apiUrl.hostname === 'api.github.com') return 'https://github.com';
  return `${apiUrl.origin}${apiUrl.pathname.replace(/\/api\/v\d+\/*$/, '')}`.replace(/\/+$/, '');
}
