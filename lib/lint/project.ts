import type { SourceFile } from './source.ts';

/** The files that are linted together, and what else stands beside them. */
export interface Project {
  files: readonly SourceFile[];
  /** Further workflow files of the same folders: nothing is said of them, but they are there. */
  beside?: readonly SourceFile[];
  /** What a path from the root is; null where nothing is there, or it is outside of the root. */
  kindOf(path: string): 'file' | 'folder' | null;
}

const workflowFolders = ['.gitea/workflows', '.forgejo/workflows', '.github/workflows'];

/** The folder of workflows that a path lies in; null for any other path. */
export function workflowFolderOf(path: string): string | null {
  return workflowFolders.find((folder) => path.startsWith(`${folder}/`)) ?? null;
}

/** The files that are looked at, and those beside them. */
export function listAll({ files, beside = [] }: Project): readonly SourceFile[] {
  return beside.length === 0 ? files : [...files, ...beside];
}

/** The workflow files that one forge reads together with a file: those of its folder. */
export function listSiblings(project: Project, path: string): readonly SourceFile[] {
  const folder = workflowFolderOf(path) ?? '';
  const known = siblings.get(project);
  if (known) return known.get(folder) ?? [];
  const folders = new Map<string, SourceFile[]>();
  for (const file of listAll(project)) {
    if (file.kind !== 'workflow') continue;
    const name = workflowFolderOf(file.path) ?? '';
    const list = folders.get(name);
    if (list) list.push(file);
    else folders.set(name, [file]);
  }
  siblings.set(project, folders);
  return folders.get(folder) ?? [];
}

/** Found once a project: rules ask for every file, and a project may have thousands. */
const siblings = new WeakMap<Project, Map<string, SourceFile[]>>();

/** The workflow of a folder that `gh workflow run`, `uses:` or an API names by its file. */
export function findByFile(project: Project, path: string, name: string): SourceFile | undefined {
  const base = name.replace(/^.*\//, '');
  return listSiblings(project, path).find((file) => file.path.replace(/^.*\//, '') === base);
}
