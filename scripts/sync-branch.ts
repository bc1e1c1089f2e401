import { asBranch } from '../lib/cascade/values.ts';
import { forgeOptions, readContext, requireRepo, type Context } from '../lib/context.ts';
import { UsageError } from '../lib/errors.ts';
import { createApi } from '../lib/forge/api.ts';
import { fetchIdentity, type Identity } from '../lib/forge/identity.ts';
import { fetchBranchState } from '../lib/forge/merge.ts';
import { createGit } from '../lib/git.ts';
import { backoff } from '../lib/http-retry.ts';
import { asChoice, flag, needed, one, type OptionValues } from '../lib/options.ts';
import { defineCommand, type Call, type Script, type Verdict } from '../lib/script.ts';
import { openApiSync } from '../lib/sync/api-transport.ts';
import { openGitSync } from '../lib/sync/git-transport.ts';
import { ensurePull } from '../lib/sync/pull-request.ts';
import type { Applied, Standing, SyncPlace, SyncTransport } from '../lib/sync/transport.ts';
import { makeWorkFolder } from '../lib/work-folder.ts';

const options = {
  from: needed({ help: 'the branch to bring over, as main', value: 'BRANCH', parse: asBranch }),
  to: needed({ help: 'the branch that gets it, as staging', value: 'BRANCH', parse: asBranch }),
  'pr-on-conflict': flag({ help: 'open one pull request where the branches conflict' }),
  transport: one({
    help: "GitHub's merges API, or a temporary clone",
    value: 'api|git',
    shown: 'GitHub api, else git',
    parse: asChoice('api', 'git'),
  }),
  'dry-run': flag({ help: 'read and decide, and write nothing' }),
  ...forgeOptions,
};
type SyncCall = Call<OptionValues<typeof options>>;
type Due = Extract<Standing, { kind: 'fast-forward' | 'merge' }>;

const mostAttempts = 3;
const opening = 'it was opening a pull request, which may be open';

async function main(call: SyncCall): Promise<Verdict> {
  const { options: given } = call;
  if (given.from === given.to) {
    throw new UsageError('Cannot use --from and --to: both name one branch; give two branches');
  }
  const context = readContext(call);
  const { from, to } = given;
  const place: SyncPlace = { repo: requireRepo(context), from, to, message: `Merge ${from} into ${to}` };
  call.onStop(() => 'nothing was written');
  const transport = await openTransport(call, context, place);
  try {
    return await sync(call, { context, place, transport, writing: null });
  } finally {
    transport.close();
  }
}

interface Room {
  context: Context;
  place: SyncPlace;
  transport: SyncTransport;
  /** A write that is on its way or whose answer was lost: whether it was carried out, the next look tells. */
  writing: string | null;
}

async function sync(call: SyncCall, room: Room): Promise<Verdict> {
  const { transport, place, context } = room;
  const { retryMs } = context.http.limits;
  call.onStop(() => room.writing ?? 'nothing was written');
  let tried: Due | null = null;
  let last = '';
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const standing = await transport.look();
    if (standing.kind === 'in-sync') {
      // After a write whose answer was lost, what is there now says that it was carried out.
      if (tried !== null && standing.to !== tried.to) return done(place, tried, standing.to);
      return end(place, { decision: 'in-sync', reason: `in sync: ${standing.why}`, sha: standing.to });
    }
    if (standing.kind === 'conflict') return conflict(call, room, standing.files);
    if (call.options['dry-run']) return foresee(place, standing);
    const shut = await isShut(context, place);
    if (shut === null) room.writing = `it was writing ${place.to}, which may have been done`;
    const applied = shut ?? (await transport.apply(standing));
    if (applied.kind !== 'raced') room.writing = null;
    if (applied.kind === 'done') return done(place, standing, applied.sha);
    if (applied.kind === 'conflict') return conflict(call, room, applied.files);
    if (applied.kind === 'protected') return propose(room, applied.message);
    if (applied.kind === 'refused') return refuse(place, applied.message);
    call.log.line(`attempt ${attempt}: ${applied.message}; reading again`);
    last = applied.message;
    tried = standing;
    if (attempt < mostAttempts) await call.clock.sleep(backoff(attempt, retryMs, Math.random()));
  }
  const standing = tried === null ? null : await transport.look();
  if (tried !== null && standing?.kind === 'in-sync' && standing.to !== tried.to) {
    return done(place, tried, standing.to);
  }
  return refuse(place, `${last} (after ${mostAttempts} attempts)`);
}

async function openTransport(call: SyncCall, context: Context, place: SyncPlace): Promise<SyncTransport> {
  const isGitHub = context.kind === 'github';
  const chosen = call.options.transport ?? (isGitHub ? 'api' : 'git');
  if (chosen === 'api') {
    if (isGitHub) return openApiSync(context, place, { tries: !call.options['dry-run'] });
    throw new UsageError(
      'Cannot use --transport api: this forge has no API that merges branches; give --transport git',
    );
  }
  const git = createGit({
    environment: call.environment,
    redactor: call.redactor,
    timeoutMs: context.http.limits.deadlineMs,
    onStop: call.onStop,
    ...(context.token === undefined
      ? {}
      : { credential: { serverUrl: new URL(context.serverUrl).origin, token: context.token } }),
  });
  await git.requireVersion();
  const author = await readAuthor(call, context);
  const folder = makeWorkFolder('sync-branch', call);
  return openGitSync(place, { git, url: `${context.serverUrl}/${place.repo}.git`, folder, author });
}

