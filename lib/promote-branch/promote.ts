import { countOf } from '../count.ts';
import { shortSha } from '../sha.ts';
import { shellCommand } from '../shell-command.ts';
import { disarmOpenPull, disarmUngated } from './disarm-ungated.ts';
import { endIdle, endMerged } from './end.ts';
import type { FollowUp } from './follow-up.ts';
import { landOrDisarm } from './land-or-disarm.ts';
import type { GateSaid, Heads, Merge, PromotePorts, PromoteSettings, Pull, Range } from './ports.ts';
import { writePullText } from './pull-text.ts';

export type PromoteDecision =
  | 'promoted'
  | 'nothing-to-do'
  | 'disabled'
  | 'held'
  | 'defer'
  | 'refuse'
  | 'blocked'
  | 'timed-out'
  | 'dispatch-failed'
  | 'unknown';

export interface Promotion {
  decision: PromoteDecision;
  reason: string;
  /** Was anything written? */
  changed: boolean;
  head: string | null;
  pull: number | null;
  merge: string | null;
  gate: GateSaid | null;
  followUps: readonly FollowUp[];
  next: readonly string[];
}

const mostRounds = 20;

/** A promotion that has not done anything. */
export const nothing: Promotion = {
  decision: 'nothing-to-do',
  reason: '',
  changed: false,
  head: null,
  pull: null,
  merge: null,
  gate: null,
  followUps: [],
  next: [],
};

/**
 * Brings `from` into `to`, as far as its gates allow, and sees that the merge's workflows run. What is to be done is
 * computed from what is: every round starts from the heads, and a head that moves starts a new round.
 */
export async function promote(ports: PromotePorts, settings: PromoteSettings): Promise<Promotion> {
  const end = ports.clock.now() + settings.waitMs;
  let last: Promotion = { ...nothing };
  for (let round = 0; round < mostRounds; round++) {
    const heads = await ports.readHeads();
    const range = heads.from === heads.to ? sameHeads : await ports.readRange(heads);
    if (range === null) continue;
    const result = await runRound(ports, settings, { heads, range, end });
    if (result !== 'again') return result;
    last = { ...nothing, head: heads.from };
    ports.log.line(`${settings.from} has moved on from ${shortSha(heads.from)}: deciding anew`);
  }
  return {
    ...last,
    decision: 'timed-out',
    reason: `${settings.from} kept moving: no head stood still long enough to be gated and merged; run again to resume`,
  };
}

const sameHeads: Range = { ahead: 0, behind: 0, sameTree: true, commits: [] };

/** What one round starts from: the heads, and how they lie to each other. */
interface Round {
  heads: Heads;
  range: Range;
  /** When the promotion is given up, in milliseconds of the clock. */
  end: number;
}

async function runRound(
  ports: PromotePorts,
  settings: PromoteSettings,
  round: Round,
): Promise<Promotion | 'again'> {
  const { heads, range } = round;
  const base: Promotion = { ...nothing, head: heads.from };
  const idle = describeIdle(settings, heads, range);
  if (idle !== null) return endIdle(ports, settings, base, idle);
  const mayWrite = settings.enabled && !settings.dryRun;
  const disarmed: string[] = [];
  const gate = await ports.askGate(heads.from, async () => {
    const { words } = mayWrite ? await disarmOpenPull(ports) : { words: null };
    if (words === null) return;
    disarmed.push(words);
    ports.log.line(words);
  });
  const gated = { ...base, gate, changed: disarmed.length > 0 };
  const refusal = decideBeforeMerge(settings, { heads, range, gate });
  if (refusal?.decision === 'unknown' && !settings.enabled) return { ...gated, ...refusal };
  if (!settings.enabled) {
    const would = refusal === null ? describePlan(settings, heads, range) : refusal.reason;
    return {
      ...gated,
      decision: 'disabled',
      reason: `it is not enabled, so nothing was done; it would: ${would}`,
    };
  }
  if (refusal !== null) {
    const told = { ...refusal, reason: [refusal.reason, ...disarmed].join('; ') };
    const isUngated = gate.decision !== 'go' && mayWrite;
    return { ...gated, ...(isUngated ? await disarmUngated(ports, told) : told) };
  }
  if (settings.dryRun)
    return {
      ...gated,
      decision: 'promoted',
      reason: `dry run: would ${describePlan(settings, heads, range)}`,
    };
  return mergeHead(ports, settings, { ...round, gated });
}

