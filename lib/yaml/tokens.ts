import { isBlankOrEnd, isBreak, isBreakOrEnd, isBlank, Cursor, YamlSyntaxError } from './cursor.ts';
import { scanBlock, scanPlain, scanQuoted } from './scalars.ts';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** `map` and `seq` open a block collection that `end` closes; the rest are as written in the text. */
export type TokenType =
  | 'scalar'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'key'
  | 'value'
  | 'entry'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | 'map'
  | 'seq'
  | 'end'
  | 'document'
  | 'documentEnd'
  | 'directive'
  | 'streamEnd';

export interface Token {
  type: TokenType;
  start: number;
  end: number;
  /** The text of a scalar, or the name of an alias, anchor, tag or directive. */
  value: string;
  style: ScalarStyle;
}

/** Deeper than any workflow; the limit keeps everything that walks the tree from overflowing. */
const deepest = 400;
/** `:` must follow within so many characters for a text to be a key. */
const longestKey = 1024;

/** A place where a key may begin whose `:` has not been seen yet. */
interface PendingKey {
  token: number;
  at: number;
  lineStart: number;
  column: number;
  /** At the indentation of the mapping: only a key may stand here. */
  required: boolean;
}

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
  private readonly pending: (PendingKey | null)[] = [null];
  private keyAllowed = true;
  private ended = false;

  constructor(text: string) {
    this.cursor = new Cursor(text);
    if (text.charCodeAt(0) === 0xfeff) this.cursor.at = this.cursor.lineStart = 1;
  }

  /** The token of a number, from 0; the last one, `streamEnd`, for any number beyond. */
  tokenAt(index: number): Token {
    while (!this.ended && (this.tokens.length < index + 3 || this.mayBecomeKey(index))) this.scanNext();
    return (this.tokens[index] ?? this.tokens.at(-1)) as Token;
  }

  private scanNext(): void {
    this.passToToken();
    this.unroll(this.cursor.column);
    if (this.cursor.code() !== 0) return this.scanToken();
    this.unroll(-1);
    this.dropPending();
    this.push('streamEnd', this.cursor.at);
    this.ended = true;
  }

  /** Whether a `:` still to come can turn the token into a key. */
  private mayBecomeKey(index: number): boolean {
    const level = this.pending.findIndex((key) => key?.token === index);
    const key = this.pending[level];
    if (!key) return false;
    if (this.isOpen(key)) return true;
    if (key.required) throw missingColon(this.cursor.text, key.at);
    this.pending[level] = null;
    return false;
  }

  private isOpen(key: PendingKey): boolean {
    return key.lineStart === this.cursor.lineStart && key.at + longestKey >= this.cursor.at;
  }

  private get inFlow(): boolean {
    return this.pending.length > 1;
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
        this.dropPending();
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

  private passToToken(): void {
    const { cursor } = this;
    for (;;) {
      let code = cursor.code();
      while (code === 0x20 || (code === 0x09 && (this.inFlow || !this.keyAllowed))) {
        cursor.at++;
        code = cursor.code();
      }
      if (code === 0x23) {
        this.passComments();
        code = cursor.code();
      }
      if (!isBreak(code)) return;
      cursor.passBreak();
      if (!this.inFlow) this.keyAllowed = true;
    }
  }

  /** Comment lines that follow each other are taken at once, whatever blanks they are indented by. */
  private passComments(): void {
    const { cursor } = this;
    for (;;) {
      const start = cursor.at;
      cursor.passToLineEnd();
      this.comments.push([start, cursor.at]);
      const follow = /[ \t\r\n]{0,511}#/y;
      follow.lastIndex = cursor.at;
      const found = follow.exec(cursor.text);
      if (!found) return;
      const target = follow.lastIndex - 1;
      while (cursor.at < target) {
        if (isBreak(cursor.code())) cursor.passBreak();
        else cursor.at++;
      }
      if (!this.inFlow) this.keyAllowed = true;
    }
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
    const { cursor } = this;
    if (!this.keyAllowed) return;
    this.dropPending();
    this.pending[this.pending.length - 1] = {
      token: this.tokens.length,
      at: cursor.at,
      lineStart: cursor.lineStart,
      column: cursor.column,
      required: !this.inFlow && this.indent === cursor.column,
    };
  }

  private dropPending(): void {
    const key = this.pending.at(-1);
    if (key?.required) throw missingColon(this.cursor.text, key.at);
    this.pending[this.pending.length - 1] = null;
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
    if (this.pending.length + this.indents.length > deepest) {
      throw new YamlSyntaxError(`it is nested more than ${deepest} levels deep`, at);
    }
  }

  private openFlow(type: '[' | '{'): void {
    this.savePending();
    this.pending.push(null);
    this.checkDepth(this.cursor.at);
    this.keyAllowed = true;
    this.pushSign(type);
  }

  private closeFlow(type: ']' | '}'): void {
    this.dropPending();
    if (this.inFlow) this.pending.pop();
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
    this.dropPending();
    this.keyAllowed = true;
    this.pushSign('entry');
  }

  private scanKeySign(): void {
    const { cursor } = this;
    if (!this.inFlow) {
      if (!this.keyAllowed) throw new YamlSyntaxError('a key ("? ") cannot begin here', cursor.at);
      this.roll('map', cursor.column, this.tokens.length, cursor.at);
    }
    this.dropPending();
    this.keyAllowed = !this.inFlow;
    this.pushSign('key');
  }

  private scanValueSign(): void {
    const { cursor } = this;
    const key = this.pending.at(-1);
    if (key && this.isOpen(key)) {
      const { at, token, column } = key;
      this.tokens.splice(token, 0, { type: 'key', start: at, end: at, value: '', style: 'plain' });
      this.roll('map', column, token, at);
      this.pending[this.pending.length - 1] = null;
      this.keyAllowed = false;
    } else {
      if (key?.required) throw missingColon(cursor.text, key.at);
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
    const { cursor } = this;
    this.savePending();
    this.keyAllowed = false;
    const start = cursor.at;
    const name = /[0-9A-Za-z_-]*/y;
    name.lastIndex = start + 1;
    const value = name.exec(cursor.text)?.[0] ?? '';
    cursor.at = start + 1 + value.length;
    const code = cursor.code();
    if (value === '' || !(isBlankOrEnd(code) || '?:,]}%@`'.includes(String.fromCharCode(code)))) {
      throw new YamlSyntaxError(
        `"${cursor.text[start]}" begins an ${type}, whose name has letters, digits, "_" and "-" only; put other texts in quotes`,
        start,
      );
    }
    this.push(type, start, cursor.at, value);
  }

  private scanTag(): void {
    const { cursor } = this;
    this.savePending();
    this.keyAllowed = false;
    const start = cursor.at;
    const tag = /!<[^\s>]+>|![0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]*/y;
    tag.lastIndex = start;
    const value = tag.exec(cursor.text)?.[0] ?? '!';
    cursor.at = start + value.length;
    if (!isBlankOrEnd(cursor.code())) throw new YamlSyntaxError('a tag is not understood', start);
    this.push('tag', start, cursor.at, value);
  }

  private scanBlockScalar(style: 'literal' | 'folded'): void {
    this.dropPending();
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
    const { cursor } = this;
    const start = cursor.at;
    const directive = /%(YAML[ \t]+\d{1,2}\.\d{1,2}|TAG[ \t]+![0-9A-Za-z_-]*!?[ \t]+\S+)(?=\s|$)/y;
    directive.lastIndex = start;
    const value = directive.exec(cursor.text)?.[1];
    if (value === undefined) {
      throw new YamlSyntaxError(
        'a line that begins with "%" is a YAML directive, and this one is none',
        start,
      );
    }
    cursor.at = start + 1 + value.length;
    cursor.passBlanks();
    if (cursor.code() === 0x23) cursor.passToLineEnd();
    if (!isBreakOrEnd(cursor.code())) throw new YamlSyntaxError('text stands behind a directive', cursor.at);
    this.push('directive', start, cursor.at, value);
  }

  private unrollAll(): void {
    this.unroll(-1);
    this.dropPending();
    this.keyAllowed = false;
  }
}

function cannotStart(code: number): boolean {
  return '#&*!|>\'"%@`-?:,[]{}'.includes(String.fromCharCode(code)) || isBlankOrEnd(code);
}

function missingColon(text: string, at: number): YamlSyntaxError {
  const line = /[^\r\n]*/y;
  line.lastIndex = at;
  const shown = (line.exec(text)?.[0] ?? '').slice(0, 40);
  return new YamlSyntaxError(`"${shown}" is neither a key nor part of a value: its ":" is missing`, at);
}
