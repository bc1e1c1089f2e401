import { isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import { UsageError } from '../errors.ts';
import { parseJson } from '../manifest.ts';
import { parsePath } from '../select.ts';
import type { SourceList } from './source-list.ts';
import { parse } from './yaml-list.ts';
import { readValue } from './yaml-node.ts';

/** The list that a path such as `cascade.templates` names in a JSON file. Throws UsageError. */
export function findJsonLists(source: string, path: string, file: string): SourceList[] {
  const what = `"${file}"`;
  parseJson(source, what);
  // JSON.parse keeps no places; YAML's parser reads the same text and does.
  const document = parse(source, file, { uniqueKeys: false });
  const steps = parsePath(path, what);
  if (steps.at(-1) === 'each') steps.pop();
  let node = document.contents as Node | null;
  let [at = 0, keyEnd = 0] = node?.range ?? [];
  for (const step of steps) {
    if (step === 'each') {
      throw new UsageError(
        `Cannot use ${what}: "${path}" goes through a list on its way; name one list, as FILE#templates`,
      );
    }
    if ('index' in step) {
      node = isSeq(node) ? ((node.items[step.index] ?? null) as Node | null) : null;
      [at = 0, keyEnd = 0] = node?.range ?? [];
    } else {
      // Of two keys of one name the last counts, as for JSON.parse.
      const pair = isMap(node)
        ? [...node.items].reverse().find(({ key }) => isScalar(key) && key.value === step.key)
        : undefined;
      node = (pair?.value ?? null) as Node | null;
      [at = 0, keyEnd = 0] = (isNode(pair?.key) && pair.key.range) || [];
    }
    if (node === null) return [];
  }
  return [readValue(node, { source, document, what, isJson: true, name: path, at }, keyEnd)];
}
