import { compilePattern } from '../../workflow/patterns-gitea.ts';
import { PROFILES } from '../../workflow/profile.ts';
import { findField } from '../../yaml/fields.ts';
import { lookThrough } from '../../yaml/resolve.ts';
import { listSiblings, type Project } from '../project.ts';
import type { Problem, Rule } from '../rule.ts';

export const workflowRunExists: Rule = {
  id: 'workflow-run-exists',
  level: 'error',
  profiles: PROFILES,
  demand: 'A `workflow_run` names workflows that exist.',
  why: 'It waits for a workflow by its `name:` (by its path where it has none). No forge says so when there is none of that name: the file is never started. Those that GitHub runs by itself, as `pages-build-deployment`, are there. GitHub, Gitea from 1.25 on.',
  checkProject,
};

/** Workflows that GitHub runs by itself, without a file in the repository. */
const madeByGitHub = [
  'pages-build-deployment',
  'CodeQL',
  'Dependabot Updates',
  'Automatic Dependency Submission',
  'Copilot',
  'Copilot code review',
];

function* checkProject(project: Project): Iterable<Problem & { file: string }> {
  for (const { path, workflow, profiles } of project.files) {
    const trigger = workflow?.on.get('workflow_run');
    const names = lookThrough(findField(trigger?.node, 'workflows'));
    if (!names) continue;
    const siblings = listSiblings(project, path);
    // What a file that cannot be read is called is not known, and it is reported itself.
    if (siblings.some(({ workflow: other }) => other === null)) continue;
    const known = siblings.map((file) => file.workflow?.name ?? file.path);
    const items = names.kind === 'seq' ? names.items : [names];
    const isThere = (name: string): boolean => {
      const matches = /[*?+[!\\]/.test(name) ? compilePattern(name.replace(/^!/, '')) : null;
      const isOurs = profiles.includes('github') && madeByGitHub.includes(name);
      return isOurs || known.some((other) => other === name || matches?.(other));
    };
    const hasOther = items.some((item) => isThere(lookThrough(item).value));
    for (const node of items) {
      const { value } = lookThrough(node);
      if (value === '' || value.includes('${{') || isThere(value)) continue;
      const near = known.find((name) => name.toLowerCase() === value.toLowerCase()) ?? null;
      const mend = near
        ? `it is called "${near}"`
        : `there are ${known.filter(Boolean).slice(0, 5).join(', ') || 'none'}`;
      const effect = hasOther ? 'so that name starts nothing' : 'so this file is never started';
      const message = `no workflow in this folder is called "${value}", ${effect}; ${mend}`;
      // Where another name is right the file runs, and this one may be that of an older branch.
      yield { file: path, start: node.start, end: node.end, message, level: hasOther ? 'warning' : 'error' };
    }
  }
}
