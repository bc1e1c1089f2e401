import { fenceOf, renderTable } from '../report.ts';
import type { Log } from '../script.ts';
import type { Correction } from './correct-list.ts';
import type { Drift } from './drift.ts';

/** A list as the call names it. */
export interface ListName {
  file: string;
  name: string;
}

/** A list beside the manifest: what sets it apart, where it stands, and how it should read. */
export interface Finding extends Drift, ListName {
  line: number;
  column: number;
  /** Null where the list is in sync, and cannot be written in the manifest's order. */
  correction: Correction | null;
}

type DriftedFinding = Finding & { correction: Correction };

/** Says what sets a list apart, at its place, and how it should read; `file` as the forge's pages name it. */
export function announce(finding: Finding, file: string, log: Log): void {
  const { line, column } = finding;
  for (const { listed, wanted } of finding.differsInCase) {
    log.warning(`"${listed}" is written "${wanted}" in the manifest`, { file, line, column });
  }
  if (!isDrifted(finding)) return;
  log.error(`${finding.name} differs from the manifest: ${describeDrift(finding)}`, { file, line, column });
  log.line(`${nameOf(finding)} (line ${line}, column ${column})`);
  if (finding.missing.length > 0) log.line(`missing: ${finding.missing.join(', ')}`);
  if (finding.extra.length > 0) log.line(`extra: ${finding.extra.join(', ')}`);
  log.line(`corrected list, in place of ${describeLines(finding.correction)}:`);
  log.line(finding.correction.text);
}

/** Does it differ from the manifest by more than case? Then it has a correction. */
export function isDrifted(finding: Finding): finding is DriftedFinding {
  return hasDrift(finding);
}

/** Is anything missing or extra? */
export function hasDrift({ missing, extra }: Drift): boolean {
  return missing.length + extra.length > 0;
}

/** As the call gave it: `FILE#NAME`. */
export function nameOf({ file, name }: ListName): string {
  return `${file}#${name}`;
}

/** What is missing and extra, in words. */
export function describeDrift({ missing, extra }: Drift): string {
  const parts = [
    missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
    extra.length > 0 ? `extra: ${extra.join(', ')}` : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('; ') : 'in sync';
}

/** The lines that a correction stands for. */
export function describeLines({ firstLine, lastLine }: Correction): string {
  return firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`;
}

/** The step summary: a row for each list, and the corrected ones. */
export function summarize(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => [
    `${nameOf(finding)}:${finding.line}`,
    finding.missing.join(', '),
    finding.extra.join(', '),
  ]);
  const blocks = findings.filter(isDrifted).map(({ file, correction }) => {
    const fence = fenceOf(correction.text, 4);
    return `${file}, ${describeLines(correction)}:\n\n${fence}\n${correction.text}\n${fence}`;
  });
  return [renderTable(['List', 'Missing', 'Extra'], rows), ...blocks].join('\n\n');
}
