import { UsageError } from '../errors.ts';
import type { Level } from './rule.ts';

/** The settings of `lint-workflow-yaml.json`. */
export interface LintConfig {
  /** The file's name and text, for findings that stand in it. */
  file: string;
  text: string;
  rules: ReadonlyMap<string, Level | 'off'>;
  runnerLabels: readonly string[];
  /** Required checks by branch, as the forge shows them. */
  requiredChecks: ReadonlyMap<string, readonly string[]>;
  mergeQueue: readonly string[];
  ignore: readonly string[];
  tracker: RegExp;
}

/** What counts as a reference to a tracker: an issue's number or key, or a link. */
const anyTracker = /#\d+|\b[A-Z][A-Z0-9]+-\d+\b|https?:\/\/\S+/;

/** What holds where there is no config. */
export const emptyConfig: LintConfig = {
  file: '',
  text: '',
  rules: new Map(),
  runnerLabels: [],
  requiredChecks: new Map(),
  mergeQueue: [],
  ignore: [],
  tracker: anyTracker,
};

/**
 * Reads a config's text. Throws UsageError for what is no JSON, a wrong key, a rule that is not
 * there, or a value of a wrong kind.
 */
export function parseConfig(file: string, text: string, ruleIds: ReadonlySet<string>): LintConfig {
  const fail = (found: string, mend: string): never => {
    throw new UsageError(`Cannot use config ${file}: ${found}; ${mend}`);
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    fail(`it is no JSON (${(error as Error).message})`, 'mend it');
  }
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(json)) return fail('it is no JSON object', 'write {"rules": {…}}');
  const list = (value: unknown, key: string): string[] => {
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    return fail(`"${key}" is no list of texts`, `write {"${key}": ["…"]}`);
  };
  const known = ['rules', 'runner_labels', 'required_checks', 'merge_queue', 'ignore', 'tracker'];
  const wrong = Object.keys(json).find((key) => !known.includes(key));
  if (wrong !== undefined) fail(`there is no key "${wrong}"`, `use ${known.join(', ')}`);

  const rules = new Map<string, Level | 'off'>();
  const requiredChecks = new Map<string, string[]>();
  for (const key of ['rules', 'required_checks']) {
    const value = json[key] ?? {};
    if (!isObject(value)) return fail(`"${key}" is no object`, `write {"${key}": {…}}`);
    for (const [name, setting] of Object.entries(value)) {
      if (key === 'required_checks') requiredChecks.set(name, list(setting, `required_checks.${name}`));
      else if (!ruleIds.has(name)) fail(`there is no rule "${name}"`, 'see --list-rules');
      else if (setting !== 'off' && setting !== 'warning' && setting !== 'error') {
        fail(`rule "${name}" is set to ${JSON.stringify(setting)}`, 'use "off", "warning" or "error"');
      } else rules.set(name, setting);
    }
  }
  let tracker = anyTracker;
  if (json['tracker'] !== undefined) {
    try {
      if (typeof json['tracker'] !== 'string') throw new SyntaxError('no text');
      tracker = new RegExp(json['tracker']);
    } catch {
      fail(`"tracker" is no regular expression`, 'mend it');
    }
  }
  return {
    file,
    text,
    rules,
    runnerLabels: list(json['runner_labels'] ?? [], 'runner_labels'),
    requiredChecks,
    mergeQueue: list(json['merge_queue'] ?? [], 'merge_queue'),
    ignore: list(json['ignore'] ?? [], 'ignore'),
    tracker,
  };
}
