import { parseDuration } from './duration.ts';
import { UsageError } from './errors.ts';
import { isFullSha } from './sha.ts';

/** One row of a script's options table: parsing, `--help` and the README block are made from it. */
export interface Option<T> {
  /** What stands behind the option in help; null for a switch. */
  readonly value: string | null;
  /** Variables it falls back to, first that is set. */
  readonly variables: readonly string[];
  readonly help: string;
  /** The default as help shows it. */
  readonly shown: string | null;
  readonly required: boolean;
  readonly repeatable: boolean;
  /** A switch that is on by default and is turned off by `--no-NAME`. */
  readonly negated: boolean;
  /** Options that name the same thing in another way: where one of them is given, the variables here are not read. */
  readonly rivals: readonly string[];
  /** An empty value on the command line counts as not given, as in `--hold "${{ vars.HOLD }}"`. */
  readonly mayBeEmpty: boolean;
  /** The texts that were given (none: not given) to the value. Throws UsageError. */
  readonly read: (texts: readonly string[], source: string) => T;
}

export type OptionTable = Record<string, Option<unknown>>;
export type OptionValues<T> = { [K in keyof T]: T[K] extends Option<infer V> ? V : never };

interface Row {
  help: string;
  variables?: readonly string[];
  shown?: string;
  value?: string;
  rivals?: readonly string[];
}

type Parse<T> = (text: string, source: string) => T;

function row<T>(settings: Row & Partial<Option<T>>, read: Option<T>['read']): Option<T> {
  return {
    value: settings.value ?? null,
    variables: settings.variables ?? [],
    help: settings.help,
    shown: settings.shown ?? null,
    required: settings.required ?? false,
    repeatable: settings.repeatable ?? false,
    negated: settings.negated ?? false,
    rivals: settings.rivals ?? [],
    mayBeEmpty: settings.mayBeEmpty ?? false,
    read,
  };
}

/** An option with one value; absent: null. */
export function one<T>(settings: Row & { parse: Parse<T>; mayBeEmpty?: boolean }): Option<T | null> {
  return row(settings, (texts, source) => (texts[0] === undefined ? null : settings.parse(texts[0], source)));
}

/** An option with one value and a default, written as a user would give it. */
export function oneOr<T>(
  settings: Row & { parse: Parse<T>; fallback: string; mayBeEmpty?: boolean },
): Option<T> {
  return row({ shown: settings.fallback, ...settings }, (texts, source) =>
    settings.parse(texts[0] ?? settings.fallback, source),
  );
}

/** An option that must be given, or its variable set. */
export function needed<T>(settings: Row & { parse: Parse<T> }): Option<T> {
  return row({ ...settings, required: true }, (texts, source) => settings.parse(texts[0] as string, source));
}

/** A repeatable option; a variable holds several, separated by commas, white space or line breaks. */
export function many<T>(
  settings: Row & { parse: Parse<T>; required?: boolean; split?: (text: string) => string[] },
): Option<T[]> {
  const split = settings.split ?? splitList;
  return row({ ...settings, repeatable: true }, (texts, source) =>
    (source.startsWith('--') ? texts : texts.flatMap(split)).map((text) => settings.parse(text, source)),
  );
}

/** A switch that is off unless given. */
export function flag(settings: Row): Option<boolean> {
  return row({ ...settings, variables: settings.variables ?? [] }, (texts, source) =>
    texts[0] === undefined ? false : readBoolean(texts[0], source),
  );
}

/** A switch that is off; its variable turns it on by the word `true` alone. */
export function flagByTrue(settings: Row): Option<boolean> {
  return row(settings, (texts) => texts[0]?.trim() === 'true');
}

/** A switch that is on, turned off by `--no-NAME` or by `false` in its variable. */
export function onUnless(settings: Row): Option<boolean> {
  return row({ shown: 'on', ...settings, negated: true }, (texts, source) =>
    texts[0] === undefined ? true : readBoolean(texts[0], source),
  );
}

/** The items of a list in a variable. */
export function splitList(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function readBoolean(text: string, source: string): boolean {
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off)$/i.test(text)) return false;
  throw new UsageError(`Cannot use ${source}: "${text}" is neither true nor false; give true or false`);
}

/** Any text. */
export const asText: Parse<string> = (text) => text;

/** A text of these alone. Throws UsageError. */
export function asChoice<const T extends string>(...choices: readonly T[]): Parse<T> {
  return (text, source) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) {
      throw new UsageError(`Cannot use ${source}: "${text}" is not known; give ${listWords(choices)}`);
    }
    return found;
  };
}

/** Milliseconds of a duration. */
export const asDuration: Parse<number> = (text, source) => {
  const ms = parseDuration(text);
  if (ms === null) {
    throw new UsageError(
      `Cannot use ${source}: "${text}" is no duration; give it as 500ms, 60s, 15m, 1h or 2d`,
    );
  }
  return ms;
};

/** Milliseconds of a duration that is some time at all: a pause of none would ask without end. */
export const asPause: Parse<number> = (text, source) => {
  const ms = asDuration(text, source);
  if (ms > 0) return ms;
  throw new UsageError(`Cannot use ${source}: "${text}" is no time at all; give more, as 500ms or 15s`);
};

/** A whole number within bounds. Throws UsageError. */
export function asInteger(least: number, most: number): Parse<number> {
  return (text, source) => {
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value) || value < least || value > most) {
      throw new UsageError(
        `Cannot use ${source}: "${text}" is not allowed; give a whole number from ${least} to ${most}`,
      );
    }
    return value;
  };
}

/** A whole commit SHA in lower case. */
export const asSha: Parse<string> = (text, source) => {
  if (!isFullSha(text)) {
    throw new UsageError(`Cannot use ${source}: "${text}" is no commit SHA; give all 40 or 64 hex digits`);
  }
  return text.toLowerCase();
};

/** Is this `owner/name`, and no way out of the folder it is put into? */
export function isRepo(text: string): boolean {
  return /^[\w.-]+\/[\w.-]+$/.test(text) && !text.split('/').some((part) => /^\.{1,2}$/.test(part));
}

/** `owner/name`. */
export const asRepo: Parse<string> = (text, source) => {
  if (!isRepo(text)) {
    throw new UsageError(`Cannot use ${source}: "${text}" is no repository; give it as owner/name`);
  }
  return text;
};

/** `I/N` of a fleet or list that N jobs share; I from 1. */
export const asShard: Parse<{ index: number; of: number }> = (text, source) => {
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(text);
  const [index, of] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || index < 1 || of < 1 || index > of) {
    throw new UsageError(
      `Cannot use ${source}: "${text}" is no shard; give it as I/N with I from 1 to N, as 1/4`,
    );
  }
  return { index, of };
};

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
