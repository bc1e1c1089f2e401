import type { Job, Workflow } from '../workflow/workflow.ts';

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

function span({ start, end }: { start: number; end: number }): { start: number; end: number } {
  return { start, end };
}

/** Whether a step before this one brings other files into the job: then nobody knows what is there. */
export function bringsOtherFiles(job: Job, before: number): boolean {
  return job.steps.slice(0, before).some(({ uses, node }) => {
    if (!uses || !/(^|\/)checkout@/.test(uses.value)) return false;
    const settings = node.items.find((key, index) => index % 2 === 0 && key.value === 'with');
    const values = settings ? node.items[node.items.indexOf(settings) + 1] : undefined;
    return (
      values?.items.some((key, index) => index % 2 === 0 && /^(path|repository|ref)$/.test(key.value)) ??
      false
    );
  });
}
