import { PROFILES } from '../../workflow/profile.ts';
import { findEntry } from '../../yaml/fields.ts';
import { lookThrough } from '../../yaml/resolve.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';

export const continueOnErrorTracked: Rule = {
  id: 'continue-on-error-tracked',
  level: 'warning',
  profiles: PROFILES,
  demand: '`continue-on-error: true` names the issue that will take it away.',
  why: 'A step or job that may fail is always green, and nobody looks at it again. A reference (`tracker` in the config; `#123`, a key or a link without) in a comment beside it, or above, says when it may go.',
  check,
};

function* check({ workflow, file, config }: FileInput): Iterable<Problem> {
  for (const job of workflow.jobs) {
    for (const owner of [job.node, ...job.steps.map(({ node }) => node)]) {
      const [key, value] = findEntry(owner, 'continue-on-error') ?? [];
      if (!key || !value || !/^(?:true|\$\{\{\s*true\s*\}\})$/i.test(lookThrough(value).value)) continue;
      const { line } = file.lines.locate(key.start);
      const around = [line - 1, line].map((number) =>
        commentOf(file.text.slice(file.lines.startOf(Math.max(1, number)), file.lines.startOf(number + 1))),
      );
      if (around.some((comment) => config.tracker.test(comment))) continue;
      const message =
        'nothing says when this may fail no longer: what fails here is always green; name an issue in a comment beside it';
      yield { start: key.start, end: value.end, message };
    }
  }
}

function commentOf(line: string): string {
  return /(?:^|\s)#(.*)/.exec(line)?.[0] ?? '';
}
