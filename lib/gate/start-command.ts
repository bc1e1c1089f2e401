import type { Context } from '../context.ts';
import type { Forge } from '../forge/forge.ts';
import { shellCommand } from '../shell-command.ts';

/** What a command that is printed must know of the repository: `serverUrl` says where `gh` finds it. */
export type Home = Pick<Forge, 'kind' | 'repo'> & { readonly context: Pick<Context, 'serverUrl'> };

/** The command that starts a workflow of GitHub by hand, on a branch, with its inputs. */
export function dispatchCommand(
  { home, file, branch }: { home: Home; file: string; branch: string },
  inputs: Readonly<Record<string, string>> = {},
): string {
  const fields = Object.entries(inputs).flatMap(([name, value]) => ['-f', `${name}=${value}`]);
  return shellCommand('gh', 'workflow', 'run', file, '--repo', nameForGh(home), '--ref', branch, ...fields);
}

/** The command that runs the failed jobs of a run of GitHub again. */
export function rerunCommand(home: Home, run: string): string {
  return shellCommand('gh', 'run', 'rerun', run, '--repo', nameForGh(home), '--failed');
}

/** `gh` takes a repository without a host for one of github.com. */
function nameForGh({ repo, context }: Home): string {
  const { host } = new URL(context.serverUrl);
  return /^(www\.)?github\.com$/.test(host) ? repo : `${host}/${repo}`;
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
