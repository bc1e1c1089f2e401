import { PROFILES } from '../../workflow/profile.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { findEndlessAliases } from '../endless-aliases.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';

/** The file is YAML, and no key is there twice. A text that is none is reported before any rule runs. */
export const yamlValid: Rule = {
  id: 'yaml-valid',
  level: 'error',
  profiles: PROFILES,
  demand: 'A file is YAML as the servers read it, and has no key twice.',
  why: 'Gitea drops a file that it cannot read without a word, in all versions; GitHub and Forgejo make a failed run of it. The reading is that of go-yaml v3: YAML 1.1, spaces to indent, the first document only.',
  check,
};

function* check({ workflow, file, faults, minor }: FileInput): Iterable<Problem> {
  const seen = new Set<YamlNode>();
  const { root, further } = workflow.document;
  if (further !== null) {
    const message =
      'a second document begins here: Gitea and Forgejo never read it, and GitHub takes no file of two; make it a file of its own';
    yield { start: further, end: further + 3, message };
  }
  for (const fault of faults) {
    if (fault.rule !== 'yaml-valid') continue;
    seen.add(fault.node);
    yield {
      start: fault.node.start,
      end: fault.node.end,
      message: `${fault.problem}; Gitea drops the whole file without a word`,
    };
  }
  // What Gitea makes of such an alias depends on where it stands, and is among its faults.
  for (const { node, problem } of root && (minor === null || file.kind === 'action')
    ? findEndlessAliases(root)
    : []) {
    yield {
      start: node.start,
      end: node.end,
      message: `${problem}, so the file cannot be read; write it out`,
    };
  }
  for (const key of root ? findDoubles(root) : []) {
    if (seen.has(key)) continue;
    const message = `the key "${key.value}" is there twice; which of the two counts differs from forge to forge, so remove one`;
    yield { start: key.start, end: key.end, message };
  }
}

function* findDoubles(node: YamlNode): Iterable<YamlNode> {
  const names = new Set<string>();
  for (const [index, item] of node.items.entries()) {
    if (node.kind === 'map' && index % 2 === 0 && item.kind === 'scalar') {
      if (names.has(item.value)) yield item;
      names.add(item.value);
    }
    if (item.items.length > 0) yield* findDoubles(item);
  }
}
