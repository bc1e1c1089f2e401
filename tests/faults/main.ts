// `npm run faults`: every case of the main paths. With `-- --all`: of all paths, which takes four times as long. With
// `-- WORDS`: the cases whose name matches. Prints what is wrong, and one line of figures.
import { describeReport } from './harness.ts';
import { runFaultsApart } from './share.ts';

const words = process.argv
  .slice(2)
  .filter((word) => word !== '--all')
  .join(' ');
const isWhole = process.argv.includes('--all') || words !== '';
const report = await runFaultsApart({
  paths: isWhole ? 'all' : 'main',
  part: Number(process.env['SWITCHYARD_FAULT_PART'] ?? '1'),
  seed: Number(process.env['SWITCHYARD_FAULT_SEED'] ?? '0'),
  processes: Number(process.env['SWITCHYARD_FAULT_PROCESSES'] ?? '4'),
  alone: Boolean(process.env['SWITCHYARD_FAULT_ALONE']),
  ...(words ? { only: words } : {}),
});
for (const { violation, what, result } of report.findings) {
  console.log(`\n${violation}: ${what}: exit ${result.code} after ${Math.round(result.ms)} ms`);
  console.log(`${result.stdout}${result.stderr}`.trim().slice(0, 1500));
}
console.log(describeReport(report));
if (report.runs === 0) console.error(`no case was run: no name matches "${words}"`);
process.exitCode = report.findings.length === 0 && report.runs > 0 ? 0 : 1;
