import { PROFILES } from '../../workflow/profile.ts';
import { findField } from '../../workflow/go-decode.ts';
import { listSiblings, workflowFolderOf, type Project } from '../project.ts';
import type { Problem, Rule } from '../rule.ts';

export const uniqueWorkflowName: Rule = {
  id: 'unique-workflow-name',
  level: 'warning',
  profiles: PROFILES,
  demand: 'No two workflows of a folder have one name.',
  why: 'A `workflow_run` that names it is started by both; their statuses and required checks cannot be told apart, on all forges.',
  checkProject,
};

function* checkProject(project: Project): Iterable<Problem & { file: string }> {
  for (const { path, workflow } of project.files) {
    const name = workflow?.name;
    if (!workflow || !name || workflowFolderOf(path) === null) continue;
    const twin = listSiblings(project, path).find(
      (file) => file.path !== path && file.workflow?.name === name,
    );
    const node = findField(workflow.document.root, 'name');
    if (!twin || !node) continue;
    const message = `${twin.path} is called "${name}" as well, so the two cannot be told apart; give each its own name`;
    yield { file: path, start: node.start, end: node.end, message };
  }
}
