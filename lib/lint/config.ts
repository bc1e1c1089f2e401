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

const keys = ['rules', 'runner_labels', 'required_checks', 'merge_queue', 'ignore', 'tracker'];

/**
 * Reads a config's text. Throws UsageError for what is no JSON, a wrong key, a rule that is not
 * there, or a value of a wrong kind.
 */
export function parseConfig(file: string, text: string, ruleIds: ReadonlySet<string>): LintConfig {
  const fail: Fail = (found, mend) => {
    throw new UsageError(`Cannot use config ${file}: ${found}; ${mend}`);
  };
  const json = readObject(text, fail);
  const wrong = Object.keys(json).find((key) => !keys.includes(key));
  if (wrong !== undefined) fail(`there is no key "${wrong}"`, `use ${keys.join(', ')}`);
  const rules = new Map<string, Level | 'off'>();
  for (const [name, level] of readEntries(json, 'rules', fail)) {
    if (!ruleIds.has(name)) fail(`there is no rule "${name}"`, 'see --list-rules');
    rules.set(name, readLevel(name, level, fail));
  }
  const requiredChecks = new Map<string, string[]>();
  for (const [branch, checks] of readEntries(json, 'required_checks', fail)) {
    requiredChecks.set(branch, readTexts(checks, `required_checks.${branch}`, fail));
  }
  const tracker = readTracker(json['tracker'], fail);
  const list = (key: string): string[] => readTexts(json[key] ?? [], key, fail);
  return {
    file,
    text,
    rules,
    runnerLabels: list('runner_labels'),
    requiredChecks,
    mergeQueue: list('merge_queue'),
    ignore: list('ignore'),
    tracker,
  };
}

type Fail = (found: string, mend: string) => never;

function readObject(text: string, fail: Fail): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fail(`it is no JSON (${(error as Error).message})`, 'mend it');
  }
  return isObject(json) ? json : fail('it is no JSON object', 'write {"rules": {…}}');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readEntries(json: Record<string, unknown>, key: string, fail: Fail): [string, unknown][] {
  const value = json[key] ?? {};
  return isObject(value) ? Object.entries(value) : fail(`"${key}" is no object`, `write {"${key}": {…}}`);
}

function readLevel(rule: string, value: unknown, fail: Fail): Level | 'off' {
  if (value === 'off' || value === 'warning' || value === 'error') return value;
  return fail(`rule "${rule}" is set to ${JSON.stringify(value)}`, 'use "off", "warning" or "error"');
}

function readTexts(value: unknown, key: string, fail: Fail): string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  return fail(`"${key}" is no list of texts`, `write {"${key}": ["…"]}`);
}

function readTracker(value: unknown, fail: Fail): RegExp {
  if (value === undefined) return anyTracker;
  try {
    if (typeof value === 'string') return new RegExp(value);
  } catch {
    // It ends as a value that is no text.
  }
  return fail('"tracker" is no regular expression', 'mend it');
}
