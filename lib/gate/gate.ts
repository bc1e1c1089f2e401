import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import { fetchBranchHead } from '../forge/branch.ts';
import { missingFile } from '../forge/contents.ts';
import { fetchChanges } from '../forge/changes.ts';
import type { Forge, Run, WorkflowText } from '../forge/forge.ts';
import { fetchJobs, fetchRuns } from '../forge/runs.ts';
import { fetchStatuses } from '../forge/statuses.ts';
import { fetchProfile } from '../forge/version.ts';
import { fetchWorkflow, fetchWorkflows } from '../forge/workflows.ts';
import type { Profile } from '../workflow/profile.ts';
import { decideAbsence, decideWithoutPush, needsChanges, type PushFact } from './absence.ts';
import { findPush } from './find-push.ts';
import { suggestStart } from './mend.ts';
import { chooseRuns, decideRunState, findBranchless, needsJobs } from './run-state.ts';
import { decideStatusState, type StatusFacts } from './status-state.ts';
import { worstState, type Wanted, type WorkflowState } from './state.ts';
import { findTwins, readWorkflowText, type WorkflowReading } from './workflow-reading.ts';

export interface GateQuestion {
  sha: string;
  wanted: readonly Wanted[];
  /** Null: any branch. */
  branch: string | null;
  /** The ref that was pushed, where it is another than the branch: a tag, or null where it is neither. */
  ref?: string | null;
  events: readonly string[];
  base: string | null;
  anyCommit: boolean;
  /** The push that this very job runs for, where it brought the commit. */
  eventPush: { before: string | null; ref: string } | null;
  now: () => number;
}

export interface GateReading {
  /** The commit that was answered: with `anyCommit` the tip of the push that brought the one asked for. */
  sha: string;
  states: WorkflowState[];
}

/** Reads the state of every wanted workflow. What does not change for a commit is read once and kept. */
export interface Gate {
  readStates(): Promise<GateReading>;
}

/** The ref whose push started, or should have started, the runs. */
export function refOf({ branch, ref }: Pick<GateQuestion, 'branch' | 'ref'>): string | null {
  return ref !== undefined ? ref : branch === null ? null : `refs/heads/${branch}`;
}

/** The gate of one commit. Every read that fails throws CouldNotTell. */
export function createGate(forge: Forge, question: GateQuestion): Gate {
  let asked = question;
  let once = memoize(forge, asked);
  const gate: Gate = {
    async readStates() {
      const states = await readAll(forge, asked, once);
      const tip = asked.anyCommit ? await once.tipAround() : null;
      if (tip === null) return { sha: asked.sha, states };
      asked = { ...asked, sha: tip, anyCommit: false, eventPush: null, base: null };
      once = memoize(forge, asked);
      return gate.readStates();
    },
  };
  return gate;
}

async function readAll(forge: Forge, question: GateQuestion, once: Once): Promise<WorkflowState[]> {
  const runs = await fetchRuns(forge, question.sha);
  // A Forgejo that is called Gitea has a list in another shape, which shows only when it has rows.
  if (runs?.length === 0 && forge.kind === 'gitea' && (await once.profile()) === 'forgejo') {
    forge.can.runs = false;
    return readByStatuses(forge, question, once);
  }
  if (runs !== null)
    return mapBounded(question.wanted, 4, (wanted) =>
      orUnknown(wanted, () => readByRuns(forge, question, once, wanted, runs)),
    );
  return readByStatuses(forge, question, once);
}

type Once = ReturnType<typeof memoize>;

function memoize(forge: Forge, question: GateQuestion) {
  let profile: Promise<Profile> | undefined;
  let all: Promise<WorkflowText[] | null> | undefined;
  let push: Promise<PushFact> | undefined;
  return {
    profile: () => (profile ??= fetchProfile(forge)),
    files: () => (all ??= fetchWorkflows(forge, question.sha)),
    push: async () => {
      const found = await (push ??= findPush(forge, question));
      if (found.kind === 'unrecorded') push = undefined;
      return found;
    },
    /** The tip of the push that the commit lies inside of, where that was found. */
    tipAround: async () => {
      const found = await push;
      return found?.kind === 'inside' ? found.push.after : null;
    },
  };
}

