import type { Job, Step } from '../workflow/job.ts';
import type { Workflow } from '../workflow/workflow.ts';

/** A step's script, with the place of its text in the file. */
export interface ScriptText {
  job: Job;
  step: Step;
  /** As it stands in the file, with the header and indentation of a block. */
  source: string;
  /** Where `source` begins. */
  start: number;
}

/** The scripts of all steps. */
export function* listScripts(workflow: Workflow): Iterable<ScriptText> {
  for (const job of workflow.jobs) {
    for (const step of job.steps) {
      if (!step.run) continue;
      const { node } = step.run;
      const target = node.target ?? node;
      const source = workflow.document.text.slice(target.start, target.end);
      yield { job, step, source, start: target.start };
    }
  }
}

/** A match of a pattern in a script, by its place in the file. */
export interface ScriptMatch extends ScriptText {
  match: RegExpMatchArray;
  from: number;
  to: number;
}

/** Where a pattern (with the flag g) matches in the scripts, outside of the shell's comments. */
export function* searchScripts(workflow: Workflow, pattern: RegExp): Iterable<ScriptMatch> {
  for (const script of listScripts(workflow)) {
    const isComment = commentFinder(script.source);
    for (const match of script.source.matchAll(pattern)) {
      if (isComment(match.index)) continue;
      const from = script.start + match.index;
      yield { ...script, match, from, to: from + match[0].length };
    }
  }
}

/** Answers whether a place lies in a comment, for places in ascending order: each line is looked at once. */
function commentFinder(source: string): (at: number) => boolean {
  let [lineStart, lineEnd, comment] = [0, -1, Infinity];
  return (at) => {
    while (at > lineEnd && lineEnd < source.length) {
      lineStart = lineEnd + 1;
      const next = source.indexOf('\n', lineStart);
      lineEnd = next < 0 ? source.length : next;
      if (at > lineEnd) continue;
      const found = source.slice(lineStart, lineEnd).search(/(^|\s)#/);
      comment = found < 0 ? Infinity : lineStart + found;
    }
    return at > comment;
  };
}

/** A `$(…)` of the shell. */
export interface Substitution {
  text: string;
  /** What stands before it on its line. */
  before: string;
  /** What stands behind it on its line. */
  after: string;
  start: number;
  end: number;
}

/** The outermost command substitutions of a script; quotes and nested ones are followed. */
export function findSubstitutions(script: ScriptText): Substitution[] {
  const { source } = script;
  const found: Substitution[] = [];
  const isComment = commentFinder(source);
  let failures = 0;
  for (let at = source.indexOf('$('); at >= 0 && failures < mostFailures; at = source.indexOf('$(', at)) {
    const end = source[at + 2] === '(' ? -1 : endOfSubstitution(source, at + 2);
    if (end < 0) {
      failures++;
      at += 2;
      continue;
    }
    if (!isComment(at)) {
      const before = source.slice(Math.max(0, at - 200), at).replace(/^[\s\S]*\n/, '');
      const after = source.slice(end, end + 200).replace(/\r?\n[\s\S]*$/, '');
      const [start, stop] = [script.start + at, script.start + end];
      found.push({ text: source.slice(at, end), before, after, start, end: stop });
    }
    at = end;
  }
  return found;
}

/** No sensible command is longer, nor has a script so many that are not closed: a hostile one costs little. */
const longest = 3000;
const mostFailures = 300;

function endOfSubstitution(source: string, from: number): number {
  const open = ['('];
  for (let at = from; at < source.length && at < from + longest; at++) {
    const char = source[at];
    const isQuoted = open.at(-1) === '"';
    if (char === '\\') at++;
    else if (char === '"' && isQuoted) open.pop();
    else if (char === '"') open.push('"');
    else if (isQuoted) {
      // Between double quotes an apostrophe is one, and only `$(` opens.
      if (char === '$' && source[at + 1] === '(') {
        open.push('(');
        at++;
      }
    } else if (char === "'") {
      const close = source.indexOf("'", at + 1);
      if (close < 0 || close > from + longest) return -1;
      at = close;
    } else if (char === '(') open.push('(');
    else if (char === ')') {
      open.pop();
      if (open.length === 0) return at + 1;
    }
  }
  return -1;
}
