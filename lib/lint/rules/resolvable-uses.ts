import { listUses } from '../uses.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { serverProfiles } from '../drop-rule.ts';

export const resolvableUses: Rule = {
  id: 'resolvable-uses',
  level: 'error',
  profiles: serverProfiles,
  demand: 'A `uses:` says where the action is, and at which version.',
  why: 'The runner of Gitea and Forgejo fails on an action without `@ref`, and takes a relative path without `./` for a repository. (On GitHub such a file is invalid, which it shows.)',
  check,
};

function* check({ workflow }: FileInput): Iterable<Problem> {
  for (const { value, start, end } of listUses(workflow)) {
    if (value === '' || value.includes('${{') || /^(\.\/|docker:\/\/)/.test(value)) continue;
    if (value.startsWith('$/')) {
      const message = `"${value}" is a form that GitHub alone knows, and the step fails; write ".${value.slice(1)}"`;
      yield { start, end, message };
    } else if (/^\.[\w-]*\/|^\w[\w.-]*$/.test(value) || /^\.\.\//.test(value)) {
      const message = `"${value}" is a path without "./", which the runner takes for a repository; write "./${value}"`;
      yield { start, end, message };
    } else if (!/@./.test(value)) {
      const message = `"${value}" names no version, and the step fails; write "${value.replace(/@$/, '')}@v1", or a commit`;
      yield { start, end, message };
    }
  }
}
