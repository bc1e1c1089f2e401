import { ancestryOptions } from '../ancestry/options.ts';
import type { OptionValues } from '../options.ts';
import { optionWords } from '../shell-command.ts';

/** The options that `repeatRules` names. */
export type GivenRules = Pick<OptionValues<typeof ancestryOptions>, 'label' | 'on-unlabelled' | 'via'> & {
  ancestry: boolean;
  'label-check': boolean;
};

/** The options that decide what may be moved, as a command to paste names them: those that are not the default. */
export function repeatRules(given: GivenRules): string[] {
  const values = (['label', 'on-unlabelled', 'via'] as const).flatMap((name) =>
    given[name] === ancestryOptions[name].shown ? [] : optionWords(`--${name}`, given[name]),
  );
  return [
    ...(given.ancestry ? [] : ['--no-ancestry']),
    ...(given['label-check'] ? [] : ['--no-label-check']),
    ...values,
  ];
}
