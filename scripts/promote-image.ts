import { ancestryOptions } from '../lib/ancestry/options.ts';
import { relate } from '../lib/ancestry/relate.ts';
import { forgeOptions, requireGitServer, requireRepo, type Context } from '../lib/context.ts';
import { CouldNotTell } from '../lib/errors.ts';
import { openForge } from '../lib/forge/forge.ts';
import { asDuration, asText, flag, many, one, oneOr, onUnless, type OptionValues } from '../lib/options.ts';
import { describeDryRun, describeTrack } from '../lib/promote/describe-track.ts';
import { describeStop } from '../lib/promote/end.ts';
import type { Ports, Rules } from '../lib/promote/ports.ts';
import { isInPlace, prepare, type Start } from '../lib/promote/prepare.ts';
import { promote } from '../lib/promote/promotion.ts';
import { createRegistryPorts } from '../lib/promote/registry-ports.ts';
import { readRequest, type Promotion } from '../lib/promote/request.ts';
import { toVerdict } from '../lib/promote/verdict.ts';
import { openRegistryFor } from '../lib/registry/open-for.ts';
import { parseImageName } from '../lib/registry/reference.ts';
import { defineCommand, type Call, type Script, type Verdict } from '../lib/script.ts';
import { describeFork, readCommit, shaOption, type Commit } from '../lib/subject.ts';

const longestConfirmMs = 60_000;

const options = {
  image: many({
    help: 'an image to move, without tag',
    value: 'NAME',
    variables: ['PROMOTE_IMAGES'],
    required: true,
    parse: parseImageName,
  }),
  from: oneOr({
    help: 'the tag of the tested build; {sha} and {short} (7 digits) are filled in; sha256:… is a digest',
    value: 'TAG',
    variables: ['PROMOTE_FROM'],
    fallback: 'staging-{short}',
    parse: asText,
  }),
  to: oneOr({
    help: 'the tag to move',
    value: 'TAG',
    variables: ['PROMOTE_TO'],
    fallback: 'latest',
    parse: asText,
  }),
  ...shaOption,
  ancestry: onUnless({
    help: 'do not ask whether this would move a tag backwards; a competing promotion is then only reported',
    variables: ['PROMOTE_ANCESTRY'],
  }),
  'label-check': onUnless({
    help: "do not compare the source image's revision label, where it has one, with the SHA",
  }),
  hold: one({
    help: "not empty: nothing is moved; meant for a repository variable, so that a person's rollback stays",
    value: 'TEXT',
    variables: ['PROMOTE_HOLD'],
    mayBeEmpty: true,
    parse: asText,
  }),
  settle: oneOr({
    help: 'how long to watch the moved tags for a competing promotion',
    value: 'D',
    variables: ['PROMOTE_SETTLE'],
    fallback: '3s',
    parse: asDuration,
  }),
  'dry-run': flag({ help: 'read and decide everything, write nothing' }),
  ...ancestryOptions,
  ...forgeOptions,
};

type Options = OptionValues<typeof options>;

async function main(call: Call<Options>): Promise<Verdict> {
  const { options: given, log } = call;
  const commit = readCommit(call);
  const { context } = commit;
  const promotion = readRequest(call, commit);
  const repo = given.ancestry ? requireRepo(context) : null;
  if (given.ancestry && given.via === 'git') requireGitServer(context);
  const rules = readRules(given, commit);
  if (given.hold !== null) {
    return toVerdict(promotion, { decision: 'held', reason: `promotion is on hold: ${given.hold}` });
  }
  const fork = describeFork(context);
  if (fork !== null) return toVerdict(promotion, { decision: 'refused', reason: fork });
  call.onStop(() => 'nothing was written');
  const ports = openPorts(call, context, { promotion, repo });
  const start = await prepareOrTell(promotion, ports, rules);
  warn(call, start, rules);
  if (start.refusal !== null) return toVerdict(promotion, start.refusal, start.tracks);
  if (given['dry-run'] && !start.tracks.every(isInPlace)) {
    const reason = describeDryRun(start.tracks, promotion.to);
    return toVerdict(promotion, { decision: 'dry-run', reason }, start.tracks);
  }
  call.onStop(() => {
    // A PUT that is on its way is taken for done.
    const tracks = start.tracks.map((track) =>
      track.written ? { ...track, seen: track.ours.digest } : track,
    );
    return toVerdict(promotion, describeStop(tracks), tracks);
  });
  const end = await promote(start.tracks, ports, rules);
  for (const track of end.tracks) log.line(describeTrack(track, promotion.to));
  for (const { status, image } of end.tracks) {
    if (status.kind === 'reported')
      log.warning(`${image}: ${status.why}; without ancestry it was left alone`);
  }
  return toVerdict(promotion, end, end.tracks, end.rolledBack?.tags);
}

