import { createAnnotations, disarmLine } from '../annotations.ts';
import type { Finding } from './lint.ts';

/** `file:line:col: error: message [rule-id]`, with the source line and a mark under it. */
export function renderText(findings: readonly Finding[], readLine: (finding: Finding) => string): string[] {
  return findings.flatMap((finding) => [renderLine(finding), ...renderMark(finding, readLine(finding))]);
}

/**
 * Workflow commands that a runner shows beside the file, ten of a kind at most, and the same as plain
 * text: Gitea shows no annotations.
 */
export function renderGitHub(findings: readonly Finding[]): string[] {
  const annotations = createAnnotations({ inRunner: true });
  const commands = findings.map(({ level, message, rule, file, line, column }) =>
    annotations.render(level, `${message} [${rule}]`, { file, line, column }),
  );
  return [
    ...findings.map(renderLine),
    ...commands.filter((line) => line.startsWith('::')),
    ...annotations.overflow(),
  ];
}

function renderLine({ file, line, column, level, message, rule, profile }: Finding): string {
  const under = profile.includes(',') ? ` (${profile})` : '';
  return `${file}:${line}:${column}: ${level}: ${message}${under} [${rule}]`.replace(/[\r\n]+/g, ' ');
}

function renderMark({ column, endColumn, line, endLine }: Finding, source: string): string[] {
  if (source.trim() === '') return [];
  const shown = disarmLine(source.slice(0, 160));
  // Tabs stay, so that the mark stands under the text in any terminal.
  const before = shown.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const length = endLine === line ? Math.max(1, endColumn - column) : 1;
  return [
    `  ${shown}`,
    `  ${before}${'^'.repeat(Math.min(length, Math.max(1, shown.length - before.length)))}`,
  ];
}
