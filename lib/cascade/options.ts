import { asBranch } from '../branch-name.ts';
import { forgeOptions } from '../context.ts';
import {
  asChoice,
  asDuration,
  asInteger,
  asRepo,
  asShard,
  asText,
  flag,
  many,
  one,
  oneOr,
  type OptionValues,
} from '../options.ts';
import { defaultMessage } from './message.ts';
import { asAuthor, asGitUrl, asLine, asOwner, asPair, asRepoPath, asVersion } from './values.ts';

/** What is written where. */
const what = {
  version: one({
    help: 'the version to pin',
    value: 'V',
    variables: ['CASCADE_VERSION'],
    rivals: ['version-file'],
    parse: asVersion,
  }),
  'version-file': one({
    help: 'instead of --version: a file whose first line is it',
    value: 'FILE',
    variables: ['CASCADE_VERSION_FILE'],
    rivals: ['version'],
    parse: asText,
  }),
  target: many({
    help: 'a repository to write to',
    value: 'OWNER/REPO',
    variables: ['CASCADE_TARGETS'],
    rivals: ['manifest', 'targets-file'],
    parse: asRepo,
  }),
  manifest: one({ help: 'a JSON file that names the targets', value: 'FILE', parse: asText }),
  select: one({
    help: 'where they stand in it, as workspace_templates[].repo',
    value: 'PATH',
    parse: asText,
  }),
  'targets-file': one({ help: 'a file with one target a line', value: 'FILE', parse: asText }),
  owner: one({
    help: "replaces each target's owner (a mirror under another name)",
    value: 'O',
    variables: ['CASCADE_OWNER'],
    parse: asOwner,
  }),
  file: oneOr({
    help: 'the file that holds the version and one newline',
    value: 'PATH',
    variables: ['CASCADE_FILE'],
    fallback: '.runtime-version',
    parse: asRepoPath,
  }),
  branch: one({
    help: 'the branch to write to',
    value: 'B',
    variables: ['CASCADE_BRANCH'],
    shown: "each repository's default branch",
    parse: asBranch,
  }),
  'require-file': one({
    help: 'a repository without this file is skipped',
    value: 'PATH',
    variables: ['CASCADE_REQUIRE_FILE'],
    parse: asRepoPath,
  }),
  message: oneOr({ help: 'the commit message', value: 'T', fallback: defaultMessage, parse: asText }),
  trailer: many({ help: 'a line at its end, as "Co-Authored-By: N <E>"', value: 'T', parse: asLine }),
  author: one({
    help: 'author and committer',
    value: "'N <E>'",
    variables: ['CASCADE_AUTHOR'],
    shown: "the token's user",
    parse: asAuthor,
  }),
  'no-downgrade': flag({
    help: 'skip a target that holds a higher version (semver or PEP 440 order), instead of a warning',
  }),
};

/** How it gets there. */
const how = {
  mode: oneOr({
    help: 'commit the file, or send a repository_dispatch (GitHub)',
    value: 'commit|dispatch',
    variables: ['CASCADE_MODE'],
    fallback: 'commit',
    parse: asChoice('commit', 'dispatch'),
  }),
  'event-type': oneOr({
    help: "the dispatch's event type",
    value: 'T',
    variables: ['CASCADE_EVENT_TYPE'],
    fallback: 'cascade',
    parse: asLine,
  }),
  payload: many({ help: 'more of its payload, beside runtime_version', value: 'K=V', parse: asPair }),
  transport: oneOr({
    help: "the forge's contents API, or git 2.31 or later with any git server",
    value: 'api|git',
    variables: ['CASCADE_TRANSPORT'],
    fallback: 'api',
    parse: asChoice('api', 'git'),
  }),
  'git-url': one({
    help: "where git finds a target; without a forge's API --author is needed",
    value: 'URL',
    variables: ['CASCADE_GIT_URL'],
    shown: 'GITHUB_SERVER_URL/{repo}.git',
    parse: asGitUrl,
  }),
  attempts: oneOr({
    help: 'writes to one target, for races',
    value: 'N',
    fallback: '3',
    parse: asInteger(1, 100),
  }),
  concurrency: oneOr({ help: 'targets at a time', value: 'N', fallback: '4', parse: asInteger(1, 100) }),
  'write-interval': one({
    help: 'least time between two writes',
    value: 'D',
    shown: 'GitHub 1s, else 0s',
    parse: asDuration,
  }),
  check: flag({ help: 'write nothing; end with 1 where a target lags' }),
  report: one({ help: 'write the result as JSON', value: 'FILE', parse: asText }),
  'only-failed': one({
    help: 'only what failed or was not attempted by this report',
    value: 'FILE',
    parse: asText,
  }),
  shard: oneOr({
    help: 'every N-th target of the sorted list, from the I-th on',
    value: 'I/N',
    variables: ['CASCADE_SHARD'],
    fallback: '1/1',
    parse: asShard,
  }),
  'merge-report': many({
    help: 'write nowhere: join reports and print the whole verdict',
    value: 'FILE',
    parse: asText,
  }),
  'dry-run': flag({ help: 'read and decide, and write nothing' }),
};

/** The options of cascade, by what they are about. */
export const cascadeOptions = { ...what, ...how, ...forgeOptions };
export type CascadeOptions = OptionValues<typeof cascadeOptions>;
