import { YamlSyntaxError } from './cursor.ts';
import type { ScalarStyle, Token, TokenType } from './token.ts';
import { Scanner } from './scanner.ts';

/** A node as go-yaml v3 has it: an alias is a node of its own that points at its target. */
export interface YamlNode {
  kind: 'map' | 'seq' | 'scalar' | 'alias';
  /** A scalar's text, or an alias' name. */
  value: string;
  style: ScalarStyle;
  /** Written in `{}` or `[]`. */
  flow: boolean;
  /** The tag that is written there, in its short form; empty where none is. */
  tag: string;
  anchor: string;
  target: YamlNode | null;
  /** Items of a list; keys and values of a map in turn. */
  items: YamlNode[];
  start: number;
  end: number;
}

const empty: readonly YamlNode[] = [];

/** A node without content, from one offset in its text to another. */
export function makeNode(kind: YamlNode['kind'], start: number, end: number): YamlNode {
  return {
    kind,
    value: '',
    style: 'plain',
    flow: false,
    tag: '',
    anchor: '',
    target: null,
    items: kind === 'map' || kind === 'seq' ? [] : (empty as YamlNode[]),
    start,
    end,
  };
}

/** The tree of a text's first document, null where there is none, and what stands behind it. Throws YamlSyntaxError. */
export function parseNodes(text: string): {
  root: YamlNode | null;
  /** Where a second document with something in it begins; null where there is none. */
  further: number | null;
  comments: [number, number][];
} {
  const scanner = new Scanner(text);
  const parser = new Parser(scanner);
  const root = parser.parseDocument();
  const comments = [...scanner.comments];
  return { root, further: parser.findFurther(), comments };
}

class Parser {
  private readonly scanner: Scanner;
  private at = 0;
  private lastEnd = 0;
  private readonly anchors = new Map<string, YamlNode>();
  private readonly handles = new Map([
    ['!', '!'],
    ['!!', 'tag:yaml.org,2002:'],
  ]);

  constructor(scanner: Scanner) {
    this.scanner = scanner;
  }

  private get type(): TokenType {
    return this.token.type;
  }

  private get token(): Token {
    return this.scanner.tokenAt(this.at);
  }

  private take(): Token {
    const { token } = this;
    this.at++;
    this.lastEnd = token.end;
    return token;
  }

  private fail(message: string, at = this.token.start): never {
    throw new YamlSyntaxError(message, at);
  }

  parseDocument(): YamlNode | null {
    if (this.type === 'streamEnd') return null;
    const root = this.parseContent();
    // The servers look at the token behind the document too, and so find a fault there.
    this.scanner.tokenAt(this.at);
    return root;
  }

  /** The servers stop before it, so that a fault in it is none. */
  findFurther(): number | null {
    let start = this.lastEnd;
    try {
      for (; this.type !== 'streamEnd'; this.take()) {
        if (this.type !== 'document' && this.type !== 'documentEnd') return start;
        start = this.token.start;
      }
      return null;
    } catch (error) {
      if (error instanceof YamlSyntaxError) return start;
      throw error;
    }
  }

  private parseContent(): YamlNode {
    let hasVersion = false;
    const hasDirectives = this.type === 'directive';
    while (this.type === 'directive') {
      const [name, first = '', prefix = ''] = this.token.value.split(/[ \t]+/);
      if (name === 'TAG') this.handles.set(first, prefix);
      else if (hasVersion || first !== '1.1') this.fail('the servers read YAML 1.1 only');
      else hasVersion = true;
      this.take();
    }
    if (this.type === 'document') this.take();
    else if (hasDirectives) this.fail('a directive needs "---" behind it');
    else return this.parseNode(true, false);
    const isEmpty = ['directive', 'document', 'documentEnd', 'streamEnd'].includes(this.type);
    return isEmpty ? this.makeEmpty(this.token.start) : this.parseNode(true, false);
  }

  private makeEmpty(at: number): YamlNode {
    return makeNode('scalar', at, at);
  }

  /** `isBlock`: block collections may stand here; `indentless`: a list may be no deeper than its key. */
  private parseNode(isBlock: boolean, indentless: boolean): YamlNode {
    if (this.type === 'alias') {
      const { value, start, end } = this.take();
      const node = makeNode('alias', start, end);
      node.value = value;
      node.target =
        this.anchors.get(value) ??
        this.fail(`the alias "*${value}" has no anchor "&${value}" before it`, start);
      return node;
    }
    const { start } = this.token;
    let anchor = '';
    let tag = '';
    for (let more = true; more;) {
      if (this.type === 'anchor' && anchor === '') anchor = this.take().value;
      else if (this.type === 'tag' && tag === '') tag = this.resolveTag(this.take());
      else more = false;
    }
    const node = this.startContent(isBlock, indentless, anchor !== '' || tag !== '');
    if (tag !== '!') node.tag = tag;
    if (anchor !== '') {
      node.anchor = anchor;
      // Known before the content is read: an anchor may be named inside itself.
      this.anchors.set(anchor, node);
    }
    this.fillContent(node);
    node.start = Math.min(start, node.start);
    return node;
  }

