import { mapBounded } from '../concurrency.ts';
import { CouldNotTell } from '../errors.ts';
import type { Forge, WorkflowText } from '../forge/forge.ts';
import { fetchProfile } from '../forge/version.ts';
import { fetchWorkflows } from '../forge/workflows.ts';
import type { Profile } from '../workflow/profile.ts';
import type { PushFact } from './absence.ts';
import { findPush } from './find-push.ts';
import type { GateQuestion } from './question.ts';
import type { Wanted, WorkflowState } from './state.ts';

/** One question to one forge. What does not change for a commit is read when it is first needed, and kept. */
export interface Inquiry {
  readonly forge: Forge;
  readonly question: GateQuestion;
  profile(): Promise<Profile>;
  /** The workflow files at the commit that the server would run; null where it has no such folder. */
  files(): Promise<WorkflowText[] | null>;
  /** The push that brought the commit; asked again where the server has not recorded it yet. */
  push(): Promise<PushFact>;
  /** The tip of the push that the commit lies inside of, where `push` has found that. */
  tipAround(): Promise<string | null>;
}

/** Asks nothing yet. The reads throw CouldNotTell. */
export function openInquiry(forge: Forge, question: GateQuestion): Inquiry {
  let profile: Promise<Profile> | undefined;
  let files: Promise<WorkflowText[] | null> | undefined;
  let push: Promise<PushFact> | undefined;
  return {
    forge,
    question,
    profile: () => (profile ??= fetchProfile(forge)),
    files: () => (files ??= fetchWorkflows(forge, question.sha)),
    async push() {
      const found = await (push ??= findPush(forge, question));
      if (found.kind === 'unrecorded') push = undefined;
      return found;
    },
    async tipAround() {
      const found = await push;
      return found?.kind === 'inside' ? found.push.after : null;
    },
  };
}

/** The state of each workflow, four at a time. What cannot be read of one says nothing about the others. */
export function mapWanted(
  { question }: Inquiry,
  read: (wanted: Wanted) => Promise<WorkflowState>,
): Promise<WorkflowState[]> {
  return mapBounded(question.wanted, 4, async (wanted) => {
    try {
      return await read(wanted);
    } catch (error) {
      if (!(error instanceof CouldNotTell)) throw error;
      return { wanted, state: 'unknown', why: error.message, next: error.next };
    }
  });
}
