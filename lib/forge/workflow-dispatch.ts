import { isAbsentApi } from './api.ts';
import { repoPath, type Forge } from './forge.ts';

/** Has this server an API that starts a workflow? GitHub has; Gitea from 1.24 on, told by its workflow list. */
export async function hasDispatch(forge: Forge): Promise<boolean> {
  if (forge.kind === 'github') return true;
  const purpose = `read the workflows of ${forge.repo}`;
  const answer = await forge.api.call({ purpose, path: `${repoPath(forge.repo)}/actions/workflows` });
  if (answer.status === 200) return true;
  if (isAbsentApi(answer)) return false;
  throw forge.api.refuse(answer, purpose);
}

/** Starts a workflow on a branch: 204, or 200 with the run where the server names it. */
export async function sendWorkflowDispatch(
  forge: Forge,
  dispatch: { file: string; ref: string; inputs: Readonly<Record<string, string>>; token?: string },
): Promise<{ run: string | null }> {
  const { file, ref, inputs, token } = dispatch;
  const purpose = `dispatch ${file} on ${ref} of ${forge.repo}`;
  const path = `${repoPath(forge.repo)}/actions/workflows/${encodeURIComponent(file)}/dispatches`;
  const body = { ref, ...(Object.keys(inputs).length > 0 ? { inputs } : {}) };
  const answer = await forge.api.call({
    purpose,
    method: 'POST',
    path,
    body,
    ...(token === undefined ? {} : { token }),
  });
  if (answer.status === 204) return { run: null };
  if (answer.status !== 200) throw forge.api.refuse(answer, purpose);
  return forge.api.decode(answer, purpose, (shape) => {
    const run = shape.optional('html_url')?.text() ?? shape.optional('workflow_run_id')?.raw();
    return { run: run === undefined ? null : String(run) };
  });
}
