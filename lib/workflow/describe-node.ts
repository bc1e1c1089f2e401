import type { YamlNode } from '../yaml/node.ts';
import { isNull } from '../yaml/resolve.ts';

/** What a node is, in words, with its text where it is short. */
export function describeNode(node: YamlNode): string {
  if (node.kind === 'seq') return 'a list';
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'alias') return `the alias *${node.value}`;
  if (isNull(node)) return 'nothing';
  const shown = node.value.replace(/\s+/g, ' ').trim();
  return `the text "${shown.length > 40 ? `${shown.slice(0, 37)}...` : shown}"`;
}
