import type { Forge } from '../forge/forge.ts';
import { fetchRuns } from '../forge/runs.ts';
import { openInquiry, type Inquiry } from './inquiry.ts';
import type { GateQuestion } from './question.ts';
import { readByRuns } from './read-runs.ts';
import { readByStatuses } from './read-statuses.ts';
import type { WorkflowState } from './state.ts';

export interface GateReading {
  /** The commit that was answered: with `anyCommit` the tip of the push that brought the one asked for. */
  sha: string;
  states: WorkflowState[];
}

/** Reads the state of every wanted workflow. What does not change for a commit is read once and kept. */
export interface Gate {
  readStates(): Promise<GateReading>;
}

/** The gate of one commit. Every read that fails throws CouldNotTell. */
export function createGate(forge: Forge, question: GateQuestion): Gate {
  let inquiry = openInquiry(forge, question);
  const gate: Gate = {
    async readStates() {
      const asked = inquiry.question;
      const states = await readAll(inquiry);
      const tip = asked.anyCommit ? await inquiry.tipAround() : null;
      if (tip === null) return { sha: asked.sha, states };
      inquiry = openInquiry(forge, { ...asked, sha: tip, anyCommit: false, eventPush: null, base: null });
      return gate.readStates();
    },
  };
  return gate;
}

async function readAll(inquiry: Inquiry): Promise<WorkflowState[]> {
  const { forge, question } = inquiry;
  const runs = await fetchRuns(forge, question.sha);
  if (runs === null) return readByStatuses(inquiry);
  // A Forgejo that is called Gitea has a list in another shape, which shows only when it has rows.
  if (runs.length === 0 && forge.kind === 'gitea' && (await inquiry.profile()) === 'forgejo') {
    forge.can.runs = false;
    return readByStatuses(inquiry);
  }
  return readByRuns(inquiry, runs);
}
