import { findField } from '../../yaml/fields.ts';
import { isMergeKey } from '../../yaml/resolve.ts';
import type { FileInput, Problem } from '../rule.ts';
import { dropRule } from '../drop-rule.ts';

export const noAliasInOn = dropRule({
  id: 'no-alias-in-on',
  demand: '`on:` has no aliases and no merge keys.',
  why: "`on:` as an alias drops the file on all versions. From 1.23 on Gitea does not follow an alias that is an event's body or a whole filter, and reads no merge key there; a list merged into `on:` loses its events. An alias as one item of a list is fine.",
  mend: 'write the events out',
  also: findLostMerges,
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
