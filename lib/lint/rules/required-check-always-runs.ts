import { PROFILES } from '../../workflow/profile.ts';
import { findEntry } from '../../yaml/fields.ts';
import type { LintConfig } from '../config.ts';
import type { Project } from '../project.ts';
import { listRequiredChecks } from '../required-checks.ts';
import type { Problem, Rule } from '../rule.ts';

export const requiredCheckAlwaysRuns: Rule = {
  id: 'required-check-always-runs',
  level: 'error',
  profiles: PROFILES,
  demand: 'A workflow with a required check has no path filter.',
  why: 'Where the paths keep it from running, its check is never reported and the pull request waits for ever, on all forges.',
  checkProject,
};

function* checkProject(project: Project, config: LintConfig): Iterable<Problem & { file: string }> {
  const seen = new Set<string>();
  for (const { branch, name, reportedBy } of listRequiredChecks(project, config)) {
    for (const { path, workflow } of reportedBy) {
      for (const event of ['pull_request', 'pull_request_target', 'push']) {
        const trigger = workflow?.on.get(event);
        const isPull = workflow?.on.has('pull_request') || workflow?.on.has('pull_request_target');
        if (!trigger || (event === 'push' && isPull)) continue;
        const filter = trigger.filters.paths
          ? 'paths'
          : trigger.filters['paths-ignore']
            ? 'paths-ignore'
            : null;
        const key = filter === null ? undefined : findEntry(trigger.node, filter)?.[0];
        if (!key || seen.has(`${path}${key.start}`)) continue;
        seen.add(`${path}${key.start}`);
        const message = `branch "${branch}" requires "${name}", which \`${filter}\` keeps from being reported where no path matches: the pull request then waits for ever; filter in a step instead`;
        yield { file: path, start: key.start, end: key.end, message };
      }
    }
  }
}
