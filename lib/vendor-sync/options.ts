import { forgeOptions, readContext } from '../context.ts';
import { openForge, type Forge } from '../forge/forge.ts';
import { flag, one, oneOr, asText, type OptionValues } from '../options.ts';
import type { Call } from '../script.ts';
import { parseSource } from './source.ts';

/** Where the scripts are kept here. */
export const folderOption = {
  dir: oneOr({
    help: 'the folder the scripts are kept in',
    value: 'DIR',
    variables: ['VENDOR_SYNC_DIR'],
    fallback: 'vendor',
    parse: asText,
  }),
};

const { repo: _, ...serverOptions } = forgeOptions;

/** What `add` and `update` share. */
export const sourceOptions = {
  from: one({
    help: 'where the scripts come from: a repository at a tag, branch or commit, or a folder that holds vendor/',
    value: 'OWNER/REPO@REF|DIR',
    variables: ['VENDOR_SYNC_FROM'],
    shown: "the lock's",
    parse: parseSource,
  }),
  ...folderOption,
  'dry-run': flag({
    help: 'read, check and decide everything, write nothing',
    variables: ['VENDOR_SYNC_DRY_RUN'],
  }),
  ...serverOptions,
};

export type SourceOptions = OptionValues<typeof sourceOptions>;

/**
 * The source's repository on its forge. A job's own token is for the job's own server: with another API URL
 * only a token that was named for it (SWITCHYARD_TOKEN, --token-env) goes along.
 */
export function openSourceForge(call: Call<SourceOptions>, repo: string): Forge {
  const context = readContext({ ...call, options: { ...call.options, repo } });
  const own = call.environment.get('GITHUB_API_URL') ?? call.environment.get('GITHUB_SERVER_URL');
  const isNamed =
    call.options['token-env'] !== null || call.environment.get('SWITCHYARD_TOKEN') !== undefined;
  const isElsewhere = own !== undefined && originOf(own) !== originOf(context.apiUrl);
  return openForge(isElsewhere && !isNamed ? { ...context, token: undefined } : context, repo);
}

function originOf(url: string): string | null {
  try {
    return new URL(url).host.replace(/^api\.(github\.com)$/, '$1');
  } catch {
    return null;
  }
}
