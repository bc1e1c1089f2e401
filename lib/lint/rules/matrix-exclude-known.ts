import { dropRule } from '../drop-rule.ts';

export const matrixExcludeKnown = dropRule({
  id: 'matrix-exclude-known',
  demand: '`exclude` names keys of the matrix.',
  why: 'An `exclude` item with a key that the matrix does not have is an error in Gitea 1.22 to 1.25, and the file is dropped.',
  mend: 'take the key out, or add it to the matrix',
});
