import type { Context } from './context.ts';
import { createGit, type Git } from './git.ts';
import type { Call } from './script.ts';

/**
 * git of this machine; the context's token goes to that server alone, and to none where it is null. Throws UsageError
 * where git is missing or too old.
 */
export async function openGit(
  call: Pick<Call<object>, 'environment' | 'redactor' | 'onStop'>,
  { token, http }: Pick<Context, 'token' | 'http'>,
  { server, cwd }: { server: string | null; cwd?: string },
): Promise<Git> {
  const git = createGit({
    environment: call.environment,
    redactor: call.redactor,
    timeoutMs: http.limits.deadlineMs,
    onStop: call.onStop,
    ...(cwd === undefined ? {} : { cwd }),
    ...(server === null || token === undefined ? {} : { credential: { serverUrl: server, token } }),
  });
  await git.requireVersion();
  return git;
}
