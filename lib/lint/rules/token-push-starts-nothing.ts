import { PROFILES } from '../../workflow/profile.ts';
import { decidePushFilter } from '../../workflow/push-filter.ts';
import type { Job, Step } from '../../workflow/job.ts';
import { findField } from '../../yaml/fields.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { lookThrough } from '../../yaml/resolve.ts';
import { listSiblings, type Project } from '../project.ts';
import { recall } from '../recall.ts';
import type { Problem, Rule } from '../rule.ts';
import { searchScripts } from '../scripts.ts';

export const tokenPushStartsNothing: Rule = {
  id: 'token-push-starts-nothing',
  level: 'warning',
  profiles: PROFILES,
  demand: "What other workflows wait for is not pushed with the job's own token.",
  why: "GitHub, Gitea and Forgejo start nothing for a push or a merge by the job's own token: the workflows of that branch do not run, and nothing says so. A job that writes `[skip ci]` means it so.",
  checkProject,
};

const push =
  /\bgit\s+(?:-[cC]\s+\S+\s+)*push\s+(?:-{1,2}[\w-]+(?:=\S+)?\s+)*(?:origin|"?https:\/\/(?:\$\{\{[^}\n]*\}\}|(?!\$\{\{)\S)+)\s+(?:[\w./${}"@-]*:)?(?:refs\/heads\/)?["']?([\w./-]+)["']?(?=\s|$|;|&)/gm;

function* checkProject(project: Project): Iterable<Problem & { file: string }> {
  for (const { path, workflow, profiles } of project.files) {
    if (!workflow) continue;
    const marked = new Map<Job, boolean>();
    const settings = new Map<Job, string[]>();
    const owned = new Map<Step, boolean>();
    for (const { job, step, match, from, to } of searchScripts(workflow, push)) {
      const branch = match[1] ?? '';
      if (/^(HEAD|-.*)$/.test(branch) || takesAway(match[0])) continue;
      // What holds of a job or step is found once: a script may push a thousand times.
      const owners = [step.node, job.node, workflow.document.root];
      if (recall(marked, job, () => job.steps.some(({ run }) => marks.test(run?.value ?? '')))) continue;
      const lines = recall(settings, job, () => listSettings(job));
      if (!recall(owned, step, () => usesOwnToken(job, lines, owners))) continue;
      const waiting = listSiblings(project, path).find(({ path: otherPath, workflow: other }) => {
        if (otherPath === path) return false;
        const trigger = other?.on.get('push');
        const names = trigger?.filters.branches;
        if (!trigger || !names || names.some((name) => /^\*+$/.test(name))) return false;
        const { branches, 'branches-ignore': ignored } = trigger.filters;
        const filters = { ...(branches && { branches }), ...(ignored && { 'branches-ignore': ignored }) };
        return (
          decidePushFilter(filters, { ref: `refs/heads/${branch}`, changed: null }, profiles[0] ?? 'github')
            .due === true
        );
      });
      if (!waiting) continue;
      const message = `this pushes to "${branch}" with the job's own token, which starts nothing: ${waiting.path} waits for pushes to it; check out with another token (\`with: {token: …}\`), or dispatch it`;
      yield { file: path, start: from, end: to, message };
    }
  }
}

const marks = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|^skip-checks: *true/m;

function takesAway(command: string): boolean {
  return /\s(?:-d|--delete)\s|\s["']?:\S+$/.test(command);
}

/** The lines of a job that set an address or a header with a token; a hundred say enough. */
function listSettings({ steps }: Job): string[] {
  const setting = /remote set-url|x-access-token|insteadOf|extraheader|https:\/\/[^\s/]*@/i;
  return steps
    .flatMap(({ run }) => (run?.value ?? '').split('\n'))
    .filter((line) => setting.test(line.replace(/\$\{\{.*?\}\}/g, 'x')))
    .slice(0, 100);
}

const ownToken = /^\$\{\{\s*(?:secrets\.(?:GITHUB|GITEA)_TOKEN|(?:github|gitea)\.token)\s*\}\}$/;

/**
 * The job's own token stands in an address or header that a script sets; where none does, the checkout left it behind.
 */
function usesOwnToken(job: Job, lines: readonly string[], owners: readonly (YamlNode | null)[]): boolean {
  if (lines.length > 0) {
    const tokens = lines.flatMap((line) => Array.from(line.matchAll(/\$\{\{.*?\}\}|\$\{?(\w+)\}?/g)));
    const values = tokens.map(([whole, name]) => (name === undefined ? whole : findVariable(name, owners)));
    const secrets = values.filter((value) => /secrets\.|\.token\b/.test(value));
    return secrets.length > 0 && secrets.every((value) => ownToken.test(value));
  }
  const checkout = job.steps.find(({ uses }) => /(^|\/)actions\/checkout@/.test(uses?.value ?? ''));
  const settings = findField(checkout?.node, 'with');
  const isLeft =
    !findField(settings, 'ssh-key') && findField(settings, 'persist-credentials')?.value !== 'false';
  const token = findField(settings, 'token')?.value;
  return checkout !== undefined && isLeft && (token === undefined || ownToken.test(token));
}

function findVariable(name: string, owners: readonly (YamlNode | null)[]): string {
  const [found] = owners.map((owner) => findField(findField(owner, 'env'), name)).filter((node) => node);
  return lookThrough(found)?.value ?? '';
}
