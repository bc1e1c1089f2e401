import type { Verdict } from './script.ts';
import { isCommand } from './shell-command.ts';

const largestSummary = 1000 * 1024;

/** The decision record: one line of JSON that names what was decided and from what. */
export function renderRecord(script: string, version: string, verdict: Verdict): string {
  return JSON.stringify({
    schema: 1,
    script,
    version,
    subject: verdict.subject ?? {},
    decision: verdict.decision,
    proceed: verdict.proceed,
    reason: verdict.reason,
    changed: verdict.changed ?? false,
    evidence: verdict.evidence ?? [],
    next: verdict.next ?? [],
    details: verdict.details ?? {},
  });
}

/**
 * Redacts a text that may be JSON. In JSON each string is redacted by itself: a pattern that runs over the whole could
 * end in the middle of an escape, and then it would be JSON no longer.
 */
export function redactResult(text: string, redact: (text: string) => string): string {
  if (!/^\s*[[{]/.test(text)) return redact(text);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return redact(text);
  }
  const clean = JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  );
  return clean === JSON.stringify(body) ? text : clean;
}

/**
 * What is appended to `$GITHUB_OUTPUT`: every output the script lists, empty where the verdict has none.
 * `delimiter` must be random: a value may hold any text.
 */
export function renderOutputs(names: readonly string[], verdict: Verdict, delimiter: string): string {
  const outputs: Record<string, string> = {
    ...Object.fromEntries(names.map((name) => [name, ''])),
    decision: verdict.decision,
    proceed: String(verdict.proceed),
    reason: verdict.reason,
    ...verdict.outputs,
  };
  return Object.entries(outputs)
    .map(([name, value]) =>
      /[\r\n]/.test(value) ? `${name}<<${delimiter}\n${value}\n${delimiter}\n` : `${name}=${value}\n`,
    )
    .join('');
}

/** What is appended to `$GITHUB_STEP_SUMMARY`: verdict, what was read, what to do next. */
export function renderSummary(script: string, verdict: Verdict): string {
  const mark = verdict.exit === 0 ? (verdict.proceed ? '✅' : '⏸') : verdict.exit === 3 ? '❓' : '❌';
  const parts = [`## ${mark} ${script}: ${verdict.decision}`, '', escapeMarkdown(verdict.reason), ''];
  if (verdict.summary !== undefined) parts.push(verdict.summary.trimEnd(), '');
  else if (verdict.evidence && verdict.evidence.length > 0) {
    const rows = verdict.evidence.map(({ what, value, url }) => [
      what,
      url ? `[${cell(value)}](${url})` : value,
    ]);
    parts.push(renderTable(['What was read', 'Answer'], rows), '');
  }
  if (verdict.next && verdict.next.length > 0) {
    parts.push('Next:', '', ...verdict.next.map((step) => `- ${renderStep(step)}`), '');
  }
  return cutAtLine(`${parts.join('\n')}\n`);
}

/** A command stands as code, where Markdown changes none of its characters. */
function renderStep(step: string): string {
  if (!isCommand(step)) return escapeMarkdown(step);
  const fence = fenceOf(step, 1);
  return fence === '`' ? `\`${step}\`` : `${fence} ${step} ${fence}`;
}

/** So many backticks that none in the code ends it: one more than stand there in a row, and at least so many. */
export function fenceOf(code: string, least: number): string {
  const runs = code.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(least, ...runs.map((run) => run.length + 1)));
}

/** A Markdown table; cells are escaped unless they are links made here. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const body = rows.map((row) => line(row.map((text) => (/^\[.*\]\(\S+\)$/.test(text) ? text : cell(text)))));
  return [line(head), line(head.map(() => '---')), ...body].join('\n');
}

function cell(text: string): string {
  return (
    escapeMarkdown(text)
      .replaceAll('|', '\\|')
      .replace(/[\r\n]+/g, ' ') || ' '
  );
}

function escapeMarkdown(text: string): string {
  return text.replaceAll('<', '&lt;');
}

/** The runner drops a summary over 1 MiB whole, so it is cut below that, at a line, and says so. */
function cutAtLine(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= largestSummary) return text;
  const kept = bytes.subarray(0, largestSummary - 200).toString();
  return `${kept.slice(0, kept.lastIndexOf('\n') + 1)}\n_The summary was cut here: it was ${bytes.length} bytes; the log has all of it._\n`;
}
