import { CouldNotTell } from '../errors.ts';
import type { Http } from '../http.ts';
import type { Redactor } from '../redact.ts';
import { readJson, ShapeError } from '../shape.ts';
import { refuseRealm, type Challenge } from './challenge.ts';
import type { Credentials } from './credentials.ts';

export interface TokenRequest {
  readonly registry: URL;
  readonly scope: string;
  readonly credentials: Credentials | null;
  readonly allowPlainHttp: boolean;
}

/** The Authorization value that answers a Basic challenge. */
export function basicAuthorization({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/**
 * The Authorization value that answers a Bearer challenge: one GET of the token service it names.
 * Protocol: distribution/docs/spec/auth/token.md. Throws CouldNotTell, also where the service is not one that
 * credentials may be sent to.
 */
export async function fetchBearer(
  challenge: Challenge,
  request: TokenRequest,
  { http, redactor }: { http: Http; redactor: Redactor },
): Promise<string> {
  const realm = challenge.parameters.get('realm') ?? '';
  const host = request.registry.host;
  const unsafe = refuseRealm(realm, request.registry, request.allowPlainHttp);
  const purpose = `get a token for ${host}`;
  if (unsafe !== null) {
    throw new CouldNotTell(
      `Cannot ${purpose}: its token service "${realm}" ${unsafe}, so it was not contacted; correct the registry's public URL (Gitea: ROOT_URL)`,
    );
  }
  const url = new URL(realm);
  const service = challenge.parameters.get('service');
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', request.scope);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (request.credentials) headers['authorization'] = basicAuthorization(request.credentials);
  const answer = await http.send({ purpose, url: url.href, headers });
  if (answer.status !== 200) {
    throw new CouldNotTell(
      `Cannot ${purpose}: ${http.describe(answer)}; ${mendToken(answer.status, request)}`,
    );
  }
  const token = readToken(answer.text);
  if (token === null) {
    throw new CouldNotTell(
      `Cannot ${purpose}: ${answer.method} ${answer.path} answered 200 without a usable "token" or "access_token"; check that ${url.origin} is the registry's token service`,
    );
  }
  redactor.hide(token);
  return `Bearer ${token}`;
}

function readToken(text: string): string | null {
  try {
    const body = readJson(text, 'the answer');
    const token = body.optional('token')?.text() || body.field('access_token').text();
    return /^[\x21-\x7e]+$/.test(token) ? token : null;
  } catch (error) {
    if (error instanceof ShapeError) return null;
    throw error;
  }
}

function mendToken(status: number, { credentials, scope }: TokenRequest): string {
  if (status !== 401 && status !== 403) return 'check that the registry is well, then run again';
  return credentials === null
    ? `it wants a login for "${scope}": set REGISTRY_USERNAME and REGISTRY_PASSWORD`
    : `it refuses the login from ${credentials.from}: check user, password and right to "${scope}"`;
}
