import { PROFILES } from '../../workflow/profile.ts';
import { findField } from '../../yaml/fields.ts';
import type { Project } from '../project.ts';
import type { Problem, Rule } from '../rule.ts';
import { searchScripts } from '../scripts.ts';
import { bringsOtherFiles } from '../uses.ts';

export const vendoredScriptExists: Rule = {
  id: 'vendored-script-exists',
  level: 'error',
  profiles: PROFILES,
  demand: 'A vendored script that is called is there.',
  why: 'The step fails with "Cannot find module", on all forges; where it may fail, the gate that it was is gone. Jobs that check out another repository or path are passed over.',
  checkProject,
};

const call = /\bnode\s+(?:--?[\w-]+(?:=\S+)?\s+)*["']?(?:\.\/)?((?:[\w.-]+\/)*vendor\/[\w.-]+\.[cm]?js)\b/g;

function* checkProject(project: Project): Iterable<Problem & { file: string }> {
  for (const { path, workflow } of project.files) {
    if (!workflow) continue;
    for (const { job, step, match, from, to, source } of searchScripts(workflow, call)) {
      if (
        bringsOtherFiles(job, job.steps.indexOf(step)) ||
        /(^|[\n;&|]\s*)cd\s/.test(source.slice(0, match.index))
      )
        continue;
      const folder = findField(step.node, 'working-directory')?.value ?? '';
      if (folder.includes('${{')) continue;
      const file = [folder.replace(/^\.\/|\/$/g, ''), match[1]].filter(Boolean).join('/');
      if (project.kindOf(file) === 'file') continue;
      const message = `${file} is not there, so the step fails; commit it, or mend the path`;
      yield { file: path, start: from, end: to, message };
    }
  }
}
