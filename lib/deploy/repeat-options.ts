import type { ForgeOptionValues } from '../context.ts';
import { repeatForgeOptions } from '../forge-words.ts';
import type { Environment } from '../script.ts';
import { optionWords } from '../shell-command.ts';
import type { TenantSource } from './tenants.ts';

/** What names the fleet, the branch and the forge, as a command to paste needs it where no variable says it. */
export function repeatDeployOptions(
  options: TenantSource & ForgeOptionValues & { readonly branch: string },
  environment: Environment,
): string[] {
  const tenants = environment.get('DEPLOY_TENANTS') === undefined ? options.tenant : [];
  const rows = [
    { name: '--tenants-file', value: options['tenants-file'], said: environment.get('DEPLOY_TENANTS_FILE') },
    { name: '--tenants-url', value: options['tenants-url'], said: environment.get('DEPLOY_TENANTS_URL') },
    { name: '--branch', value: options.branch, said: environment.get('DEPLOY_BRANCH') ?? 'main' },
  ];
  return [
    ...tenants.flatMap(({ slug, url }) => optionWords('--tenant', `${slug}=${url}`)),
    ...rows.flatMap(({ name, value, said }) =>
      value === null || value === said ? [] : optionWords(name, value),
    ),
    ...repeatForgeOptions(options, environment),
  ];
}
