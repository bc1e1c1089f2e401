import { YamlSyntaxError } from './cursor.ts';
import { makeEmpty, makeNode, type YamlNode } from './node.ts';
import { TagHandles } from './tag-handles.ts';
import { TokenStream } from './token-stream.ts';
import type { TokenType } from './token.ts';

/** The tree of a text's first document, null where there is none, and what stands behind it. Throws YamlSyntaxError. */
export function parseNodes(text: string): {
  root: YamlNode | null;
  /** Where a second document with something in it begins; null where there is none. */
  further: number | null;
  comments: [number, number][];
} {
  const tokens = new TokenStream(text);
  const root = new Parser(tokens).parseDocument();
  const comments = [...tokens.comments];
  return { root, further: findFurther(tokens), comments };
}

/** The servers stop before it, so that a fault in it is none. */
function findFurther(tokens: TokenStream): number | null {
  let start = tokens.lastEnd;
  try {
    for (; !tokens.is('streamEnd'); tokens.take()) {
      if (!tokens.is('document') && !tokens.is('documentEnd')) return start;
      start = tokens.peek().start;
    }
    return null;
  } catch (error) {
    if (error instanceof YamlSyntaxError) return start;
    throw error;
  }
}

/** Where a node stands. In a block, block collections may begin; a block value may be a list no deeper than its key. */
type Place = 'flow' | 'block' | 'block value';

/** Behind `---`: the document is empty. */
const noContent: ReadonlySet<TokenType> = new Set(['directive', 'document', 'documentEnd', 'streamEnd']);

class Parser {
  private readonly tokens: TokenStream;
  private readonly anchors = new Map<string, YamlNode>();
  private readonly tags = new TagHandles();

  constructor(tokens: TokenStream) {
    this.tokens = tokens;
  }

  parseDocument(): YamlNode | null {
    const { tokens } = this;
    if (tokens.is('streamEnd')) return null;
    const hasDirectives = tokens.is('directive');
    this.passDirectives();
    const isMarked = tokens.is('document');
    if (isMarked) tokens.take();
    else if (hasDirectives) tokens.fail('a directive needs "---" behind it');
    const isEmpty = isMarked && noContent.has(tokens.peek().type);
    const root = isEmpty ? makeEmpty(tokens.peek().start) : this.parseNode('block');
    // The servers look at the token behind the document too, and so find a fault there.
    tokens.peek();
    return root;
  }

  private passDirectives(): void {
    const { tokens } = this;
    for (let hasVersion = false; tokens.is('directive'); tokens.take()) {
      const [name, first = '', prefix = ''] = tokens.peek().value.split(/[ \t]+/);
      if (name === 'TAG') this.tags.declare(first, prefix);
      else if (hasVersion || first !== '1.1') tokens.fail('the servers read YAML 1.1 only');
      else hasVersion = true;
    }
  }

