import type { YamlNode } from '../yaml/node.ts';

/** GitHub's runner gives up on a template of more parts than this (actions/runner, `TemplateMemory`). */
const mostNodes = 1_000_000;

/** The aliases that stand within what they name, and the first under which a text grows past every limit. */
export function* findEndlessAliases(root: YamlNode): Iterable<{ node: YamlNode; problem: string }> {
  const sizes = new Map<YamlNode, number>();
  const found: { node: YamlNode; problem: string }[] = [];
  let isLarge = false;
  const measure = (node: YamlNode): number => {
    if (node.kind !== 'alias') {
      const known = sizes.get(node);
      if (known !== undefined) return known;
      sizes.set(node, 0);
      let size = 1;
      for (const item of node.items) size += measure(item);
      sizes.set(node, size);
      return size;
    }
    const size = node.target === null ? 1 : measure(node.target);
    // A size of nothing is one that is being measured: the alias is inside of it.
    if (size === 0)
      found.push({ node, problem: `the alias "*${node.value}" stands inside of what it names` });
    if (size > mostNodes && !isLarge) {
      isLarge = true;
      found.push({ node, problem: `"*${node.value}" stands for more than ${mostNodes} values` });
    }
    return size;
  };
  measure(root);
  yield* found;
}
