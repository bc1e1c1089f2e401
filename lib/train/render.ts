import { decideTrain } from './hop.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import { describeTrain, recordHops, type TrainReport } from './report.ts';
import { renderText } from './text.ts';

/** The forms in which a train is shown. */
export const trainFormats = ['text', 'json', 'markdown', 'html'] as const;
export type TrainFormat = (typeof trainFormats)[number];

/** The train in one of its formats; colour is for text alone. */
export function renderTrain(report: TrainReport, format: TrainFormat, hasColour: boolean): string {
  switch (format) {
    case 'markdown':
      return renderMarkdown(report);
    case 'html':
      return renderHtml(report);
    case 'text':
      return renderText(report, { hasColour });
    case 'json':
      return renderJson(report);
  }
}

function renderJson(report: TrainReport): string {
  const { repo, branches, hops, checkedAt } = report;
  const { decision, hop } = decideTrain(hops);
  const body = {
    schema: 1,
    repo,
    branches,
    decision,
    reason: describeTrain(report),
    checked_at: new Date(checkedAt).toISOString(),
    next: hop?.next ? [hop.next] : [],
    details: { hops: recordHops(hops) },
  };
  return JSON.stringify(body, null, 2);
}
