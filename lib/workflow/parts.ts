import { findField } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { LineTable, Position } from '../yaml/read-yaml.ts';
import { isNull, lookThrough } from '../yaml/resolve.ts';

/** A part of a file and where it stands. */
export interface Part<T> {
  value: T;
  node: YamlNode;
  position: Position;
}

/** Reads texts out of a file's nodes; what is of another kind is left out. */
export class PartReader {
  private readonly lines: LineTable;

  constructor(lines: LineTable) {
    this.lines = lines;
  }

  locate(node: YamlNode): Position {
    return this.lines.locate(node.start, node.end);
  }

  /** The text under a key; null where there is none. */
  text(owner: YamlNode | null | undefined, key: string): Part<string> | null {
    const node = findField(owner, key);
    const target = lookThrough(node);
    return node && target?.kind === 'scalar' && !isNull(target) ? this.part(node) : null;
  }

  /** The texts of a list, or the one that stands in its place. */
  texts(node: YamlNode | undefined): Part<string>[] {
    const target = lookThrough(node);
    if (!node || !target || isNull(target)) return [];
    if (target.kind === 'scalar') return [this.part(node)];
    if (target.kind !== 'seq') return [];
    return target.items.filter((item) => lookThrough(item)?.kind === 'scalar').map((item) => this.part(item));
  }

  private part(node: YamlNode): Part<string> {
    return { value: lookThrough(node)?.value ?? '', node, position: this.locate(node) };
  }
}
