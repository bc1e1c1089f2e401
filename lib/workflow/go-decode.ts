import { keyText } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { isMergeKey, isNull, lookThrough } from '../yaml/resolve.ts';
import { describeNode } from './describe-node.ts';
import { assertNull, Fatal, fitsScalar } from './go-scalar.ts';
import type { GoType } from './go-types.ts';

/** A value that the server cannot take; it then refuses the whole file. */
export interface Misfit {
  rule: string;
  node: YamlNode;
  /** Where it stands, as `jobs.a.steps[0].run`. */
  path: string;
  problem: string;
  /** Decoding ended here, so what follows was not looked at. */
  isFatal?: boolean;
}

/**
 * What go-yaml v3 (`decode.go`) would object to when it decodes a node into a type. Bounded as the
 * original is: texts that are mostly aliases are refused.
 */
export function findMisfits(node: YamlNode, type: GoType, path: readonly string[] = []): Misfit[] {
  return new Decoder(path).run(node, type);
}

class Decoder {
  private readonly misfits: Misfit[] = [];
  private readonly path: string[];
  private readonly following = new Set<YamlNode>();
  private count = 0;
  private aliasCount = 0;
  private aliasDepth = 0;
  /** Keys that a mapping has before another is merged into it; null outside of merging. */
  private merged: Set<string> | null = null;

  constructor(path: readonly string[]) {
    this.path = [...path];
  }

  run(node: YamlNode, type: GoType): Misfit[] {
    try {
      this.decode(node, type);
    } catch (error) {
      if (!(error instanceof Fatal)) throw error;
      const path = this.path.join('').replace(/^\./, '');
      this.misfits.push({ rule: 'decodes', node: error.node, path, problem: error.message, isFatal: true });
    }
    return this.misfits;
  }

  private report(node: YamlNode, rule: string, problem: string): void {
    this.misfits.push({ rule, node, path: this.path.join('').replace(/^\./, ''), problem });
  }

  private decode(node: YamlNode, type: GoType): boolean {
    this.count++;
    if (this.aliasDepth > 0) this.aliasCount++;
    if (
      this.aliasCount > 100 &&
      this.count > 1000 &&
      this.aliasCount / this.count > allowedAliasRatio(this.count)
    ) {
      throw new Fatal('its aliases multiply beyond what the server takes', node);
    }
    if (type.is === 'node') return true;
    if (node.kind === 'alias') return this.follow(node, type);
    if (isNull(node)) {
      assertNull(node);
      return type.is === 'any' || type.is === 'list' || type.is === 'map';
    }
    if (type.is === 'struct' && type.orText && node.kind === 'scalar') return true;
    if (node.kind === 'scalar') return this.decodeScalar(node, type);
    return node.kind === 'seq' ? this.decodeSeq(node, type) : this.decodeMap(node, type);
  }

  private follow(node: YamlNode, type: GoType): boolean {
    if (this.following.has(node)) throw new Fatal(`the anchor "&${node.value}" contains itself`, node);
    this.following.add(node);
    this.aliasDepth++;
    const fits = this.decode(node.target as YamlNode, type);
    this.aliasDepth--;
    this.following.delete(node);
    return fits;
  }

  private decodeScalar(node: YamlNode, type: GoType): boolean {
    const fits = fitsScalar(node, type);
    if (!fits) this.reportKind(node, type);
    return fits;
  }

  private decodeSeq(node: YamlNode, type: GoType): boolean {
    if (type.is !== 'list' && type.is !== 'any') {
      this.reportKind(node, type);
      return false;
    }
    const item = type.is === 'list' ? type.of : type;
    node.items.forEach((child, index) => {
      this.path.push(`[${index}]`);
      this.decode(child, item);
      this.path.pop();
    });
    return true;
  }

  private decodeMap(node: YamlNode, type: GoType): boolean {
    if (this.reportDuplicates(node)) return false;
    if (type.is !== 'struct' && type.is !== 'map' && type.is !== 'any') {
      this.reportKind(node, type);
      return false;
    }
    const skipped = this.merged;
    this.merged = null;
    let merge: YamlNode | null = null;
    for (let at = 0; at < node.items.length; at += 2) {
      const key = node.items[at] as YamlNode;
      const value = node.items[at + 1] as YamlNode;
      if (isMergeKey(key)) merge = value;
      else if (this.decodeKey(key, type) && !skipped?.has(keyText(key))) {
        skipped?.add(keyText(key));
        const inner = valueType(type, keyText(key));
        if (!inner) continue;
        this.path.push(`.${keyText(key)}`);
        this.decode(value, inner);
        this.path.pop();
      }
    }
    this.merged = skipped;
    if (merge) this.decodeMerge(node, merge, type);
    return true;
  }

  /** Keys are texts, but for a mapping of any kind, whose keys may be anything that Go can hash. */
  private decodeKey(key: YamlNode, type: GoType): boolean {
    if (type.is !== 'any') return this.decode(key, { is: 'string' });
    this.decode(key, type);
    const target = lookThrough(key);
    if (target?.kind === 'map' || target?.kind === 'seq')
      throw new Fatal('a list or mapping is used as a key', key);
    return true;
  }

  private decodeMerge(node: YamlNode, merge: YamlNode, type: GoType): void {
    const outer = this.merged;
    this.merged ??= new Set(node.items.filter((_, index) => index % 2 === 0).map(keyText));
    for (const source of merge.kind === 'seq' ? merge.items : [merge]) {
      const target = lookThrough(source);
      if (target?.kind !== 'map') throw new Fatal('"<<" merges something that is no mapping', merge);
      this.decode(source, type);
    }
    this.merged = outer;
  }

  private reportDuplicates(node: YamlNode): boolean {
    const seen = new Set<string>();
    let found = false;
    for (let at = 0; at < node.items.length; at += 2) {
      const key = node.items[at] as YamlNode;
      const name = `${key.kind} ${key.value}`;
      if (seen.has(name)) {
        this.report(key, 'yaml-valid', `the key "${key.value}" is there twice`);
        found = true;
      }
      seen.add(name);
    }
    return found;
  }

  private reportKind(node: YamlNode, type: GoType): void {
    this.report(
      node,
      type.rule ?? 'decodes',
      `${describeNode(node)} stands where ${kindWords[type.is]} must`,
    );
  }
}

const kindWords: Record<GoType['is'], string> = {
  string: 'a text',
  bool: 'true or false',
  int: 'a number',
  any: 'anything',
  node: 'anything',
  list: 'a list',
  map: 'a mapping',
  struct: 'a mapping',
};

function valueType(type: GoType, key: string): GoType | undefined {
  if (type.is === 'struct') return Object.hasOwn(type.fields, key) ? type.fields[key] : undefined;
  return type.is === 'map' ? type.of : type;
}

function allowedAliasRatio(count: number): number {
  const [low, high] = [400_000, 4_000_000];
  return count <= low ? 0.99 : count >= high ? 0.1 : 0.99 - (0.89 * (count - low)) / (high - low);
}
