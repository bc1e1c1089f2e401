import { decideAncestry, type AncestryAnswer, type Witness } from '../lib/ancestry/decide.ts';
import { fetchImageWitnesses } from '../lib/ancestry/image-witnesses.ts';
import { ancestryOptions } from '../lib/ancestry/options.ts';
import { relate } from '../lib/ancestry/relate.ts';
import { mapBounded } from '../lib/concurrency.ts';
import { forgeOptions, requireGitServer, type Context } from '../lib/context.ts';
import { CouldNotTell, UsageError } from '../lib/errors.ts';
import { openForge, type Forge, type Relation } from '../lib/forge/forge.ts';
import { asSha, many, one, type OptionValues } from '../lib/options.ts';
import { openRegistryFor } from '../lib/registry/open-for.ts';
import { parseMovingReference, refuseTwice } from '../lib/registry/reference.ts';
import { renderTable } from '../lib/report.ts';
import { defineCommand, type Call, type Log, type Script, type Verdict } from '../lib/script.ts';
import { describeFork, readSubject, shaOption } from '../lib/subject.ts';

const options = {
  image: many({
    help: 'a moving reference, registry/name:tag; its revision label is the current commit',
    value: 'REF',
    variables: ['ANCESTRY_IMAGES'],
    rivals: ['current'],
    parse: parseMovingReference,
  }),
  current: one({
    help: 'the current commit, instead of images',
    value: 'SHA',
    variables: ['ANCESTRY_CURRENT'],
    rivals: ['image'],
    parse: asSha,
  }),
  ...shaOption,
  ...ancestryOptions,
  ...forgeOptions,
};

type Options = OptionValues<typeof options>;

async function main(call: Call<Options>): Promise<Verdict> {
  const { options: given } = call;
  if (given.image.length === 0 && given.current === null) {
    throw new UsageError(
      'Cannot run without --image or --current: what is served now is not named; give --image REF, or --current SHA',
    );
  }
  if (given.image.length > 0 && given.current !== null) {
    throw new UsageError('Cannot use --image with --current: both name what is served now; give one of them');
  }
  refuseTwice(given.image.map(({ image, tag }) => `${image.host}/${image.path}:${tag}`));
  const { context, repo, sha: candidate } = readSubject(call);
  if (given.via === 'git') requireGitServer(context);
  const fork = describeFork(context);
  if (fork !== null) return report(repo, candidate, [], notTold(fork, 1, given.current));
  const forge = openForge(context, repo);
  const fetchWitnesses = openWitnesses(call, context);
  if (given.override && context.event.name === 'workflow_dispatch')
    return overridden(repo, candidate, await tryWitnesses(fetchWitnesses, call.log));
  try {
    return report(repo, candidate, ...(await readAnswer(call, forge, candidate, fetchWitnesses)));
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return report(repo, candidate, [], notTold(error.message, 3, given.current));
  }
}

function notTold(reason: string, exit: 1 | 3, current: string | null): AncestryAnswer {
  return {
    decision: 'unknown',
    exit,
    reason,
    current: current === null ? [] : [current],
    aheadBy: null,
    behindBy: null,
  };
}

/** What is served now, how the candidate lies to it, and what follows. */
async function readAnswer(
  call: Call<Options>,
  forge: Forge,
  candidate: string,
  fetchWitnesses: () => Promise<Witness[]>,
): Promise<[Witness[], AncestryAnswer]> {
  const witnesses = await fetchWitnesses();
  const revisions = [...new Set(witnesses.flatMap((witness) => witness.revision ?? []))];
  const relations = new Map<string, Relation>();
  const found = await mapBounded(revisions, 4, (revision) =>
    relate(call, forge, { current: revision, candidate }),
  );
  revisions.forEach((revision, index) => relations.set(revision, found[index] as Relation));
  const onUnlabelled = call.options['on-unlabelled'];
  return [witnesses, decideAncestry({ candidate, witnesses, relations, onUnlabelled })];
}

