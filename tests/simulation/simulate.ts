// `npm run simulate` runs a million schedules; `npm run simulate -- COUNT FROM` others; a seed that breaks a promise
// is printed with its trace, and the exit code is 1.
import { runSchedules } from './run-schedules.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const from = Number(process.argv[3] ?? 0);
if (!(count > 0 && from >= 0))
  throw new Error('Cannot simulate: give how many schedules, and the first seed');
const started = Date.now();
const { decisions, broken, accounts } = await runSchedules({ from, count });
const seconds = (Date.now() - started) / 1000;
for (const account of accounts) console.error(`${account}\n`);
console.log(`${count} schedules in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} a second)`);
console.log(decisions);
console.log(broken === 0 ? 'every promise held' : `${broken} schedules broke a promise`);
process.exitCode = broken === 0 ? 0 : 1;
