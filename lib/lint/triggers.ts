import { findField } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { lookThrough } from '../yaml/resolve.ts';
import type { Profile } from '../workflow/profile.ts';
import { giteaMinor } from '../workflow/profile.ts';
import type { Job } from '../workflow/job.ts';
import type { Trigger } from '../workflow/trigger.ts';
import type { Workflow } from '../workflow/workflow.ts';

/** Events of Gitea 1.22.6 (modules/actions/github.go), with the activity types that it knows. */
const giteaEvents: Record<string, readonly string[] | null> = {
  push: null,
  create: null,
  delete: null,
  fork: null,
  gollum: null,
  schedule: null,
  pull_request: prTypes(),
  pull_request_target: prTypes(),
  pull_request_review: ['submitted', 'edited'],
  pull_request_review_comment: ['created', 'edited'],
  pull_request_comment: ['created', 'edited', 'deleted'],
  issue_comment: ['created', 'edited', 'deleted'],
  issues: words(
    'opened edited closed reopened assigned unassigned milestoned demilestoned labeled unlabeled',
  ),
  release: ['published', 'edited', 'deleted'],
  registry_package: ['published'],
};

function words(text: string): string[] {
  return text.split(' ');
}

function prTypes(): string[] {
  return words(
    'opened edited closed reopened assigned unassigned synchronize labeled unlabeled milestoned demilestoned review_requested review_request_removed',
  );
}

/** Whether an event can start a workflow; `workflow_call` is no event of a forge, so it is left out. */
export function canFire(event: string, profile: Profile): boolean {
  if (Object.hasOwn(giteaEvents, event)) return true;
  const minor = giteaMinor(profile);
  if (event === 'workflow_dispatch') return profile === 'forgejo' || (minor ?? 0) >= 23;
  return event === 'workflow_run' && (minor ?? 0) >= 25;
}

/** The activity types of an event that Gitea and Forgejo know; null where it has none. */
export function listTypes(event: string): readonly string[] | null {
  return giteaEvents[event] ?? null;
}

/** The keys that filter an event in Gitea; null where filters are passed over and the event fires all the same. */
export function listFilterKeys(event: string): readonly string[] | null {
  if (event === 'push') return words('branches branches-ignore tags tags-ignore paths paths-ignore');
  if (/^pull_request(_target)?$/.test(event))
    return words('types branches branches-ignore paths paths-ignore');
  if (event === 'workflow_run') return words('types workflows branches branches-ignore');
  return listTypes(event) ? ['types'] : null;
}

/** Where a text stands in a filter or in `types`; the event where it cannot be found, as behind an alias. */
export function placeOf({ key, node }: Trigger, name: string, text: string): YamlNode {
  const filter = findField(node, name);
  if (!filter) return node ?? key;
  const items = filter.kind === 'seq' ? filter.items : [];
  return items.find((item) => lookThrough(item).value === text) ?? filter;
}

/** A job's id, as it stands in the file. */
export function findKey(root: YamlNode | null, { id, node }: Job): YamlNode {
  const jobs = lookThrough(findField(root, 'jobs'));
  return jobs?.items.find((key, index) => index % 2 === 0 && key.value === id) ?? node;
}

/** The events that a workflow names, without `workflow_call`. */
export function listTriggers(workflow: Workflow): string[] {
  return Array.from(workflow.on.keys()).filter((event) => event !== 'workflow_call');
}

/** Whether other workflows call it, and nothing else starts it. */
export function isOnlyCalled(workflow: Workflow): boolean {
  return workflow.on.has('workflow_call') && listTriggers(workflow).length === 0;
}
