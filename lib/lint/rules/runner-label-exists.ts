import { PROFILES } from '../../workflow/profile.ts';
import type { LintConfig } from '../config.ts';
import type { Project } from '../project.ts';
import type { Problem, Rule } from '../rule.ts';

export const runnerLabelExists: Rule = {
  id: 'runner-label-exists',
  level: 'error',
  profiles: PROFILES,
  demand: 'Some runner has each label.',
  why: 'A job whose label no runner has waits until it is cancelled after a day, on all forges, and its status stays pending. The labels are given by `--runner-label` or `runner_labels` in the config; without any, nothing is said.',
  checkProject,
};

function* checkProject(project: Project, config: LintConfig): Iterable<Problem & { file: string }> {
  if (config.runnerLabels.length === 0) return;
  const known = new Set(config.runnerLabels.map((label) => label.toLowerCase()));
  for (const { path, workflow } of project.files) {
    for (const job of workflow?.jobs ?? []) {
      for (const { value, node } of job.runsOn) {
        if (value.includes('${{') || known.has(value.toLowerCase())) continue;
        const message = `no runner has the label "${value}", so job "${job.id}" waits for ever; use ${config.runnerLabels.slice(0, 5).join(', ')}`;
        yield { file: path, start: node.start, end: node.end, message };
      }
    }
  }
}
