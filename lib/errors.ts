/** The call is wrong: an argument or a variable. Ends with exit code 2 and this one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * The world could not be read, so nothing can be decided. Ends with exit code 3.
 * The message follows `Cannot <verb> <object>: <what was found>; <mend>`.
 */
export class CouldNotTell extends Error {
  override readonly name: string = 'CouldNotTell';
  /** Commands or actions that mend it, most useful first. */
  readonly next: readonly string[];

  constructor(message: string, { cause, next = [] }: { cause?: unknown; next?: readonly string[] } = {}) {
    super(message, { cause });
    this.next = next;
  }
}
