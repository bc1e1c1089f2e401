import { scanBlock } from './block-scalar.ts';
import { isBlank, isBlankOrEnd, Cursor, YamlSyntaxError } from './cursor.ts';
import { passGap } from './gaps.ts';
import { scanAnchorName, scanDirectiveWords, scanTagName } from './names.ts';
import { PendingKeys } from './pending-keys.ts';
import { scanPlain } from './plain-scalar.ts';
import { scanQuoted } from './quoted-scalar.ts';
import type { ScalarStyle, Token, TokenType } from './token.ts';

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
    const isPlain =
      code === 0x2d ? !isBlank(next) : code === 0x3f || code === 0x3a ? !this.inFlow : !cannotStart(code);
    if (!isPlain) {
      const shown = code === 0x09 ? 'a tab' : `"${cursor.text[cursor.at]}"`;
      const mend = code === 0x09 ? 'indent with spaces' : 'put the text in quotes';
      throw new YamlSyntaxError(`${shown} cannot begin a value; ${mend}`, cursor.at);
    }
    this.savePending();
    this.keyAllowed = false;
    const start = cursor.at;
    const { value, end, endedLine } = scanPlain(cursor, { indent: this.indent + 1, inFlow: this.inFlow });
    if (endedLine) this.keyAllowed = true;
    this.push('scalar', start, end, value);
  }

  private push(
    type: TokenType,
    start: number,
    end = this.cursor.at,
    value = '',
    style: ScalarStyle = 'plain',
  ): void {
    this.tokens.push({ type, start, end, value, style });
  }

  private pushSign(type: TokenType): void {
    this.push(type, this.cursor.at, ++this.cursor.at);
  }

  private savePending(): void {
    if (!this.keyAllowed) return;
    const required = !this.inFlow && this.indent === this.cursor.column;
    this.pending.save({ token: this.tokens.length, required });
  }

  /** Opens a block collection at a column, before the token of that number. */
  private roll(type: 'map' | 'seq', column: number, token: number, at: number): void {
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
    const { cursor } = this;
    if (!this.inFlow) {
      if (!this.keyAllowed) {
        throw new YamlSyntaxError(
          'a list item ("- ") cannot begin here; put it on a line of its own',
          cursor.at,
        );
      }
      this.roll('seq', cursor.column, this.tokens.length, cursor.at);
    }
    this.pending.drop();
    this.keyAllowed = true;
    this.pushSign('entry');
  }

  private scanKeySign(): void {
    const { cursor } = this;
    if (!this.inFlow) {
      if (!this.keyAllowed) throw new YamlSyntaxError('a key ("? ") cannot begin here', cursor.at);
      this.roll('map', cursor.column, this.tokens.length, cursor.at);
    }
    this.pending.drop();
    this.keyAllowed = !this.inFlow;
    this.pushSign('key');
  }

  private scanValueSign(): void {
    const { cursor } = this;
    const key = this.pending.current;
    if (key && this.pending.isOpen(key)) {
      const { at, token, column } = key;
      this.tokens.splice(token, 0, { type: 'key', start: at, end: at, value: '', style: 'plain' });
      this.roll('map', column, token, at);
      this.pending.forget();
      this.keyAllowed = false;
    } else {
      if (key?.required) this.pending.drop();
      if (!this.inFlow) {
        if (!this.keyAllowed) {
          throw new YamlSyntaxError('": " cannot stand here; put the text in quotes', cursor.at);
        }
        this.roll('map', cursor.column, this.tokens.length, cursor.at);
      }
      this.keyAllowed = !this.inFlow;
    }
    this.pushSign('value');
  }

  private scanAnchor(type: 'alias' | 'anchor'): void {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const name = scanAnchorName(this.cursor, type);
    this.push(type, start, this.cursor.at, name);
  }

  private scanTag(): void {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const name = scanTagName(this.cursor);
    this.push('tag', start, this.cursor.at, name);
  }

  private scanBlockScalar(style: 'literal' | 'folded'): void {
    this.pending.drop();
    this.keyAllowed = true;
    const start = this.cursor.at;
    const { value, end } = scanBlock(this.cursor, this.indent);
    this.push('scalar', start, end, value, style);
  }

  private scanQuotedScalar(style: 'single' | 'double'): void {
    this.savePending();
    this.keyAllowed = false;
    const start = this.cursor.at;
    const value = scanQuoted(this.cursor);
    this.push('scalar', start, this.cursor.at, value, style);
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
    const words = scanDirectiveWords(this.cursor);
    this.push('directive', start, this.cursor.at, words);
  }

  private unrollAll(): void {
    this.unroll(-1);
    this.pending.drop();
    this.keyAllowed = false;
  }
}

function cannotStart(code: number): boolean {
  return '#&*!|>\'"%@`-?:,[]{}'.includes(String.fromCharCode(code)) || isBlankOrEnd(code);
}
