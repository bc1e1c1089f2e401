import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { Environment } from '../script.ts';
import { readDockerLogin, type Login } from './docker-config.ts';
import type { ImageName } from './reference.ts';

export interface Credentials extends Login {
  /** Where they come from, for people. */
  readonly from: string;
}

/**
 * Whose name a registry is asked in, found before any call: REGISTRY_USERNAME and REGISTRY_PASSWORD; for
 * ghcr.io GITHUB_ACTOR and GitHub's token, which goes to no other registry; the login that docker keeps; else
 * null, anonymous. Throws UsageError where a login is there but cannot be used.
 */
export function findCredentials(
  image: ImageName,
  environment: Environment,
  context: Pick<Context, 'kind' | 'token'>,
): Credentials | null {
  const username = environment.get('REGISTRY_USERNAME');
  const password = environment.get('REGISTRY_PASSWORD')?.trim();
  if (username === undefined && password !== undefined) throw refuseHalf('PASSWORD', 'USERNAME');
  if (username !== undefined && password === undefined) throw refuseHalf('USERNAME', 'PASSWORD');
  if (username !== undefined && password !== undefined) {
    return { username: username.trim(), password, from: 'REGISTRY_USERNAME' };
  }
  const actor = environment.get('GITHUB_ACTOR')?.trim();
  if (image.host === 'ghcr.io' && context.kind === 'github' && actor && context.token !== undefined) {
    return { username: actor, password: context.token, from: 'GITHUB_ACTOR and the token' };
  }
  const login = readDockerLogin(image.credentialHost, environment);
  return login === null ? null : { ...login, from: "docker's config.json" };
}

function refuseHalf(there: string, missing: string): UsageError {
  return new UsageError(
    `Cannot use REGISTRY_${there} alone: REGISTRY_${missing} is not set or empty; set both, or neither`,
  );
}
