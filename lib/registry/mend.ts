import type { HttpAnswer } from '../http.ts';
import type { Credentials } from './credentials.ts';

/** What mends an answer of a registry that is no use. */
export function findMend(
  { status, method }: Pick<HttpAnswer, 'status' | 'method'>,
  credentials: Credentials | null,
): string {
  if (status === 401 || status === 403) {
    const login = 'set REGISTRY_USERNAME and REGISTRY_PASSWORD';
    if (method === 'PUT') {
      if (credentials !== null) return 'the token may read but not write: packages: write';
      return `no credentials were found, and the anonymous token may read but not write: packages: write; ${login}`;
    }
    if (credentials === null) return `no credentials were found: ${login}`;
    return `the login from ${credentials.from} is refused: check it, and its right to read (packages: read)`;
  }
  if (status === 404) {
    return 'check the name, and that the login may read it (a private image answers 404 to who may not)';
  }
  if (status === 429) return 'the rate limit is used up: come back later, or log in';
  if (status >= 500) return 'the registry is not well: run again in a few minutes';
  if (status >= 300 && status < 400) return 'the registry points elsewhere: give the name it has now';
  return 'check that this is a registry and the name is right, then run again';
}
