import { UsageError } from './errors.ts';
import type { Option, OptionTable } from './options.ts';
import type { Command, Environment, Script } from './script.ts';

export interface ParsedCall {
  command: Command;
  options: Record<string, unknown>;
  positionals: string[];
}

/** Which command is meant and with what values. Throws UsageError naming the option and the form it wants. */
export function parseCommandLine(
  script: Script,
  args: readonly string[],
  shared: (command: Command) => OptionTable,
  environment: Environment,
): ParsedCall {
  const { command, rest } = chooseCommand(script, args);
  const table = { ...command.options, ...shared(command) };
  const { given, positionals } = collect(script, command, table, rest);
  const options: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) {
    const isNamedOtherwise = option.rivals.some((rival) => given.has(rival));
    options[name] = readOption(name, option, given.get(name), isNamedOtherwise ? nowhere : environment);
  }
  return { command, options, positionals };
}

const nowhere: Environment = { get: () => undefined };

function chooseCommand(
  script: Script,
  args: readonly string[],
): { command: Command; rest: readonly string[] } {
  const only = script.commands[0] as Command;
  if (only.name === '') return { command: only, rest: args };
  const names = script.commands.map((command) => command.name).join(', ');
  const name = args[0];
  if (name === undefined || name.startsWith('-')) {
    throw new UsageError(`Cannot run ${script.name}: no subcommand is given; give one of ${names}`);
  }
  const command = script.commands.find((candidate) => candidate.name === name);
  if (!command) {
    throw new UsageError(`Cannot run ${script.name}: there is no subcommand "${name}"; give one of ${names}`);
  }
  return { command, rest: args.slice(1) };
}

function collect(
  script: Script,
  command: Command,
  table: OptionTable,
  args: readonly string[],
): { given: Map<string, string[]>; positionals: string[] } {
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] as string;
    if (argument === '--') {
      positionals.push(...args.slice(index + 1));
      break;
    }
    if (!argument.startsWith('-') || argument === '-') {
      positionals.push(argument);
      continue;
    }
    const [written, inline] = splitOnce(argument);
    const { name, option, negative } = findOption(script, table, written);
    if (option.value === null) {
      if (inline !== undefined)
        throw new UsageError(
          `Cannot use ${written}: it is a switch and takes no value; give ${written} alone`,
        );
      add(name, option, negative ? 'false' : 'true');
      continue;
    }
    const value = inline ?? nextValue(args, ++index);
    if (value === undefined)
      throw new UsageError(`Cannot use ${written}: its value is missing; give ${written} ${option.value}`);
    if (value.trim() === '' && !option.mayBeEmpty) {
      throw new UsageError(`Cannot use ${written}: its value is empty; give ${written} ${option.value}`);
    }
    if (value.trim() !== '') add(name, option, value);
  }
  if (positionals.length > 0 && command.positionals === undefined) {
    throw new UsageError(`Cannot use "${positionals[0]}": ${script.name} takes options only; see --help`);
  }
  return { given, positionals };

  function add(name: string, option: Option<unknown>, value: string): void {
    const values = given.get(name) ?? [];
    if (values.length > 0 && !option.repeatable) {
      throw new UsageError(`Cannot use --${name} twice: it takes one value; give it once`);
    }
    given.set(name, [...values, value]);
  }
}

/** The argument behind an option, unless it is an option itself: then the value is missing. */
function nextValue(args: readonly string[], index: number): string | undefined {
  const value = args[index];
  return value?.startsWith('--') ? undefined : value;
}

function splitOnce(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

function findOption(
  script: Script,
  table: OptionTable,
  written: string,
): { name: string; option: Option<unknown>; negative: boolean } {
  const name = written.replace(/^--/, '');
  const option = written.startsWith('--') ? find(table, name) : undefined;
  if (option) return { name, option, negative: false };
  const positive = name.replace(/^no-/, '');
  const negated = written.startsWith('--no-') ? find(table, positive) : undefined;
  if (negated && negated.value === null) return { name: positive, option: negated, negative: true };
  throw new UsageError(`Cannot use ${written}: ${script.name} has no such option; see --help`);
}

/** An option of the table itself: every object has a `constructor` too. */
function find(table: OptionTable, name: string): Option<unknown> | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function readOption(
  name: string,
  option: Option<unknown>,
  given: readonly string[] | undefined,
  environment: Environment,
): unknown {
  if (given) return option.read(given, `--${name}`);
  for (const variable of option.variables) {
    const text = environment.get(variable);
    if (text === undefined || text.trim() === '') continue;
    const value = option.read([text], variable);
    if (!option.required || !Array.isArray(value) || value.length > 0) return value;
  }
  if (option.required) {
    const variables = option.variables.length > 0 ? `, or set ${option.variables.join(' or ')}` : '';
    throw new UsageError(
      `Cannot run without --${name}: it is missing; give --${name} ${option.value}${variables}`,
    );
  }
  return option.read([], `--${name}`);
}
