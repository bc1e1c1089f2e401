import { isLoopback } from '../http-url.ts';
import { shellCommand } from '../shell-command.ts';

/** The command that starts a workflow of GitHub by hand, on a branch, with its inputs. */
export function dispatchCommand(
  { file, repo, branch }: { file: string; repo: string; branch: string },
  inputs: Readonly<Record<string, string>> = {},
): string {
  const fields = Object.entries(inputs).flatMap(([name, value]) => ['-f', `${name}=${value}`]);
  return shellCommand('gh', 'workflow', 'run', file, '--repo', repo, '--ref', branch, ...fields);
}

/** How `gh` calls a repository: outside github.com with its host in front. */
export function nameForGh(repo: string, server = 'https://github.com'): string {
  const { host, hostname } = new URL(server);
  return hostname === 'github.com' || isLoopback(hostname) ? repo : `${host}/${repo}`;
}

/** The command that takes a tag away and pushes it again as it is, in a clone. */
export function pushTagCommand(tag: string): string {
  const steps = [
    ['git', 'fetch', 'origin', 'tag', tag],
    ['git', 'push', 'origin', `:refs/tags/${tag}`],
    ['git', 'push', 'origin', `refs/tags/${tag}`],
  ];
  return steps.map((words) => shellCommand(...words)).join(' && ');
}

/**
 * The command that pushes an empty commit on top of `sha`, in a clone; of the branch's head where none is given.
 * It is refused where the branch has moved on from there: then its newer head is what counts.
 */
export function emptyPushCommand({
  file,
  branch,
  sha,
}: {
  file: string;
  branch: string;
  sha?: string;
}): string {
  const steps = [
    ['git', 'fetch', 'origin', branch],
    ['git', 'checkout', '--detach', sha ?? 'FETCH_HEAD'],
    ['git', 'commit', '--allow-empty', '-m', `run ${file}`],
    ['git', 'push', 'origin', `HEAD:refs/heads/${branch}`],
  ];
  return steps.map((words) => shellCommand(...words)).join(' && ');
}
