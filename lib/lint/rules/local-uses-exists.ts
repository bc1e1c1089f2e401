import { PROFILES } from '../../workflow/profile.ts';
import type { Project } from '../project.ts';
import type { Problem, Rule } from '../rule.ts';
import { bringsOtherFiles, listUses } from '../uses.ts';

export const localUsesExists: Rule = {
  id: 'local-uses-exists',
  level: 'error',
  profiles: PROFILES,
  demand: 'A local action or workflow that is used is there.',
  why: 'The job fails when it comes to it, on all forges. Jobs that check out another repository or path before are passed over.',
  checkProject,
};

function* checkProject(project: Project): Iterable<Problem & { file: string }> {
  for (const { path, workflow, kind, profiles } of project.files) {
    if (!workflow || kind !== 'workflow') continue;
    for (const { value, start, end, job, step } of listUses(workflow)) {
      // The form that GitHub alone knows: from the repository of the workflow, whatever the job has checked out.
      const isOwn = value.startsWith('$/') && profiles.includes('github');
      if ((!value.startsWith('./') && !isOwn) || value.includes('${{')) continue;
      if (step !== null && !isOwn && bringsOtherFiles(job, step)) continue;
      const whole = value.slice(2).replace(/\/+$/, '');
      const target = project.kindOf(whole) === 'folder' ? whole : whole.replace(/@[^/]*$/, '');
      const wanted =
        step === null ? [target] : [`${target}/action.yml`, `${target}/action.yaml`, `${target}/Dockerfile`];
      const isThere = wanted.some((file) => project.kindOf(file.replace(/^\//, '')) === 'file');
      // An action that a step before has made, or fetched, is none of the repository's.
      const isMade =
        step !== null &&
        !isOwn &&
        job.steps
          .slice(0, step)
          .some(({ run }) => run !== null && run.value.includes(target) && target !== '');
      if (isThere || isMade) continue;
      const message = `"${value}" is not there (${wanted[0]}), so the job fails; mend the path, or commit the file`;
      yield { file: path, start, end, message };
    }
  }
}
