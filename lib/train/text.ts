import { disarmLine } from '../annotations.ts';
import { countOf } from '../count.ts';
import { decideTrain, formatCount, formatHopAge, type Hop, type HopState } from './hop.ts';
import { describeTrain, formatTime, oneLine, stepLine, type TrainReport } from './report.ts';

const width = 80;
/** So much of a cause stands in its hop's line, even if the name leaves no room for it. */
const leastCause = 60;
const mostShown = 10;
const colours: Record<HopState, string> = { current: '32', moving: '36', stalled: '31;1', unknown: '33' };

/** The train for a terminal or a log: one line a hop, the rest in 80 columns; colour only adds to the words. */
export function renderText(report: TrainReport, { hasColour }: { hasColour: boolean }): string {
  const { hops } = report;
  const { decision, hop } = decideTrain(hops);
  const paint = (text: string, state: HopState): string =>
    hasColour ? `\u001b[${colours[state]}m${text}\u001b[0m` : text;
  const rows = hops.map((one) => ({
    hop: one,
    name: one.name,
    count: formatCount(one),
    age: formatHopAge(one),
  }));
  const most = (lengths: number[]): number => Math.max(0, ...lengths);
  const nameWidth = most(rows.map(({ name }) => name.length));
  const countWidth = most(rows.map(({ count }) => count.length));
  const ageWidth = most(rows.map(({ age }) => age.length));
  const lines = rows.map(({ hop: one, name, count, age }) => {
    const head = `${name.padEnd(nameWidth)}  `;
    const lag = [count.padStart(countWidth), age.padStart(ageWidth)].filter(
      (_, i) => [countWidth, ageWidth][i],
    );
    const rest = `${lag.length > 0 ? '  ' : ''}${lag.join('  ')}`;
    const left = Math.max(leastCause, width - head.length - 7 - rest.length - 2);
    const cause = one.cause === null ? '' : `  ${cutEnd(oneLine(one.cause), left)}`;
    return `${head}${paint(one.state.padEnd(7), one.state)}${rest}${cause}`.trimEnd();
  });
  const title = `${report.repo}: ${countOf(hops.length, 'hop')}, looked at ${formatTime(report.checkedAt)}`;
  const stuck = hop === null || decision === 'moving' ? [] : ['', ...describeStuck(hop, paint)];
  const others = hops.filter((one) => one !== hop && (one.state === 'stalled' || one.state === 'unknown'));
  return [
    cutEnd(title, width),
    '',
    ...lines,
    ...stuck,
    ...others.slice(0, mostShown).flatMap((one) => ['', ...describeOther(one)]),
    ...(others.length > mostShown ? ['', `and ${others.length - mostShown} more`] : []),
    ...(stuck.length > 0 ? [] : ['', ...wrap(describeTrain(report), '')]),
  ]
    .flatMap((part) => part.split('\n'))
    .map(disarmLine)
    .join('\n');
}

function describeStuck(hop: Hop, paint: (text: string, state: HopState) => string): string[] {
  const lag = [formatCount(hop), formatHopAge(hop)].filter(Boolean).join(', ');
  const word = hop.state === 'stalled' ? 'Stuck at' : 'Cannot tell';
  return [
    paint(`${word} ${hop.name}`, hop.state),
    ...(lag === '' ? [] : [`  lags:  ${lag} behind`]),
    ...wrap(`cause: ${oneLine(hop.cause ?? 'none was found')}`, '  '),
    ...(hop.next === null ? [] : [`  next:  ${stepLine(hop.next)}`]),
  ];
}

function describeOther(hop: Hop): string[] {
  return [
    `${hop.name} (${hop.state})`,
    ...wrap(`cause: ${oneLine(hop.cause ?? 'none was found')}`, '  '),
    ...(hop.next === null ? [] : [`  next:  ${stepLine(hop.next)}`]),
  ];
}

/** Lines of at most 80 columns; a word that is longer stays whole. */
function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && `${indent}${line} ${word}`.length > width) {
      lines.push(`${indent}${line}`);
      line = lines.length > 0 && indent !== '' ? `       ${word}` : word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, `${indent}${line}`];
}

function cutEnd(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1)).trimEnd()}…`;
}

/** Names differ at both ends: the middle is what can be missed. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${text.slice(0, most - 1 - end)}…${text.slice(-end)}`;
}
