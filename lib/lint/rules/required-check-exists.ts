import { PROFILES } from '../../workflow/profile.ts';
import type { LintConfig } from '../config.ts';
import type { Project } from '../project.ts';
import { listRequiredChecks } from '../required-checks.ts';
import type { Problem, Rule } from '../rule.ts';

export const requiredCheckExists: Rule = {
  id: 'required-check-exists',
  level: 'error',
  profiles: PROFILES,
  demand: 'Some job reports each required check.',
  why: 'A required check that no job reports is awaited for ever, on all forges: nothing can be merged. The names are those of `required_checks` in the config.',
  checkProject,
};

function* checkProject(project: Project, config: LintConfig): Iterable<Problem & { file: string }> {
  if (project.files.length === 0) return;
  for (const { branch, name, start, end, reportedBy } of listRequiredChecks(project, config)) {
    if (reportedBy.length > 0) continue;
    const message = `no job reports the check "${name}" that branch "${branch}" requires, so nothing can be merged into it; name a job as the forge shows it`;
    yield { file: config.file, start, end, message };
  }
}
