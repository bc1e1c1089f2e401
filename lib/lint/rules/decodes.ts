import { dropRule } from '../drop-rule.ts';

export const decodes = dropRule({
  id: 'decodes',
  demand: "Every value has the kind that the server's own structures want.",
  why: 'Gitea decodes a workflow into Go structs and drops the file where a value does not fit: `steps` a list of mappings, `run` a text, `jobs` a mapping that is not empty, `on` there. All versions; 1.25 adds `run-name`.',
  mend: 'give it the kind that is named',
});
