import { dropRule } from '../drop-rule.ts';

export const mappingEnv = dropRule({
  id: 'mapping-env',
  demand: 'The top-level `env` is a mapping of texts.',
  why: 'An expression or a list as `env`, or a list or mapping as one of its values, drops the file on Gitea 1.22 to 1.25.',
  mend: 'write the variables out',
});
