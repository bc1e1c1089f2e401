import { verbOf } from './count.ts';
import type { Place } from './script.ts';

export type AnnotationKind = 'error' | 'warning' | 'notice';

const mostOfAKind = 10;

/**
 * Renders problems for a runner (workflow commands, at most ten of a kind: GitHub keeps no more per step)
 * or for a terminal. Source of the escapes: actions/runner, `ActionCommand`.
 */
export function createAnnotations({ inRunner }: { inRunner: boolean }): {
  render(kind: AnnotationKind, message: string, place?: Place): string;
  /** One line a kind that went past the limit. */
  overflow(): string[];
} {
  const counts: Record<AnnotationKind, number> = { error: 0, warning: 0, notice: 0 };
  return {
    render(kind, message, place) {
      counts[kind]++;
      if (!inRunner || counts[kind] > mostOfAKind)
        return disarmLine(`${kind}: ${describePlace(place)}${oneLine(message)}`);
      return `::${kind}${renderProperties(place)}::${escapeData(message)}`;
    },
    overflow() {
      if (!inRunner) return [];
      return (Object.keys(counts) as AnnotationKind[])
        .filter((kind) => counts[kind] > mostOfAKind)
        .map(
          (kind) =>
            `${counts[kind] - mostOfAKind} more of kind ${kind} ${verbOf(counts[kind] - mostOfAKind, 'stands', 'stand')} in the log above, without annotation`,
        );
    },
  };
}

/**
 * A line of the log that no runner takes for a command: it looks for `::` at a line's start, and for the older `##[`
 * anywhere in it (actions/runner, `ActionCommand.TryParse`).
 */
export function disarmLine(line: string): string {
  const plain = line.replaceAll('##[', '## [');
  return /^\s*::/.test(plain) ? `| ${plain}` : plain;
}

/**
 * What a command prints beside the log: lines of the newer form are meant as commands there, and a value of one word (a
 * version, a commit) stays as it is.
 */
export function disarmResult(text: string): string {
  if (/^\s*[[{]/.test(text)) return disarmJson(text);
  return /\s/.test(text.trim()) ? text.replaceAll('##[', '## [') : text;
}

/** JSON that says the same and holds no `##[`, which can only stand in its strings. */
export function disarmJson(json: string): string {
  return json.replaceAll('##[', '#\\u0023[');
}

function renderProperties(place: Place | undefined): string {
  if (!place) return '';
  const pairs = [`file=${escapeProperty(place.file)}`];
  if (place.line !== undefined) pairs.push(`line=${place.line}`);
  if (place.column !== undefined) pairs.push(`col=${place.column}`);
  return ` ${pairs.join(',')}`;
}

function describePlace(place: Place | undefined): string {
  if (!place) return '';
  return `${[place.file, place.line, place.column].filter((part) => part !== undefined).join(':')}: `;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
