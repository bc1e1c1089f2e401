import { dropRule } from '../drop-rule.ts';

export const scalarWith = dropRule({
  id: 'scalar-with',
  demand: "A step's `with` has texts as values.",
  why: 'A list or mapping under `with` drops the file on Gitea 1.22 to 1.25.',
  mend: 'write it as a block text (|)',
});
