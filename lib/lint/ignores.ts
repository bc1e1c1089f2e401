import type { SourceFile } from './source.ts';

/** One `# lint-workflow-yaml: ignore[rule-id] reason`. */
export interface Ignore {
  /** The line it stands on. */
  line: number;
  /** The line it speaks of: its own, or the next one where it stands alone. */
  target: number;
  rules: readonly string[];
  reason: string;
  start: number;
  end: number;
}

/** A comment of the shell inside `run: |` counts as one of YAML, so the text's lines are searched. */
const form = /#[ \t]*lint-workflow-yaml:[ \t]*ignore\[([^\]\r\n]*)\][ \t]*([^\r\n]*)/g;

/** The ignore comments of a file. Several that stand alone above each other speak of the same line. */
export function findIgnores(file: SourceFile): Ignore[] {
  if (!file.text.includes('lint-workflow-yaml:')) return [];
  const ignores: Ignore[] = [];
  for (const match of file.text.matchAll(form)) {
    const start = match.index;
    const { line } = file.lines.locate(start);
    const isAlone = file.text.slice(file.lines.startOf(line), start).trim() === '';
    const [whole, rules = '', reason = ''] = match;
    ignores.push({
      line,
      target: isAlone ? line + 1 : line,
      rules: rules.split(',').map((rule) => rule.trim()),
      reason: reason.trim(),
      start,
      end: start + whole.length,
    });
  }
  for (const [index, ignore] of Array.from(ignores.entries()).reverse()) {
    const next = ignores[index + 1];
    if (next && ignore.target === next.line && next.target === next.line + 1) ignore.target = next.target;
  }
  return ignores;
}
