import { disarmUngated } from './disarm-ungated.ts';
import type { PromotePorts, PromoteSettings } from './ports.ts';
import { nothing, type Promotion } from './promote.ts';

/** Promotes nothing, and keeps what an earlier run armed from being merged under the hold. */
export async function holdBack(
  ports: PromotePorts,
  { enabled, dryRun }: Pick<PromoteSettings, 'enabled' | 'dryRun'>,
  why: string,
): Promise<Promotion> {
  const held = {
    decision: 'held' as const,
    reason: `held: ${why}`,
    next: ['clear --hold (PROMOTE_HOLD) to go on'],
  };
  return { ...nothing, ...(enabled && !dryRun ? await disarmUngated(ports, held) : held) };
}
