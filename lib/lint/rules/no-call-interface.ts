import { dropRule } from '../drop-rule.ts';
import { isOnlyCalled } from '../triggers.ts';

export const noCallInterface = dropRule({
  id: 'no-call-interface',
  demand: 'A workflow that is called and has other triggers declares no inputs, secrets or outputs.',
  why: 'Gitea 1.22 to 1.25 refuse the mappings under `workflow_call` and drop the file for its other events. A file that is only called works: the runner reads it itself.',
  mend: 'move the called part into a file of its own',
  applies: ({ workflow }) => !isOnlyCalled(workflow),
});
