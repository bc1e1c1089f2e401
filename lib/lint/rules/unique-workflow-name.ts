import { PROFILES } from '../../workflow/profile.ts';
import { findField } from '../../yaml/fields.ts';
import { listAll, workflowFolderOf, type Project } from '../project.ts';
import type { Problem, Rule } from '../rule.ts';
import type { SourceFile } from '../source.ts';
import { isOnlyCalled } from '../triggers.ts';

export const uniqueWorkflowName: Rule = {
  id: 'unique-workflow-name',
  level: 'warning',
  profiles: PROFILES,
  demand: 'No two workflows of a folder have one name.',
  why: 'A `workflow_run` that names it is started by both; their statuses and required checks cannot be told apart, on all forges. A file that is only called shows its name nowhere.',
  checkProject,
};

function* checkProject(project: Project): Iterable<Problem & { file: string }> {
  const named = new Map<string, SourceFile[]>();
  for (const file of listAll(project)) {
    const folder = workflowFolderOf(file.path);
    const name = file.workflow?.name;
    // A file that is only called starts no run, so nothing is shown under its name.
    if (!file.workflow || isOnlyCalled(file.workflow)) continue;
    if (!name || folder === null || file.kind !== 'workflow') continue;
    const key = `${folder} ${name}`;
    const same = named.get(key);
    if (same) same.push(file);
    else named.set(key, [file]);
  }
  for (const files of named.values()) {
    for (const { path, workflow } of files.length > 1 ? files : []) {
      const twin = files.find((file) => file.path !== path);
      const node = findField(workflow?.document.root, 'name');
      if (!twin || !node) continue;
      const message = `${twin.path} is called "${workflow?.name}" as well, so the two cannot be told apart; give each its own name`;
      yield { file: path, start: node.start, end: node.end, message };
    }
  }
}
