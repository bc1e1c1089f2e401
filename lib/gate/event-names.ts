/**
 * The events that can start a run: GitHub's (docs.github.com, events that trigger workflows), and the names by which
 * Gitea's list of runs calls its own. A name that no forge has would count no run at all, and that would look like a
 * push that was not due.
 */
const known = new Set(
  [
    'branch_protection_rule check_run check_suite create delete deployment deployment_status discussion',
    'discussion_comment dynamic fork gollum image_version issue_comment issues label merge_group milestone page_build',
    'project project_card project_column public pull_request pull_request_comment pull_request_review',
    'pull_request_review_comment pull_request_target push registry_package release repository_dispatch schedule status',
    'watch workflow_call workflow_dispatch workflow_run',
    'issue_assign issue_label issue_milestone package pull_request_assign pull_request_label pull_request_milestone',
    'pull_request_review_approved pull_request_review_rejected pull_request_review_request pull_request_sync wiki',
  ].flatMap((line) => line.split(' ')),
);

/** Is this an event of a forge? */
export function isEvent(name: string): boolean {
  return known.has(name);
}