/** The images' registries, and, unless `repo` is null, the repository whose history orders the builds. */
function openPorts(
  call: Call<Options>,
  context: Context,
  { promotion, repo }: { promotion: Promotion; repo: string | null },
): Ports {
  const { options: given, clock, log } = call;
  const { images, from, to, sha } = promotion;
  const actions = given['dry-run'] ? 'pull' : 'pull,push';
  const registry = openRegistryFor(call, context, images, actions);
  const forge = repo === null ? null : openForge(context, repo);
  return createRegistryPorts({
    registry,
    images,
    from,
    to,
    label: given.label,
    labelCheck: given['label-check'],
    clock,
    log: (line) => log.line(line),
    relate: (current) => relate(call, forge as NonNullable<typeof forge>, { current, candidate: sha }),
  });
}

/** What is there; where that cannot be read, nothing is moved, for the reason that the error names. */
async function prepareOrTell(promotion: Promotion, ports: Ports, rules: Rules): Promise<Start> {
  const images = promotion.images.map(({ shown }) => shown);
  try {
    return await prepare(images, ports, rules);
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    const refusal = { decision: 'unknown', reason: error.message } as const;
    return { tracks: [], refusal, ancestry: null, served: [] };
  }
}

function readRules(given: Options, { context, sha }: Commit): Rules {
  const { deadlineMs, retryMs } = context.http.limits;
  return {
    sha,
    ancestry: given.ancestry,
    override: given.override && context.event.name === 'workflow_dispatch',
    onUnlabelled: given['on-unlabelled'],
    labelCheck: given['label-check'],
    settleMs: given.settle,
    confirmMs: Math.min(longestConfirmMs, deadlineMs),
    retryMs,
  };
}

function warn({ log }: Call<Options>, start: Start, { ancestry, override, sha }: Rules): void {
  if (start.refusal !== null) return;
  if (start.ancestry?.decision === 'unlabelled') log.warning(start.ancestry.reason);
  if (ancestry && override) {
    log.warning(
      `the operator dispatched this by hand: ${sha} goes over ${start.served.join(', ') || 'what is served now'} without a check`,
    );
  }
}

export const script: Script = {
  name: 'promote-image',
  summary:
    'Moves a tag on several images together, or not at all: by registry API alone, the digest unchanged, never backwards.',
  commands: [defineCommand({ name: '', options, main })],
  outputs: {
    decision:
      'promoted, unchanged, superseded, held, dry-run, missing, refused, rolled-back, partial or unknown',
    proceed: 'true where the tags hold this build (dry-run: would hold it)',
    changed: 'true where any tag holds another digest than before',
    digests: 'JSON: image → digest of the promoted build',
    previous: 'JSON: image → digest the tag held before; null where it did not exist',
    reason: 'one sentence',
  },
  exits: {
    0: 'promoted, unchanged, superseded, held or dry-run',
    1: 'missing, refused, rolled-back, or partial (some tag could not be restored)',
    3: 'could not tell: a server could not be read; nothing was written',
  },
};
