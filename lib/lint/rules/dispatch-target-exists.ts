import { PROFILES } from '../../workflow/profile.ts';
import { entries, findField } from '../../yaml/fields.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { lookThrough } from '../../yaml/resolve.ts';
import { findByFile, listSiblings, type Project } from '../project.ts';
import type { Problem, Rule } from '../rule.ts';
import { searchScripts, type ScriptMatch } from '../scripts.ts';
import type { SourceFile } from '../source.ts';

export const dispatchTargetExists: Rule = {
  id: 'dispatch-target-exists',
  level: 'error',
  profiles: PROFILES,
  demand:
    'A workflow that is dispatched exists, has `workflow_dispatch`, and declares the inputs that it gets.',
  why: 'The call fails with 404 or 422 at run time, on all forges; where the script passes over that, the other workflow never runs.',
  checkProject,
};

const file = String.raw`["']?([\w.-]+(?:\/[\w.-]+)*\.ya?ml)["']?`;
const calls = [
  new RegExp(
    String.raw`\bgh\s+workflow\s+run\s+(?:(?:--ref|--repo|-R|-r)[= ](?:"[^"\n]*"|\$\{\{[^}\n]*\}\}|(?!"|\$\{\{)\S+)\s+)*${file}((?:[^\n;|&\\]|\\\r?\n|\\.)*)`,
    'g',
  ),
  new RegExp(String.raw`\/actions\/workflows\/${file}\/dispatches\b()`, 'g'),
  new RegExp(String.raw`\s--dispatch[= ]${file}()`, 'g'),
];

function* checkProject(project: Project): Iterable<Problem & { file: string }> {
  for (const source of project.files) {
    for (const call of source.workflow ? calls : []) {
      for (const found of searchScripts(source.workflow as NonNullable<SourceFile['workflow']>, call)) {
        if (asksAnotherRepository(found, source.workflow?.document.root ?? null)) continue;
        const message = judge(project, source.path, found.match[1] ?? '', found.match[2] ?? '');
        if (message) yield { file: source.path, start: found.from, end: found.to, message };
      }
    }
  }
}

/** The repository of the job, as scripts write it. */
const own =
  /^(?:"?\$\{?(?:GITHUB|GITEA)_REPOSITORY\}?"?|\$\{\{\s*(?:github|gitea)\.repository\s*\}\}|\{owner\}\/\{repo\}|:owner\/:repo)$/;

function namesAnotherInEnv(owners: readonly (YamlNode | null)[]): boolean {
  const [repo] = owners.map((owner) => findField(findField(owner, 'env'), 'GH_REPO')).filter((node) => node);
  return repo !== undefined && !own.test(repo.value);
}

function asksAnotherRepository({ match, source, step, job }: ScriptMatch, root: YamlNode | null): boolean {
  const at = match.index ?? 0;
  const start = Math.max(source.lastIndexOf('\n', at) + 1, at - 1000);
  const command = source.slice(start, at + match[0].length);
  const rest = /^(?:[^\n\\]|\\[\s\S])*/.exec(
    source.slice(start + command.length, start + command.length + 400),
  )?.[0];
  const named = /\s(?:-R|--repo)[= ]\s*("[^"]*"|\$\{\{.*?\}\}|\S+)/.exec(`${command}${rest ?? ''}`)?.[1];
  if (named !== undefined) return !own.test(named.replace(/^(["'])(.*)\1$/, '$2'));
  if (/\bGH_REPO=/.test(source)) return true;
  if (match[0].startsWith('gh')) return namesAnotherInEnv([step.node, job.node, root]);
  if (/^\s--dispatch/.test(match[0])) return false;
  // An address whose repository cannot be seen may be any.
  const repo = /repos\/(.+?)\/actions\/workflows/.exec(command)?.[1];
  return repo === undefined || !own.test(repo);
}

function judge(project: Project, path: string, name: string, rest: string): string | null {
  const target = findByFile(project, path, name);
  if (!target) {
    if (listSiblings(project, path).length === 0) return null;
    return `there is no workflow file "${name}" to dispatch; the call fails and nothing runs; name one that is there`;
  }
  const dispatch = target.workflow?.on.get('workflow_dispatch');
  if (!target.workflow) return null;
  if (!dispatch)
    return `"${name}" has no \`workflow_dispatch\`, so the call fails and nothing runs; add it under its \`on:\``;
  const declared = entries(lookThrough(findField(dispatch.node, 'inputs'))).map(([input]) => input);
  for (const [, input = ''] of rest.matchAll(/\s(?:-f|-F|--field|--raw-field)[= ]["']?([\w-]+)=/g)) {
    if (!declared.includes(input)) {
      return `"${name}" declares no input "${input}", so the call fails and nothing runs; declare it, or leave it out`;
    }
  }
  return null;
}
