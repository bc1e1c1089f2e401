import { scanBlock } from './block-scalar.ts';
import { isBlankOrEnd, Cursor, YamlSyntaxError } from './cursor.ts';
import { passGap } from './gaps.ts';
import { scanAnchorName, scanDirectiveWords, scanTagName } from './names.ts';
import { PendingKeys, type KeyPlace } from './pending-keys.ts';
import { assertPlainStart, scanPlain } from './plain-scalar.ts';
import { scanQuoted } from './quoted-scalar.ts';
import type { Token, TokenType } from './token.ts';

/** Deeper than any workflow; the limit keeps everything that walks the tree from overflowing. */
const deepest = 400;

/**
 * The tokens of a text, as libyaml's grammar (YAML 1.1) has them: that is what the servers' parser,
 * go-yaml v3, reads. They are made on demand, because it never sees a fault that lies more than two
 * tokens behind the first document. `tokenAt` throws YamlSyntaxError.
 */
export class Scanner {
  private readonly tokens: Token[] = [];
  readonly comments: [number, number][] = [];
  private readonly cursor: Cursor;
  private indent = -1;
  private readonly indents: number[] = [];
  private readonly pending: PendingKeys;
  private keyAllowed = true;
  private ended = false;

  constructor(text: string) {
    this.cursor = new Cursor(text);
    this.pending = new PendingKeys(this.cursor);
    if (text.charCodeAt(0) === 0xfeff) this.cursor.at = this.cursor.lineStart = 1;
  }

  /** The token of a number, from 0; the last one, `streamEnd`, for any number beyond. */
  tokenAt(index: number): Token {
    while (!this.ended && (this.tokens.length < index + 3 || this.pending.mayBecomeKey(index)))
      this.scanNext();
    return (this.tokens[index] ?? this.tokens.at(-1)) as Token;
  }

  private scanNext(): void {
    const { inFlow, keyAllowed, comments } = this;
    this.keyAllowed = passGap(this.cursor, { inFlow, keyAllowed, comments });
    this.unroll(this.cursor.column);
    if (this.cursor.code() !== 0) return this.scanToken();
    this.unroll(-1);
    this.pending.drop();
    this.push('streamEnd', this.cursor.at);
    this.ended = true;
  }

  private get inFlow(): boolean {
    return this.pending.inFlow;
  }

  private scanToken(): void {
    const { cursor } = this;
    const code = cursor.code();
    if (cursor.isAtDocumentMark()) return this.scanDocumentMark();
    if (code === 0x25 && cursor.column === 0) return this.scanDirective();
    const next = cursor.code(1);
    switch (code) {
      case 0x5b:
        return this.openFlow('[');
      case 0x7b:
        return this.openFlow('{');
      case 0x5d:
        return this.closeFlow(']');
      case 0x7d:
        return this.closeFlow('}');
      case 0x2c:
        this.pending.drop();
        this.keyAllowed = true;
        return this.pushSign(',');
      case 0x2d:
        if (isBlankOrEnd(next)) return this.scanEntry();
        break;
      case 0x3f:
        if (this.inFlow || isBlankOrEnd(next)) return this.scanKeySign();
        break;
      case 0x3a:
        if (this.inFlow || isBlankOrEnd(next)) return this.scanValueSign();
        break;
      case 0x2a:
        return this.scanAnchor('alias');
      case 0x26:
        return this.scanAnchor('anchor');
      case 0x21:
        return this.scanTag();
      case 0x7c:
      case 0x3e:
        if (!this.inFlow) return this.scanBlockScalar(code === 0x7c ? 'literal' : 'folded');
        break;
      case 0x22:
      case 0x27:
        return this.scanQuotedScalar(code === 0x22 ? 'double' : 'single');
    }
    this.scanPlainScalar();
  }

  /** Adds a token that ends at the cursor, unless an end is given. */
  private push(type: TokenType, start: number, content: Partial<Token> = {}): void {
    const { end = this.cursor.at, value = '', style = 'plain' } = content;
    this.tokens.push({ type, start, end, value, style });
  }

  private pushSign(type: TokenType): void {
    this.push(type, this.cursor.at++);
  }

