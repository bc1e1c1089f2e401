import type { Edit, SourceName } from './source-list.ts';

/** How the names of a list are written. */
export interface NameStyle {
  /** A new name as the file would have it, quotes included. */
  write(name: string): string;
  /** What stands between two names where the file shows no example of it. */
  separator: string;
  /** A `#` behind a name begins a comment. */
  hasComments: boolean;
}

/**
 * The edit that writes names in place of others, whose spans are in `source`. Where each stands on a line of its own, a
 * name that stays keeps its line, and its comments with it; else the way the first two are set apart is kept.
 */
export function rewriteNames(
  source: string,
  old: readonly SourceName[],
  names: readonly string[],
  style: NameStyle,
): Edit | undefined {
  const [first, last] = [old[0], old.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const hasCommas = style.separator.startsWith(',');
  return (
    (hasCommas ? undefined : rewriteLines(source, old, names, style)) ?? rewriteRow(source, old, names, style)
  );
}

function rewriteRow(
  source: string,
  old: readonly SourceName[],
  names: readonly string[],
  { write, separator, hasComments }: NameStyle,
): Edit {
  const [first, second] = old as [SourceName, SourceName | undefined];
  const { end } = old.at(-1) as SourceName;
  const indent = /\n([ \t]*)$/.exec(source.slice(0, first.start))?.[1];
  const alone = indent === undefined || !separator.startsWith(',') ? separator : `,\n${indent}`;
  const shown = second === undefined ? alone : source.slice(first.end, second.start);
  const between = hasComments ? dropComments(shown) : shown;
  // The last name's comment says nothing of the name that will stand there.
  const comment = hasComments ? /^([ \t]*,?)[ \t]+#[^\r\n]*(?=\r?\n)/.exec(source.slice(end)) : null;
  const rest = comment?.[1] ?? '';
  return {
    start: first.start,
    end: end + (comment?.[0].length ?? 0),
    text: names.map(write).join(between) + rest,
  };
}

function dropComments(separator: string): string {
  return separator.replace(/[ \t]*#[^\n]*/g, '').replace(/\n(?:[ \t]*\r?\n)+/g, '\n');
}

/** Undefined where a line holds more than one name, or something beside it. */
function rewriteLines(
  source: string,
  old: readonly SourceName[],
  names: readonly string[],
  { write, hasComments }: NameStyle,
): Edit | undefined {
  const isRow = old.some(
    (name, at) => !source.slice(old[at - 1]?.end ?? name.start, name.start).includes('\n') && at > 0,
  );
  if (isRow) return undefined;
  const rest = hasComments ? /^[ \t]*(?:[ \t]#.*)?$/ : /^[ \t]*$/;
  const rows = old.map((name) => {
    const start = source.lastIndexOf('\n', name.start - 1) + 1;
    const lineBreak = source.indexOf('\n', name.end);
    const end = lineBreak < 0 ? source.length : lineBreak;
    const stop = source[end - 1] === '\r' ? end - 1 : end;
    return { ...name, lineStart: start, lineEnd: stop, next: end + 1 };
  });
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const prefix = source.slice(first.lineStart, first.start);
  const standAlone = rows.every(
    (row) =>
      source.slice(row.lineStart, row.start) === prefix && rest.test(source.slice(row.end, row.lineEnd)),
  );
  if (!standAlone || !/^[ \t]*(?:-[ \t]+)?$/.test(prefix)) return undefined;
  const kept = new Map(
    rows.map((row, index) => {
      const from = index === 0 ? row.lineStart : (rows[index - 1]?.next ?? row.lineStart);
      return [row.text, source.slice(from, row.lineEnd)];
    }),
  );
  const lineBreak = source[first.next - 2] === '\r' ? '\r\n' : '\n';
  const lines = names.map((name) => kept.get(name) ?? prefix + write(name));
  return { start: first.lineStart, end: last.lineEnd, text: lines.join(lineBreak) };
}
