import { repoPath, type Forge } from './forge.ts';

/** The files of one commit on GitHub, at most 300. */
export function fetchCommitFiles(forge: Forge, sha: string): Promise<string[]> {
  const call = {
    purpose: `read the commit ${sha} of ${forge.repo}`,
    path: `${repoPath(forge.repo)}/commits/${sha}`,
  };
  return forge.api.read(call, (body) =>
    body
      .field('files')
      .list()
      .map((file) => file.field('filename').text()),
  );
}
