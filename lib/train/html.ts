import { isCommand } from '../shell-command.ts';
import { decideTrain, formatCount, formatHopAge, type Hop, type HopState } from './hop.ts';
import { pageStyle } from './html-style.ts';
import { describeTrain, formatTime, oneLine, type TrainReport } from './report.ts';
import { escapeHtml, renderMap, renderMark } from './svg.ts';

const headlines: Record<HopState, string> = {
  current: 'Everything has arrived',
  moving: 'The train is moving',
  stalled: 'The train is stuck',
  unknown: 'The train could not be seen whole',
};

const mostNamed = 8;

/** The page a release manager leaves open: one file without script or request, for walls, phones and paper. */
export function renderHtml(report: TrainReport): string {
  const { repo, branches, hops, checkedAt } = report;
  const { decision, hop } = decideTrain(hops);
  const time = formatTime(checkedAt);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(`${decision}: the train of ${repo}`)}</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<main>
<header class="verdict s-${decision}">
${renderBadge(decision)}
<div>
<h1>${headlines[decision]}</h1>
<p class="repo">${escapeHtml(repo)} · ${escapeHtml(describeBranches(branches))}</p>
</div>
<ul class="counts">${renderCounts(hops)}</ul>
</header>
${hop === null || decision === 'moving' ? `<p class="lead">${escapeHtml(describeTrain(report))}.</p>` : renderStuck(hop)}
<section aria-label="Map">
${renderMap(branches, hops)}
</section>
<section aria-label="Hops">
<table>
<thead><tr><th>Hop</th><th>State</th><th>Behind</th><th>Oldest</th><th>Cause and next step</th></tr></thead>
<tbody>
${hops.map(renderRow).join('\n')}
</tbody>
</table>
</section>
<footer>Looked at <time datetime="${new Date(checkedAt).toISOString()}">${time}</time> by train-status. The page does not renew itself: make it again to look again.</footer>
</main>
</body>
</html>
`;
}

function describeBranches(branches: readonly string[]): string {
  if (branches.length <= mostNamed) return branches.join(' → ');
  return `${branches[0]} → … → ${branches.at(-1)} (${branches.length} branches)`;
}

function renderBadge(state: HopState): string {
  return `<svg class="badge s-${state}" viewBox="-12 -12 24 24" aria-hidden="true">${renderMark(state, 0, 0)}</svg>`;
}

function renderCounts(hops: readonly Hop[]): string {
  const states: HopState[] = ['stalled', 'unknown', 'moving', 'current'];
  return states
    .map((state) => ({ state, count: hops.filter((hop) => hop.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(
      ({ state, count }) => `<li class="s-${state}">${renderBadge(state)}<span>${count} ${state}</span></li>`,
    )
    .join('');
}

function renderStuck(hop: Hop): string {
  const lag = [formatCount(hop), formatHopAge(hop)].filter(Boolean).join(', ');
  const step = (text: string): string =>
    isCommand(text) ? renderCommand(text) : `<em>${escapeHtml(text)}</em>`;
  const next = hop.next === null ? '' : `<p class="next"><span>Next</span>${step(hop.next)}</p>`;
  return `<section class="stuck s-${hop.state}" aria-label="The hop it hangs on">
<h2>${breakable(hop.name)}</h2>
<p class="lag">${escapeHtml([hop.state, lag === '' ? '' : `${lag} behind`].filter(Boolean).join(' · '))}</p>
<p class="next"><span>Cause</span><em>${escapeHtml(oneLine(hop.cause ?? 'none was found'))}</em></p>
${next}
</section>`;
}

function renderRow(hop: Hop): string {
  const cause = hop.cause === null ? '' : `<p>${escapeHtml(oneLine(hop.cause))}</p>`;
  const step = (text: string): string =>
    isCommand(text) ? renderCommand(text) : `<p>Next: ${escapeHtml(text)}</p>`;
  const next = hop.next === null ? '' : step(hop.next);
  const shas = [hop.to, hop.from].every((sha) => sha !== null && sha !== '') && hop.to !== hop.from;
  const range = shas ? `<small>${escapeHtml(`${cut(hop.to)} … ${cut(hop.from)}`)}</small>` : '';
  const cell = (label: string, text: string): string =>
    `<td data-label="${label}"${text === '' ? ' class="empty"' : ''}>${text}</td>`;
  return `<tr class="s-${hop.state}"><th scope="row">${breakable(hop.name)}${range}</th>${cell('State', `<span class="state">${renderBadge(hop.state)}${hop.state}</span>`)}${cell('Behind', escapeHtml(formatCount(hop)))}${cell('Oldest', escapeHtml(formatHopAge(hop)))}${cell('Cause', `${cause}${next}`)}</tr>`;
}

/** A command breaks between its words, not behind the dashes of an option. */
function renderCommand(text: string): string {
  const words = text
    .split(' ')
    .map((word) => (word.includes('-') ? `<b>${escapeHtml(word)}</b>` : escapeHtml(word)));
  return `<code>${words.join(' ')}</code>`;
}

/** Long names may break behind their parts, and nowhere else if it can be helped. */
function breakable(name: string): string {
  return escapeHtml(name).replace(/[/→:]/g, '$&<wbr>');
}

function cut(text: string | null): string {
  return /^[0-9a-f]{40,64}$/.test(text ?? '') ? (text as string).slice(0, 7) : (text ?? '');
}
