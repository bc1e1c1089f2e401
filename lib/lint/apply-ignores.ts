import { Collector, type Finding } from './collector.ts';
import type { LintConfig } from './config.ts';
import { findIgnores, type Ignore } from './ignores.ts';
import type { Rule } from './rule.ts';
import { ignoreValid } from './rules/ignore-valid.ts';
import type { SourceFile } from './source.ts';

/** The findings that no comment hides, and those about comments that hide nothing. */
export function applyIgnores(
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
      const due = active.filter(({ profiles }) => profiles.some((one) => file.profiles.includes(one)));
      const message = findIgnoreFault(ignore, hidden, due, rules);
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
