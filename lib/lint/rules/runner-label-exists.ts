import { PROFILES } from '../../workflow/profile.ts';
import type { Job } from '../../workflow/job.ts';
import { findField } from '../../yaml/fields.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { lookThrough } from '../../yaml/resolve.ts';
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
  // GitHub does not tell capitals apart; the others do.
  const known = new Set(config.runnerLabels.map((label) => label.toLowerCase()));
  const exact = new Set(config.runnerLabels);
  for (const { path, workflow, profiles } of project.files) {
    const isGitHub = profiles.includes('github');
    for (const job of workflow?.jobs ?? []) {
      for (const { value, node } of listLabels(job, isGitHub)) {
        if (value.includes('${{') || (isGitHub ? known.has(value.toLowerCase()) : exact.has(value))) continue;
        const message = `no runner has the label "${value}", so job "${job.id}" waits for ever; use ${config.runnerLabels.slice(0, 5).join(', ')}`;
        yield { file: path, start: node.start, end: node.end, message };
      }
    }
  }
}

/** The labels that a job asks for, those of a matrix that is written out included; a group of GitHub is none. */
function* listLabels({ node, runsOn }: Job, isGitHub: boolean): Iterable<{ value: string; node: YamlNode }> {
  const group = findField(findField(node, 'runs-on'), 'group');
  for (const { value, node: label } of runsOn) {
    if (isGitHub && label === group) continue;
    const key = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(value)?.[1];
    if (key === undefined) yield { value, node: label };
    else yield* listMatrixTexts(node, key);
  }
}

function* listMatrixTexts(job: YamlNode, key: string): Iterable<{ value: string; node: YamlNode }> {
  const matrix = findField(findField(job, 'strategy'), 'matrix');
  const items = lookThrough(findField(matrix, key))?.items ?? [];
  const included = lookThrough(findField(matrix, 'include'))?.items ?? [];
  for (const item of [...items, ...included.map((leg) => findField(leg, key))]) {
    const target = lookThrough(item);
    const texts = target?.kind === 'seq' ? target.items : item ? [item] : [];
    for (const node of texts) {
      const text = lookThrough(node);
      if (text.kind === 'scalar' && text.value !== '') yield { value: text.value, node };
    }
  }
}
