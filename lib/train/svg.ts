import { formatCount, formatHopAge, type Hop, type HopState } from './hop.ts';
import { cutMiddle } from './text.ts';
import { placeStations, type Layout, type PlacedStation } from './station-layout.ts';

const box = { width: 196, height: 44, gapX: 188, rowHeight: 64 };
const margin = 12;
const tall = { width: 366, rowHeight: 74, railX: 22, textX: 48, indent: 20 };

/** A text that is safe inside the page. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (char) => entities[char] as string);
}

/** More columns than these would have to be drawn too small to be read. */
const mostColumns = 4;

/** The map: from left to right for wide screens and paper, from top to bottom for phones and for long trains. */
export function renderMap(branches: readonly string[], hops: readonly Hop[]): string {
  const layout = placeStations(branches, hops);
  if (layout.columns > mostColumns) return renderTallSvg(branches, layout, 'map tall only');
  return `${renderWideSvg(layout)}\n${renderTallSvg(branches, layout, 'map tall')}`;
}

/** From left to right: every line carries what waits on it. */
function renderWideSvg(layout: Layout): string {
  const width = margin * 2 + layout.columns * box.width + (layout.columns - 1) * box.gapX;
  const height = margin * 2 + layout.rows * box.rowHeight;
  const lines = worstLast(layout.lines).map((line) => renderLine(line));
  const stations = layout.stations.map((station) => renderBox(station, stateAt(layout, station)));
  return `<svg class="map wide" viewBox="0 0 ${width} ${height}" style="max-width:${width}px" role="img" aria-label="The train from left to right; the table below says the same in words">${lines.join('')}${stations.join('')}</svg>`;
}

/** Where lines share a rail, the worst is drawn over the others. */
function worstLast(lines: Layout['lines']): Layout['lines'] {
  const order: readonly HopState[] = ['current', 'moving', 'unknown', 'stalled'];
  return [...lines].sort((a, b) => order.indexOf(a.hop.state) - order.indexOf(b.hop.state));
}

function positionOf({ column, row }: PlacedStation): { x: number; y: number } {
  return { x: margin + column * (box.width + box.gapX), y: margin + row * box.rowHeight };
}

function renderBox(station: PlacedStation, state: HopState | null): string {
  const { x, y } = positionOf(station);
  const { main, small } = splitName(station.name);
  const shown = (text: string, most: number): string => escapeHtml(cutMiddle(text, most));
  const title = `<title>${escapeHtml(station.name)}</title>`;
  const sub =
    small === '' ? '' : `<text class="small" x="${x + 12}" y="${y + 35}">${shown(small, 24)}</text>`;
  const baseline = small === '' ? y + 27 : y + 19;
  return `<g class="station s-${state ?? 'none'}">${title}<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="9"/><text class="name" x="${x + 12}" y="${baseline}">${shown(main, 22)}</text>${sub}</g>`;
}

/** What an image or a repository is called, and where it lives. */
function splitName(name: string): { main: string; small: string } {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? { main: name, small: '' } : { main: name.slice(slash + 1), small: name.slice(0, slash) };
}

function renderLine({ hop, from, to }: Layout['lines'][number]): string {
  const [start, end] = [positionOf(from), positionOf(to)];
  const label = labelOf(hop);
  if (hop.kind === 'back-sync') {
    const [right, left] = [start.x + box.width / 2, end.x + box.width / 2];
    const y = start.y + box.height;
    const low = y + 34;
    const path = `M${right} ${y} V${low - 8} Q${right} ${low} ${right - 8} ${low} H${left + 8} Q${left} ${low} ${left} ${low - 8} V${y + 6}`;
    return `<g class="line s-${hop.state} back"><path d="${path}"/>${arrowUp(left, y)}${renderMark(hop.state, (left + right) / 2, low)}${renderLabel(label.text, (left + right) / 2, low + 23)}</g>`;
  }
  const [x1, y1] = [start.x + box.width, start.y + box.height / 2];
  const [x2, y2] = [end.x, end.y + box.height / 2];
  const bend = x1 + 14;
  const path =
    y1 === y2
      ? `M${x1} ${y1} H${x2 - 8}`
      : `M${x1} ${y1} H${bend - 8} Q${bend} ${y1} ${bend} ${y1 + 8} V${y2 - 8} Q${bend} ${y2} ${bend + 8} ${y2} H${x2 - 8}`;
  const middle = (bend + x2) / 2;
  return `<g class="line s-${hop.state}"><path d="${path}"/><path class="tip" d="M${x2} ${y2} l-9 -5 v10 z"/>${renderMark(hop.state, middle, y2)}${renderLabel(hop.state, middle, y2 - 15)}${label.lag === '' ? '' : renderLabel(label.lag, middle, y2 + 24)}</g>`;
}

function arrowUp(x: number, y: number): string {
  return `<path class="tip" d="M${x} ${y} l-5 9 h10 z"/>`;
}

function labelOf(hop: Hop): { text: string; lag: string } {
  const lag = [formatCount(hop), formatHopAge(hop)].filter(Boolean).join(' · ');
  const text = ['back-sync', hop.state, lag].filter(Boolean).join(' · ');
  return { text, lag };
}

function renderLabel(text: string, x: number, y: number): string {
  return `<text class="label" x="${x}" y="${y}" text-anchor="middle">${escapeHtml(text)}</text>`;
}

