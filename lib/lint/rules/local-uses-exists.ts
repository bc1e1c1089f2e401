import { PROFILES } from '../../workflow/profile.ts';
import type { Job } from '../../workflow/job.ts';
import type { Project } from '../project.ts';
import { recall } from '../recall.ts';
import type { Problem, Rule } from '../rule.ts';
import { findBringer, listUses } from '../uses.ts';

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
    const bringers = new Map<Job, number>();
    const makers = new Map<string, number>();
    for (const { value, start, end, job, step } of listUses(workflow)) {
      // The form that GitHub alone knows: from the repository of the workflow, whatever the job has checked out.
      const isOwn = value.startsWith('$/') && profiles.includes('github');
      if ((!value.startsWith('./') && !isOwn) || value.includes('${{')) continue;
      if (step !== null && !isOwn && step > recall(bringers, job, () => findBringer(job))) continue;
      const whole = value.slice(2).replace(/\/+$/, '');
      const target = project.kindOf(whole) === 'folder' ? whole : whole.replace(/@[^/]*$/, '');
      const wanted =
        step === null ? [target] : [`${target}/action.yml`, `${target}/action.yaml`, `${target}/Dockerfile`];
      const isThere = wanted.some((file) => project.kindOf(file.replace(/^\//, '')) === 'file');
      // An action that a step before has made, or fetched, is none of the repository's.
      const maker = (): number => job.steps.findIndex(({ run }) => run?.value.includes(target));
      const made = recall(makers, `${job.id}\0${target}`, maker);
      const isMade = step !== null && !isOwn && target !== '' && made >= 0 && made < step;
      if (isThere || isMade) continue;
      const message = `"${value}" is not there (${wanted[0]}), so the job fails; mend the path, or commit the file`;
      yield { file: path, start, end, message };
    }
  }
}
