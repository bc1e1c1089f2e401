import { searchScripts } from '../scripts.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { serverProfiles } from '../drop-rule.ts';

export const forgeNeutralHost: Rule = {
  id: 'forge-neutral-host',
  level: 'warning',
  profiles: serverProfiles,
  demand: 'A script asks the forge that it runs on.',
  why: '`gh` and `api.github.com` ask GitHub, where the repository, the commit and the token of a Gitea job mean nothing. `$GITHUB_API_URL` is the forge of the job. A call that names a repository of GitHub is meant so.',
  check,
};

const pattern =
  /\bapi\.github\.com\b|\bgh (?:api|pr|run|workflow|release|issue|repo|secret|variable|cache)\b/g;

/** What may stand before a command on its line. */
const commandStart = /(?:^|[\n;&|(`]|\b(?:then|do|else|if|!)|\b[A-Z_]+=\S{1,80})\s*$/;

/** Whether the call itself names a repository of GitHub, or something that is there alone. */
function namesGitHub(call: string, isCommand: boolean): boolean {
  const [line = ''] = call.split(/(?<!\\)\r?\n/);
  if (isCommand)
    return (
      /\s(?:-R|--repo)[= ]+["']?(?:[\w.-]+\/){1,2}[\w.-]+/.test(line) ||
      /\brepos\/[\w.-]+\/[\w.-]+/.test(line)
    );
  return /^\S*?\/(?:repos\/[\w.-]+\/[\w.-]|meta\b|rate_limit\b|zen\b|users\/[\w.-]|orgs\/[\w.-])/.test(line);
}

function* check({ workflow }: FileInput): Iterable<Problem> {
  for (const { match, from, to, source } of searchScripts(workflow, pattern)) {
    const before = source.slice(Math.max(0, (match.index ?? 0) - 100), match.index);
    const isCall = match[0].startsWith('gh');
    if (namesGitHub(source.slice(match.index, (match.index ?? 0) + 300), isCall)) continue;
    if (isCall && (!commandStart.test(before) || /GH_HOST|--hostname/.test(source))) continue;
    const mend = match[0].startsWith('gh') ? 'call the API of $GITHUB_API_URL' : 'use $GITHUB_API_URL';
    yield {
      start: from,
      end: to,
      message: `"${match[0]}" asks GitHub, not the forge that this job runs on; ${mend}`,
    };
  }
}
