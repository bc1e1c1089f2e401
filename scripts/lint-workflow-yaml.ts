import { collectProjects, type Unreadable } from '../lib/lint/collect.ts';
import type { Finding } from '../lib/lint/collector.ts';
import { explainRule, listRules } from '../lib/lint/explain.ts';
import { createLineReader, fixAll, lintAll, type Fixed, type LintResult } from '../lib/lint/lint-all.ts';
import { readConfig } from '../lib/lint/read-config.ts';
import { renderSarif } from '../lib/lint/render-sarif.ts';
import { renderGitHub, renderText } from '../lib/lint/render-text.ts';
import { rules } from '../lib/lint/rules.ts';
import { asChoice, asInteger, asText, flag, many, one, type OptionValues } from '../lib/options.ts';
import { renderRecord } from '../lib/report.ts';
import { defineCommand, type Call, type Script, type Verdict } from '../lib/script.ts';
import { PROFILES } from '../lib/workflow/profile.ts';

const options = {
  profile: many({
    help: 'the forge and version that will run the files; by default by folder: .gitea gitea-1.22, .forgejo forgejo, others github',
    value: 'P',
    parse: asChoice(...PROFILES),
  }),
  format: one({
    help: 'text, github (annotations), json (the decision record) or sarif (2.1.0)',
    value: 'FORMAT',
    shown: 'github in a runner, else text',
    parse: asChoice('text', 'github', 'json', 'sarif'),
  }),
  config: one({
    help: 'settings: rules, runner_labels, required_checks, merge_queue, ignore, tracker',
    value: 'FILE',
    shown: 'lint-workflow-yaml.json if it is there',
    parse: asText,
  }),
  'runner-label': many({
    help: 'a label that a runner has; without any, labels are not looked at',
    value: 'L',
    parse: asText,
  }),
  fix: flag({ help: 'make the edits that cannot change what a file means, and say which' }),
  'list-rules': flag({ help: 'print every rule' }),
  explain: one({ help: 'print what a rule demands, and why', value: 'ID', parse: asText }),
  strict: flag({ help: 'warnings fail too' }),
  'max-warnings': one({ help: 'more warnings than N fail', value: 'N', parse: asInteger(0, 999_999) }),
};

type Options = OptionValues<typeof options>;

async function main({
  options: given,
  positionals,
  environment,
  log,
  agent,
}: Call<Options>): Promise<Verdict> {
  if (given['list-rules']) return tell(listRules(rules));
  if (given.explain !== null) return tell(explainRule(rules, given.explain));
  const config = readConfig(given);
  const collected = collectProjects(positionals, given.profile);
  const first = lintAll(collected, config);
  const { made, failures }: Fixed = given.fix ? fixAll(first) : { made: [], failures: [] };
  const results = given.fix ? lintAll(collectProjects(positionals, given.profile), config) : first;
  const findings = results.flatMap((result) => result.findings);
  const count = results.reduce((sum, { files }) => sum + files, 0);
  for (const { path, reason } of collected.unreadable) {
    log.error(`Cannot read ${path}: ${reason}; give a file or folder that can be read`);
  }
  // The reason tells the first.
  for (const failure of failures.slice(1)) log.error(failure);

  const counts = countLevels(findings);
  const summary = `${count} files, ${counts.error} errors, ${counts.warning} warnings`;
  const format = given.format ?? (environment.get('GITHUB_ACTIONS') === 'true' ? 'github' : 'text');
  const [name = '', version = ''] = agent.split('/');
  const exit = failures.length > 0 ? 3 : decideExit(counts, count, collected.unreadable, given);
  const details = {
    files: count,
    errors: counts.error,
    warnings: counts.warning,
    findings: findings.map(toDetail),
  };
  const verdict: Verdict = {
    decision: exit === 0 ? 'clean' : exit === 1 ? 'findings' : 'unknown',
    exit,
    proceed: exit === 0,
    reason: exit === 3 ? explainNothing(summary, count, collected.unreadable, failures) : summary,
    changed: made.length > 0,
    details: { ...details, fixed: made.map(toDetail) },
    outputs: { errors: String(counts.error), warnings: String(counts.warning) },
    result:
      format === 'sarif'
        ? renderSarif(findings, rules, version)
        : renderLines(results, { format, made, areSeveral: given.profile.length > 1, summary }),
    announce: exit === 3 ? 'error' : 'nothing',
  };
  return format === 'json' ? { ...verdict, result: renderRecord(name, version, verdict) } : verdict;
}

/** What a person reads: what was mended, what was found, and the count of it. */
function renderLines(
  results: readonly LintResult[],
  shown: { format: string; made: readonly Finding[]; areSeveral: boolean; summary: string },
): string {
  const findings = results.flatMap((result) => result.findings);
  const lines =
    shown.format === 'github'
      ? renderGitHub(findings, shown.areSeveral)
      : renderText(findings, createLineReader(results), shown.areSeveral);
  const edits = shown.made.map(({ file, line, rule }) => `fixed ${file}:${line} [${rule}]`);
  return [...edits, ...lines, shown.summary].join('\n');
}

/** Exit code: 3 wins over 1, so that what was not looked at is never green nor merely red. */
export function decideExit(
  counts: { error: number; warning: number },
  files: number,
  unreadable: readonly Unreadable[],
  given: { strict: boolean; 'max-warnings': number | null },
): 0 | 1 | 3 {
  if (files === 0 || unreadable.length > 0) return 3;
  if (counts.error > 0 || (given.strict && counts.warning > 0)) return 1;
  return counts.warning > (given['max-warnings'] ?? Infinity) ? 1 : 0;
}

function tell(text: string): Verdict {
  return {
    decision: 'told',
    exit: 0,
    proceed: true,
    reason: 'this was asked for',
    result: text,
    announce: 'nothing',
  };
}

function countLevels(findings: readonly Finding[]): { error: number; warning: number } {
  const error = findings.filter(({ level }) => level === 'error').length;
  return { error, warning: findings.length - error };
}

function toDetail({ edit, ...finding }: Finding): Record<string, unknown> {
  return { ...finding, fixable: edit !== null };
}

function explainNothing(
  summary: string,
  files: number,
  unreadable: readonly Unreadable[],
  [failure]: readonly string[],
): string {
  const first = unreadable[0];
  if (failure !== undefined) return `${failure} (left: ${summary})`;
  if (first) return `Cannot lint ${first.path}: ${first.reason}; the rest: ${summary}`;
  return `Cannot lint: ${files === 0 ? 'no workflow file was found' : summary}; run it in the repository's root, or give files`;
}

export const script: Script = {
  name: 'lint-workflow-yaml',
  summary: 'Tells what the forge will really do with workflow files, and whether they hang together.',
  commands: [defineCommand({ name: '', options, positionals: '[PATH …]', bareResult: true, main })],
  outputs: {
    decision: 'clean, findings or unknown',
    proceed: 'true only for clean',
    errors: 'how many errors',
    warnings: 'how many warnings',
    reason: 'one sentence',
  },
  exits: {
    1: 'errors; with --strict or --max-warnings also warnings',
    2: 'the call or the config is wrong',
    3: 'no file was found, or one could not be read',
  },
};
