import { findFaults } from '../workflow/dropped.ts';
import { compilePattern } from '../workflow/patterns-github.ts';
import { giteaMinor, type Profile } from '../workflow/profile.ts';
import { LineTable, type Position } from '../yaml/read-yaml.ts';
import type { LintConfig } from './config.ts';
import { findIgnores, type Ignore } from './ignores.ts';
import type { Project } from './project.ts';
import type { Edit, Level, Problem, Rule } from './rule.ts';
import { rules as allRules } from './rules.ts';
import { ignoreValid } from './rules/ignore-valid.ts';
import { yamlValid } from './rules/yaml-valid.ts';
import type { SourceFile } from './source.ts';

export interface Finding extends Position {
  file: string;
  rule: string;
  level: Level;
  /** The profiles it holds under, with commas. */
  profile: string;
  message: string;
  edit: Edit | null;
}

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
      // An action has no events and no jobs: all that can be said of it is whether it is read.
      const due = file.kind === 'workflow' ? active : active.filter((rule) => rule === yamlValid);
      for (const profile of file.profiles)
        checkFile(file, { profile, project, config, rules: due, collector });
    }
  }
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (const rule of active) {
    for (const problem of rule.checkProject?.(project, config) ?? []) {
      const file = byPath.get(problem.file);
      if (file) collector.add(rule, file, file.profiles, problem);
      else collector.addToConfig(rule, problem);
    }
  }
  const findings = applyIgnores(collector.list(), files, { active, rules, config });
  return findings.sort(compareFindings);
}

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
  const faults = minor === null || file.kind === 'action' ? [] : findFaults(workflow.document, minor);
  const input = { file, workflow, profile, minor, faults, project, config };
  for (const rule of rules) {
    if (!rule.check || !rule.profiles.includes(profile)) continue;
    for (const problem of rule.check(input)) collector.add(rule, file, [profile], problem);
  }
}

/** Gathers findings; the same one under several profiles is one that names them all. */
class Collector {
  private readonly found = new Map<string, Finding & { profiles: Profile[] }>();
  private readonly config: LintConfig;

  constructor(config: LintConfig) {
    this.config = config;
  }

  add(rule: Rule, file: SourceFile, profiles: readonly Profile[], problem: Problem): void {
    const { start, end, message, edit } = problem;
    const key = `${file.path}\0${rule.id}\0${start}\0${message}`;
    const known = this.found.get(key);
    if (known) {
      known.profiles.push(...profiles.filter((profile) => !known.profiles.includes(profile)));
      return;
    }
    this.found.set(key, {
      file: file.path,
      ...file.lines.locate(start, Math.min(end, endOfFirstLine(file.text, start, end))),
      rule: rule.id,
      level: this.levelOf(rule, problem),
      profile: '',
      profiles: [...profiles],
      message,
      edit: edit ?? null,
    });
  }

  addToConfig(rule: Rule, problem: Problem): void {
    const { file, text } = this.config;
    this.found.set(`${file}\0${rule.id}\0${problem.start}\0${problem.message}`, {
      file,
      ...new LineTable(text).locate(problem.start, problem.end),
      rule: rule.id,
      level: this.levelOf(rule, problem),
      profile: '',
      profiles: [],
      message: problem.message,
      edit: null,
    });
  }

  list(): Finding[] {
    return Array.from(this.found.values(), ({ profiles, ...finding }) => ({
      ...finding,
      profile: profiles.join(', '),
    }));
  }

  private levelOf(rule: Rule, problem: Problem): Level {
    const set = this.config.rules.get(rule.id);
    return set && set !== 'off' ? set : (problem.level ?? rule.level);
  }
}

/** A mark under a whole job or block text would say nothing: it ends with the first line. */
function endOfFirstLine(text: string, start: number, end: number): number {
  const lineEnd = text.slice(start, end).search(/\r?\n/);
  return lineEnd < 0 ? end : start + Math.max(lineEnd, 1);
}

function applyIgnores(
  findings: Finding[],
  files: readonly SourceFile[],
  { active, rules, config }: { active: readonly Rule[]; rules: readonly Rule[]; config: LintConfig },
): Finding[] {
  const kept = new Set(findings);
  const added: Finding[] = [];
  for (const file of files) {
    const ignores = findIgnores(file);
    if (ignores.length === 0) continue;
    const own = findings.filter((finding) => finding.file === file.path);
    for (const ignore of ignores) {
      const hidden = own.filter(({ line, rule }) => line === ignore.target && ignore.rules.includes(rule));
      if (ignore.reason !== '') for (const finding of hidden) kept.delete(finding);
      if (!active.includes(ignoreValid)) continue;
      const message = findIgnoreFault(ignore, hidden, active, rules);
      if (message === null) continue;
      const collector = new Collector(config);
      collector.add(ignoreValid, file, file.profiles, { start: ignore.start, end: ignore.end, message });
      added.push(...collector.list());
    }
  }
  return [...kept, ...added];
}

function findIgnoreFault(
  ignore: Ignore,
  hidden: readonly Finding[],
  active: readonly Rule[],
  rules: readonly Rule[],
): string | null {
  const unknown = ignore.rules.find((id) => !rules.some((rule) => rule.id === id));
  if (unknown !== undefined) return `there is no rule "${unknown}", so this hides nothing; see --list-rules`;
  if (ignore.reason === '')
    return 'an ignore without a reason hides nothing; write the reason behind the bracket';
  const idle = ignore.rules.find(
    (id) => active.some((rule) => rule.id === id) && !hidden.some(({ rule }) => rule === id),
  );
  if (idle === undefined) return null;
  return `"${idle}" has nothing to report on line ${ignore.target}, so this hides nothing; remove it`;
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
