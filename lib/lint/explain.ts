import { PROFILES } from '../workflow/profile.ts';
import { UsageError } from '../errors.ts';
import type { Rule } from './rule.ts';

/** One line a rule: id, level, profiles, demand. */
export function listRules(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, level, demand }) => `${id.padEnd(width)}  ${level.padEnd(7)}  ${demand}`)
    .join('\n');
}

/** What a rule demands, why, and how to accept a finding. Throws UsageError for a rule that is not there. */
export function explainRule(rules: readonly Rule[], id: string): string {
  const rule = rules.find((known) => known.id === id);
  if (!rule) {
    throw new UsageError(`Cannot explain rule "${id}": it is not there; see --list-rules for those that are`);
  }
  const profiles = rule.profiles.length === PROFILES.length ? 'all profiles' : rule.profiles.join(', ');
  return [
    `${rule.id} (${rule.level}; ${profiles})`,
    '',
    rule.demand,
    '',
    rule.why,
    '',
    `To accept it once: # lint-workflow-yaml: ignore[${rule.id}] REASON, on the line or above it.`,
    `Examples: docs/rules.md#${rule.id}`,
  ].join('\n');
}