/** A shape a state, so that no colour is needed to tell them apart. */
export function renderMark(state: HopState, x: number, y: number): string {
  const at = `<g class="mark" transform="translate(${x} ${y})">`;
  if (state === 'current') return `${at}<circle r="8"/><path d="M-3.6 .2 L-1 3 L4 -3"/></g>`;
  if (state === 'moving') return `${at}<circle r="8"/><path class="full" d="M-2.6 -4 L4.4 0 L-2.6 4 Z"/></g>`;
  if (state === 'stalled')
    return `${at}<rect x="-8" y="-8" width="16" height="16" rx="2"/><path d="M-3.4 -3.4 L3.4 3.4 M3.4 -3.4 L-3.4 3.4"/></g>`;
  // No diamond: with a question mark in it, it would look like a character that could not be shown.
  return `${at}<path class="shape" d="M0 -10.5 L10.5 8.5 H-10.5 Z"/><path class="thin" d="M-2.3 -1.6 Q-2.3 -3.8 0 -3.8 Q2.3 -3.8 2.3 -1.8 Q2.3 -.3 0 .9 V2.2 M0 5.2 V5.4"/></g>`;
}

/** The state of what arrives at a station; a branch at the start has none. */
function stateAt(layout: Layout, station: PlacedStation): HopState | null {
  const line = layout.lines.find(({ hop, to }) => to === station && hop.kind !== 'back-sync');
  return line?.hop.state ?? null;
}

/** From top to bottom: a rail on the left, the stations' names beside it. */
function renderTallSvg(branches: readonly string[], layout: Layout, name: string): string {
  const depth = (station: PlacedStation): number => Math.max(0, station.column - (branches.length - 1));
  const start = layout.stations.find(({ key }) => key === `branch ${branches[0]}`) as PlacedStation;
  const order: { hop: Hop | null; station: PlacedStation }[] = [
    { hop: null, station: start },
    ...foldBackSyncs(layout.lines.filter(({ hop }) => hop.kind !== 'version')).map(({ hop, to }) => ({
      hop,
      station: to,
    })),
  ];
  const versions = layout.lines.filter(({ hop }) => hop.kind === 'version');
  if (versions[0] !== undefined) order.push({ hop: null, station: versions[0].from });
  order.push(...versions.map(({ hop, to }) => ({ hop, station: to })));
  let y = 8;
  const parts: string[] = [];
  const trunks: string[] = [];
  let last = new Map<number, number>();
  for (const { hop, station } of order) {
    const level = hop === null ? 0 : Math.min(2, hop.kind === 'version' ? 1 : depth(station));
    const x = tall.railX + level * tall.indent;
    if (hop === null) {
      parts.push(renderStop(station.name, x, y + 18, null));
      last = new Map([[0, y + 18]]);
      y += 44;
      continue;
    }
    const from =
      last.get(hop.kind === 'branch' || hop.kind === 'back-sync' ? 0 : level - 1) ?? last.get(0) ?? y;
    const parentX = hop.kind === 'branch' || hop.kind === 'back-sync' ? x : x - tall.indent;
    const lag = labelOf(hop).lag;
    const words = [hop.state, lag].filter(Boolean).join(' · ');
    const textX = x + (tall.textX - tall.railX);
    if (hop.kind === 'back-sync') {
      const label = `back to ${cutMiddle(hop.target, 16)}: ${words}`;
      parts.push(
        `<g class="line s-${hop.state}">${renderMark(hop.state, textX + 6, y + 10)}<text class="label" x="${textX + 22}" y="${y + 14}">${escapeHtml(label)}</text></g>`,
      );
      y += 34;
      continue;
    }
    const stopY = y + 46;
    const trunk = parentX === x ? '' : `<path class="trunk" d="M${parentX} ${from + 9} V${stopY - 8}"/>`;
    const rail =
      parentX === x
        ? `M${x} ${from + 9} V${stopY - 9}`
        : `M${parentX} ${stopY - 8} Q${parentX} ${stopY} ${parentX + 8} ${stopY} H${x - 9}`;
    trunks.push(trunk);
    parts.push(
      `<g class="line s-${hop.state}"><path d="${rail}"/>${renderMark(hop.state, textX + 6, y + 18)}<text class="label" x="${textX + 22}" y="${y + 22}">${escapeHtml(words)}</text></g>`,
      renderStop(station.name, x, stopY, hop.state),
    );
    last.set(level, stopY);
    y += tall.rowHeight;
  }
  return `<svg class="${name}" viewBox="0 0 ${tall.width} ${y + 4}" role="img" aria-label="The train from top to bottom; the table below says the same in words">${trunks.join('')}${parts.join('')}</svg>`;
}

/** Many ways back with nothing on them are one line. */
function foldBackSyncs(lines: Layout['lines']): Layout['lines'] {
  const calm = lines.filter(({ hop }) => hop.kind === 'back-sync' && hop.state === 'current');
  const [first] = calm;
  if (first === undefined || calm.length <= mostColumns) return lines;
  const folded = { ...first, hop: { ...first.hop, target: `${calm.length} branches` } };
  return lines.flatMap((line) => (line === first ? folded : calm.includes(line) ? [] : line));
}

function renderStop(name: string, x: number, y: number, state: HopState | null): string {
  const most = Math.floor((tall.width - x - 34) / 7.4);
  return `<g class="station s-${state ?? 'none'}"><title>${escapeHtml(name)}</title><circle cx="${x}" cy="${y}" r="8"/><text class="name" x="${x + tall.textX - tall.railX}" y="${y + 5}">${escapeHtml(cutMiddle(name, most))}</text></g>`;
}
