// `npm run simulate` runs a million schedules; `npm run simulate -- COUNT FROM` others; a seed that breaks a promise
// is printed with its trace, and the exit code is 1.
import { prepare } from '../../lib/promote/prepare.ts';
import { promote } from '../../lib/promote/promotion.ts';
import { runPromotions } from './promote-schedule.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const from = Number(process.argv[3] ?? 0);
const decisions: Record<string, number> = {};
const started = Date.now();
let broken = 0;
for (let seed = from; seed < from + count; seed++) {
  const report = await runPromotions(seed, { prepare, promote });
  for (const decision of report.decisions) decisions[decision] = (decisions[decision] ?? 0) + 1;
  if (report.broken.length === 0) continue;
  if (++broken > 3) continue;
  const { trace } = await runPromotions(seed, { prepare, promote }, true);
  console.error(`seed ${seed}: ${report.broken.join('; ')}\n${trace.join('\n')}\n`);
}
const seconds = (Date.now() - started) / 1000;
console.log(`${count} schedules in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} a second)`);
console.log(decisions);
console.log(broken === 0 ? 'every promise held' : `${broken} schedules broke a promise`);
process.exitCode = broken === 0 ? 0 : 1;
