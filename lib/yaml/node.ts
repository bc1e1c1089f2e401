import type { ScalarStyle } from './token.ts';

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

/** A value that is not written; it counts as null. */
export function makeEmpty(at: number): YamlNode {
  return makeNode('scalar', at, at);
}
