import type { ForgeKind } from '../find-api.ts';
import type { WorkflowText } from '../forge/forge.ts';
import { giteaMinor, type Profile } from '../workflow/profile.ts';
import type { WorkflowReading } from './workflow-reading.ts';

/** What a person types to start the run that is missing. */
export function suggestStart(
  kind: ForgeKind,
  profile: Profile,
  text: WorkflowText,
  reading: WorkflowReading,
  { branch, sha }: { branch: string | null; sha: string },
): string[] {
  if (reading.drop !== null)
    return [`mend ${text.path} (node vendor/lint-workflow-yaml.mjs ${text.path} says where) and push it`];
  const ref = branch ?? 'BRANCH';
  const again = suggestPush(text, reading, ref, sha);
  const canDispatch = reading.events.includes('workflow_dispatch');
  if (kind === 'github' && canDispatch) {
    return [
      `gh workflow run ${text.file} --ref ${ref}, then gate with --event push --event workflow_dispatch`,
      again,
    ];
  }
  const minor = giteaMinor(profile);
  if (canDispatch && (minor === null || minor >= 24) && kind !== 'github') {
    return [
      `start ${text.file} on ${ref} from the Actions page, then gate with --event push --event workflow_dispatch`,
      again,
    ];
  }
  return [again];
}

/** An empty commit starts nothing where a path filter decides, and would then pass for a push that was not due. */
function suggestPush(text: WorkflowText, { pushFilters }: WorkflowReading, ref: string, sha: string): string {
  const patterns = [
    ...(pushFilters?.paths ?? []),
    ...(pushFilters?.['paths-ignore'] ?? []).map((one) => `not ${one}`),
  ];
  if (patterns.length > 0) {
    return `change a file that the path filter of ${text.file} takes (${patterns.join(', ')}) in a commit on ${ref}, push it with a person's token and gate that commit: an empty commit would start nothing`;
  }
  return `git fetch origin && git checkout ${ref} && git commit --allow-empty -m "run ${text.file}" && git push origin ${ref}  # with a person's token, while ${ref} is at ${sha}`;
}
