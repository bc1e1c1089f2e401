import type { Collected } from './collect.ts';
import type { Finding } from './collector.ts';
import type { LintConfig } from './config.ts';
import { applyEdits, writeFixed } from './fix.ts';
import { lintProject, selectFiles } from './lint.ts';

/** What was found in one project. */
export interface LintResult {
  root: string;
  /** How many files were looked at. */
  files: number;
  /** Path → text. */
  texts: ReadonlyMap<string, string>;
  findings: Finding[];
}

/** Looks at the files of every project that the config does not leave out. */
export function lintAll({ projects }: Pick<Collected, 'projects'>, config: LintConfig): LintResult[] {
  return projects.map(({ root, project }) => {
    const files = selectFiles(project, config);
    const chosen = new Set(files);
    const beside = [...(project.beside ?? []), ...project.files.filter((file) => !chosen.has(file))];
    return {
      root,
      files: files.length,
      texts: new Map(files.map(({ path, text }) => [path, text])),
      findings: lintProject({ ...project, files, beside }, config),
    };
  });
}

/** What `--fix` did: the findings that are gone, and why a file could not be written back, a sentence each. */
export interface Fixed {
  made: Finding[];
  failures: string[];
}

/** Writes the files that an edit changes, each for itself. */
export function fixAll(results: readonly LintResult[]): Fixed {
  const all: Fixed = { made: [], failures: [] };
  for (const { root, texts, findings } of results) {
    for (const [path, text] of texts) {
      const { text: fixed, made } = applyEdits(
        text,
        findings.filter(({ file }) => file === path),
      );
      if (made.length === 0) continue;
      const failure = writeFixed(root, path, fixed);
      if (failure === null) all.made.push(...made);
      else all.failures.push(failure);
    }
  }
  return all;
}

/** Answers the line that a finding is about, without its line break. */
export function createLineReader(results: readonly LintResult[]): (finding: Finding) => string {
  const cache = new Map<string, string[]>();
  return ({ file, line }) => {
    const text = results.find(({ texts }) => texts.has(file))?.texts.get(file) ?? '';
    const lines = cache.get(file) ?? text.replace(/^\ufeff/, '').split('\n');
    cache.set(file, lines);
    return (lines[line - 1] ?? '').replace(/\r$/, '');
  };
}
