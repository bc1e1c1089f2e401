import { PROFILES } from '../../workflow/profile.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { findSubstitutions, listScripts } from '../scripts.ts';

export const errorIsNotAValue: Rule = {
  id: 'error-is-not-a-value',
  level: 'warning',
  profiles: PROFILES,
  demand: 'A call that failed is not taken for an answer.',
  why: 'With `2>/dev/null || echo none` or `|| true` a refused token, a server that is down and a rate limit look like "there is none", and a check that finds nothing is green.',
  check,
};

function* check({ workflow }: FileInput): Iterable<Problem> {
  for (const script of listScripts(workflow)) {
    for (const { text, before, after, start, end } of findSubstitutions(script)) {
      const tool =
        /^\$\(\s*(?:[A-Za-z_]\w*=\S+\s+|timeout\s+\S+\s+)*(gh|curl|tea)\s+(?!--version|version\b|auth\b|config\b|extension\b)/.exec(
          text,
        )?.[1];
      const name = /(?:^|\s)(?:export |local |readonly )?([A-Za-z_]\w*)="?$/.exec(before)?.[1];
      if (tool === undefined || name === undefined) continue;
      const hides = /2>\s*\/dev\/null|2>&-/.test(text);
      const swallows =
        /\|\|\s*(true|:|(?:echo|printf)\b[^;|&\n]*)\s*\)$/.test(text) || makesAnswer(after, name);
      if (!hides || !swallows || /http_code|\/\/(?:localhost|127\.0\.0\.1)\b/.test(text)) continue;
      const message = `when ${tool} fails, for whatever reason, its error is thrown away and an answer made up; let it fail, or tell 404 from other errors`;
      yield { start, end, message };
    }
  }
}

/** Behind the substitution: `|| true`, or another value for the same variable. */
function makesAnswer(after: string, name: string): boolean {
  const [, command = ''] = /^"?\s*\|\|\s*(true\b|:|\w+=(?!\$))/.exec(after) ?? [];
  return command === 'true' || command === ':' || command === `${name}=`;
}