  private parseNode(place: Place): YamlNode {
    const { tokens } = this;
    if (tokens.is('alias')) return this.parseAlias();
    const { start } = tokens.peek();
    let anchor = '';
    let tag = '';
    for (let more = true; more;) {
      if (anchor === '' && tokens.is('anchor')) anchor = tokens.take().value;
      else if (tag === '' && tokens.is('tag')) tag = this.tags.resolve(tokens.take());
      else more = false;
    }
    const hasProperties = anchor !== '' || tag !== '';
    const node = this.startContent(place) ?? (hasProperties ? makeEmpty(tokens.lastEnd) : null);
    if (node === null) return tokens.fail('a value is expected here');
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

  private parseAlias(): YamlNode {
    const { value, start, end } = this.tokens.take();
    const target = this.anchors.get(value);
    if (!target) return this.tokens.fail(`the alias "*${value}" has no anchor "&${value}" before it`, start);
    return { ...makeNode('alias', start, end), value, target };
  }

  /** The node that the next token begins, without what is in it; null where it begins none. */
  private startContent(place: Place): YamlNode | null {
    const { type, start, end, value, style } = this.tokens.peek();
    const isBlock = place !== 'flow';
    if (type === 'scalar') return { ...makeNode('scalar', start, end), value, style };
    if (type === '[') return { ...makeNode('seq', start, end), flow: true };
    if (type === '{') return { ...makeNode('map', start, end), flow: true };
    if (isBlock && type === 'seq') return makeNode('seq', start, end);
    if (place === 'block value' && type === 'entry') return makeNode('seq', start, end);
    return isBlock && type === 'map' ? makeNode('map', start, end) : null;
  }

  private fillContent(node: YamlNode): void {
    const { tokens } = this;
    const { type, start } = tokens.peek();
    if (node.kind === 'scalar') {
      if (type === 'scalar' && start === node.start) tokens.take();
    } else if (node.flow) this.fillFlow(node, node.kind === 'seq' ? ']' : '}');
    else if (type === 'entry') this.fillEntries(node, ['entry', 'key', 'value', 'end']);
    else if (type === 'seq') {
      tokens.take();
      this.fillEntries(node, ['entry', 'end']);
      this.close(node, 'a list item ("- ") is expected here; look at the indentation');
    } else {
      tokens.take();
      this.fillMap(node);
      this.close(node, 'a key is expected here; look at the indentation');
    }
  }

  private close(node: YamlNode, expected: string): void {
    if (!this.tokens.is('end')) this.tokens.fail(expected);
    this.tokens.take();
    node.end = Math.max(node.end, node.items.at(-1)?.end ?? node.end);
  }

  private fillEntries(node: YamlNode, afterEmpty: readonly TokenType[]): void {
    const { tokens } = this;
    while (tokens.is('entry')) {
      const { end } = tokens.take();
      node.items.push(afterEmpty.includes(tokens.peek().type) ? makeEmpty(end) : this.parseNode('block'));
    }
    node.end = node.items.at(-1)?.end ?? node.end;
  }

  private fillMap(node: YamlNode): void {
    while (this.tokens.is('key')) {
      node.items.push(this.parsePart('key'));
      node.items.push(this.parsePart('value'));
    }
  }

  /** A key or a value of a block mapping; empty where its sign or what follows it is missing. */
  private parsePart(sign: 'key' | 'value'): YamlNode {
    const { tokens } = this;
    if (!tokens.is(sign)) return makeEmpty(tokens.peek().start);
    const { end } = tokens.take();
    const { type } = tokens.peek();
    const isMissing = type === 'key' || type === 'value' || type === 'end';
    return isMissing ? makeEmpty(end) : this.parseNode('block value');
  }

  /** What stands between the brackets; behind the last item there may be a comma. */
  private fillFlow(node: YamlNode, end: ']' | '}'): void {
    const { tokens } = this;
    tokens.take();
    for (let first = true; !tokens.is(end); first = false) {
      if (!first) {
        if (!tokens.is(',')) tokens.fail(`"," or "${end}" is expected here`);
        tokens.take();
        if (tokens.is(end)) break;
      }
      this.fillFlowItem(node, end);
    }
    node.end = tokens.take().end;
  }

  /** A pair in a list is a mapping of its own; an item without a sign in a mapping is a key alone. */
  private fillFlowItem(node: YamlNode, end: ']' | '}'): void {
    const { tokens } = this;
    if (!tokens.is('key')) {
      node.items.push(this.parseNode('flow'));
      if (node.kind === 'map') node.items.push(makeEmpty(tokens.peek().start));
      return;
    }
    const { start } = tokens.take();
    const isEmpty = tokens.is('value') || tokens.is(',') || tokens.is(end);
    const key = isEmpty ? makeEmpty(tokens.peek().start) : this.parseNode('flow');
    // libyaml passes over the sign behind a key that is missing in a list.
    if (isEmpty && node.kind === 'seq') tokens.take();
    const value = this.parseFlowValue(end);
    if (node.kind === 'map') node.items.push(key, value);
    else node.items.push({ ...makeNode('map', start, value.end), flow: true, items: [key, value] });
  }

  private parseFlowValue(end: ']' | '}'): YamlNode {
    const { tokens } = this;
    if (!tokens.is('value')) return makeEmpty(tokens.peek().start);
    tokens.take();
    return this.parseFlowPart(end);
  }

  private parseFlowPart(end: ']' | '}'): YamlNode {
    const { tokens } = this;
    return tokens.is(',') || tokens.is(end) ? makeEmpty(tokens.peek().start) : this.parseNode('flow');
  }
}
