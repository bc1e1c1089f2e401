import { asBranch } from '../lib/branch-name.ts';
import { forgeOptions, readContext, requireRepo, type Context } from '../lib/context.ts';
import { UsageError, type CouldNotTell } from '../lib/errors.ts';
import { createApi } from '../lib/forge/api.ts';
import { fetchBranchState } from '../lib/forge/merge.ts';
import { backoff } from '../lib/http-retry.ts';
import { asChoice, flag, needed, one, type OptionValues } from '../lib/options.ts';
import { defineCommand, type Call, type Script, type Verdict } from '../lib/script.ts';
import { showFile } from '../lib/sync/file-names.ts';
import { openTransport } from '../lib/sync/open-transport.ts';
import { endConflict, endProtected } from '../lib/sync/pull-verdict.ts';
import type { Conflicts, Due, SyncPlace, SyncTransport } from '../lib/sync/transport.ts';
import { endDone, endInSync, endSync, foresee } from '../lib/sync/verdict.ts';

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
  const isDry = call.options['dry-run'];
  call.onStop(() => room.writing ?? 'nothing was written');
  let tried: Due | null = null;
  let last = '';
  let fault: CouldNotTell | undefined;
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const standing = await transport.look();
    if (standing.kind === 'in-sync') return endInSync(place, standing, await claim(standing.to));
    if (standing.kind === 'conflict') return conflict(call, room, standing);
    const shut = await findShut(context, place);
    if (isDry) {
      if (shut === null) return foresee(place, standing);
      return endProtected(room, standing, { why: shut.message, isDry });
    }
    if (shut === null) room.writing = `it was writing ${place.to}, which may have been done`;
    const applied = shut ?? (await transport.apply(standing));
    if (applied.kind !== 'raced') room.writing = null;
    if (applied.kind === 'done') return endDone(place, standing, applied.sha);
    if (applied.kind === 'conflict') return conflict(call, room, applied);
    if (applied.kind === 'protected') {
      room.writing = opening;
      return endProtected(room, standing, { why: applied.message, isDry });
    }
    if (applied.kind === 'refused') return refuse(place, applied.message);
    call.log.line(`attempt ${attempt}: ${applied.message}; reading again`);
    ({ message: last, fault } = applied);
    tried = standing;
    if (attempt < mostAttempts) await call.clock.sleep(backoff(attempt, retryMs, Math.random()));
  }
  const standing = await transport.look();
  if (standing.kind === 'in-sync') return endInSync(place, standing, await claim(standing.to));
  if (fault !== undefined) throw fault;
  return refuse(place, `${last} (after ${mostAttempts} attempts)`);

  /** The write of ours that brought the branch to this head; null where somebody else did. */
  async function claim(head: string): Promise<Due | null> {
    return tried !== null && head !== tried.to && (await transport.isOurs(head)) ? tried : null;
  }
}

/** Gitea says beforehand whom a protected branch shuts out; GitHub only when it is written to. */
async function findShut(
  context: Context,
  { repo, to }: SyncPlace,
): Promise<{ kind: 'protected'; message: string } | null> {
  if (context.kind === 'github') return null;
  const { mayPush } = await fetchBranchState(createApi(context), repo, to);
  return mayPush === false
    ? { kind: 'protected', message: `${to} is protected against pushes of this token` }
    : null;
}

function conflict({ options: given, log }: SyncCall, room: Room, found: Conflicts): Promise<Verdict> {
  for (const file of found.files) log.line(`conflict: ${showFile(file)}`);
  const [opens, isDry] = [given['pr-on-conflict'], given['dry-run']];
  if (opens && !isDry) room.writing = opening;
  return endConflict(room, { ...found, opens, isDry });
}

function refuse(place: SyncPlace, message: string): Verdict {
  return endSync(place, { decision: 'refused', exit: 1, reason: message });
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
