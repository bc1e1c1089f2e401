// `npm run faults [-- WORDS]`: every case, or those whose name matches. Prints what is wrong, and one line of figures.
import { PATHS } from './paths/index.ts';
import { describeReport, runFaults } from './harness.ts';

const words = process.argv.slice(2).join(' ');
let done = 0;
const report = await runFaults({
  paths: PATHS,
  part: Number(process.env['SWITCHYARD_FAULT_PART'] ?? '1'),
  seed: Number(process.env['SWITCHYARD_FAULT_SEED'] ?? '0'),
  processes: Number(process.env['SWITCHYARD_FAULT_PROCESSES'] ?? '6'),
  alone: Boolean(process.env['SWITCHYARD_FAULT_ALONE']),
  ...(words ? { only: new RegExp(words) } : {}),
  onCase(name, result) {
    if (words) console.log(`${result.code} ${Math.round(result.ms)} ms ${name}`);
    else if (++done % 250 === 0) console.log(`${done} cases`);
  },
});
for (const { violation, what, result } of report.findings) {
  console.log(`\n${violation}: ${what}: exit ${result.code} after ${Math.round(result.ms)} ms`);
  console.log(`${result.stdout}${result.stderr}`.trim().slice(0, 1500));
}
console.log(describeReport(report));
process.exitCode = report.findings.length === 0 ? 0 : 1;
