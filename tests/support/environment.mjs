// The environment a script finds in a job of the embedded forge, with retries fast enough for a test.

/**
 * @param {{ apiUrl: string, options: { flavour: string } }} forge
 * @param {{ repo?: string, token?: string, sha?: string, branch?: string, event?: string, more?: Record<string, string> }} [job]
 * @returns {Record<string, string>}
 */
export function jobEnvironment(forge, job = {}) {
  const isGitea = forge.options.flavour.startsWith('gitea');
  /** @type {Record<string, string | undefined>} */
  const env = {
    GITHUB_API_URL: forge.apiUrl,
    GITHUB_REPOSITORY: job.repo ?? 'acme/app',
    GITHUB_SHA: job.sha,
    GITHUB_REF_NAME: job.branch ?? 'main',
    GITHUB_EVENT_NAME: job.event,
    GITEA_ACTIONS: isGitea ? 'true' : undefined,
    SWITCHYARD_TOKEN: job.token,
    SWITCHYARD_HTTP_RETRY_MS: '1',
    SWITCHYARD_HTTP_TIMEOUT_MS: '2000',
    SWITCHYARD_HTTP_DEADLINE_MS: '6000',
    ...job.more,
  };
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
