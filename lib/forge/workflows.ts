import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import { decodeText } from '../workflow/decode-text.ts';
import { fetchFileBytes, fetchFileText, fetchFolder, missingFile, type FolderEntry } from './contents.ts';
import type { Forge, WorkflowText } from './forge.ts';

const sideBySide = 6;
const deepest = 20;

/** The folders a forge looks in, in order; the first that the commit holds hides the others. */
const folders = {
  github: ['.github/workflows'],
  gitea: ['.gitea/workflows', '.github/workflows'],
  forgejo: ['.forgejo/workflows', '.gitea/workflows', '.github/workflows'],
} as const;

/** One workflow file at a commit, asked for by its name. Throws CouldNotTell where it is not there. */
export async function fetchWorkflow(forge: Forge, file: string, sha: string): Promise<WorkflowText> {
  for (const folder of folders[forge.kind]) {
    const path = `${folder}/${file}`;
    const text = await fetchFileText(forge, path, sha);
    if (text !== null) return { file, path, text };
  }
  throw missingFile(forge, `${folders[forge.kind][0]}/${file}`, sha);
}

/**
 * Every workflow file that the forge sees at a commit: Gitea and Forgejo take the first folder that is there,
 * with its sub-folders. Null where the commit has no such folder.
 */
export async function fetchWorkflows(forge: Forge, sha: string): Promise<WorkflowText[] | null> {
  for (const folder of folders[forge.kind]) {
    const entries = await listFiles(forge, folder, sha, 0);
    if (entries === null) continue;
    return mapBounded(entries, sideBySide, async ({ path, target }) => {
      const file = path.slice(folder.length + 1);
      // The server does not follow a link: its text is the path that it points at.
      if (target !== null) return { file, path, text: target };
      const bytes = await fetchFileBytes(forge, path, sha);
      if (bytes === null) throw missingFile(forge, path, sha);
      const text = decodeText(bytes);
      return { file, path, text: text ?? bytes.toString('utf8'), isGarbled: text === null };
    });
  }
  return null;
}

async function listFiles(
  forge: Forge,
  folder: string,
  sha: string,
  depth: number,
): Promise<FolderEntry[] | null> {
  const entries = await fetchFolder(forge, folder, sha);
  if (entries === null) return null;
  const files = entries.filter((entry) => !entry.isFolder && /\.ya?ml$/.test(entry.name));
  const inner = entries.filter((entry) => entry.isFolder);
  if (depth >= deepest && inner.length > 0)
    throw new CouldNotTell(
      `Cannot read ${folder} of ${forge.repo} at ${sha}: its folders lie more than ${deepest} deep; move them up`,
    );
  const deeper = await mapBounded(inner, sideBySide, async (entry) => {
    const found = await listFiles(forge, entry.path, sha, depth + 1);
    if (found === null) throw missingFile(forge, entry.path, sha);
    return found;
  });
  return [...files, ...deeper.flat()];
}
