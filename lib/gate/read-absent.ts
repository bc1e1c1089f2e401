import { fetchChanges } from '../forge/changes.ts';
import { missingFile } from '../forge/contents.ts';
import type { WorkflowText } from '../forge/forge.ts';
import { fetchWorkflow } from '../forge/workflows.ts';
import type { Profile } from '../workflow/profile.ts';
import { decideAbsence, decideWithoutPush, needsChanges, type Absence, type PushFact } from './absence.ts';
import type { Inquiry } from './inquiry.ts';
import { suggestStart } from './mend.ts';
import { refOf, refsOf, type GateQuestion } from './question.ts';
import type { Wanted, WorkflowState } from './state.ts';
import { readWorkflowText, type WorkflowReading } from './workflow-reading.ts';

/** The state of a workflow that has no run: was one due? */
export async function readAbsent(inquiry: Inquiry, wanted: Wanted): Promise<WorkflowState> {
  const { forge, question } = inquiry;
  const [profile, text] = await Promise.all([inquiry.profile(), findText(inquiry, wanted)]);
  const reading = readWorkflowText(text, profile);
  const { sha } = question;
  const early = decideEarly(reading, question, profile);
  const absence = early ?? (await decideByPush(inquiry, reading, profile));
  const { ref = refOf(question), ...found } = absence;
  const next =
    absence.state === 'missing' && !absence.refused
      ? suggestStart({ forge, profile, text, reading, ref, sha })
      : [];
  return { wanted, ...found, next };
}

/** What every ref that may have been pushed answers alike; null where the push has to be known. */
function decideEarly(reading: WorkflowReading, question: GateQuestion, profile: Profile): Absence | null {
  const refs = refsOf(question);
  const answers = (refs.length > 0 ? refs : [null]).map((ref) =>
    decideWithoutPush(reading, { events: question.events, profile, ref }),
  );
  return answers.includes(null) ? null : (answers[0] as Absence);
}

/**
 * The wanted file: on GitHub by its name, elsewhere of those that the server sees. There a server that shows a file
 * but no folder is not believed: beside it may stand another that writes the same statuses. Throws CouldNotTell.
 */
export async function findText(
  { forge, question: { sha }, files }: Inquiry,
  { file }: Wanted,
): Promise<WorkflowText> {
  if (forge.kind === 'github') return fetchWorkflow(forge, file, sha);
  const found = (await files())?.find((one) => one.file === file);
  if (found === undefined) throw missingFile(forge, file, sha);
  return found;
}

async function decideByPush(
  { forge, question, push: readPush }: Inquiry,
  reading: WorkflowReading,
  profile: Profile,
): Promise<Absence> {
  const { events, sha } = question;
  const found = await readPush();
  // The record says which ref was pushed. `--base` does not, and a file that names tags may have been due for one.
  const namesTags = reading.pushFilters.some((filters) => filters.tags ?? filters['tags-ignore']);
  const refs = question.base !== null && namesTags ? refsOf(question) : [];
  // Who sets a branch back to a commit changes other files than who brought it: neither push may have been due.
  const pushes = found.kind === 'tip' ? listTips(found, refs) : [found];
  let first: Absence | null = null;
  for (const push of pushes) {
    const matters = push.kind === 'tip' && needsChanges(reading, push.push.ref, profile);
    const changes = matters ? await fetchChanges(forge, push.push) : null;
    const absence = decideAbsence({ reading, events, profile, sha, push, changes });
    const told = push.kind === 'tip' ? { ...absence, ref: push.push.ref } : absence;
    if (told.state !== 'filtered') return told;
    first ??= told;
  }
  return first as Absence;
}

function listTips(found: Extract<PushFact, { kind: 'tip' }>, refs: readonly string[]): PushFact[] {
  const pushes = [found.push, ...(found.earlier ?? [])];
  const told = refs.length > 0 ? refs.map((ref) => ({ ...found.push, ref })) : pushes;
  return told.map((push) => ({ kind: 'tip', push }));
}
