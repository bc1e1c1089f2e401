import { findQuote, splitNames, type SourceList } from './source-list.ts';

/**
 * Every place where a shell text gives `name` a list: `NAME="a b"`, `NAME=(a b)`, `read -r -a NAME <<< "a b"`.
 * `start` and `end` bound the text in its file, as a `run:` block does.
 */
export function findShellLists(
  source: string,
  name: string,
  { start, end }: { start: number; end: number },
): SourceList[] {
  const word = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(
    `(?<![\\w$\\{.-])(?:(${word})\\+?=|read\\s+(?:-\\w+\\s+)*(${word})\\s*<<<[ \\t]*)`,
    'gd',
  );
  const lists: SourceList[] = [];
  for (const match of source.slice(start, end).matchAll(pattern)) {
    const span = match.indices?.[1] ?? match.indices?.[2];
    if (span === undefined) continue;
    const at = start + span[0];
    if (isComment(source, at)) continue;
    lists.push(readValue(source, at, start + match.index + match[0].length, end));
  }
  return lists;
}

function readValue(source: string, at: number, from: number, limit: number): SourceList {
  // Inside a double-quoted YAML string the shell's own quotes are escaped.
  const opening = source.startsWith('\\"', from) ? '\\"' : (source[from] ?? '');
  const start = from + opening.length;
  switch (opening) {
    case '(':
      return readArray(source, at, start, findClosing(source, start, ')', limit));
    case '"':
    case "'":
    case '\\"': {
      const end = findClosing(source, start, opening, limit);
      const list = readWords(source, at, start, end);
      // In single quotes a dollar is a dollar.
      return {
        ...list,
        end: end + opening.length,
        expression: (opening === "'" ? /\$\{\{/ : /[$`]/).test(source.slice(start, end)),
      };
    }
    default: {
      const word = /^[^\s;&|)\\]*/.exec(source.slice(from, limit))?.[0] ?? '';
      // A word without quotes holds one name only.
      return {
        ...readWords(source, at, from, from + word.length),
        around: ['"', '"'],
        expression: /[$`]/.test(word),
      };
    }
  }
}

function readWords(source: string, at: number, start: number, end: number): SourceList {
  const names = splitNames(source, start, end);
  return { at, end, names, separator: ' ', quote: '', emptyAt: start, around: ['', ''], expression: false };
}

function readArray(source: string, at: number, start: number, end: number): SourceList {
  // Comments are blanked, not cut: the offsets must stay those of the file.
  const readable = source
    .slice(start, end)
    .replace(/(^|\s)#[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
  const list = readWords(source.slice(0, start) + readable, at, start, end);
  return {
    ...list,
    end: end + 1,
    quote: findQuote(source, list.names[0]),
    expression: /[$`]/.test(readable),
  };
}

function findClosing(source: string, from: number, closing: string, limit: number): number {
  for (let at = from; at < limit; at++) {
    if (source.startsWith(closing, at)) return at;
    if (source[at] === '\\' && closing !== "'") at++;
    else if (closing === ')' && source[at] === '#' && /\s/.test(source[at - 1] ?? ' ')) {
      const lineEnd = source.indexOf('\n', at);
      at = lineEnd < 0 ? limit : lineEnd;
    }
  }
  return limit;
}

function isComment(source: string, at: number): boolean {
  const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  return /(^|\s)#/.test(line.replace(/"[^"]*"|'[^']*'/g, ''));
}
