/** The answer is no: what was found may not be written, or is not what was locked. Ends with exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** Commands or actions that mend it, most useful first. */
  readonly next: readonly string[];

  constructor(message: string, next: readonly string[] = []) {
    super(message);
    this.next = next;
  }
}
