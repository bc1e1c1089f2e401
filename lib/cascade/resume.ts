import { defaultMessage } from './message.ts';
import { repeatForgeOptions } from '../forge-words.ts';
import { isOpen, type Outcome } from './outcome.ts';
import type { Environment } from '../script.ts';
import { optionWords, shellCommand } from '../shell-command.ts';
import type { CascadeOptions } from './options.ts';

/**
 * The command that takes up what is open, as it can be pasted into a shell; null where nothing is open. `isReadable`: the
 * report was written where it can be read again.
 */
export function makeResume(
  version: string,
  outcomes: readonly Outcome[],
  {
    options,
    environment,
    isReadable,
  }: { options: CascadeOptions; environment: Environment; isReadable: boolean },
): string | null {
  const open = outcomes.filter(isOpen);
  if (open.length === 0) return null;
  const { report } = options;
  // An option that was given as its default stays in the command where a variable would say otherwise.
  const unless = (value: string, usual: string, variable?: string): string | null =>
    value === usual && (variable === undefined || !environment.get(variable)) ? null : value;
  const isListNamed = !isReadable || environment.get('CASCADE_TARGETS') !== undefined;
  const list: readonly (readonly [string, string])[] = [
    ...(isListNamed ? open.map(({ target }) => ['--target', target] as const) : []),
    ...(report !== null && isReadable ? [['--only-failed', report] as const] : []),
    ...(report === null ? [] : [['--report', report] as const]),
  ];
  const words: (readonly [string, string | null])[] = [
    ['--version', version],
    ...list,
    // The targets have it already: it only keeps the variable's away.
    ['--owner', environment.get('CASCADE_OWNER') === undefined ? null : options.owner],
    // What is open is a part already: a shard of it would leave targets out.
    ['--shard', options.shard.of > 1 || environment.get('CASCADE_SHARD') ? '1/1' : null],
    ['--file', unless(options.file, '.runtime-version', 'CASCADE_FILE')],
    ['--branch', options.branch],
    ['--require-file', options['require-file']],
    ['--message', unless(options.message, defaultMessage)],
    ...options.trailer.map((trailer) => ['--trailer', trailer] as const),
    ['--author', options.author === null ? null : `${options.author.name} <${options.author.email}>`],
    ['--mode', unless(options.mode, 'commit', 'CASCADE_MODE')],
    [
      '--event-type',
      options.mode === 'dispatch' ? unless(options['event-type'], 'cascade', 'CASCADE_EVENT_TYPE') : null,
    ],
    ...options.payload.map(([key, value]) => ['--payload', `${key}=${value}`] as const),
    ['--transport', unless(options.transport, 'api', 'CASCADE_TRANSPORT')],
    ['--git-url', options['git-url']],
  ];
  const given = words.flatMap(([name, value]) => (value === null ? [] : optionWords(name, value)));
  const flags = options['no-downgrade'] ? ['--no-downgrade'] : [];
  return shellCommand(
    'node',
    'vendor/cascade.mjs',
    ...given,
    ...flags,
    ...repeatForgeOptions(options, environment),
  );
}
