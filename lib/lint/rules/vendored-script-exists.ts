import { PROFILES } from '../../workflow/profile.ts';
import type { Job } from '../../workflow/job.ts';
import { findField } from '../../yaml/fields.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { lookThrough } from '../../yaml/resolve.ts';
import type { Project } from '../project.ts';
import { recall } from '../recall.ts';
import type { Problem, Rule } from '../rule.ts';
import { searchScripts } from '../scripts.ts';
import { findBringer } from '../uses.ts';

export const vendoredScriptExists: Rule = {
  id: 'vendored-script-exists',
  level: 'error',
  profiles: PROFILES,
  demand: 'A vendored script that is called is there.',
  why: 'The step fails with "Cannot find module", on all forges; where it may fail, the gate that it was is gone. Jobs that check out another repository or path are passed over.',
  checkProject,
};

const call =
  /\bnode\s+(?:--?[\w-]+(?:=\S+)?\s+)*["']?(?:\.\/|(\$\{?GITHUB_WORKSPACE\}?\/|\$\{\{\s*github\.workspace\s*\}\}\/))?((?:[\w.-]+\/)*vendor\/[\w.-]+\.[cm]?js)\b/g;

/** A command that makes or fills a folder of that name. */
const makesVendor =
  /\b(?:composer|bundle|bower|go mod|cargo)\s[^\n]{0,200}?\b(?:install|update|vendor)\b|\b(?:cp|mv|ln|tar|unzip|curl|wget|rsync|mkdir)\s[^\n]{0,200}?\bvendor\b/;

const movesAway = /(?:^|[\n;&|({]\s*|\b(?:then|do)\s+)(?:cd|pushd)\s/;

/** Where the first match of a pattern ends; Infinity where there is none. */
function endOfFirst(text: string, pattern: RegExp): number {
  const match = pattern.exec(text);
  return match ? match.index + match[0].length : Infinity;
}

/** The number of the first step whose script makes such a folder. */
function findMaker(job: Job): number {
  const first = job.steps.findIndex(({ run }) => run && makesVendor.test(run.value));
  return first < 0 ? Infinity : first;
}

/** The step's own `working-directory`, else the one of the job's or the workflow's `defaults`. */
function workingFolder(step: YamlNode, owners: readonly (YamlNode | null)[]): string {
  const settings = [step, ...owners.map((owner) => findField(findField(owner, 'defaults'), 'run'))];
  const found = settings.map((owner) => findField(owner, 'working-directory')).find((node) => node);
  return lookThrough(found)?.value ?? '';
}

function* checkProject(project: Project): Iterable<Problem & { file: string }> {
  for (const { path, workflow, kind } of project.files) {
    if (!workflow || kind !== 'workflow') continue;
    const [bringers, makers] = [new Map<Job, number>(), new Map<Job, number>()];
    const [moves, makes] = [new Map<string, number>(), new Map<string, number>()];
    for (const { job, step, match, from, to, source } of searchScripts(workflow, call)) {
      const { index = 0 } = match;
      const at = job.steps.indexOf(step);
      if (at > recall(bringers, job, () => findBringer(job))) continue;
      if (index >= recall(moves, source, () => endOfFirst(source, movesAway))) continue;
      const folder = match[1] ? '' : workingFolder(step.node, [job.node, workflow.document.root]);
      // Where an expression, a variable or a whole path leads is not known here.
      if (/[$~]|^\/|\.\./.test(folder)) continue;
      if (at > recall(makers, job, () => findMaker(job))) continue;
      if (index >= recall(makes, source, () => endOfFirst(source, makesVendor))) continue;
      const file = [folder.replace(/^\.\/|^\.$|\/$/g, ''), match[2]].filter(Boolean).join('/');
      if (project.kindOf(file) === 'file') continue;
      const message = `${file} is not there, so the step fails; commit it, or mend the path`;
      yield { file: path, start: from, end: to, message };
    }
  }
}
