import { dropRule } from '../drop-rule.ts';

export const noNullFilter = dropRule({
  id: 'no-null-filter',
  demand: 'A filter has a value.',
  why: 'A filter without a value drops the file on Gitea 1.22 and 1.23; on 1.24 and 1.25 it never matches (see filter-can-match).',
  mend: 'remove the key, or give it a list',
});
