// A process of run-schedules.ts: runs its seeds one after another, and sends what came of them.
import { once } from 'node:events';
import { prepare } from '../../lib/promote/prepare.ts';
import { promote } from '../../lib/promote/promotion.ts';
import { runPromotions } from './promote-schedule.ts';
import type { Span, Tally } from './run-schedules.ts';

const [{ from, count }] = (await once(process, 'message')) as [Span];
const mostAccounts = 3;
const tally: Tally = { decisions: {}, broken: 0, accounts: [] };
for (let seed = from; seed < from + count; seed++) {
  const report = await runPromotions(seed, { prepare, promote });
  for (const decision of report.decisions) tally.decisions[decision] = (tally.decisions[decision] ?? 0) + 1;
  if (report.broken.length === 0) continue;
  tally.broken++;
  if (tally.accounts.length >= mostAccounts) continue;
  const { trace } = await runPromotions(seed, { prepare, promote }, true);
  tally.accounts.push(`seed ${seed}: ${report.broken.join('; ')}\n${trace.join('\n')}`);
}
process.send?.(tally, () => process.disconnect());
