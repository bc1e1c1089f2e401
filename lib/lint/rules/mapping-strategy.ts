import { dropRule } from '../drop-rule.ts';

export const mappingStrategy = dropRule({
  id: 'mapping-strategy',
  demand: '`strategy` is a mapping.',
  why: 'An expression as the whole `strategy` drops the file on Gitea 1.22 to 1.25.',
  mend: 'write a mapping with matrix:',
});
