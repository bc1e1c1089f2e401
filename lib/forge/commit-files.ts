import { repoPath, type Forge } from './forge.ts';

const cut = 300;

/** The files that differ over a range on GitHub: compare shows at most 300, on its first page. */
export function fetchRangeFiles(
  forge: Forge,
  base: string,
  head: string,
): Promise<{ files: string[]; complete: boolean }> {
  const call = {
    purpose: `read the files changed from ${base} to ${head} in ${forge.repo}`,
    path: `${repoPath(forge.repo)}/compare/${base}...${head}`,
    query: { per_page: 1, page: 1 },
  };
  return forge.api.read(call, (body) => {
    const files = body
      .field('files')
      .list()
      .map((file) => file.field('filename').text());
    return { files, complete: files.length < cut };
  });
}

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
