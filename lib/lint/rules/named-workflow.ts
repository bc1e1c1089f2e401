import { findField } from '../../yaml/fields.ts';
import { isOnlyCalled, listTriggers } from '../triggers.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';

export const namedWorkflow: Rule = {
  id: 'named-workflow',
  level: 'warning',
  profiles: giteaProfiles,
  demand: 'A workflow has a `name:`.',
  why: 'The statuses of a workflow without a name are called `/ job (push)` on Gitea 1.22 to 1.25: those of two such files cannot be told apart, nor required by name.',
  check,
};

/** The events whose runs write statuses. */
const hasStatus = /^(push|pull_request|pull_request_target|release|schedule)$/;

function* check({ workflow }: FileInput): Iterable<Problem> {
  if ((workflow.name ?? '').trim() !== '' || isOnlyCalled(workflow) || workflow.jobs.length === 0) return;
  const event = listTriggers(workflow).find((name) => hasStatus.test(name));
  if (event === undefined) return;
  const on = findField(workflow.document.root, 'on') ?? workflow.document.root;
  const first = workflow.document.root?.items[0] ?? on;
  const message = `the workflow has no name, so its statuses are called "/ ${workflow.jobs[0]?.id} (${event === 'schedule' ? 'push' : event})" on Gitea; add \`name:\``;
  if (first) yield { start: first.start, end: first.end, message };
}
