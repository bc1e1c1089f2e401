import { dropRule } from '../drop-rule.ts';

export const noStringConcurrency = dropRule({
  id: 'no-string-concurrency',
  demand: '`concurrency` is a mapping.',
  why: 'Gitea 1.24 reads a mapping only and drops a file with a text; 1.22 and 1.23 do not read the key, 1.25 takes both.',
  mend: 'write `concurrency: {group: …}`',
});
