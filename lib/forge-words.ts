import type { ForgeOptionValues } from './context.ts';
import type { Environment } from './script.ts';
import { optionWords } from './shell-command.ts';

/** The forge's options as a command to paste needs them: those that the variables around it do not say. */
export function repeatForgeOptions(options: ForgeOptionValues, environment: Environment): string[] {
  const known = environment.get('SWITCHYARD_API_URL') ?? environment.get('GITHUB_API_URL');
  const words: (readonly [string, string | null])[] = [
    ['--forge', options.forge === (environment.get('SWITCHYARD_FORGE') ?? 'auto') ? null : options.forge],
    ['--api-url', options['api-url'] === known ? null : options['api-url']],
    ['--repo', options.repo === environment.get('GITHUB_REPOSITORY') ? null : options.repo],
    ['--token-env', options['token-env']],
  ];
  const isInsecure = options.insecure && environment.get('SWITCHYARD_INSECURE') === undefined;
  return [
    ...words.flatMap(([name, value]) => (value === null ? [] : optionWords(name, value))),
    ...(isInsecure ? ['--insecure'] : []),
  ];
}