/** Reads what the options name. Credentials are looked for at once: a wrong environment shows before any call. */
function openWitnesses(call: Call<Options>, context: Context): () => Promise<Witness[]> {
  const { image, current, label } = call.options;
  if (current !== null) return () => Promise.resolve([{ name: '--current', revision: current }]);
  const images = image.map((reference) => reference.image);
  const registry = openRegistryFor(call, context, images, 'pull');
  return () => fetchImageWitnesses(registry, image, label);
}

/** Who skips the check is not stopped by what the check could not have read. */
async function tryWitnesses(fetchWitnesses: () => Promise<Witness[]>, log: Log): Promise<Witness[]> {
  try {
    return await fetchWitnesses();
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    log.warning(error.message);
    return [];
  }
}

function overridden(repo: string, candidate: string, witnesses: readonly Witness[]): Verdict {
  const current = [...new Set(witnesses.flatMap((witness) => witness.revision ?? []))];
  return {
    decision: 'overridden',
    exit: 0,
    proceed: true,
    announce: 'warning',
    reason: `the operator dispatched this by hand: ${candidate} goes over ${current.join(', ') || 'what is served now'} without a check`,
    subject: { repo, sha: candidate },
    outputs: { current: current.join(','), candidate, ahead_by: '', behind_by: '' },
    details: { current, candidate, ahead_by: null, behind_by: null },
  };
}

function report(
  repo: string,
  candidate: string,
  witnesses: readonly Witness[],
  answer: AncestryAnswer,
): Verdict {
  const { decision, exit, reason, current, aheadBy, behindBy } = answer;
  const rows = witnesses.map(({ name, revision }) => [
    candidate,
    revision ?? 'no label',
    `${decision} (${name})`,
  ]);
  return {
    decision,
    exit,
    proceed: exit === 0,
    reason,
    ...(decision === 'unlabelled'
      ? { announce: exit === 0 ? ('warning' as const) : ('error' as const) }
      : {}),
    subject: { repo, sha: candidate },
    evidence: witnesses.map(({ name, revision }) => ({ what: name, value: revision ?? 'no revision' })),
    outputs: {
      current: current.join(','),
      candidate,
      ahead_by: aheadBy === null ? '' : String(aheadBy),
      behind_by: behindBy === null ? '' : String(behindBy),
    },
    details: { current, candidate, ahead_by: aheadBy, behind_by: behindBy },
    summary: renderTable(['Candidate', 'Current', 'Relation'], rows),
    next: exit === 1 && decision === 'unknown' ? [] : recovery(decision, candidate),
  };
}

function recovery(decision: string, candidate: string): string[] {
  if (['behind', 'diverged', 'disagree'].includes(decision)) {
    return [
      `if ${candidate} must win all the same, dispatch this workflow by hand with that SHA (a workflow_dispatch skips the check)`,
      'otherwise revert forward: commit the revert to the branch and promote that commit',
    ];
  }
  return decision === 'unknown'
    ? ['run again once the cause above is mended; --via git asks git instead of the API']
    : [];
}

export const script: Script = {
  name: 'ancestry',
  summary:
    'Answers how a candidate commit relates to what a moving tag serves now, so that the older of two builds never wins.',
  commands: [defineCommand({ name: '', options, main })],
  outputs: {
    decision: 'ahead, identical, absent, unlabelled, overridden, behind, diverged, disagree or unknown',
    proceed: 'true where the candidate may take the place',
    current: 'the commit that is served now; several are separated by commas',
    candidate: 'the commit in question',
    ahead_by: 'commits the candidate has more; empty where it cannot be known',
    behind_by: 'commits the candidate lacks; empty where it cannot be known',
    reason: 'one sentence',
  },
  exits: {
    0: 'ahead, identical, absent, unlabelled (allowed) or overridden',
    1: 'behind, diverged, disagree, or unlabelled with refuse',
  },
};
