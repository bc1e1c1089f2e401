import { join } from 'node:path';
import { assertSafeUrl } from '../http.ts';
import type { Context } from '../context.ts';
import { CouldNotTell, UsageError } from '../errors.ts';
import { createApi } from '../forge/api.ts';
import { fetchIdentity, type Identity } from '../forge/identity.ts';
import { openGit } from '../open-git.ts';
import type { Call } from '../script.ts';
import { makeWorkFolder } from '../work-folder.ts';
import { openApiRemote } from './api-remote.ts';
import { openGitRemote } from './git-remote.ts';
import type { CascadeOptions } from './options.ts';
import type { Remote, Wanted } from './remote.ts';

/** Does a forge's API stand behind the targets? With --git-url alone there is only a git server. */
export function hasApi(call: Call<CascadeOptions>, context: Context): boolean {
  const { options, environment } = call;
  if (options['git-url'] === null || options.transport === 'api') return true;
  const isNamed = options['api-url'] !== null || environment.get('GITHUB_SERVER_URL') !== undefined;
  return isNamed && context.token !== undefined;
}

/**
 * Who is going to write, asked once before the first write, while the first targets are read. A refused token and a job's own token, which can
 * write to no other repository and starts nothing there, throw CouldNotTell: nothing has been touched.
 */
export async function readWriter(call: Call<CascadeOptions>, context: Context): Promise<Identity | null> {
  const found = await fetchIdentity(createApi(context));
  if (found.user === null) {
    call.log.warning(`${found.why} (the token may still write)`);
    return null;
  }
  if (!found.user.isJob) return found.user;
  throw new CouldNotTell(
    `Cannot use the token: GET /user answered "${found.user.login}": this is the job's own token; it cannot write to other repositories, nor start anything there: give a user's token in SWITCHYARD_TOKEN`,
  );
}

/** How targets are reached, and what removes everything that was made on this machine. */
export interface Opener {
  open(repo: string, wanted: Wanted): Remote;
  close(): void;
}

/** The transport that the options name. Throws UsageError where git is missing, too old, or may not be called. */
export async function openTransport(call: Call<CascadeOptions>, context: Context): Promise<Opener> {
  const { options } = call;
  if (options.transport === 'api') {
    const api = createApi(context);
    return { open: (repo, wanted) => openApiRemote(api, repo, wanted), close: () => undefined };
  }
  const template = options['git-url'] ?? `${context.serverUrl}/{repo}.git`;
  const origin = readHttpOrigin(template, options.insecure);
  const git = await openGit(call, context, { server: origin });
  const folder = makeWorkFolder('cascade', call);
  const retries = { ...context.http.limits, clock: call.clock, random: Math.random };
  let opened = 0;
  return {
    open: (repo, wanted) =>
      openGitRemote(repo, wanted, {
        git,
        url: template.replaceAll('{repo}', () => repo),
        folder: join(folder.path, String(++opened)),
        retries,
      }),
    close: folder.remove,
  };
}

/** Where the token may go: the server of an http URL, nowhere for files and ssh. Throws UsageError for plain http. */
function readHttpOrigin(template: string, allowPlainHttp: boolean): string | null {
  if (!/^https?:/.test(template)) return null;
  return assertSafeUrl(template.replaceAll('{repo}', 'owner/repo'), allowPlainHttp, 'git URL').origin;
}

/** Whose name stands in a commit that git makes here. Throws UsageError where nobody's is known. */
export function chooseAuthor(
  options: CascadeOptions,
  writer: Identity | null,
): { name: string; email: string } | null {
  if (options.author !== null || options.transport === 'api') return options.author;
  if (writer !== null) return { name: writer.name, email: writer.email };
  if (options.check || options['dry-run']) return null;
  throw new UsageError(
    "Cannot commit without --author: no forge's API says whose token it is; give --author 'Name <address>'",
  );
}
