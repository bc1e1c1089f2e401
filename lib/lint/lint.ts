import { findFaults } from '../workflow/dropped.ts';
import { compilePattern } from '../workflow/patterns-github.ts';
import { giteaMinor, type Profile } from '../workflow/profile.ts';
import { applyIgnores } from './apply-ignores.ts';
import { Collector, type Finding } from './collector.ts';
import type { LintConfig } from './config.ts';
import type { Project } from './project.ts';
import type { Rule } from './rule.ts';
import { rules as allRules } from './rules.ts';
import { yamlValid } from './rules/yaml-valid.ts';
import { isOnlyCalled } from './triggers.ts';
import type { SourceFile } from './source.ts';

/** The files that the config does not pass over. */
export function selectFiles(project: Project, config: LintConfig): SourceFile[] {
  const skipped = config.ignore.map((pattern) => compilePattern(pattern));
  return project.files.filter(({ path }) => !skipped.some((matches) => matches?.(path)));
}

/**
 * All findings in a project, in the order of files and places. A rule that the config turns off is
 * silent; a place that an ignore comment with a reason speaks of is, too.
 */
export function lintProject(
  project: Project,
  config: LintConfig,
  rules: readonly Rule[] = allRules,
): Finding[] {
  const { files } = project;
  const active = rules.filter(({ id }) => config.rules.get(id) !== 'off');
  const collector = new Collector(config);
  for (const file of files) {
    if (file.fault) {
      const { offset, message } = file.fault;
      if (active.includes(yamlValid)) {
        collector.add(yamlValid, file, file.profiles, { start: offset, end: offset + 1, message });
      }
    } else {
      // An action has no events and no jobs: what can be said of it is whether it is read, and of its steps.
      const due = file.kind === 'workflow' ? active : active.filter(({ id }) => ofSteps.includes(id));
      for (const profile of file.profiles)
        checkFile(file, { profile, project, config, rules: due, collector });
    }
  }
  const byPath = new Map(files.map((file) => [file.path, file]));
  const beside = new Set(project.beside?.map(({ path }) => path));
  for (const rule of active) {
    for (const problem of rule.checkProject?.(project, config) ?? []) {
      const file = byPath.get(problem.file);
      if (file) collector.add(rule, file, file.profiles, problem);
      else if (!beside.has(problem.file)) collector.addToConfig(rule, problem);
    }
  }
  const findings = applyIgnores(collector.list(), files, { active, rules, config });
  return findings.sort(compareFindings);
}

/** The rules that look at steps alone. */
const ofSteps = [
  'yaml-valid',
  'artifact-version',
  'action-runtime',
  'continue-on-error-tracked',
  'curl-status-once',
  'error-is-not-a-value',
  'forge-neutral-host',
  'jq-first-or-default',
  'resolvable-uses',
  'summary-is-seen',
];

/** A file that is only called is read by the runner alone, which takes what the server's job parser does not. */
const readByRunner = [
  'yaml-valid',
  'decodes',
  'mapping-env',
  'mapping-services',
  'mapping-strategy',
  'matrix-exclude-known',
  'scalar-with',
];

function checkFile(
  file: SourceFile,
  {
    profile,
    project,
    config,
    rules,
    collector,
  }: {
    profile: Profile;
    project: Project;
    config: LintConfig;
    rules: readonly Rule[];
    collector: Collector;
  },
): void {
  const { workflow } = file;
  if (!workflow) return;
  const minor = giteaMinor(profile);
  const all = minor === null || file.kind === 'action' ? [] : findFaults(workflow.document, minor);
  const faults = isOnlyCalled(workflow) ? all.filter(({ rule }) => readByRunner.includes(rule)) : all;
  const input = { file, workflow, profile, minor, faults, project, config };
  for (const rule of rules) {
    if (!rule.check || !rule.profiles.includes(profile)) continue;
    for (const problem of rule.check(input)) collector.add(rule, file, [profile], problem);
  }
}

function compareFindings(a: Finding, b: Finding): number {
  const text = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
  return (
    text(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    text(a.rule, b.rule) ||
    text(a.message, b.message)
  );
}
