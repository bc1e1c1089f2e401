import { requireGitServer, type Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { createApi } from '../forge/api.ts';
import { fetchIdentity, type Identity } from '../forge/identity.ts';
import { openGit } from '../open-git.ts';
import type { Call } from '../script.ts';
import { makeWorkFolder } from '../work-folder.ts';
import { openApiSync } from './api-transport.ts';
import { openGitSync } from './git-transport.ts';
import type { SyncPlace, SyncTransport } from './transport.ts';

type TransportCall = Call<{ transport: 'api' | 'git' | null; 'dry-run': boolean }>;

/** The way the branches are read and written: GitHub's merges API, or git in a temporary folder. Throws UsageError. */
export async function openTransport(
  call: TransportCall,
  context: Context,
  place: SyncPlace,
): Promise<SyncTransport> {
  const isGitHub = context.kind === 'github';
  const chosen = call.options.transport ?? (isGitHub ? 'api' : 'git');
  if (chosen === 'api') {
    if (isGitHub) return openApiSync(context, place, { tries: !call.options['dry-run'] });
    throw new UsageError(
      'Cannot use --transport api: this forge has no API that merges branches; give --transport git',
    );
  }
  const server = requireGitServer(context);
  const git = await openGit(call, context, { server });
  const author = await readAuthor(call, context);
  const folder = makeWorkFolder('sync-branch', call);
  return openGitSync(place, { git, url: `${server}/${place.repo}.git`, folder, author });
}

/** The token's user, in whose name the merge is made. */
async function readAuthor(
  { log }: TransportCall,
  context: Context,
): Promise<Pick<Identity, 'name' | 'email'>> {
  const found = await fetchIdentity(createApi(context));
  if (found.user === null) {
    log.warning(`${found.why}; the merge is made in the name of switchyard`);
    return { name: 'switchyard', email: 'switchyard@users.noreply.github.com' };
  }
  if (found.user.isJob) {
    log.warning(
      "this is the job's own token: its push starts no workflow; give a user's token in SWITCHYARD_TOKEN",
    );
  }
  return found.user;
}
