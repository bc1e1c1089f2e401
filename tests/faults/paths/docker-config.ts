import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `docker login` leaves, in a folder below this one: as a call is told of it, and as a file that it reads. */
export function writeDockerConfig(
  folder: string,
  host: string,
  login: string,
): { env: Record<string, string>; files: Record<string, string> } {
  const home = join(folder, 'docker');
  mkdirSync(home);
  const auth = Buffer.from(login).toString('base64');
  writeFileSync(join(home, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }, null, 2));
  return { env: { DOCKER_CONFIG: home }, files: { 'config.json': join(home, 'config.json') } };
}