/** The token's user, in whose name the merge is made. */
async function readAuthor(call: SyncCall, context: Context): Promise<Pick<Identity, 'name' | 'email'>> {
  const found = await fetchIdentity(createApi(context));
  if (found.user === null) {
    call.log.warning(`${found.why}; the merge is made in the name of switchyard`);
    return { name: 'switchyard', email: 'switchyard@users.noreply.github.com' };
  }
  if (found.user.isJob) {
    call.log.warning(
      "this is the job's own token: its push starts no workflow; give a user's token in SWITCHYARD_TOKEN",
    );
  }
  return found.user;
}

/** Gitea says beforehand whom a protected branch shuts out; GitHub only when it is written to. */
async function isShut(context: Context, { repo, to }: SyncPlace): Promise<Applied | null> {
  if (context.kind === 'github') return null;
  const { mayPush } = await fetchBranchState(createApi(context), repo, to);
  return mayPush === false
    ? { kind: 'protected', message: `${to} is protected against pushes of this token` }
    : null;
}

function done(place: SyncPlace, { kind, from }: Due, sha: string): Verdict {
  const decision = kind === 'merge' ? 'merged' : 'fast-forwarded';
  const words = kind === 'merge' ? 'merged into' : 'now the head of';
  return end(place, {
    decision,
    reason: `${place.from} (${from.slice(0, 12)}) is ${words} ${place.to}: ${sha}`,
    sha,
    changed: true,
  });
}

function foresee(place: SyncPlace, { kind, to }: Due): Verdict {
  const decision = kind === 'merge' ? 'merged' : 'fast-forwarded';
  const words = kind === 'merge' ? 'would be merged into' : 'would become the head of';
  return end(place, {
    decision,
    reason: `${place.from} ${words} ${place.to}; nothing was written (dry run)`,
    sha: to,
  });
}

async function propose(room: Room, why: string): Promise<Verdict> {
  const { context, place } = room;
  room.writing = opening;
  const { pull, words } = await ensurePull(
    createApi(context),
    place,
    `\`${place.to}\` is protected against direct pushes.`,
  );
  const reason = `${place.to} is protected, so a pull request brings ${place.from} over: ${words} (${why})`;
  return end(place, {
    decision: 'pr',
    reason,
    pull,
    next: [`merge pull request ${pull.number}: ${pull.url}`],
    changed: true,
  });
}

async function conflict(call: SyncCall, room: Room, files: readonly string[]): Promise<Verdict> {
  const { context, place } = room;
  for (const file of files) call.log.line(`conflict: ${file}`);
  const found = `${place.from} and ${place.to} conflict in ${files.join(', ')}`;
  const byHand = `git fetch origin && git switch ${place.to} && git merge origin/${place.from}`;
  if (!call.options['pr-on-conflict'] || call.options['dry-run']) {
    return end(place, { decision: 'conflict', exit: 1, reason: found, files, next: [byHand] });
  }
  room.writing = opening;
  const list = files.map((file) => `- \`${file}\``).join('\n');
  const { pull, words } = await ensurePull(createApi(context), place, `The branches conflict in:\n\n${list}`);
  const next = [`resolve the conflict in pull request ${pull.number}: ${pull.url}`, byHand];
  return end(place, { decision: 'conflict', exit: 1, reason: `${found}; ${words}`, files, pull, next });
}

function refuse(place: SyncPlace, message: string): Verdict {
  return end(place, { decision: 'refused', exit: 1, reason: message });
}

function end(
  place: SyncPlace,
  ending: {
    decision: string;
    reason: string;
    exit?: 0 | 1;
    sha?: string;
    pull?: { number: number; url: string };
    files?: readonly string[];
    next?: readonly string[];
    changed?: boolean;
  },
): Verdict {
  const { decision, reason, exit = 0, sha = '', pull, files = [], next = [], changed = false } = ending;
  const number = pull === undefined ? '' : String(pull.number);
  return {
    decision,
    exit,
    proceed: exit === 0,
    reason,
    changed,
    subject: { repo: place.repo, from: place.from, to: place.to, ...(sha === '' ? {} : { sha }) },
    evidence: pull === undefined ? [] : [{ what: 'pull request', url: pull.url, value: number }],
    next,
    details: { sha, pr: pull?.number ?? null, url: pull?.url ?? null, files },
    outputs: { sha, pr: number },
  };
}

export const script: Script = {
  name: 'sync-branch',
  summary:
    'Brings one branch back into another, so that the next promotion is not behind: a fast-forward where it can be, else a merge commit, else a pull request. Never by force.',
  outputs: {
    decision: 'in-sync, fast-forwarded, merged, pr, conflict or refused',
    proceed: 'true where the branch holds the other, or a pull request will bring it',
    reason: 'one sentence',
    sha: 'the head of the branch afterwards',
    pr: "the pull request's number, where there is one",
  },
  exits: {
    0: 'in sync, written, or a pull request because the branch is protected',
    1: 'a conflict, also with its pull request; a hook refused; the branch moved at every attempt',
  },
  commands: [defineCommand({ name: '', options, main })],
};
