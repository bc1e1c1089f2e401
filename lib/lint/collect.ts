import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { readBytes } from '../read-file.ts';
import type { Profile } from '../workflow/profile.ts';
import { listUses } from './uses.ts';
import { workflowFolderOf, type Project } from './project.ts';
import { largestSource, parseSource, type SourceFile } from './source.ts';

/** A path that was given, or found, and cannot be read. */
export interface Unreadable {
  path: string;
  reason: string;
}

const folders = ['.gitea/workflows', '.forgejo/workflows', '.github/workflows'];

/** More is no folder of workflows, and a name that leads back to itself would never end. */
const deepestFolder = 20;

/** The files that were named, by project. */
export interface Collected {
  projects: { root: string; project: Project }[];
  unreadable: Unreadable[];
}

/**
 * The projects that the given paths (or, without any, the current folder) belong to: a path's root is
 * what stands before `.gitea`, `.forgejo` or `.github`, else the current folder. Local actions that a
 * workflow uses are read with it. Nothing is executed, and symbolic links to folders are not followed.
 */
export function collectProjects(paths: readonly string[], profiles: readonly Profile[]): Collected {
  const unreadable: Unreadable[] = [];
  const roots = new Map<string, Set<string>>();
  for (const path of paths.length === 0 ? ['.'] : paths) {
    for (const file of expandPath(path, paths.length > 0, unreadable)) {
      const root = rootOf(file);
      const files = roots.get(root) ?? new Set<string>();
      roots.set(root, files.add(file));
    }
  }
  const projects = Array.from(roots, ([root, files]) => {
    const project = readProject(root, Array.from(files).sort(), profiles, unreadable);
    const beside = paths.length > 0 ? readBeside(root, project) : [];
    return { root, project: { ...project, beside } };
  });
  return { projects, unreadable };
}

/** The files that a given path stands for. */
function expandPath(path: string, isGiven: boolean, unreadable: Unreadable[]): string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    unreadable.push({ path, reason: reasonOf(error) });
    return [];
  }
  if (!isFolder) return [resolve(path)];
  const own = folders.map((folder) => join(path, folder)).filter(isDirectory);
  if (own.length > 0 || !isGiven) return own.flatMap((folder) => walk(resolve(folder), unreadable));
  return walk(resolve(path), unreadable);
}

function walk(folder: string, unreadable: Unreadable[], depth = 0): string[] {
  if (depth > deepestFolder) return [];
  // GitHub looks at the files of the folder itself; Gitea and Forgejo at its folders as well.
  const isFlat = folder.endsWith(`${sep}.github${sep}workflows`);
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const isSkipped = isFlat || entry.name === 'node_modules' || entry.name === '.git';
        return isSkipped ? [] : walk(path, unreadable, depth + 1);
      }
      if (!/\.ya?ml$/.test(entry.name)) return [];
      return entry.isSymbolicLink() && isDirectory(path) ? [] : [path];
    });
  } catch (error) {
    unreadable.push({ path: folder, reason: reasonOf(error) });
    return [];
  }
}

function rootOf(file: string): string {
  const parts = file.split(sep);
  const at = parts.findIndex(
    (part, index) => /^\.(gitea|forgejo|github)$/.test(part) && index < parts.length - 1,
  );
  return at > 0 ? parts.slice(0, at).join(sep) || sep : resolve('.');
}

function readProject(
  root: string,
  files: readonly string[],
  profiles: readonly Profile[],
  unreadable: Unreadable[],
): Project {
  const sources = new Map<string, SourceFile>();
  const read = (path: string, forWhom?: readonly Profile[]): void => {
    const name = relative(root, path).split(sep).join('/');
    if (sources.has(name)) return;
    try {
      sources.set(
        name,
        parseSource(
          name,
          readBytes(path, largestSource),
          profiles.length > 0 ? profiles : (forWhom ?? profilesOf(name)),
          findLink(root, name),
        ),
      );
    } catch (error) {
      unreadable.push({ path, reason: reasonOf(error) });
    }
  };
  for (const file of files) read(file);
  const actions = new Map<string, Set<Profile>>();
  for (const { workflow, profiles: own } of sources.values()) {
    for (const { value } of workflow ? listUses(workflow) : []) {
      const action =
        value.startsWith('./') && !value.includes('..') ? findAction(join(root, value)) : undefined;
      if (action) actions.set(action, new Set([...(actions.get(action) ?? []), ...own]));
    }
  }
  // An action is run by the forges of the workflows that use it.
  for (const [action, users] of actions) read(action, Array.from(users));
  const kinds = new Map<string, 'file' | 'folder' | null>();
  return {
    files: Array.from(sources.values()),
    kindOf(path) {
      const known = kinds.get(path);
      if (known !== undefined) return known;
      const kind = sources.has(path) ? 'file' : kindOfPath(root, path);
      kinds.set(path, kind);
      return kind;
    },
  };
}

/** The other workflows of the folders that files were named of: a rule must know that they are there. */
function readBeside(root: string, { files }: Project): SourceFile[] {
  const known = new Set(files.map(({ path }) => path));
  const own = new Set(files.map(({ path }) => workflowFolderOf(path)).filter((folder) => folder !== null));
  return Array.from(own).flatMap((folder) =>
    walk(join(root, folder), []).flatMap((path) => {
      const name = relative(root, path).split(sep).join('/');
      if (known.has(name)) return [];
      try {
        return [parseSource(name, readBytes(path, largestSource), profilesOf(name))];
      } catch {
        return [];
      }
    }),
  );
}

/** The file itself, or the folder of workflows that it is in, where git keeps a symbolic link there. */
function findLink(root: string, name: string): string | null {
  const folder = workflowFolderOf(name);
  if (folder === null) return null;
  const names = [dirname(folder), folder, name];
  return names.find((one) => lstatSync(join(root, one)).isSymbolicLink()) ?? null;
}

function findAction(folder: string): string | undefined {
  return ['action.yml', 'action.yaml']
    .map((name) => join(folder, name))
    .find((path) => kindOfPath(folder, basename(path)) === 'file');
}

function profilesOf(path: string): Profile[] {
  const folder = workflowFolderOf(path);
  if (folder === '.gitea/workflows') return ['gitea-1.22'];
  return folder === '.forgejo/workflows' ? ['forgejo'] : ['github'];
}

/** What a path is; null also where it leads out of the root, whose secrets are no business of a linter. */
function kindOfPath(root: string, path: string): 'file' | 'folder' | null {
  try {
    const whole = resolve(root, path);
    const real = realpathSync(whole);
    const top = realpathSync(root);
    if (real !== top && !real.startsWith(top.endsWith(sep) ? top : top + sep)) return null;
    if (!statSync(whole).isDirectory()) return 'file';
    // Git knows no empty folder, and a submodule is one entry: its path changes like that of a file.
    const inside = readdirSync(whole);
    return inside.length === 0 || (real !== top && inside.includes('.git')) ? null : 'folder';
  } catch {
    return null;
  }
}

function isDirectory(path: string): boolean {
  try {
    return lstatSync(path).isDirectory() || statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ENOENT') return 'it is not there';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  if (code === 'ELOOP') return 'its links lead in a circle';
  return code ?? message ?? String(error);
}
