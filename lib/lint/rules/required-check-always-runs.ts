import { PROFILES } from '../../workflow/profile.ts';
import { findEntry } from '../../yaml/fields.ts';
import type { LintConfig } from '../config.ts';
import type { Project } from '../project.ts';
import { listRequiredChecks } from '../required-checks.ts';
import type { Problem, Rule } from '../rule.ts';
import type { SourceFile } from '../source.ts';
import type { Trigger } from '../../workflow/trigger.ts';

export const requiredCheckAlwaysRuns: Rule = {
  id: 'required-check-always-runs',
  level: 'error',
  profiles: PROFILES,
  demand: 'A workflow with a required check has no path filter.',
  why: 'Where the paths keep it from running, its check is never reported and the pull request waits for ever, on all forges. Two files of one check whose filters complete each other are fine.',
  checkProject,
};

function* checkProject(project: Project, config: LintConfig): Iterable<Problem & { file: string }> {
  const seen = new Set<string>();
  for (const { branch, name, reportedBy } of listRequiredChecks(project, config)) {
    const triggers = reportedBy.flatMap((file) =>
      eventsOf(file, name).flatMap((event) => {
        const trigger = file.workflow?.on.get(event);
        return trigger ? [{ path: file.path, event, trigger }] : [];
      }),
    );
    for (const { path, event, trigger } of triggers) {
      const filter = filterOf(trigger);
      const key = filter === null ? undefined : findEntry(trigger.node, filter)?.[0];
      const twins = triggers.filter((other) => other.path !== path && other.event === event);
      if (!key || seen.has(`${path}${key.start}`)) continue;
      if (twins.some((twin) => completes(twin.trigger, trigger))) continue;
      seen.add(`${path}${key.start}`);
      const message = `branch "${branch}" requires "${name}", which \`${filter}\` keeps from being reported where no path matches: the pull request then waits for ever; filter in a step instead`;
      yield { file: path, start: key.start, end: key.end, message };
    }
  }
}

/** The events whose runs report the check: Gitea writes the event into its name. */
function eventsOf({ workflow, profiles }: SourceFile, name: string): string[] {
  const event = profiles.includes('github') ? undefined : /\((\w+)\)$/.exec(name)?.[1];
  if (event !== undefined) return [event];
  const pulls = ['pull_request', 'pull_request_target'].filter((pull) => workflow?.on.has(pull));
  return pulls.length > 0 ? pulls : ['push'];
}

function filterOf({ filters }: Trigger): 'paths' | 'paths-ignore' | null {
  return filters.paths ? 'paths' : filters['paths-ignore'] ? 'paths-ignore' : null;
}

/** Whether one of two files that report the same check always runs: it has no filter, or the other's turned round. */
function completes({ filters: a }: Trigger, { filters: b }: Trigger): boolean {
  const isSame = (one?: readonly string[], other?: readonly string[]): boolean =>
    one !== undefined && one.join('\n') === other?.join('\n');
  if (!a.paths && !a['paths-ignore']) return true;
  return isSame(a.paths, b['paths-ignore']) || isSame(a['paths-ignore'], b.paths);
}
