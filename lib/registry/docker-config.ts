import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { isNoFile, readText } from '../read-file.ts';
import type { Environment } from '../script.ts';
import { Shape, ShapeError } from '../shape.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
}

/**
 * The login that `docker login` left for a host in `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`, or
 * null. A login that is kept by a credential helper cannot be had without running it: UsageError naming it.
 * Keys as docker/cli writes them: `host`, `https://host/v1/`, and for Docker Hub `https://index.docker.io/v1/`.
 */
export function readDockerLogin(
  host: string,
  environment: Environment,
  findHome: () => string = homedir,
): Login | null {
  const file = findFile(environment, findHome);
  const text = file === null ? null : readIfThere(file);
  if (file === null || text === null) return null;
  try {
    return findLogin(host, file, new Shape(parse(file, text), 'the file'));
  } catch (error) {
    if (error instanceof ShapeError) throw refuse(file, error.message);
    throw error;
  }
}

function findFile(environment: Environment, findHome: () => string): string | null {
  const folder = environment.get('DOCKER_CONFIG');
  if (folder !== undefined) return join(folder, 'config.json');
  try {
    return join(environment.get('HOME') ?? findHome(), '.docker', 'config.json');
  } catch {
    // A container may run under a number that is in no list of users: then there is no home, and no login in it.
    return null;
  }
}

function readIfThere(file: string): string | null {
  try {
    return readText(file);
  } catch (error) {
    if (isNoFile(error)) return null;
    throw refuse(file, (error as Error).message);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(file, 'it is not JSON');
  }
}

function findLogin(host: string, file: string, config: Shape): Login | null {
  const entry = findEntry(config.optional('auths'), host);
  const login = entry === null ? null : readEntry(file, host, entry);
  if (login !== null) return login;
  const helper =
    findEntry(config.optional('credHelpers'), host)?.text() ?? config.optional('credsStore')?.text() ?? '';
  if (helper === '') return null;
  throw new UsageError(
    `Cannot use ${file} for ${host}: its login is kept by the credential helper "docker-credential-${helper}", which is not run here; set REGISTRY_USERNAME and REGISTRY_PASSWORD`,
  );
}

function findEntry(entries: Shape | null, host: string): Shape | null {
  if (entries === null) return null;
  const names = Object.keys(Object(entries.raw()));
  const name = names.find((key) => key === host) ?? names.find((key) => hostOf(key) === host);
  return name === undefined ? null : entries.optional(name);
}

function hostOf(key: string): string {
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return ['docker.io', 'registry-1.docker.io'].includes(host) ? 'index.docker.io' : host;
}

/** Null for an entry without a login: docker leaves `{}` where a credential store keeps it. */
function readEntry(file: string, host: string, entry: Shape): Login | null {
  const packed = entry.optional('auth')?.text() ?? '';
  const username = entry.optional('username')?.text() ?? '';
  const password = entry.optional('password')?.text() ?? '';
  if (packed === '' && username !== '' && password !== '') return { username, password };
  if (packed !== '') {
    const plain = Buffer.from(packed, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = plain.indexOf(':');
    if (colon > 0 && colon < plain.length - 1) {
      return { username: plain.slice(0, colon), password: plain.slice(colon + 1) };
    }
  }
  if ((entry.optional('identitytoken') ?? entry.optional('registrytoken')) !== null) {
    throw refuse(file, `its login for ${host} is an identity token, which is not supported`);
  }
  if (packed !== '') throw refuse(file, `"auth" of ${host} is not base64 of USER:PASSWORD`);
  return null;
}

function refuse(file: string, found: string): UsageError {
  return new UsageError(
    `Cannot use ${file}: ${found}; mend the file, or set REGISTRY_USERNAME and REGISTRY_PASSWORD`,
  );
}
