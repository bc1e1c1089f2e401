import type { Profile } from '../workflow/profile.ts';
import { LineTable, type Position } from '../yaml/read-yaml.ts';
import type { LintConfig } from './config.ts';
import type { Edit, Level, Problem, Rule } from './rule.ts';
import type { SourceFile } from './source.ts';

/** A problem and where it stands, as people and formats are told of it. */
export interface Finding extends Position {
  file: string;
  rule: string;
  level: Level;
  /** The profiles it holds under, with commas. */
  profile: string;
  message: string;
  edit: Edit | null;
}

/** Gathers findings; the same one under several profiles is one that names them all. */
export class Collector {
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
