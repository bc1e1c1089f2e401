import { YamlSyntaxError } from './cursor.ts';
import { Scanner } from './scanner.ts';
import type { Token, TokenType } from './token.ts';

/** A text's tokens, taken one after the other. Every look at one throws YamlSyntaxError where there is a fault. */
export class TokenStream {
  /** Where the token that was taken last ends. */
  lastEnd = 0;
  private readonly scanner: Scanner;
  private at = 0;

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  /** The token that would be taken next. */
  peek(): Token {
    return this.scanner.tokenAt(this.at);
  }

  /** Those of the text that was looked at so far. */
  get comments(): readonly [number, number][] {
    return this.scanner.comments;
  }

  is(type: TokenType): boolean {
    return this.peek().type === type;
  }

  take(): Token {
    const next = this.peek();
    this.at++;
    this.lastEnd = next.end;
    return next;
  }

  fail(message: string, at = this.peek().start): never {
    throw new YamlSyntaxError(message, at);
  }
}
