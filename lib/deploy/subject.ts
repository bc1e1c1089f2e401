import { forgeOptions, readContext, requireRepo, requireSha, shaOption } from '../context.ts';
import type { OptionValues } from '../options.ts';
import type { Call } from '../script.ts';
import { supersededOptions } from './superseded.ts';

/** The commit, its branch and the forge that knows them: what every command of a deploy is about. */
export const commitOptions = { ...shaOption, ...supersededOptions, ...forgeOptions };

/** The commit that is deployed. Throws UsageError. */
export function readSubject(call: Call<OptionValues<typeof commitOptions>>): {
  sha: string;
  subject: Record<string, string>;
} {
  const context = readContext(call);
  const repo = requireRepo(context);
  const sha = requireSha(call.options.sha, context, call.environment);
  return { sha, subject: { repo, sha } };
}
