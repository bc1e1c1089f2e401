import { findEntry } from '../../yaml/fields.ts';
import type { LintConfig } from '../config.ts';
import type { Project } from '../project.ts';
import { listRequiredChecks } from '../required-checks.ts';
import type { Problem, Rule } from '../rule.ts';

export const requiredCheckInMergeQueue: Rule = {
  id: 'required-check-in-merge-queue',
  level: 'error',
  profiles: ['github'],
  demand: 'A workflow with a required check of a branch with a merge queue runs on `merge_group`.',
  why: "GitHub's queue waits for the required checks of the commit that it makes; without `merge_group` nothing runs there, and the queue gives up after its time. The branches are those of `merge_queue` in the config.",
  checkProject,
};

function* checkProject(project: Project, config: LintConfig): Iterable<Problem & { file: string }> {
  const seen = new Set<string>();
  for (const { branch, name, reportedBy } of listRequiredChecks(project, config)) {
    if (!config.mergeQueue.includes(branch)) continue;
    // Another file may report the same check for the queue.
    if (reportedBy.some(({ workflow }) => workflow?.on.has('merge_group'))) continue;
    for (const { path, workflow, profiles } of reportedBy) {
      if (!workflow || !profiles.includes('github') || seen.has(path)) continue;
      seen.add(path);
      const [key] = findEntry(workflow.document.root, 'on') ?? [];
      if (!key) continue;
      const message = `the merge queue of "${branch}" waits for "${name}", and this file does not run on \`merge_group\`, so nothing leaves the queue; add \`merge_group:\``;
      yield { file: path, start: key.start, end: key.end, message };
    }
  }
}
