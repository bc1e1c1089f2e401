import type { Finding } from './collector.ts';
import type { Rule } from './rule.ts';

/** The findings as SARIF 2.1.0 (OASIS), for code scanning. */
export function renderSarif(findings: readonly Finding[], rules: readonly Rule[], version: string): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'lint-workflow-yaml',
            version,
            rules: rules.map(({ id, demand, why, level }) => ({
              id,
              shortDescription: { text: demand },
              fullDescription: { text: why },
              defaultConfiguration: { level },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => renderResult(finding, rules)),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function renderResult(
  { file, line, column, endLine, endColumn, rule, level, message, profile }: Finding,
  rules: readonly Rule[],
): object {
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level,
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    properties: { profile },
  };
}
