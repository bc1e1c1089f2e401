import { isMap, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { UsageError } from '../errors.ts';
import { parseJson } from '../manifest.ts';
import type { SourceList } from './source-list.ts';
import { parse, readNode } from './yaml-list.ts';

/** The list that a path such as `cascade.templates` names in a JSON file. Throws UsageError. */
export function findJsonLists(source: string, path: string, file: string): SourceList[] {
  parseJson(source, `"${file}"`);
  // JSON.parse keeps no places; YAML's parser reads the same text and does.
  const document = parse(source, file, { uniqueKeys: false });
  const keys = path
    .replace(/^\$?\./, '')
    .replace(/\[\]$/, '')
    .split('.')
    .filter(Boolean);
  let node = document.contents as Node | null;
  let found: Pair | undefined;
  for (const key of keys) {
    // Of two keys of one name the last counts, as for JSON.parse.
    found = isMap(node)
      ? [...node.items].reverse().find((pair) => isScalar(pair.key) && pair.key.value === key)
      : undefined;
    if (!isPair(found)) return [];
    node = found.value as Node | null;
  }
  if (found === undefined) {
    if (!isSeq(node)) return [];
    throw new UsageError(
      `Cannot use "${file}": the list has no name in it; name the key that holds it, as FILE#key`,
    );
  }
  return [readNode(source, found, document, { what: `"${file}"`, isJson: true })];
}
