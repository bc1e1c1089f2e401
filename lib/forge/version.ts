import type { Profile } from '../workflow/profile.ts';
import { ShapeError } from '../shape.ts';
import type { Forge } from './forge.ts';

/**
 * Which server's rules hold. Gitea: GET /version (`1.22.6`, `1.22.6+dev-1-g…`; Forgejo `12.0.0+gitea-1.22.0`).
 * A server without that call gets the rules of the oldest in scope.
 */
export async function fetchProfile(forge: Forge): Promise<Profile> {
  if (forge.kind !== 'gitea') return forge.kind;
  const call = { purpose: 'read the version of the server', path: '/version' };
  const version = await forge.api.find(call, (body) => body.field('version').text());
  return version === null ? 'gitea-1.22' : profileOfVersion(version);
}

/** The profile of what a server calls its version. Versions out of scope take the nearest one's rules. */
export function profileOfVersion(version: string): Profile {
  if (/\+gitea-/.test(version) || /forgejo/i.test(version)) return 'forgejo';
  const match = /^v?1\.(\d+)\b/.exec(version);
  if (!match) throw new ShapeError(`"version" is "${version}", no Gitea version`);
  const minor = Math.min(25, Math.max(22, Number(match[1])));
  return `gitea-1.${minor}` as Profile;
}
