import { fenceOf, renderTable } from '../report.ts';
import { isCommand } from '../shell-command.ts';
import { decideTrain, formatCount, formatHopAge, type Hop } from './hop.ts';
import { describeTrain, formatTime, oneLine, stepLine, type TrainReport } from './report.ts';

const mostDrawn = 60;
const marks = { current: '✅', moving: '🔵', stalled: '⛔', unknown: '❓' } as const;

/** The train for a summary or an issue: a Mermaid flow coloured by state, then the table. */
export function renderMarkdown(report: TrainReport): string {
  const { hops } = report;
  const { hop } = decideTrain(hops);
  const rows = hops.map((one) => [
    escapeMarkdown(one.name),
    `${marks[one.state]} ${one.state}`,
    formatCount(one),
    formatHopAge(one),
    escapeMarkdown(oneLine(one.cause ?? '')),
  ]);
  return [
    `**${escapeMarkdown(describeTrain(report))}**`,
    ...(hop?.next ? renderNext(stepLine(hop.next)) : []),
    '',
    ...renderFlow(hops),
    '',
    renderTable(['Hop', 'State', 'Behind', 'Oldest', 'Cause'], rows),
    '',
    `Looked at ${formatTime(report.checkedAt)}.`,
  ].join('\n');
}

/** A command stands in a block, from where it is copied; what is to be done by hand is a sentence. */
function renderNext(step: string): string[] {
  if (!isCommand(step)) return ['', `Next: ${escapeMarkdown(step)}`];
  const fence = fenceOf(step, 3);
  return ['', 'Next:', '', `${fence}sh`, step, fence];
}

/** Names come from servers: none may become a picture, a link or code, or call a person to the issue. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*[\]]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replace(/@(?=\w)/g, '@\u200b');
}

function renderFlow(hops: readonly Hop[]): string[] {
  const drawn = hops.slice(0, mostDrawn);
  const names = [...new Set(drawn.flatMap(({ source, target }) => [source, target]))];
  const id = (name: string): string => `n${names.indexOf(name)}`;
  const colours = { current: '#1a7f37', moving: '#0969da', stalled: '#cf222e', unknown: '#9a6700' };
  const edges = drawn.map((hop) => {
    const label = [hop.state, formatCount(hop), formatHopAge(hop)].filter(Boolean).join(', ');
    const arrow = hop.kind === 'back-sync' ? ['-. "', '" .->'] : ['-- "', '" -->'];
    return `  ${id(hop.source)} ${arrow[0]}${escapeLabel(label)}${arrow[1]} ${id(hop.target)}`;
  });
  const styles = drawn.map(
    ({ state }, index) =>
      `  linkStyle ${index} stroke:${colours[state]},stroke-width:${state === 'stalled' ? 4 : 2}px`,
  );
  return [
    '```mermaid',
    'flowchart LR',
    ...names.map((name) => `  ${id(name)}["${escapeLabel(name)}"]`),
    ...edges,
    ...styles,
    '```',
    ...(hops.length > drawn.length
      ? ['', `The flow shows the first ${drawn.length} of ${hops.length} hops; the table has all.`]
      : []),
  ];
}

/** Mermaid reads `#quot;` and the like inside quotes. */
function escapeLabel(text: string): string {
  return text.replace(/[#"<>`;]/g, (char) => `#${char.charCodeAt(0)};`);
}
