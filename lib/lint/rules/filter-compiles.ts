import { compilePattern } from '../../workflow/patterns-gitea.ts';
import { PUSH_FILTER_KEYS } from '../../workflow/push-filter.ts';
import { canFire, placeOf } from '../triggers.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { serverProfiles } from '../drop-rule.ts';

export const filterCompiles: Rule = {
  id: 'filter-compiles',
  level: 'error',
  profiles: serverProfiles,
  demand: 'Each pattern of a filter compiles.',
  why: 'Where one pattern of a list does not compile, Gitea takes the whole filter for one that does not match, without a word, in all versions. A class takes letters and digits, and `_`, alone: no `!`, `.` or trailing `-`; two quantifiers cannot follow each other.',
  check,
};

function* check({ workflow, profile }: FileInput): Iterable<Problem> {
  for (const [event, trigger] of workflow.on) {
    const { filters } = trigger;
    if (!/^(push|pull_request|pull_request_target|workflow_run)$/.test(event) || !canFire(event, profile))
      continue;
    for (const filter of PUSH_FILTER_KEYS) {
      const broken = filters[filter]?.find((pattern) => compilePattern(pattern.replace(/^!/, '')) === null);
      if (broken === undefined) continue;
      const place = placeOf(trigger, filter, broken);
      const message = `\`on.${event}.${filter}\`: the pattern "${broken}" does not compile; Gitea then never runs the file on ${event}; write it without the class or the quantifier`;
      yield { start: place.start, end: place.end, message };
    }
  }
}
