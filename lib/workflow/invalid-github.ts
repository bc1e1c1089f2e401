import { compilePattern } from './patterns-github.ts';
import { PUSH_FILTER_KEYS } from './push-filter.ts';
import type { Trigger } from './trigger.ts';
import type { Workflow } from './workflow.ts';

/**
 * What makes GitHub call a whole workflow invalid, as far as it stands under `on:` (docs.github.com, workflow syntax);
 * null where nothing does. It then runs nothing of it, so no filter in it excludes anything. `isEvent` knows its events.
 */
export function findInvalidTrigger(
  workflow: Pick<Workflow, 'on'>,
  isEvent: (name: string) => boolean,
): { at: Trigger; problem: string } | null {
  for (const [event, trigger] of workflow.on) {
    const problem = isEvent(event) ? findProblem(event, trigger) : 'GitHub has no such event';
    if (problem !== null) return { at: trigger, problem: `\`on.${event}\`: ${problem}` };
  }
  return null;
}

function findProblem(event: string, { filters, unknownKeys, types }: Trigger): string | null {
  const unknown = event === 'push' ? [...unknownKeys, ...(types === null ? [] : ['types'])] : [];
  if (unknown[0] !== undefined) return `\`${unknown[0]}\` is no filter of it`;
  for (const key of PUSH_FILTER_KEYS) {
    const patterns = filters[key];
    if (patterns === undefined) continue;
    if (!key.endsWith('-ignore') && filters[`${key}-ignore` as typeof key] !== undefined)
      return `\`${key}\` and \`${key}-ignore\` may not stand side by side`;
    const bad = patterns.find((one) => one === '' || compilePattern(one.replace(/^!/, '')) === null);
    if (bad !== undefined) return `"${bad}" in \`${key}\` is no pattern`;
  }
  return null;
}
