import { CouldNotTell } from '../errors.ts';
import { fetchBranchHead } from '../forge/branch.ts';
import { isAbsentApi } from '../forge/api.ts';
import { repoPath, type Forge } from '../forge/forge.ts';
import { fetchRuns } from '../forge/runs.ts';
import { createGate } from '../gate/gate.ts';
import type { Landing } from './ports.ts';

/**
 * Is there a run of the file at the merge? Any event counts, and so does a run at the branch's present head, where a
 * dispatch runs; but none of the branch that was merged: after a fast-forward both are at one commit, and its runs are
 * of before. Gitea: a file whose filters exclude the merge is `filtered`.
 */
export async function fetchLanding(
  forge: Forge,
  {
    file,
    merge,
    from,
    to,
    now,
  }: { file: string; merge: string; from: string; to: string; now: () => number },
): Promise<Landing> {
  const head = (await fetchBranchHead(forge, to)) ?? merge;
  const commits = [...new Set([merge, head])];
  for (const sha of commits) {
    const runs = await fetchRuns(forge, sha);
    const run = runs
      ?.filter((one) => one.file === file && one.branch !== from)
      .sort((a, b) => b.id - a.id)[0];
    if (run !== undefined)
      return { kind: 'run', run: run.url || String(run.id), by: run.event === 'push' ? 'push' : 'dispatch' };
  }
  if (forge.kind === 'github') return { kind: 'missing', why: `its run list for ${file} there is empty` };
  return landOnGitea(forge, { file, commits, to, now });
}

async function landOnGitea(
  forge: Forge,
  { file, commits, to, now }: { file: string; commits: readonly string[]; to: string; now: () => number },
): Promise<Landing> {
  let answer: Landing | null = null;
  for (const sha of commits) {
    const wanted = [{ file, job: null }];
    const question = {
      sha,
      wanted,
      branch: to,
      events: ['push'],
      base: null,
      anyCommit: false,
      eventPush: null,
      now,
    };
    const [state] = (await createGate(forge, question).readStates()).states;
    if (state === undefined) continue;
    if (['success', 'failure', 'running'].includes(state.state))
      return { kind: 'run', run: state.url ?? sha, by: 'push' };
    // What the newer head tells is of use only where it has a run.
    if (answer !== null) continue;
    if (state.state === 'unknown')
      throw new CouldNotTell(
        `Cannot tell whether ${file} ran at ${sha} in ${forge.repo}: ${state.why}; run again`,
      );
    const neverOnPush = /^it runs on /.test(state.why);
    if (state.state === 'filtered' && !neverOnPush) answer = { kind: 'filtered', why: state.why };
    else answer = { kind: 'missing', why: state.why };
  }
  return answer ?? { kind: 'missing', why: 'nothing is known of it' };
}

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
  {
    file,
    ref,
    inputs,
    token,
  }: { file: string; ref: string; inputs: Readonly<Record<string, string>>; token?: string },
): Promise<{ run: string | null }> {
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