/** Merges the head that its gates passed, as far as the server lets it. */
async function mergeHead(
  ports: PromotePorts,
  settings: PromoteSettings,
  { heads, range, end, gated }: Round & { gated: Promotion },
): Promise<Promotion | 'again'> {
  const pull = await bringPull(ports, settings, { heads, range });
  if (pull === null) return 'again';
  const landed = await landOrDisarm(ports, settings, { pull, head: heads.from, end });
  const known = { ...gated, changed: true, pull: pull.number };
  if (landed.kind === 'head-moved') return 'again';
  if (landed.kind === 'gate')
    return { ...known, gate: landed.said, ...(await disarmUngated(ports, refuseGate(landed.said))) };
  if (landed.kind === 'end')
    return { ...known, decision: landed.decision, reason: landed.reason, next: landed.next ?? [] };
  const merge: Merge = { sha: landed.sha, at: landed.at, pull: pull.number, own: landed.own };
  const shipped = `${shortSha(heads.from)} (${countOf(range.ahead, 'commit')}) is on ${settings.to} as ${shortSha(landed.sha)}, by #${pull.number}`;
  const merged = { ...known, merge: landed.sha };
  return endMerged(ports, settings, { base: merged, merge, decision: 'promoted', reason: shipped });
}

/**
 * The open pull request, found or made; null where `to` has moved since the heads were read. Another process may have
 * brought this head in meanwhile, and Gitea makes and merges a pull request without any difference too: that would be
 * a second merge of one head. What is still as it was after the pull request was found cannot be so, since there is
 * only one open at a time.
 */
async function bringPull(
  ports: PromotePorts,
  settings: PromoteSettings,
  { heads, range }: Pick<Round, 'heads' | 'range'>,
): Promise<Pull | null> {
  const isStill = async (): Promise<boolean> => (await ports.readHeads()).to === heads.to;
  const found = await ports.findPull();
  if (!(await isStill())) return null;
  if (found !== null) return found;
  const made = await ports.openPull(writePullText(settings, range));
  if (made === null || (await isStill())) return made;
  const now = await ports.readRange(await ports.readHeads());
  if (now !== null && now.ahead === 0) await ports.closePull(made);
  return null;
}

/** What the gates and the method say before anything is written; null: go. */
export function decideBeforeMerge(
  settings: Pick<PromoteSettings, 'from' | 'to' | 'method' | 'reach'>,
  { heads, range, gate }: { heads: Heads; range: Range; gate: GateSaid },
): Pick<Promotion, 'decision' | 'reason' | 'next'> | null {
  if (gate.decision !== 'go') return refuseGate(gate);
  if (settings.method !== 'fast-forward' || range.behind === 0) return null;
  const { from, to, reach } = settings;
  return {
    decision: 'refuse',
    reason: `Cannot fast-forward ${to} to ${shortSha(heads.from)}: ${to} has ${countOf(range.behind, 'commit')} that ${from} lacks; run sync-branch first, or use --method merge`,
    next: [shellCommand('node', 'vendor/sync-branch.mjs', '--from', to, '--to', from, ...reach)],
  };
}

function refuseGate(gate: GateSaid): Pick<Promotion, 'decision' | 'reason' | 'next'> {
  const decision = gate.decision === 'go' ? 'refuse' : gate.decision;
  const next = [...new Set(gate.states.flatMap((state) => state.next ?? []))];
  return { decision, reason: gate.reason, next };
}

function describeIdle(settings: PromoteSettings, heads: Heads, range: Range): string | null {
  const { from, to } = settings;
  if (heads.from === heads.to) return `${from} and ${to} are the same commit, ${shortSha(heads.to)}`;
  if (range.ahead === 0) return `${from} has nothing that ${to} lacks`;
  if (range.sameTree) return `${from} and ${to} hold the same files`;
  return null;
}

function describePlan(settings: PromoteSettings, heads: Heads, range: Range): string {
  const { from, to, method } = settings;
  return `${method} ${shortSha(heads.from)} of ${from} into ${to} (${countOf(range.ahead, 'commit')})`;
}
