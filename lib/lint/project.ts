import type { SourceFile } from './source.ts';

/** The files that are linted together, and what else stands beside them. */
export interface Project {
  files: readonly SourceFile[];
  /** What a path from the root is; null where nothing is there, or it is outside of the root. */
  kindOf(path: string): 'file' | 'folder' | null;
}

const workflowFolders = ['.gitea/workflows', '.forgejo/workflows', '.github/workflows'];

/** The folder of workflows that a path lies in; null for any other path. */
export function workflowFolderOf(path: string): string | null {
  return workflowFolders.find((folder) => path.startsWith(`${folder}/`)) ?? null;
}

/** The workflow files that one forge reads together with a file: those of its folder. */
export function listSiblings(project: Project, path: string): SourceFile[] {
  const folder = workflowFolderOf(path);
  return project.files.filter((file) => file.kind === 'workflow' && workflowFolderOf(file.path) === folder);
}

/** The workflow of a folder that `gh workflow run`, `uses:` or an API names by its file. */
export function findByFile(project: Project, path: string, name: string): SourceFile | undefined {
  const base = name.replace(/^.*\//, '');
  return listSiblings(project, path).find((file) => file.path.replace(/^.*\//, '') === base);
}
