import { countOf, verbOf } from '../count.ts';
import { isCommand } from '../shell-command.ts';
import { decideTrain, formatCount, formatHopAge, type Hop, type HopState } from './hop.ts';

/** What a look at the train found, as every format shows it. */
export interface TrainReport {
  repo: string;
  branches: readonly string[];
  hops: readonly Hop[];
  checkedAt: number;
}

/** One sentence: how the train stands, and on which hop it hangs. */
export function describeTrain({ hops }: Pick<TrainReport, 'hops'>): string {
  const { decision, hop } = decideTrain(hops);
  const count = (state: HopState): number => hops.filter((one) => one.state === state).length;
  if (hop === null) return hops.length === 0 ? 'the train has no hop to look at' : describeAll(hops.length);
  const lag = [formatCount(hop), formatHopAge(hop)].filter(Boolean).join(', ');
  const behind = lag === '' ? '' : `, ${lag} behind`;
  if (decision === 'moving')
    return `the train moves: ${count('current')} of ${countOf(hops.length, 'hop')} ${verbOf(count('current'), 'is', 'are')} current, ${count('moving')} within what is allowed`;
  const others = count(decision) - 1;
  const more = others > 0 ? ` (and ${others} more ${decision})` : '';
  const word = decision === 'stalled' ? 'is stalled' : 'could not be told';
  return `${hop.name} ${word}${behind}${more}: ${oneLine(hop.cause ?? 'no cause was found')}`;
}

function describeAll(hops: number): string {
  return hops === 1 ? 'the one hop is current' : `all ${hops} hops are current`;
}

/** A text on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A step as one line; a command is one already, and its blanks may be meant. */
export function stepLine(step: string): string {
  return isCommand(step) ? step : oneLine(step);
}

/** `2026-04-28 14:05 UTC`. */
export function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The hops as the decision record holds them. */
export function recordHops(hops: readonly Hop[]): Record<string, unknown>[] {
  return hops.map(({ name, from, to, state, commits, ageSeconds, cause, next, atMost, atLeast }) => ({
    name,
    from,
    to,
    state,
    commits,
    age_seconds: ageSeconds,
    cause,
    next,
    ...(atMost ? { commits_at_most: true } : {}),
    ...(atLeast ? { age_at_least: true } : {}),
  }));
}