async function readByRuns(
  forge: Forge,
  question: GateQuestion,
  once: Once,
  wanted: Wanted,
  runs: readonly Run[],
): Promise<WorkflowState> {
  const lost = findBranchless(runs, wanted.file, question);
  if (lost !== null) {
    return {
      wanted,
      state: 'unknown',
      why: `run ${lost.id} does not say which branch it is of`,
      url: lost.url,
    };
  }
  const chosen = chooseRuns(runs, wanted.file, question);
  if (chosen.length === 0) return readAbsent(forge, question, once, wanted);
  const events = [...new Set(chosen.map((run) => run.event))];
  const states = await mapBounded(events, 4, async (event) => {
    const [newest, ...older] = chosen.filter((run) => run.event === event) as [Run, ...Run[]];
    const jobs = needsJobs(newest) ? await fetchJobs(forge, newest) : null;
    return decideRunState(wanted, [newest, ...older], jobs);
  });
  return worstState(states as [WorkflowState, ...WorkflowState[]]);
}

async function readByStatuses(forge: Forge, question: GateQuestion, once: Once): Promise<WorkflowState[]> {
  const [statuses, profile, files] = await Promise.all([
    fetchStatuses(forge, question.sha),
    once.profile(),
    once.files(),
  ]);
  return mapBounded(question.wanted, 4, (wanted) =>
    orUnknown(wanted, async () => {
      const text = await findText(forge, question, files, wanted);
      const reading = readWorkflowText(text, profile);
      const twin =
        reading.drop === null ? findTwins(reading, text, files ?? [], profile, question.events) : null;
      if (twin !== null) return { wanted, state: 'failure' as const, why: twin };
      const facts: StatusFacts = {
        wanted,
        expected: reading.expected(question.events),
        statuses,
        movedOn: null,
        newerContexts: new Set(),
        now: question.now(),
      };
      const first = decideStatusState(facts);
      if (first === null) return readAbsent(forge, question, once, wanted);
      if (first.state === 'success' || first.state === 'unknown') return first;
      return decideStatusState({ ...facts, ...(await readBranch(forge, question)) }) ?? first;
    }),
  );
}

/** What cannot be read of one workflow says nothing about the others. */
async function orUnknown(wanted: Wanted, work: () => Promise<WorkflowState>): Promise<WorkflowState> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CouldNotTell)) throw error;
    return { wanted, state: 'unknown', why: error.message, next: error.next };
  }
}

/** Has the branch moved on, and what does its newer head have? */
async function readBranch(
  forge: Forge,
  { branch, sha }: GateQuestion,
): Promise<Pick<StatusFacts, 'movedOn' | 'newerContexts'>> {
  if (branch === null) return { movedOn: null, newerContexts: new Set() };
  const head = await fetchBranchHead(forge, branch);
  if (head === null || head === sha)
    return { movedOn: head === null ? null : false, newerContexts: new Set() };
  const newer = await fetchStatuses(forge, head);
  return {
    movedOn: true,
    newerContexts: new Set(newer.filter((status) => status.byServer).map(({ context }) => context)),
  };
}

/**
 * The wanted file: on GitHub by its name, elsewhere of those that the server sees. There a server that shows a file
 * but no folder is not believed: beside it may stand another that writes the same statuses.
 */
async function findText(
  forge: Forge,
  { sha }: GateQuestion,
  files: readonly WorkflowText[] | null,
  { file }: Wanted,
): Promise<WorkflowText> {
  if (forge.kind === 'github') return fetchWorkflow(forge, file, sha);
  const found = files?.find((one) => one.file === file);
  if (found === undefined) throw missingFile(forge, file, sha);
  return found;
}

async function readAbsent(
  forge: Forge,
  question: GateQuestion,
  once: Once,
  wanted: Wanted,
): Promise<WorkflowState> {
  const [profile, files] = await Promise.all([once.profile(), forge.kind === 'github' ? null : once.files()]);
  const text = await findText(forge, question, files, wanted);
  const reading = readWorkflowText(text, profile);
  const { events, branch, sha } = question;
  const early = decideWithoutPush(reading, {
    events,
    profile,
    ref: refOf(question),
  });
  const absence = early ?? (await decideByPush(forge, question, once, reading, profile));
  const next =
    absence.state === 'missing' && !absence.refused
      ? suggestStart(forge.kind, profile, text, reading, { branch, sha })
      : [];
  return { wanted, ...absence, next };
}

async function decideByPush(
  forge: Forge,
  question: GateQuestion,
  once: Once,
  reading: WorkflowReading,
  profile: Profile,
) {
  const { events, sha } = question;
  const push = await once.push();
  const matters = push.kind === 'tip' && needsChanges(reading, push.push.ref, profile);
  const changes = matters ? await fetchChanges(forge, push.push) : null;
  return decideAbsence({ reading, events, profile, sha, push, changes });
}
