import { asBranch } from '../branch-name.ts';
import { UsageError } from '../errors.ts';
import { asChoice, asDuration, asPause, asSha, flag, many, one, oneOr, splitList } from '../options.ts';
import { isEvent } from './event-names.ts';
import type { Wanted } from './state.ts';

/** What a gate asks of which workflows; `e2e-gate` and `auto-promote` share it. */
export const gateOptions = {
  workflow: many({
    help: 'a workflow FILE that must be green; with =JOB NAME that job must have run and succeeded too; in the variable one a line, commas only between plain names',
    value: 'FILE[=JOB]',
    variables: ['GATE_WORKFLOWS'],
    required: true,
    split: splitWorkflows,
    parse: parseWanted,
  }),
  branch: one({
    help: 'runs on other branches do not count',
    value: 'B',
    variables: ['GATE_BRANCH'],
    shown: "the event's workflow_run.head_branch, then GITHUB_REF_NAME",
    parse: asBranch,
  }),
  event: many({
    help: 'runs of other events do not count; any counts all',
    value: 'E',
    variables: ['GATE_EVENTS'],
    shown: 'push',
    parse: parseEvent,
  }),
  absent: oneOr({
    help: 'when a due run does not exist',
    value: 'auto|go|defer|refuse',
    variables: ['GATE_ABSENT'],
    fallback: 'auto',
    parse: asChoice('auto', 'go', 'defer', 'refuse'),
  }),
  'absent-grace': oneOr({
    help: 'how long a due run may be late',
    value: 'D',
    variables: ['GATE_ABSENT_GRACE'],
    fallback: '60s',
    parse: asDuration,
  }),
  wait: oneOr({
    help: 'keep asking while the answer is defer, at most so long',
    value: 'D',
    variables: ['GATE_WAIT'],
    fallback: '0s',
    parse: asDuration,
  }),
  poll: oneOr({
    help: 'pause between questions',
    value: 'D',
    variables: ['GATE_POLL'],
    fallback: '15s',
    parse: asPause,
  }),
  base: one({
    help: 'where the push that brought the commit started, instead of the record of pushes',
    value: 'SHA',
    variables: ['GATE_BASE'],
    parse: asSha,
  }),
  'any-commit': flag({
    help: 'answer a commit inside a push as the tip of that push',
    variables: ['GATE_ANY_COMMIT'],
  }),
};

/**
 * One a line; commas separate too, and so does white space between files; but a line with `=JOB` is taken whole, since
 * a job's name may hold any, and so is a file whose name holds white space.
 */
function splitWorkflows(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .flatMap((line) => (line.includes('=') ? [line] : line.split(',').flatMap(splitFiles)))
    .map((item) => item.trim())
    .filter(Boolean);
}

function splitFiles(text: string): string[] {
  const words = splitList(text);
  return words.every((word) => /\.ya?ml$/i.test(word)) ? words : [text];
}

function parseWanted(text: string, source: string): Wanted {
  const at = text.indexOf('=');
  const path = (at < 0 ? text : text.slice(0, at)).trim();
  const job = at < 0 ? null : text.slice(at + 1).trim();
  const file = path.replace(/^(\.\/)?\.(github|gitea|forgejo)\/workflows\//, '');
  if (!/^[^\s/][^\r\n,]*\.ya?ml$/i.test(file) || file.split('/').includes('..')) {
    throw new UsageError(
      `Cannot use ${source}: "${text}" is no workflow file; give the file, as ci.yml or ci.yml=JOB, not its display name`,
    );
  }
  if (job === '')
    throw new UsageError(`Cannot use ${source}: "${text}" names no job; give ci.yml=JOB, or ci.yml alone`);
  return { file, job };
}

function parseEvent(text: string, source: string): string {
  if (text !== 'any' && !isEvent(text))
    throw new UsageError(
      `Cannot use ${source}: "${text}" is no event; give push, workflow_dispatch, … or any`,
    );
  return text;
}