  private startContent(isBlock: boolean, indentless: boolean, hasProperties: boolean): YamlNode {
    const { type, start, end, value, style } = this.token;
    if (type === 'scalar') {
      const node = makeNode('scalar', start, end);
      node.value = value;
      node.style = style;
      return node;
    }
    if (type === '[' || type === '{') {
      const node = makeNode(type === '[' ? 'seq' : 'map', start, end);
      node.flow = true;
      return node;
    }
    if ((isBlock && type === 'seq') || (indentless && type === 'entry')) return makeNode('seq', start, end);
    if (isBlock && type === 'map') return makeNode('map', start, end);
    if (hasProperties) return this.makeEmpty(this.lastEnd);
    return this.fail('a value is expected here');
  }

  private fillContent(node: YamlNode): void {
    const { type } = this.token;
    if (node.kind === 'scalar') {
      if (type === 'scalar' && this.token.start === node.start) this.take();
    } else if (node.flow) {
      this.take();
      if (node.kind === 'seq') this.fillFlowSeq(node);
      else this.fillFlowMap(node);
    } else if (type === 'entry') this.fillEntries(node, ['entry', 'key', 'value', 'end']);
    else if (type === 'seq') {
      this.take();
      this.fillEntries(node, ['entry', 'end']);
      this.close(node, 'a list item ("- ") is expected here; look at the indentation');
    } else {
      this.take();
      this.fillMap(node);
      this.close(node, 'a key is expected here; look at the indentation');
    }
  }

  private close(node: YamlNode, expected: string): void {
    if (this.type !== 'end') this.fail(expected);
    this.take();
    node.end = Math.max(node.end, node.items.at(-1)?.end ?? node.end);
  }

  private fillEntries(node: YamlNode, afterEmpty: readonly TokenType[]): void {
    while (this.type === 'entry') {
      const { end } = this.take();
      node.items.push(afterEmpty.includes(this.type) ? this.makeEmpty(end) : this.parseNode(true, false));
    }
    node.end = node.items.at(-1)?.end ?? node.end;
  }

  private fillMap(node: YamlNode): void {
    while (this.type === 'key') {
      node.items.push(this.parsePart('key'));
      node.items.push(this.parsePart('value'));
    }
  }

  /** A key or a value of a block mapping; empty where its sign or what follows it is missing. */
  private parsePart(sign: 'key' | 'value'): YamlNode {
    if (this.type !== sign) return this.makeEmpty(this.token.start);
    const { end } = this.take();
    const { type } = this;
    return type === 'key' || type === 'value' || type === 'end'
      ? this.makeEmpty(end)
      : this.parseNode(true, true);
  }

  private fillFlowSeq(node: YamlNode): void {
    for (let first = true; this.type !== ']'; first = false) {
      if (!first) {
        if (this.type !== ',') this.fail('"," or "]" is expected here');
        this.take();
        if (this.peekIs(']')) break;
      }
      if (this.peekIs('key')) {
        const { start } = this.take();
        const pair = makeNode('map', start, start);
        pair.flow = true;
        const isOver = (): boolean => this.type === ',' || this.type === ']';
        pair.items.push(
          isOver() || this.peekIs('value') ? this.makeEmpty(this.token.start) : this.parseNode(false, false),
        );
        pair.items.push(this.parseFlowValue(isOver));
        pair.end = pair.items[1]?.end ?? start;
        node.items.push(pair);
      } else node.items.push(this.parseNode(false, false));
    }
    node.end = this.take().end;
  }

  private fillFlowMap(node: YamlNode): void {
    const isOver = (): boolean => this.type === ',' || this.type === '}';
    for (let first = true; this.type !== '}'; first = false) {
      if (!first) {
        if (this.type !== ',') this.fail('"," or "}" is expected here');
        this.take();
        if (this.peekIs('}')) break;
      }
      if (this.peekIs('key')) {
        this.take();
        node.items.push(
          isOver() || this.peekIs('value') ? this.makeEmpty(this.token.start) : this.parseNode(false, false),
        );
        node.items.push(this.parseFlowValue(isOver));
      } else {
        node.items.push(this.parseNode(false, false));
        node.items.push(this.makeEmpty(this.token.start));
      }
    }
    node.end = this.take().end;
  }

  private parseFlowValue(isOver: () => boolean): YamlNode {
    if (!this.peekIs('value')) return this.makeEmpty(this.token.start);
    this.take();
    return isOver() ? this.makeEmpty(this.token.start) : this.parseNode(false, false);
  }

  /** Apart from `type`, so that the compiler does not take the answer for settled. */
  private peekIs(type: TokenType): boolean {
    return this.token.type === type;
  }

  private resolveTag({ value, start }: Token): string {
    if (value === '!') return '!';
    if (value.startsWith('!<')) return shorten(value.slice(2, -1));
    const handle = /^![0-9A-Za-z_-]*!/.exec(value)?.[0] ?? '!';
    const prefix = this.handles.get(handle) ?? this.fail(`the tag "${value}" is not declared`, start);
    return shorten(prefix + value.slice(handle.length));
  }
}

function shorten(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, '!!');
}
