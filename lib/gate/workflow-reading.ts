import type { WorkflowText } from '../forge/forge.ts';
import { findDrop } from '../workflow/dropped.ts';
import { findInvalidTrigger } from '../workflow/invalid-github.ts';
import type { Profile } from '../workflow/profile.ts';
import type { PushFilters } from '../workflow/push-filter.ts';
import { readEvents } from '../workflow/read-events.ts';
import { listStatusContexts } from '../workflow/status-contexts.ts';
import { readWorkflow, type Workflow } from '../workflow/workflow.ts';
import { YamlSyntaxError } from '../yaml/read-yaml.ts';
import { isEvent } from './event-names.ts';
import type { ExpectedContext } from './status-state.ts';

/** What a gate wants to know of a workflow file. */
export interface WorkflowReading {
  /** Why the server drops the file; null where it takes it. */
  drop: string | null;
  /** The events that start it. */
  events: readonly string[];
  /** The filters of each `push`; none where the file does not run on push. */
  pushFilters: readonly PushFilters[];
  /** The contexts that its jobs write for these events. */
  expected(events: readonly string[]): ExpectedContext[];
}

/** Events whose runs write statuses on Gitea, by the word in the status. */
const statusEvents: Record<string, string> = {
  push: 'push',
  pull_request: 'pull_request',
  pull_request_target: 'pull_request_target',
};

/** Reads a workflow file as the server of this profile does. */
export function readWorkflowText(
  { text, path, isGarbled = false }: WorkflowText,
  profile: Profile,
): WorkflowReading {
  if (isGarbled && profile !== 'github')
    return dropped(`${path} is not text in UTF-8: save it as UTF-8 and push it`);
  const drop = findDrop(text, profile);
  if (drop !== null) return dropped(`${path}:${drop.line}:${drop.column}: ${drop.message}`);
  let workflow: Workflow;
  try {
    workflow = readWorkflow(text);
  } catch (error) {
    if (error instanceof YamlSyntaxError) return dropped(`${path} is not YAML: ${error.message}`);
    throw error;
  }
  const invalid = profile === 'github' ? findInvalidTrigger(workflow, isEvent) : null;
  if (invalid !== null) {
    const { line, column } = invalid.at.position;
    return dropped(`${path}:${line}:${column}: ${invalid.problem}`);
  }
  if (workflow.on.size === 0) return dropped(`${path} names no event under \`on:\`, so nothing starts it`);
  const events = readEvents(workflow, profile);
  const names = [...new Set(events.map(({ name }) => name))];
  return {
    drop: null,
    events: names,
    pushFilters: events.filter(({ name }) => name === 'push').map(({ filters }) => filters),
    expected: (wanted) => {
      const counted = names.filter((event) => wanted.includes('any') || wanted.includes(event));
      return listExpected(workflow, counted, profile);
    },
  };
}

function dropped(why: string): WorkflowReading {
  return { drop: why, events: [], pushFilters: [], expected: () => [] };
}

function listExpected(workflow: Workflow, events: readonly string[], profile: Profile): ExpectedContext[] {
  return events.flatMap((event) => {
    const word = wordOf(event, profile);
    if (word === undefined) return [];
    return listStatusContexts(workflow, word, profile).map((one) =>
      'context' in one
        ? { ...one, event: word, name: jobPart(one.context, workflow.name ?? '', word) }
        : { ...one, event: word },
    );
  });
}

/** `JOB` of `TITLE / JOB (EVENT)`; both may hold a slash. */
function jobPart(context: string, title: string, event: string): string {
  return context.slice(`${title} / `.trimStart().length, -` (${event})`.length);
}

/** Gitea 1.22 writes `pull_request` for both kinds of pull request events. */
function wordOf(event: string, profile: Profile): string | undefined {
  return event === 'pull_request_target' && profile === 'gitea-1.22' ? 'pull_request' : statusEvents[event];
}

/**
 * Why a file's statuses cannot be told from others': two jobs, of one file or of two, that write the same context.
 * Null where each has its own.
 */
export function findTwins(
  { reading, text }: { reading: WorkflowReading; text: WorkflowText },
  files: readonly WorkflowText[],
  { profile, events }: { profile: Profile; events: readonly string[] },
): string | null {
  const own = reading.expected(events);
  const seen = new Map<string, string>();
  for (const { context, job } of own) {
    if (context === undefined) continue;
    const other = seen.get(context);
    if (other !== undefined)
      return `its jobs "${other}" and "${job}" both write the status "${context}", so they cannot be told apart: give one another \`name:\``;
    seen.set(context, job);
  }
  for (const file of files) {
    if (file.path === text.path) continue;
    const theirs = readWorkflowText(file, profile).expected(events);
    const clash = own.find((mine) => theirs.some((other) => mayEqual(mine, other)));
    if (clash) {
      const name = clash.context ?? `${clash.prefix}…`;
      return `${text.file} and ${file.file} both write the status "${name}", so they cannot be told apart: give one of them another \`name:\``;
    }
  }
  return null;
}

function mayEqual(a: ExpectedContext, b: ExpectedContext): boolean {
  if (a.event !== b.event) return false;
  if (a.context !== undefined && b.context !== undefined) return a.context === b.context;
  const [one, two] = [a.context ?? a.prefix ?? '', b.context ?? b.prefix ?? ''];
  return one.startsWith(two) || two.startsWith(one);
}
