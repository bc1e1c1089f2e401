import type { Forge } from '../forge/forge.ts';
import { createGate } from '../gate/gate.ts';
import { dispatchCommand, emptyPushCommand, rerunCommand, type Home } from '../gate/start-command.ts';
import type { Wanted, WorkflowState } from '../gate/state.ts';
import { shortSha } from '../sha.ts';

/** What the workflows of a hop say about why it does not move. */
export interface WorkflowNews {
  /** One is queued or running, and waits for nobody. */
  isMoving: boolean;
  /** One waits for a person. */
  waits: boolean;
  cause: string | null;
  next: string | null;
}

const noNews: WorkflowNews = { isMoving: false, waits: false, cause: null, next: null };

/** Asks the gate about the workflows of a hop at the commit that should arrive. */
export async function askWorkflows(
  forge: Forge,
  files: readonly string[],
  { sha, branch, now }: { sha: string; branch: string; now: number },
): Promise<WorkflowNews> {
  if (files.length === 0) return noNews;
  const ask = async (wanted: readonly Wanted[], events: readonly string[]): Promise<WorkflowState[]> => {
    const question = {
      sha,
      wanted,
      branch,
      events,
      base: null,
      anyCommit: false,
      eventPush: null,
      now: () => now,
    };
    return (await createGate(forge, question).readStates()).states;
  };
  const states = await ask(
    files.map((file) => ({ file, job: null })),
    ['push'],
  );
  const absent = states.filter(({ state }) => state === 'missing' || state === 'filtered');
  // What somebody started by hand, or another workflow did, has run all the same.
  const others =
    absent.length === 0 || forge.can.runs === false
      ? []
      : await ask(
          absent.map(({ wanted }) => wanted),
          ['any'],
        );
  const ran = others.filter(({ state }) => state === 'success' || state === 'running' || state === 'failure');
  const merged = states.map((state) => ran.find(({ wanted }) => wanted.file === state.wanted.file) ?? state);
  return readNews(merged, forge, { sha, branch });
}

/** The news of these states: a wait for a person before red, red before a run that never was. */
export function readNews(
  states: readonly WorkflowState[],
  forge: Home,
  { sha, branch }: { sha: string; branch: string },
): WorkflowNews {
  const causes = states.flatMap((state) => describeState(state, forge, { sha, branch }) ?? []);
  const waits = causes.some(({ rank }) => rank === 0);
  const isMoving = !waits && states.some((state) => state.state === 'running');
  const [worst] = causes.sort((a, b) => a.rank - b.rank);
  if (worst === undefined) return { ...noNews, isMoving };
  return { isMoving, waits, cause: worst.cause, next: worst.next };
}

interface Described {
  rank: number;
  cause: string;
  next: string;
}

function describeState(
  state: WorkflowState,
  forge: Home,
  { sha, branch }: { sha: string; branch: string },
): Described | null {
  const { wanted, why, url } = state;
  const file = wanted.file;
  const at = shortSha(sha);
  const open = url ? `open ${absolute(url)}` : `open the Actions page of ${forge.repo}`;
  const start =
    state.next?.[0]?.replace(/, then gate with .*$/, '') ??
    (forge.kind === 'github'
      ? dispatchCommand({ home: forge, file, branch })
      : emptyPushCommand({ file, branch, sha }));
  if (/waits for an approval|action_required/.test(why))
    return { rank: 0, cause: `${file} waits for approval at ${at}`, next: `${open} and approve it` };
  switch (state.state) {
    case 'failure':
      if (/no job/.test(why)) return { rank: 1, cause: `${file} ran with no jobs at ${at}`, next: start };
      if (/cancelled/.test(why))
        return {
          rank: 1,
          cause: `${file} was cancelled by a newer push, or by hand, at ${at}`,
          next: rerun(forge, url, start),
        };
      return { rank: 1, cause: `${file} is red at ${at}: ${why}`, next: rerun(forge, url, open) };
    case 'missing':
      if (/own token/.test(why) && state.certain === true)
        return { rank: 2, cause: `token suppressed the push run: ${file} never ran at ${at}`, next: start };
      return { rank: 2, cause: `${file} never ran at ${at}, though the push was due for it`, next: start };
    case 'filtered':
      return { rank: 3, cause: `${file} never ran at ${at}: ${why}`, next: start };
    case 'unknown':
      return { rank: 4, cause: `${file} could not be told at ${at}: ${why}`, next: open };
    default:
      return null;
  }
}

function rerun(forge: Home, url: string | undefined, fallback: string): string {
  const id = /\/runs\/(\d+)/.exec(url ?? '')?.[1];
  return forge.kind === 'github' && id !== undefined ? rerunCommand(forge, id) : fallback;
}

function absolute(url: string): string {
  return /^https?:/.test(url) ? url : `the run ${url}`;
}
