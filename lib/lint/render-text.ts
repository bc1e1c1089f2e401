import { createAnnotations, disarmLine } from '../annotations.ts';
import type { Finding } from './collector.ts';

/**
 * `file:line:col: error: message [rule-id]`, with the source line and a mark under it. Where there are several
 * profiles, each finding names those that it holds under.
 */
export function renderText(
  findings: readonly Finding[],
  readLine: (finding: Finding) => string,
  areSeveral: boolean,
): string[] {
  return findings.flatMap((finding) => [
    renderLine(finding, areSeveral),
    ...renderMark(finding, readLine(finding)),
  ]);
}

/**
 * Workflow commands that a runner shows beside the file, ten of a kind at most, and the same as plain
 * text: Gitea shows no annotations.
 */
export function renderGitHub(findings: readonly Finding[], areSeveral: boolean): string[] {
  const annotations = createAnnotations({ inRunner: true });
  const commands = findings.map((finding) =>
    annotations.render(finding.level, describe(finding, areSeveral), {
      file: finding.file,
      line: finding.line,
      column: finding.column,
    }),
  );
  return [
    ...findings.map((finding) => renderLine(finding, areSeveral)),
    ...commands.filter((line) => line.startsWith('::')),
    ...annotations.overflow(),
  ];
}

function renderLine(finding: Finding, areSeveral: boolean): string {
  const { file, line, column, level } = finding;
  const text = `${file}:${line}:${column}: ${level}: ${describe(finding, areSeveral)}`;
  return disarmLine(text.replace(/[\r\n]+/g, ' '));
}

function describe({ message, rule, profile }: Finding, areSeveral: boolean): string {
  return `${message}${areSeveral && profile !== '' ? ` (${profile})` : ''} [${rule}]`;
}

function renderMark({ column, endColumn, line, endLine }: Finding, source: string): string[] {
  if (source.trim() === '') return [];
  const shown = disarmLine(source.slice(0, 160));
  // Tabs stay, so that the mark stands under the text in any terminal.
  const before = shown.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const length = endLine === line ? Math.max(1, endColumn - column) : 1;
  return [
    disarmLine(`  ${shown}`),
    `  ${before}${'^'.repeat(Math.min(length, Math.max(1, shown.length - before.length)))}`,
  ];
}
