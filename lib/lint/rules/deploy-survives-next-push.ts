import type { Job } from '../../workflow/job.ts';
import type { Trigger } from '../../workflow/trigger.ts';
import { findField } from '../../yaml/fields.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { giteaProfiles } from '../drop-rule.ts';
import { findKey } from '../triggers.ts';

export const deploySurvivesNextPush: Rule = {
  id: 'deploy-survives-next-push',
  level: 'warning',
  profiles: giteaProfiles,
  demand: 'A job that deploys is not started by a push to a branch.',
  why: 'Gitea 1.22 to 1.25 cancel the older run of the same branch and file at each push, at whatever step it is, and cannot be told not to: a deployment stops half way. A job whose `if` leaves out pushes to branches is fine. The next run of a schedule cancels one of the same file that still runs, in the same way.',
  check,
};

function* check({ workflow }: FileInput): Iterable<Problem> {
  const push = workflow.on.get('push');
  if (!push || isOfTagsAlone(push)) return;
  for (const job of workflow.jobs) {
    if (!isDeploy(job) || isForOthers(job)) continue;
    const { start, end } = findKey(workflow.document.root, job);
    const message = `job "${job.id}" deploys on push, and the next push to the branch cancels it half way: Gitea cannot be told not to; make each step safe to repeat and to resume, or deploy on a tag, by hand, or by a schedule whose runs end before the next begins (that one cancels them too)`;
    yield { start, end, message };
  }
}

/** The next push of a tag is one of another tag: it cancels nothing. */
function isOfTagsAlone({ filters }: Trigger): boolean {
  return (
    (filters.tags ?? filters['tags-ignore']) !== undefined && !filters.branches && !filters['branches-ignore']
  );
}

/** Whether its `if:` leaves out every push to a branch. */
function isForOthers(job: Job): boolean {
  const condition = job.if?.value ?? '';
  if (condition.includes('||')) return false;
  return /(?<!!\s*)\bstartsWith\(\s*(github|gitea)\.ref\s*,\s*'refs\/tags\/|\bref_type\s*==\s*'tag'|\bevent_name\s*==\s*'(?!push')/i.test(
    condition,
  );
}

/** By its `environment:`, its id or name, or a command that deploys. */
function isDeploy(job: Job): boolean {
  if (findField(job.node, 'environment')) return true;
  if (/(^|[^a-z])(deploy|release|publish|promote)/i.test(`${job.id} ${job.name?.value ?? ''}`)) return true;
  return job.steps.some(({ run }) =>
    /\bpromote-image\.mjs\b|\bprod-auto-deploy\.mjs\s+rollout\b|\bkubectl\s+(\S+\s+){0,8}?apply\b|\bhelm\s+(\S+\s+){0,8}?upgrade\b/.test(
      run?.value ?? '',
    ),
  );
}
