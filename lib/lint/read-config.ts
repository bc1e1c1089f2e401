import { existsSync } from 'node:fs';
import { UsageError } from '../errors.ts';
import { isNoFile, readText } from '../read-file.ts';
import { emptyConfig, parseConfig, type LintConfig } from './config.ts';
import { rules } from './rules.ts';

/**
 * The config that `--config` names, or the one that is there, with the labels of `--runner-label`. Throws UsageError
 * for one that is named and cannot be read, and as `parseConfig`.
 */
export function readConfig(given: { config: string | null; 'runner-label': readonly string[] }): LintConfig {
  const name = given.config ?? 'lint-workflow-yaml.json';
  if (given.config === null && !existsSync(name))
    return { ...emptyConfig, runnerLabels: given['runner-label'] };
  let text: string;
  try {
    text = readText(name);
  } catch (error) {
    throw new UsageError(
      `Cannot read config ${name}: ${isNoFile(error) ? 'it is not there' : (error as Error).message}; mend --config`,
    );
  }
  const config = parseConfig(name, text, new Set(rules.map(({ id }) => id)));
  return { ...config, runnerLabels: [...config.runnerLabels, ...given['runner-label']] };
}
