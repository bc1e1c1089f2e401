import type { WorkflowText } from '../forge/forge.ts';
import { shellCommand } from '../shell-command.ts';
import { giteaMinor, type Profile } from '../workflow/profile.ts';
import { dispatchCommand, emptyPushCommand, pushTagCommand, type Home } from './start-command.ts';
import type { WorkflowReading } from './workflow-reading.ts';

/** The run that should be there and is not. */
export interface MissingRun {
  readonly forge: Home;
  readonly profile: Profile;
  readonly text: WorkflowText;
  readonly reading: WorkflowReading;
  /** What was pushed, as `refs/heads/main`; null where that is not known. */
  readonly ref: string | null;
  readonly sha: string;
}

/**
 * What starts it, most useful first: commands alone on their line, or behind a colon at its end, and what to do by
 * hand.
 */
export function suggestStart(missing: MissingRun): string[] {
  const { forge, profile, text, reading } = missing;
  // What GitHub takes, the linter leaves to others.
  if (reading.drop !== null && profile === 'github')
    return [`mend ${text.path} where it is wrong, and push it`];
  if (reading.drop !== null)
    return [
      shellCommand('node', 'vendor/lint-workflow-yaml.mjs', ...lintProfile(text.path, profile), text.path),
      `that says where ${text.path} is wrong: mend it and push it`,
    ];
  const name = missing.ref?.replace(/^refs\/(heads|tags)\//, '') ?? '';
  if (name === '')
    return [`give the branch that ${missing.sha} was pushed to by --branch: then the command stands here`];
  const again = missing.ref?.startsWith('refs/tags/') ? pushTagAgain(name) : suggestPush(missing, name);
  if (!reading.events.includes('workflow_dispatch')) return again;
  const gate = 'gate with --event push --event workflow_dispatch, so that this run counts';
  const orAgain = again.map((line, index) => (index === 0 ? `or ${line}` : line));
  if (forge.kind === 'github') {
    return [dispatchCommand({ home: forge, file: text.file, branch: name }), `then ${gate}`, ...orAgain];
  }
  const minor = giteaMinor(profile);
  return minor !== null && minor < 24
    ? again
    : [`start ${text.file} on ${name} from the Actions page, then ${gate}`, ...orAgain];
}

/** The linter judges a file by its folder, unless it is told which server runs it. */
function lintProfile(path: string, profile: Profile): string[] {
  const byFolder = { '.gitea': 'gitea-1.22', '.forgejo': 'forgejo' }[path.split('/')[0] as string];
  return profile === (byFolder ?? 'github') ? [] : ['--profile', profile];
}

/** A tag that is there already starts nothing: it goes, and comes again. */
function pushTagAgain(tag: string): string[] {
  return [pushTagCommand(tag), "push that as a person, not with a job's own token, and gate the same commit"];
}

/** An empty commit starts nothing where a path filter decides, and would then pass for a push that was not due. */
function suggestPush({ text, reading: { pushFilters }, sha }: MissingRun, ref: string): string[] {
  const patterns = pushFilters.flatMap((filters) => [
    ...(filters.paths ?? []),
    ...(filters['paths-ignore'] ?? []).map((one) => `not ${one}`),
  ]);
  if (patterns.length > 0) {
    return [
      `change a file that the path filter of ${text.file} takes (${patterns.join(', ')}) in a commit on ${ref}, push it with a person's token and gate that commit: an empty commit would start nothing`,
    ];
  }
  return [
    emptyPushCommand({ file: text.file, branch: ref, sha }),
    "push that as a person, not with a job's own token, and gate the new commit",
  ];
}
