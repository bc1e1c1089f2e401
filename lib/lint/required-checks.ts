import { isOnlyCalled } from './triggers.ts';
import { printValue } from '../workflow/go-print.ts';
import { expandMatrix, legName } from '../workflow/matrix.ts';
import { hasExpression } from '../workflow/expression.ts';
import { listStatusContexts } from '../workflow/status-contexts.ts';
import type { Job } from '../workflow/job.ts';
import type { LintConfig } from './config.ts';
import { listAll, type Project } from './project.ts';
import type { SourceFile } from './source.ts';

/** A required check of a branch, and where it stands in the config. */
export interface RequiredCheck {
  branch: string;
  name: string;
  start: number;
  end: number;
  /** The files that report it. */
  reportedBy: SourceFile[];
}

/** The required checks of the config with the workflow files that report each. */
export function listRequiredChecks(project: Project, config: LintConfig): RequiredCheck[] {
  const workflows = listAll(project).filter(({ kind, workflow }) => kind === 'workflow' && workflow);
  const checks: RequiredCheck[] = [];
  for (const [branch, names] of config.requiredChecks) {
    for (const name of names) {
      const quoted = JSON.stringify(name);
      const start = Math.max(0, config.text.indexOf(quoted, config.text.indexOf(JSON.stringify(branch))));
      const reportedBy = workflows.filter((file) => reports(file, name));
      checks.push({ branch, name, start, end: start + quoted.length, reportedBy });
    }
  }
  return checks;
}

function reports({ workflow, profiles }: SourceFile, name: string): boolean {
  if (!workflow || isOnlyCalled(workflow)) return false;
  return profiles.some((profile) => {
    if (profile === 'github') return workflow.jobs.some((job) => showsOnGitHub(job, name, workflow.name));
    const event = /\((\w+)\)$/.exec(name)?.[1] ?? 'push';
    return listStatusContexts(workflow, event, profile).some((expected) =>
      'context' in expected ? expected.context === name : name.startsWith(expected.prefix),
    );
  });
}

/** GitHub shows a job by its name alone; a job that calls a workflow as `JOB / CALLED JOB`. */
function showsOnGitHub(job: Job, shown: string, title: string | null): boolean {
  const name = job.name?.value || job.id;
  const short = title !== null && shown.startsWith(`${title} / `) ? shown.slice(title.length + 3) : shown;
  if (hasExpression(name)) {
    const [before = ''] = name.split('${{');
    return shown.startsWith(before) || short.startsWith(before);
  }
  if (job.uses) return shown.startsWith(`${name} / `);
  const { legs } = expandMatrix(job.node, job.id);
  if (legs === null) return shown.startsWith(name);
  const names = legs.flatMap((leg) =>
    leg.size === 0
      ? [name]
      : [`${name} ${legName(leg)}`, `${name} (${Array.from(leg.values(), printValue).join(', ')})`],
  );
  // A matrix that is an expression has legs that nobody can name beforehand.
  const isOpen =
    legs.length === 1 && legs[0]?.size === 0 && job.node.items.some((key) => key.value === 'strategy');
  return names.includes(shown) || names.includes(short) || (isOpen && shown.startsWith(name));
}
