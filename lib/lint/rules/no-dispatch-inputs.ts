import { dropRule } from '../drop-rule.ts';

export const noDispatchInputs = dropRule({
  id: 'no-dispatch-inputs',
  demand: '`workflow_dispatch` has no inputs.',
  why: 'Gitea 1.22 has no dispatch and refuses a mapping under it: the file is dropped for every event. 1.23 takes inputs, but not an empty `inputs:`.',
  mend: 'leave the inputs out, or put the dispatch into a file of its own',
});
