import { asBranch } from '../lib/branch-name.ts';
import { forgeOptions, readContext, requireRepo } from '../lib/context.ts';
import { UsageError } from '../lib/errors.ts';
import { openForge } from '../lib/forge/forge.ts';
import { repeatForgeOptions } from '../lib/forge-words.ts';
import { gateOptions } from '../lib/gate/options.ts';
import {
  asDuration,
  asPause,
  asText,
  flag,
  flagByTrue,
  many,
  one,
  oneOr,
  type OptionValues,
} from '../lib/options.ts';
import { withoutRepeats } from '../lib/promote-branch/calm-log.ts';
import { createForgePorts } from '../lib/promote-branch/forge-ports.ts';
import { askHeadGate, headGateOptions } from '../lib/promote-branch/head-gate.ts';
import { holdBack } from '../lib/promote-branch/hold-back.ts';
import { keepJournal } from '../lib/promote-branch/journal.ts';
import { asInput, asMethod, asWorkflowFile } from '../lib/promote-branch/options.ts';
import type { PromoteSettings } from '../lib/promote-branch/ports.ts';
import { promote } from '../lib/promote-branch/promote.ts';
import { verdictOfPromotion } from '../lib/promote-branch/verdict.ts';
import { defineCommand, type Call, type Script, type Verdict } from '../lib/script.ts';
import { readSecret } from '../lib/secret.ts';

const options = {
  from: oneOr({
    help: 'the branch that is promoted',
    value: 'B',
    variables: ['PROMOTE_BRANCH_FROM'],
    fallback: 'staging',
    parse: asBranch,
  }),
  to: oneOr({
    help: 'the branch it is promoted to',
    value: 'B',
    variables: ['PROMOTE_BRANCH_TO'],
    fallback: 'main',
    parse: asBranch,
  }),
  workflow: gateOptions.workflow,
  enabled: flagByTrue({
    help: 'act; without it everything is decided and shown, and nothing is done',
    variables: ['AUTO_PROMOTE_ENABLED'],
  }),
  force: flag({ help: 'act this once, although it is not enabled' }),
  hold: one({
    help: 'promote nothing for now, for this reason; where enabled, what would merge by itself is kept from it',
    value: 'TEXT',
    variables: ['PROMOTE_HOLD'],
    mayBeEmpty: true,
    parse: asText,
  }),
  method: oneOr({
    help: 'how it is merged; squash and rebase are refused, since later comparisons would say "diverged"',
    value: 'merge|fast-forward',
    fallback: 'merge',
    parse: asMethod,
  }),
  dispatch: many({
    help: 'a workflow FILE that must run on --to after the merge',
    value: 'FILE',
    variables: ['PROMOTE_DISPATCH'],
    parse: asWorkflowFile,
  }),
  'dispatch-input': many({ help: 'an input of every dispatch', value: 'K=V', parse: asInput }),
  wait: oneOr({ help: 'how long to wait for the merge', value: 'D', fallback: '30m', parse: asDuration }),
  poll: oneOr({ help: 'pause between looks', value: 'D', fallback: '30s', parse: asPause }),
  'push-grace': oneOr({
    help: 'how long a push run may take to appear before a dispatch replaces it',
    value: 'D',
    fallback: '90s',
    parse: asDuration,
  }),
  'dry-run': flag({ help: 'read and decide, say what would be done, write nothing' }),
  ...headGateOptions,
  ...forgeOptions,
};

type Options = OptionValues<typeof options>;

async function main(call: Call<Options>): Promise<Verdict> {
  const { options: given, clock } = call;
  const log = withoutRepeats(call.log);
  const { from, to } = given;
  if (from === to)
    throw new UsageError(`Cannot promote "${from}" to itself: --from and --to are one branch; give two`);
  const dispatchToken = readSecret(call, 'DISPATCH_TOKEN');
  const context = readContext(call);
  const repo = requireRepo(context);
  const subject = { repo, from, to };
  const forge = openForge(context, repo);
  const ports = createForgePorts(forge, {
    from,
    to,
    method: given.method,
    inputs: Object.fromEntries(given['dispatch-input']),
    dispatchToken,
    askGate: (sha, beforeWait) => askHeadGate({ ...call, log }, context, { repo, sha, beforeWait }),
    clock,
    log,
    redactor: call.redactor,
  });
  const journal = keepJournal(ports);
  call.onStop(() => journal.describe());
  const settings = readSettings(call);
  const hold = given.hold?.trim() ?? '';
  const promotion = await (hold === ''
    ? promote(journal.ports, settings)
    : holdBack(journal.ports, settings, hold));
  for (const one of promotion.followUps)
    if (one.kind === 'failed')
      log.error(`Cannot see ${one.file} run on ${to}: ${one.why}; run: ${one.command}`);
  return { ...verdictOfPromotion(promotion, subject), changed: journal.hasChanged() };
}

function readSettings({ options: given, environment }: Call<Options>): PromoteSettings {
  return {
    from: given.from,
    to: given.to,
    method: given.method,
    dispatch: [...new Set(given.dispatch)],
    enabled: given.enabled || given.force,
    dryRun: given['dry-run'],
    waitMs: given.wait,
    pollMs: given.poll,
    graceMs: given['push-grace'],
    reach: repeatForgeOptions(given, environment),
  };
}

export const script: Script = {
  name: 'auto-promote',
  summary:
    'Promotes one branch to the next once its gates are green, and sees that the workflows of the merge really run.',
  commands: [defineCommand({ name: '', options, main })],
  outputs: {
    decision:
      'promoted, nothing-to-do, disabled, held, defer, refuse, blocked, timed-out, dispatch-failed or unknown',
    proceed: 'true only for promoted',
    pr: 'number of the pull request, where there is one',
    merge_sha: 'the merge commit, where there is one',
    dispatched: 'JSON, [{"file","run","by":"push|dispatch"}]: the runs after the merge',
    reason: 'one sentence',
  },
  exits: {
    0: 'promoted, nothing-to-do, disabled; also held and defer, unless --defer-code says otherwise',
    1: 'refuse, blocked, timed-out or dispatch-failed',
  },
};
