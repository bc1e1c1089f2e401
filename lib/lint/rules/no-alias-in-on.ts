import { findField } from '../../yaml/fields.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { isMergeKey } from '../../yaml/resolve.ts';
import type { FileInput, Problem } from '../rule.ts';
import { dropRule } from '../drop-rule.ts';
import { isOnlyCalled } from '../triggers.ts';

export const noAliasInOn = dropRule({
  id: 'no-alias-in-on',
  demand: '`on:` has no aliases and no merge keys.',
  why: "`on:` as an alias drops the file on all versions. From 1.23 on Gitea does not follow an alias that is an event's body or a whole filter, and reads no merge key there; a list merged into `on:` loses its events. An alias whose anchor stands outside of `on:` is lost on all versions when the server writes the run's jobs down: no runner can take them, and each that asks is refused again and again and gets no other job either. An alias as one item of a list is fine where its anchor stands in `on:`.",
  mend: 'write the events out',
  also: (input) => [...findLostMerges(input), ...findStrayAliases(input)],
});

function* findLostMerges(input: FileInput): Iterable<Problem> {
  const on = findField(input.workflow.document.root, 'on');
  for (const [index, key] of (on?.kind === 'map' ? on.items : []).entries()) {
    const value = on?.items[index + 1];
    if (index % 2 === 1 || !isMergeKey(key) || input.faults.some(({ node }) => node === value)) continue;
    const message =
      'the events that "<<" merges into `on:` are lost: Gitea takes the merge key for an event; write the events out';
    yield { start: key.start, end: key.end, message };
  }
}

function* findStrayAliases({ workflow, faults }: FileInput): Iterable<Problem> {
  const on = findField(workflow.document.root, 'on');
  if (!on || isOnlyCalled(workflow)) return;
  for (const { value, start, end } of listStrayAliases(on)) {
    if (faults.some(({ node }) => node.start === start)) continue;
    const message = `the anchor of *${value} stands outside of \`on:\`, where Gitea loses it when it hands a job out: no runner can take the job, and one that asks for it gets no other; write the value out`;
    yield { start, end, message };
  }
}

/** The aliases inside a node that name an anchor outside of it, in order. */
function listStrayAliases(node: YamlNode, anchors = new Set<string>()): YamlNode[] {
  if (node.kind === 'alias') return anchors.has(node.value) ? [] : [node];
  if (node.anchor !== '') anchors.add(node.anchor);
  return node.items.flatMap((item) => listStrayAliases(item, anchors));
}
