import { CouldNotTell } from '../errors.ts';
import { fetchBranchHead } from '../forge/branch.ts';
import type { Forge } from '../forge/forge.ts';
import { fetchRuns } from '../forge/runs.ts';
import { createGate } from '../gate/gate.ts';
import type { WorkflowState } from '../gate/state.ts';
import type { Landing } from './ports.ts';

/**
 * Is there a run of the file at the merge? Any event counts, and so does a run at the branch's present head, where a
 * dispatch runs; but none of the branch that was merged: after a fast-forward both are at one commit, and its runs are
 * of before. Gitea: a file whose filters exclude the merge is `filtered`.
 */
export async function fetchLanding(
  forge: Forge,
  subject: { file: string; merge: string; from: string; to: string; now: () => number },
): Promise<Landing> {
  const { file, merge, from, to, now } = subject;
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
  return fetchLandingByStatus(forge, { file, commits, to, now });
}

/** Gitea: by commit statuses, and by the file's filters where there is none. */
async function fetchLandingByStatus(
  forge: Forge,
  { file, commits, to, now }: { file: string; commits: readonly string[]; to: string; now: () => number },
): Promise<Landing> {
  let answer: Landing | null = null;
  for (const sha of commits) {
    const state = await fetchPushState(forge, { file, sha, branch: to, now });
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

async function fetchPushState(
  forge: Forge,
  { file, sha, branch, now }: { file: string; sha: string; branch: string; now: () => number },
): Promise<WorkflowState | undefined> {
  const gate = createGate(forge, {
    sha,
    wanted: [{ file, job: null }],
    branch,
    events: ['push'],
    base: null,
    anyCommit: false,
    eventPush: null,
    now,
  });
  return (await gate.readStates()).states[0];
}
