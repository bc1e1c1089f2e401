import { UsageError } from '../errors.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import { readYaml, YamlSyntaxError } from '../yaml/read-yaml.ts';
import { isNull } from '../yaml/resolve.ts';
import { readListOfStrings, readListString, readNothing, type ListString } from './list-value.ts';
import { findShellLists } from './shell-list.ts';
import { findPlace, type SourceList, type SourceName } from './source-list.ts';

/**
 * Every place where a workflow gives `name` a list: as a key of an `env:`, or assigned in a `run:` block. Throws
 * UsageError.
 */
export function findYamlLists(source: string, name: string, file: string): SourceList[] {
  const lists: SourceList[] = [];
  for (const [key, value] of listPairs(parse(source, file))) {
    if (key.value === 'env' && value.kind === 'map') {
      for (const [entry, list] of pairsOf(value))
        if (entry.kind === 'scalar' && entry.value === name) lists.push(readValue(source, entry, list, file));
    } else if (key.value === 'run' && value.kind === 'scalar')
      lists.push(...findShellLists(source, name, { start: findContent(source, value), end: value.end }));
  }
  return lists.sort((one, two) => one.at - two.at);
}

/** The first document, as the servers read it. Throws UsageError. */
function parse(source: string, file: string): YamlNode | null {
  try {
    return readYaml(source).root;
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    const { line } = findPlace(source, error.offset);
    throw new UsageError(
      `Cannot use "${file}": it is not YAML (line ${line}: ${error.message}); mend the file`,
    );
  }
}

/** Every key with its value, however deep. */
function* listPairs(root: YamlNode | null): Generator<[key: YamlNode, value: YamlNode]> {
  const open = root === null ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'map') yield* pairsOf(node);
    for (const item of node.items) open.push(item);
  }
}

function pairsOf({ items }: YamlNode): [key: YamlNode, value: YamlNode][] {
  return items.flatMap((key, index) => (index % 2 === 0 ? [[key, items[index + 1] as YamlNode]] : []));
}

/** The list that a key holds: a string of words, a list, or a list as JSON in a string. Throws UsageError. */
function readValue(source: string, key: YamlNode, given: YamlNode, file: string): SourceList {
  const at = findContent(source, key);
  const value = given.target ?? given;
  const start = findContent(source, value);
  const { end } = value;
  if (isNull(value)) return readNothing(findNothing(source, key, given), at);
  if (value.kind === 'scalar') return readListString(source, { start, end, style: styleOf(value) }, at);
  if (value.kind === 'map')
    throw new UsageError(
      `Cannot use "${file}": "${key.value}" is neither a string nor a list; name one that is`,
    );
  const names = value.items.map((item) => readItem(source, item, { file, name: key.value }));
  return readListOfStrings(source, { start, end, names, flow: value.flow }, at);
}

/** Where a value that is nothing stands: its word or alias, else behind its properties, else behind the colon. */
function findNothing(source: string, key: YamlNode, value: YamlNode): { start: number; end: number } {
  if (value.start === value.end) {
    const colon = source.indexOf(':', key.end) + 1;
    return { start: colon, end: colon };
  }
  return { start: findContent(source, value), end: value.end };
}

function readItem(
  source: string,
  item: YamlNode,
  { file, name }: { file: string; name: string },
): SourceName {
  if (item.kind !== 'scalar')
    throw new UsageError(`Cannot use "${file}": an item of "${name}" is no string; give a list of names`);
  // One that is empty has its place behind the blank after its dash.
  const start = findContent(source, item) + (item.start === item.end && source[item.end] === ' ' ? 1 : 0);
  return { text: isNull(item) ? '' : item.value.trim(), start, end: Math.max(start, item.end) };
}

function styleOf({ style }: YamlNode): ListString['style'] {
  return style === 'literal' || style === 'folded' ? 'block' : style;
}

/** Where a node begins behind its anchor and tag. */
function findContent(source: string, { start, end }: YamlNode): number {
  const properties = /(?:[&!]\S*(?:\s+|$)(?:#[^\n]*\s+)*)*/y;
  properties.lastIndex = start;
  properties.test(source);
  return Math.min(properties.lastIndex, end);
}
