import { filePath } from '../forge/api.ts';
import { repoPath, type Forge } from '../forge/forge.ts';
import { ShapeError } from '../shape.ts';

/** The version a repository pins on its default branch; null where the file is not there. Throws CouldNotTell. */
export async function fetchPin(forge: Forge, file: string): Promise<string | null> {
  const path = `${repoPath(forge.repo)}/contents/${filePath(file)}`;
  await findRepository(forge);
  return forge.api.find({ purpose: `read ${file} of ${forge.repo}`, path }, (body) => {
    if (Array.isArray(body.raw())) {
      if (body.list().length === 0) return null;
      throw new ShapeError('it is a folder');
    }
    const text = Buffer.from(body.field('content').text(), 'base64').toString('utf8');
    return (text.split(/\r?\n/)[0] ?? '').replace(/\s+/g, '') || null;
  });
}

/** A file that is not there and a repository that is not there both answer 404: which of them is asked first. */
async function findRepository(forge: Forge): Promise<void> {
  await forge.api.read({ purpose: `read the repository ${forge.repo}`, path: repoPath(forge.repo) }, (body) =>
    body.field('default_branch').text(),
  );
}
