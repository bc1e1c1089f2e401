import type { Clock } from './clock.ts';
import type { OptionTable, OptionValues } from './options.ts';
import type { Redactor } from './redact.ts';
import type { StopWork } from './stop.ts';

/** A script as the folder `scripts/` exports it: `--help`, parsing and the README section are made from it. */
export interface Script {
  readonly name: string;
  /** One sentence: the question it answers. */
  readonly summary: string;
  /** One command, or several called by their names. */
  readonly commands: readonly Command[];
  /** `name: meaning` of each output. */
  readonly outputs: Readonly<Record<string, string>>;
  /** `code: meaning` where the common meaning is not enough. */
  readonly exits?: Readonly<Record<number, string>>;
}

/** Call `defineCommand` to make one: it ties the options' types to `main`. */
export interface Command {
  /** Empty for a script's only command. */
  readonly name: string;
  readonly summary?: string;
  readonly options: OptionTable;
  /** What may stand without a name, as `[PATH …]`. */
  readonly positionals?: string;
  /** stdout carries the verdict's `result` alone; the log goes to stderr. */
  readonly bareResult?: boolean;
  readonly main: (call: Call<never>) => Promise<Verdict>;
}

export interface Call<O> {
  readonly options: O;
  readonly positionals: readonly string[];
  readonly environment: Environment;
  readonly log: Log;
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** Is stdout a terminal that takes colour? */
  readonly hasColour: boolean;
  /** `NAME/X.Y.Z`, for servers' logs. */
  readonly agent: string;
  readonly processes: Processes;
  /** Runs when the process is told to stop half way. */
  readonly onStop: (work: StopWork) => void;
}

/** Processes of this machine, by their ids. */
export interface Processes {
  readonly own: number;
  isAlive(id: number): boolean;
}

export interface Environment {
  /** A variable's value; undefined where it is not set or empty. */
  get(name: string): string | undefined;
}

export interface Place {
  file: string;
  line?: number;
  column?: number;
}

export interface Log {
  line(text: string): void;
  notice(text: string, place?: Place): void;
  warning(text: string, place?: Place): void;
  error(text: string, place?: Place): void;
  /** A live line on a terminal; nothing elsewhere. */
  progress(text: string): void;
}

export interface Evidence {
  what: string;
  url?: string;
  value: string;
}

/** What was decided, from what, and what to do next: the one thing a command hands back. */
export interface Verdict {
  readonly decision: string;
  readonly exit: 0 | 1 | 2 | 3 | 10;
  readonly proceed: boolean;
  /** One sentence. */
  readonly reason: string;
  readonly changed?: boolean;
  /** The answer is *not yet* or *held*: `--defer-code` sets its exit code. */
  readonly deferred?: boolean;
  readonly subject?: Readonly<Record<string, string>>;
  readonly evidence?: readonly Evidence[];
  readonly next?: readonly string[];
  readonly details?: Readonly<Record<string, unknown>>;
  /** Outputs beside `decision`, `proceed` and `reason`. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Markdown that stands in the summary behind the verdict instead of the evidence table. */
  readonly summary?: string;
  /** What a command with `bareResult` prints on stdout. */
  readonly result?: string;
  /** How the reason is announced; by default an error for exit codes 1 to 3, a notice otherwise. */
  readonly announce?: 'error' | 'warning' | 'notice' | 'nothing';
}

/** Ties a command's options to the call that its `main` gets. */
export function defineCommand<T extends OptionTable>(
  command: Omit<Command, 'options' | 'main'> & {
    options: T;
    main: (call: Call<OptionValues<T>>) => Promise<Verdict>;
  },
): Command {
  return command as unknown as Command;
}
