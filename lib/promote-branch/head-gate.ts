import type { Context } from '../context.ts';
import { openForge } from '../forge/forge.ts';
import { askGate } from '../gate/ask.ts';
import { gateOptions } from '../gate/options.ts';
import type { Wanted } from '../gate/state.ts';
import type { OptionValues } from '../options.ts';
import type { Call } from '../script.ts';
import type { GateSaid } from './ports.ts';

/** The gate's options, under names that leave `--wait` and `--poll` to the merge. */
export const headGateOptions = {
  'gate-wait': {
    ...gateOptions.wait,
    help: "keep asking while the gates' answer is defer, at most so long",
  },
  'gate-poll': { ...gateOptions.poll, help: 'pause between questions to the gates' },
  branch: { ...gateOptions.branch, shown: '--from' },
  event: gateOptions.event,
  absent: gateOptions.absent,
  'absent-grace': gateOptions['absent-grace'],
  base: gateOptions.base,
  'any-commit': gateOptions['any-commit'],
};

type Given = OptionValues<typeof headGateOptions> & { workflow: readonly Wanted[]; from: string };

/** May this head of `--from` be promoted? `e2e-gate`'s decision; `beforeWait` is done before the first pause. */
export async function askHeadGate(
  { options: given, clock, log }: Call<Given>,
  context: Context,
  { repo, sha, beforeWait }: { repo: string; sha: string; beforeWait: (() => Promise<void>) | undefined },
): Promise<GateSaid> {
  const question = {
    sha,
    wanted: given.workflow,
    branch: given.branch ?? given.from,
    events: given.event.length > 0 ? given.event : ['push'],
    base: given.base,
    anyCommit: given['any-commit'],
    eventPush: context.event.push(sha),
    now: () => clock.now(),
  };
  return askGate(openForge(context, repo), question, {
    absent: given.absent,
    graceMs: given['absent-grace'],
    waitMs: given['gate-wait'],
    pollMs: given['gate-poll'],
    clock,
    log,
    beforeWait,
  });
}
