import type { FileInput, Problem } from '../rule.ts';
import { dropRule } from '../drop-rule.ts';

export const decodes = dropRule({
  id: 'decodes',
  demand: "Every value has the kind that the server's own structures want.",
  why: 'Gitea decodes a workflow into Go structs and drops the file where a value does not fit: `steps` a list of mappings, `run` a text, `jobs` a mapping that is not empty, `on` there. All versions; 1.25 adds `run-name`. A file that is a symbolic link is dropped too: what git keeps of it, the name of its target, is no workflow.',
  mend: ({ problem }) => mends.get(problem) ?? 'give it the kind that is named',
  also: findLinks,
});

/** Where something is missing, not of another kind. */
const mends: ReadonlyMap<string, string> = new Map([
  ['the file is empty', 'write a workflow, or delete the file'],
  ['no event is named', 'name one'],
  ['there are none', 'write one'],
]);

function* findLinks({ file: { link, path } }: FileInput): Iterable<Problem> {
  if (link === null) return;
  const what = `"${link}" is a symbolic link, which Gitea does not follow`;
  const message =
    link === path
      ? `${what}: it reads the name of the target, and drops the file without a word; put the file itself here`
      : `${what}: it finds no workflow there; put the folder itself here`;
  yield { start: 0, end: 0, message };
}
