import { workflowFolderOf } from '../project.ts';
import type { FileInput, Problem, Rule } from '../rule.ts';
import { serverProfiles } from '../drop-rule.ts';

export const notShadowed: Rule = {
  id: 'not-shadowed',
  level: 'error',
  profiles: serverProfiles,
  demand: 'A workflow lies in the folder that this forge reads.',
  why: 'Gitea reads `.gitea/workflows`, and `.github/workflows` only where that folder is not there; Forgejo looks for `.forgejo/workflows` first. One file in the first folder hides every file of the others, in all versions. It speaks where `--profile` says that a Gitea or Forgejo is to run the hidden file.',
  check,
};

function* check({ file, workflow, profile, project }: FileInput): Iterable<Problem> {
  const folder = workflowFolderOf(file.path);
  if (folder === null) return;
  const order = [
    ...(profile === 'forgejo' ? ['.forgejo/workflows'] : []),
    '.gitea/workflows',
    '.github/workflows',
  ];
  const first = order.find((name) => name === folder || project.kindOf(name) === 'folder');
  if (first === undefined || first === folder) return;
  const message = `this forge reads ${first} and never this file; move it there`;
  const { start, end } = workflow.document.root?.items[0] ?? { start: 0, end: 1 };
  yield { start, end, message };
}
