import { isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Document, Node, Pair, Scalar } from 'yaml';
import { UsageError } from '../errors.ts';
import { findShellLists } from './shell-list.ts';
import type { SourceList } from './source-list.ts';
import { keyText, readNode, resolve } from './yaml-node.ts';
import { mapScalar } from './yaml-scalar.ts';

/**
 * Every place where a workflow gives `name` a list: as a key of an `env:`, or assigned in a `run:` block. Of several
 * documents the first counts, as for the forges. Throws UsageError.
 */
export function findYamlLists(source: string, name: string, file: string): SourceList[] {
  const document = parse(source, file);
  const lists: SourceList[] = [];
  visit(document, {
    Pair(_, pair) {
      const key = keyText(pair);
      if (key === 'env') {
        const entry = findEntry(pair.value as Node | null, name, document);
        if (entry) lists.push(readNode(source, entry, document, { what: `"${file}"`, isJson: false }));
      } else if (key === 'run' && isScalar(pair.value)) {
        lists.push(...readRun(source, pair.value, { name, file }));
      }
    },
  });
  // What is merged into two places stands in one.
  const places = new Set<number>();
  return lists.filter(({ at }) => !places.has(at) && places.add(at));
}

/** Parses YAML, or JSON, which is YAML too but for two keys of one name, and keeps its spans so. Throws UsageError. */
export function parse(source: string, file: string, { uniqueKeys = true } = {}): Document.Parsed {
  const document = parseDocument(source, { prettyErrors: false, logLevel: 'silent', uniqueKeys });
  const [error] = document.errors;
  if (error === undefined) return document;
  const words = error.message.replace(/\s+/g, ' ');
  throw new UsageError(`Cannot use "${file}": it is not YAML (${words}); mend the file`);
}

/** The pair that gives a map this key: its own, or that of the first map that it merges and that has it. */
function findEntry(
  node: Node | null,
  name: string,
  document: Document,
  seen = new Set<unknown>(),
): Pair | undefined {
  const map = resolve(node, document);
  if (!isMap(map) || seen.has(map)) return undefined;
  seen.add(map);
  const own = map.items.find((pair) => keyText(pair) === name);
  if (own) return own;
  const merge = map.items.find((pair) => keyText(pair) === '<<')?.value as Node | null | undefined;
  const merged = resolve(merge ?? null, document);
  for (const source of isSeq(merged) ? merged.items : [merged]) {
    const found = findEntry(source as Node | null, name, document, seen);
    if (found) return found;
  }
  return undefined;
}

function readRun(
  source: string,
  scalar: Scalar,
  { name, file }: { name: string; file: string },
): SourceList[] {
  if (!(scalar.source ?? '').includes(name)) return [];
  const mapped = mapScalar(source, scalar);
  if (mapped !== null) return findShellLists(source, name, mapped);
  throw new UsageError(
    `Cannot use "${file}": the lines of a run block that holds "${name}" cannot be told apart; write it as a block below "run: |"`,
  );
}
