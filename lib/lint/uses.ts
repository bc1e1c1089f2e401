import type { Job } from '../workflow/job.ts';
import type { Workflow } from '../workflow/workflow.ts';
import { findField } from '../yaml/fields.ts';

/** One `uses:` of a step or a job. */
export interface Use {
  value: string;
  start: number;
  end: number;
  job: Job;
  /** The step's number from 0; null where the job itself calls a workflow. */
  step: number | null;
}

/** All `uses:` of a workflow, of jobs and of steps. */
export function* listUses(workflow: Workflow): Iterable<Use> {
  for (const job of workflow.jobs) {
    if (job.uses) yield { value: job.uses.value, ...span(job.uses.node), job, step: null };
    for (const [step, { uses }] of job.steps.entries()) {
      if (uses) yield { value: uses.value, ...span(uses.node), job, step };
    }
  }
}

/**
 * A version's first number: of a tag, or of the comment behind a commit; "main" is the newest. Null where it is not
 * said.
 */
export function majorOf({ value, end }: Use, text: string): number | null {
  const ref = value.slice(value.lastIndexOf('@') + 1);
  if (/^(main|master)$/.test(ref)) return Infinity;
  const comment = /^["']?[ \t]+#[ \t]*([^\r\n]*)/.exec(text.slice(end, end + 200))?.[1] ?? '';
  const version = /^[0-9a-f]{40}$/.test(ref) ? /\bv(\d+)/.exec(comment) : /^v(\d+)/.exec(ref);
  return version ? Number(version[1]) : null;
}

function span({ start, end }: { start: number; end: number }): { start: number; end: number } {
  return { start, end };
}

/** The number of the first step that brings other files into the job: behind it nobody knows what is there. */
export function findBringer(job: Job): number {
  const first = job.steps.findIndex(({ uses, run, node }) => {
    if (
      run &&
      /\bgit\s+(?:-\S+\s+(?:[^\s-]\S*\s+)?)*(clone|submodule|checkout|switch|worktree)\b/.test(run.value)
    )
      return true;
    if (!uses) return false;
    if (/(^|\/)download-artifact@/.test(uses.value)) return true;
    if (!/(^|\/)checkout@/.test(uses.value)) return false;
    const settings = findField(node, 'with');
    return ['path', 'repository', 'ref', 'submodules'].some((name) => findField(settings, name));
  });
  return first < 0 ? Infinity : first;
}
