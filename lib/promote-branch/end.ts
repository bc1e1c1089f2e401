import { followUp } from './follow-up.ts';
import type { Merge, PromotePorts, PromoteSettings } from './ports.ts';
import type { Promotion } from './promote.ts';

/** Nothing to merge; a merge whose runs got lost when an earlier process died is still seen to. */
export async function endIdle(
  ports: PromotePorts,
  settings: PromoteSettings,
  base: Promotion,
  idle: string,
): Promise<Promotion> {
  if (!settings.enabled)
    return {
      ...base,
      decision: 'disabled',
      reason: `it is not enabled, so nothing was done; besides, ${idle}`,
    };
  if (settings.dispatch.length === 0) return { ...base, reason: idle };
  const merge = await ports.findNewestMerge();
  if (merge === null)
    return { ...base, reason: `${idle}, and no merge of it is known whose runs could be missing` };
  const known = { ...base, pull: merge.pull, merge: merge.sha };
  return endMerged(ports, settings, {
    base: known,
    merge: { ...merge, own: false },
    decision: 'nothing-to-do',
    reason: idle,
  });
}

/** A merge, and what is to be said of it if its workflows run. */
interface Merged {
  readonly base: Promotion;
  readonly merge: Merge;
  readonly decision: 'promoted' | 'nothing-to-do';
  readonly reason: string;
}

/** The merge is made, now or earlier: do its workflows run? */
export async function endMerged(
  ports: PromotePorts,
  settings: PromoteSettings,
  { base, merge, decision, reason }: Merged,
): Promise<Promotion> {
  const followUps = await followUp(ports, settings, merge);
  const failed = followUps.filter((one) => one.kind === 'failed');
  const unknown = followUps.filter((one) => one.kind === 'unknown');
  const changed = base.changed || followUps.some((one) => one.kind === 'run' && one.isOurs);
  const known = { ...base, changed, followUps };
  if (failed.length > 0)
    return {
      ...known,
      decision: 'dispatch-failed',
      reason: `${reason}; but ${failed.map((one) => one.why).join('; ')}`,
      next: failed.map((one) => one.command),
    };
  if (unknown.length > 0)
    return {
      ...known,
      decision: 'unknown',
      reason: `${reason}; whether its workflows run could not be told: ${unknown.map((one) => one.why).join('; ')}`,
      next: ['run again: it looks for the missing runs first'],
    };
  const started = followUps.filter((one) => one.kind === 'run' && one.isOurs).map((one) => one.file);
  const planned = followUps.filter((one) => one.kind === 'planned').map((one) => one.file);
  if (planned.length > 0)
    return { ...known, decision, reason: `${reason}; dry run: would dispatch ${planned.join(', ')}` };
  return {
    ...known,
    decision,
    reason: `${reason}${started.length > 0 ? `; dispatched ${started.join(', ')}` : ''}`,
  };
}