  private savePending(): void {
    if (!this.keyAllowed) return;
    const required = !this.inFlow && this.indent === this.cursor.column;
    this.pending.save({ token: this.tokens.length, required });
  }

  /** Opens a block collection at the cursor. Throws YamlSyntaxError with these words where nothing may begin there. */
  private rollHere(type: 'map' | 'seq', refusal: string): void {
    if (this.inFlow) return;
    const { at, column } = this.cursor;
    if (!this.keyAllowed) throw new YamlSyntaxError(refusal, at);
    this.roll(type, { at, column, token: this.tokens.length });
  }

  /** Opens a block collection at a column, before the token of that number. */
  private roll(type: 'map' | 'seq', { at, column, token }: KeyPlace): void {
    if (this.inFlow || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    this.checkDepth(at);
    this.tokens.splice(token, 0, { type, start: at, end: at, value: '', style: 'plain' });
  }

  private unroll(column: number): void {
    if (this.inFlow) return;
    while (this.indent > column) {
      this.push('end', this.cursor.at);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private checkDepth(at: number): void {
    if (this.pending.depth + this.indents.length > deepest) {
      throw new YamlSyntaxError(`it is nested more than ${deepest} levels deep`, at);
    }
  }

  private openFlow(type: '[' | '{'): void {
    this.savePending();
    this.pending.openLevel();
    this.checkDepth(this.cursor.at);
    this.keyAllowed = true;
    this.pushSign(type);
  }

  private closeFlow(type: ']' | '}'): void {
    this.pending.drop();
    this.pending.closeLevel();
    this.keyAllowed = false;
    this.pushSign(type);
  }

  private scanEntry(): void {
    this.rollHere('seq', 'a list item ("- ") cannot begin here; put it on a line of its own');
    this.pending.drop();
    this.keyAllowed = true;
    this.pushSign('entry');
  }

  private scanKeySign(): void {
    this.rollHere('map', 'a key ("? ") cannot begin here');
    this.pending.drop();
    this.keyAllowed = !this.inFlow;
    this.pushSign('key');
  }

  private scanValueSign(): void {
    const key = this.pending.current;
    if (key && this.pending.isOpen(key)) {
      const { at, token } = key;
      this.tokens.splice(token, 0, { type: 'key', start: at, end: at, value: '', style: 'plain' });
      this.roll('map', key);
      this.pending.forget();
      this.keyAllowed = false;
    } else {
      if (key?.required) this.pending.drop();
      this.rollHere('map', '": " cannot stand here; put the text in quotes');
      this.keyAllowed = !this.inFlow;
    }
    this.pushSign('value');
  }

  private scanAnchor(type: 'alias' | 'anchor'): void {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const value = scanAnchorName(this.cursor, type);
    this.push(type, start, { value });
  }

  private scanTag(): void {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const value = scanTagName(this.cursor);
    this.push('tag', start, { value });
  }

  private scanBlockScalar(style: 'literal' | 'folded'): void {
    this.pending.drop();
    this.keyAllowed = true;
    const start = this.cursor.at;
    const { value, end } = scanBlock(this.cursor, this.indent);
    this.push('scalar', start, { value, end, style });
  }

  private scanQuotedScalar(style: 'single' | 'double'): void {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const value = scanQuoted(this.cursor);
    this.push('scalar', start, { value, style });
  }

  private scanPlainScalar(): void {
    const { cursor, inFlow } = this;
    assertPlainStart(cursor, { inFlow });
    this.savePending();
    const start = cursor.at;
    const { value, end, endedLine } = scanPlain(cursor, { indent: this.indent + 1, inFlow });
    this.keyAllowed = endedLine;
    this.push('scalar', start, { value, end });
  }

  private scanDocumentMark(): void {
    this.unrollAll();
    const start = this.cursor.at;
    const type = this.cursor.code() === 0x2d ? 'document' : 'documentEnd';
    this.cursor.at += 3;
    this.push(type, start);
  }

  private scanDirective(): void {
    this.unrollAll();
    const start = this.cursor.at;
    const value = scanDirectiveWords(this.cursor);
    this.push('directive', start, { value });
  }

  private unrollAll(): void {
    this.unroll(-1);
    this.pending.drop();
    this.keyAllowed = false;
  }
}
