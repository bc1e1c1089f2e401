import { PROFILES } from '../../workflow/profile.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { searchScripts } from '../scripts.ts';

export const jqFirstOrDefault: Rule = {
  id: 'jq-first-or-default',
  level: 'warning',
  profiles: PROFILES,
  demand: 'The first item of a list that may be empty has a default.',
  why: 'jq gives `null` for `.[0]` of an empty list, and `.[0].x` the text "null": a run, a release or a pull request of that name is then looked for.',
  check,
};

const program = /(?:\bjq\s+((?:-{1,2}[\w-]+\s+)*)|(--jq|-q)[ =])(['"])((?:(?!\3)[\s\S]){0,400})\3/g;

/** Whether something else than a call, or the text of one, is piped into jq: a function, a program. */
function isFedByAnother(before: string): boolean {
  const lines = before.split('\n');
  let statement = lines.pop() ?? '';
  while (/[\\|]\s*$/.test(lines.at(-1) ?? '')) statement = `${lines.pop()}${statement}`;
  return /\|\s*$/.test(statement) && !/\b(?:gh|curl|tea|echo|printf|cat|tee)\b/.test(statement);
}

/** A plain file, and the releases of a repository that is named: whoever wrote that has seen that there are some. */
function isNeverEmpty(call: string): boolean {
  const command = call.slice(Math.max(call.lastIndexOf('gh '), call.lastIndexOf('curl ')));
  if (command.startsWith('curl')) return /https?:\/\/[\w./-]+\.json\b/.test(command);
  return /^gh release list\b.*\s(?:-R|--repo)[= ]["']?[\w.-]+\/[\w.-]+/.test(command);
}

function* check({ workflow }: FileInput): Iterable<Problem> {
  for (const { match, from, to, source } of searchScripts(workflow, program)) {
    // What a program on the runner prints is not in doubt; what an API lists is.
    const before = source.slice(Math.max(0, (match.index ?? 0) - 300), (match.index ?? 0) + 12);
    if (isFedByAnother(source.slice(Math.max(0, (match.index ?? 0) - 300), match.index))) continue;
    const call = /\b(?:gh|curl|tea)\s(?:(?!\n\s*\n)[\s\S])*$/.exec(before)?.[0];
    if (call === undefined || isNeverEmpty(call)) continue;
    const [, flags = '', , , text = ''] = match;
    const isExit = /(^|\s)(-[a-zA-Z]*e[a-zA-Z]*|--exit-status)\s/.test(flags);
    if (isExit || !/(^|[|(]\s*)\.\[0\]/.test(text) || /\/\/|\b(select|length|if|empty|values)\b/.test(text))
      continue;
    const message =
      '`.[0]` of an empty list is null, which this goes on with as if it were an answer; add `// empty`, or `jq -e`';
    yield { start: from, end: to, message };
  }
}
