import { dropRule } from '../drop-rule.ts';

export const noAliasAcrossJobs = dropRule({
  id: 'no-alias-across-jobs',
  demand: 'An alias stands in the same job as its anchor, where the server keeps the text as it is.',
  why: 'Gitea writes each job out on its own: an alias in `env`, `needs`, `if`, `container` or `secrets` whose anchor is in another job is then undefined. 1.22 to 1.25. Aliases of whole steps, `services`, `outputs`, `strategy` are fine.',
  mend: 'write the value out, or repeat the anchor in this job',
});
