import { repoPath, type Forge } from '../forge/forge.ts';
import type { Pull } from './ports.ts';

/** Closes a pull request without a merge; GitHub answers 200, Gitea 201. */
export async function closePull(forge: Forge, pull: Pull): Promise<void> {
  const purpose = `close #${pull.number} of ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/pulls/${pull.number}`;
  const answer = await forge.api.call({ purpose, method: 'PATCH', path, body: { state: 'closed' } });
  if (answer.status !== 200 && answer.status !== 201) throw forge.api.refuse(answer, purpose);
}
