/** A forge and version whose reading of a workflow file is modelled. */
export type Profile = 'github' | 'gitea-1.22' | 'gitea-1.23' | 'gitea-1.24' | 'gitea-1.25' | 'forgejo';

/** Every profile there is, oldest Gitea first. */
export const PROFILES: readonly Profile[] = [
  'github',
  'gitea-1.22',
  'gitea-1.23',
  'gitea-1.24',
  'gitea-1.25',
  'forgejo',
];

/** The minor version of a Gitea profile (22 to 25), or null where the profile is no Gitea. */
export function giteaMinor(profile: Profile): number | null {
  return profile.startsWith('gitea-1.') ? Number(profile.slice('gitea-1.'.length)) : null;
}
