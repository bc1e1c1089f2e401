import { YamlSyntaxError, type Cursor } from './cursor.ts';

/** Where a key begins, or may begin. */
export interface KeyPlace {
  /** The number of the token that it would become. */
  token: number;
  at: number;
  column: number;
}

/** A place where a key may begin whose `:` has not been seen yet. */
export interface PendingKey extends KeyPlace {
  lineStart: number;
  /** At the indentation of the mapping: only a key may stand here. */
  required: boolean;
}

/** `:` must follow within so many characters for a text to be a key. */
const longestKey = 1024;

/** For the block level and each flow collection inside it, the key that may have begun there. */
export class PendingKeys {
  private readonly cursor: Cursor;
  private readonly levels: (PendingKey | null)[] = [null];

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  get depth(): number {
    return this.levels.length;
  }

  get inFlow(): boolean {
    return this.levels.length > 1;
  }

  get current(): PendingKey | null {
    return this.levels.at(-1) ?? null;
  }

  openLevel(): void {
    this.levels.push(null);
  }

  closeLevel(): void {
    if (this.inFlow) this.levels.pop();
  }

  /** A key may begin at the cursor. */
  save({ token, required }: { token: number; required: boolean }): void {
    const { at, lineStart, column } = this.cursor;
    this.drop();
    this.levels[this.levels.length - 1] = { token, at, lineStart, column, required };
  }

  /** What may have begun is no key. Throws YamlSyntaxError where it must be one. */
  drop(): void {
    const key = this.current;
    if (key?.required) throw missingColon(this.cursor.text, key.at);
    this.forget();
  }

  /** It has become a key. */
  forget(): void {
    this.levels[this.levels.length - 1] = null;
  }

  /** Can a `:` at the cursor still make it a key? */
  isOpen(key: PendingKey): boolean {
    return key.lineStart === this.cursor.lineStart && key.at + longestKey >= this.cursor.at;
  }

  /**
   * Can a `:` still to come turn the token of that number into a key? Throws YamlSyntaxError where it must and cannot.
   */
  mayBecomeKey(token: number): boolean {
    const level = this.levels.findIndex((key) => key?.token === token);
    const key = this.levels[level];
    if (!key) return false;
    if (this.isOpen(key)) return true;
    if (key.required) throw missingColon(this.cursor.text, key.at);
    this.levels[level] = null;
    return false;
  }
}

function missingColon(text: string, at: number): YamlSyntaxError {
  const line = /[^\r\n]*/y;
  line.lastIndex = at;
  const shown = (line.exec(text)?.[0] ?? '').slice(0, 40);
  return new YamlSyntaxError(`"${shown}" is neither a key nor part of a value: its ":" is missing`, at);
}
